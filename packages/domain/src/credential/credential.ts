/**
 * A credential as events name it: which certificate, of which card, and how the register came to know it.
 *
 * A certificate is (issuer, serial); a card is its card number; a person is neither. All generations of one
 * CA bear one DN, so the CA's name and the serial are the key.
 *
 * @packageDocumentation
 */

import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';
import { CertificateSerial, Instant } from '../values/index.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The CAs of the GPKI (GEPI-8, GEPI-9). */
export const CaName = t.keyof({ GCA: null, XCA: null, MOEACA: null, HCA: null, MOICA: null }, 'CaName');
export type CaName = t.TypeOf<typeof CaName>;

/**
 * How far the credential is proved.
 *
 * - `signed`: its key answered a challenge of this register;
 * - `read`: the certificate was read from the card without a PIN and its path holds (GEPI-34);
 * - `typedByHand`: a person typed the serial (GEPI-35); nobody has seen certificate or card yet.
 */
export const CredentialProof = t.keyof({ signed: null, read: null, typedByHand: null }, 'CredentialProof');
export type CredentialProof = t.TypeOf<typeof CredentialProof>;

const common = { ca: CaName, serial: CertificateSerial };

/** A credential of which the certificate was seen. Times are the certificate's own, UTC. */
export const SeenCredential = t.strict(
  {
    ...common,
    proof: t.keyof({ signed: null, read: null }),
    generation: t.string,
    /** SHA-256 of the DER certificate, lower-case hex. */
    fingerprint: Hex64,
    subjectType: t.string,
    notBefore: Instant,
    notAfter: Instant,
    /** Pseudonym of the card number, `null` where the card did not tell it. */
    card: t.union([Hex64, t.null]),
  },
  'SeenCredential',
);
export type SeenCredential = t.TypeOf<typeof SeenCredential>;

/** A credential of which only the serial is known. */
export const TypedCredential = t.strict({ ...common, proof: t.literal('typedByHand') }, 'TypedCredential');
export type TypedCredential = t.TypeOf<typeof TypedCredential>;

export const Credential = t.union([SeenCredential, TypedCredential], 'Credential');
export type Credential = t.TypeOf<typeof Credential>;

/** Who answers for a credential: a CA, the register of health cards (健保卡), or the accounts of the portal. */
export const IssuerName = t.keyof({ ...CaName.keys, NHI: null, ACCOUNT: null }, 'IssuerName');
export type IssuerName = t.TypeOf<typeof IssuerName>;

/**
 * How a person proves who they are where no certificate of the GPKI does: by a card that another service has registered
 * (健保卡 with its password, NHI-4, NHI-6), or by an account of the portal (ECPA-1). The register holds neither. The
 * service answers who the person is, so the person is the key, and `serial` follows from it: see {@link meansOf}.
 */
const RegisteredCard = t.strict({
  ca: t.literal('NHI'),
  serial: CertificateSerial,
  proof: t.literal('registeredCard'),
  person: Hex64,
});
const PersonAccount = t.strict({
  ca: t.literal('ACCOUNT'),
  serial: CertificateSerial,
  proof: t.literal('account'),
  person: Hex64,
});
export const PersonMeans = t.union([RegisteredCard, PersonAccount], 'PersonMeans');
export type PersonMeans = t.TypeOf<typeof PersonMeans>;

/** What an agency is registered with: a certificate that signed, or the means of the person responsible (NHI-3, NHI-4). */
export const RootCredential = t.union([SeenCredential, RegisteredCard, PersonAccount], 'RootCredential');
export type RootCredential = t.TypeOf<typeof RootCredential>;

/** What a person acts with: a certificate, or means of another kind. */
export const HolderCredential = t.union(
  [SeenCredential, TypedCredential, RegisteredCard, PersonAccount],
  'HolderCredential',
);
export type HolderCredential = t.TypeOf<typeof HolderCredential>;

/**
 * The means of a person, by pseudonym. A key is (issuer, serial) everywhere; here the serial is a one and the last
 * 156 bits of the pseudonym, as many as a serial in its normal form holds.
 */
export const meansOf = (proof: PersonMeans['proof'], person: string): PersonMeans => {
  const serial = `1${person.slice(-39).toUpperCase()}`;
  const ca = proof === 'account' ? 'ACCOUNT' : 'NHI';
  return { ca, serial, proof, person } as PersonMeans;
};

/**
 * How well it is shown that a certificate and a person belong together: a service matched the whole national ID, or
 * the certificate's last four characters are those of the ID.
 */
export const MatchedIdentity = t.keyof({ full: null, last4: null }, 'MatchedIdentity');
export type MatchedIdentity = t.TypeOf<typeof MatchedIdentity>;

/** The same of any credential; `typed`: its serial was typed by hand, and nothing shows it. */
export const IdentityProof = t.keyof({ ...MatchedIdentity.keys, typed: null }, 'IdentityProof');
export type IdentityProof = t.TypeOf<typeof IdentityProof>;

// -------------------------------------------------------------------------------------
// comparisons
// -------------------------------------------------------------------------------------

/** `MOICA:0123…`: the identity of a certificate, good as a key. */
export const credentialKey = (credential: { readonly ca: IssuerName; readonly serial: string }): string =>
  `${credential.ca}:${credential.serial}`;

/** True for the same certificate, however it became known, and for the same means of one person. */
export const sameCertificate = (
  a: { readonly ca: IssuerName; readonly serial: string },
  b: { readonly ca: IssuerName; readonly serial: string },
): boolean => a.ca === b.ca && a.serial === b.serial;

/** Narrows to a credential that is no certificate. */
export const isMeans = (credential: HolderCredential): credential is PersonMeans =>
  credential.proof === 'registeredCard' || credential.proof === 'account';

/** Narrows to a credential whose certificate was seen. */
export const isSeen = (credential: HolderCredential): credential is SeenCredential =>
  credential.proof === 'signed' || credential.proof === 'read';

/** The CA of a certificate, whose helpdesk can help; `undefined` of other means. */
export const caOf = (credential: HolderCredential): CaName | undefined =>
  isMeans(credential) ? undefined : credential.ca;

// -------------------------------------------------------------------------------------
// replacement
// -------------------------------------------------------------------------------------

/** Why one certificate follows another: 展期 keeps the card, 換卡 brings a new one; `unknown` where a card did not tell. */
export const ReplacementCause = t.keyof({ renewal: null, reissue: null, unknown: null }, 'ReplacementCause');
export type ReplacementCause = t.TypeOf<typeof ReplacementCause>;

/** Tells 展期 from 換卡 by the card number alone; serials and dates cannot tell them apart. */
export const replacementCause = (previous: HolderCredential, next: HolderCredential): ReplacementCause => {
  const before = isSeen(previous) ? previous.card : null;
  const after = isSeen(next) ? next.card : null;
  if (before === null || after === null) return 'unknown';
  return before === after ? 'renewal' : 'reissue';
};

/** To the second: `notAfter` names a whole one, all of which belongs to the period (RFC 5280 4.1.2.5). */
const second = (time: string): string => time.slice(0, 19);

/**
 * True where the certificate is valid at `at` (ISO, UTC). `undefined` where its validity is not known yet, or there is no
 * certificate.
 */
export const validAt = (credential: HolderCredential, at: string): boolean | undefined =>
  isSeen(credential) ? credential.notBefore <= at && second(at) <= second(credential.notAfter) : undefined;
