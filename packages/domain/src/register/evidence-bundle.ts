/**
 * What is kept of one use of a card, as text: the shapes that were ever written, and how they are read as evidence.
 *
 * @packageDocumentation
 */
import type {
  CertificateProfile,
  Evidence,
  GpkiFacts,
  RevocationAnswer,
  RevocationProof,
} from '@mandate/certificates';
import { CaName, type PersonMeans } from '../credential/credential.js';
import { t } from '../schema.js';
import { fromBase64, toBase64, utf8 } from './bytes.js';

// -------------------------------------------------------------------------------------
// shapes
// -------------------------------------------------------------------------------------

/** What both shapes have. Bytes are base64; times ISO, UTC. */
const common = {
  /** `answer`: a challenge was signed; `reading`: a certificate was read without a PIN. */
  kind: t.keyof({ answer: null, reading: null }),
  verifiedAt: t.string,
  /** The challenge's text, `null` for a reading. */
  challenge: t.union([t.string, t.null]),
  /** The CMS SignedData, `null` for a reading. */
  cms: t.union([t.string, t.null]),
  /** DER certificates from the card's to the anchor's. */
  path: t.readonlyArray(t.string),
};

/** The first shape: what was said of revocation, without what it rests on, and no role. */
const BundleV1 = t.strict({
  format: t.literal('mandate-evidence/1'),
  ...common,
  revocation: t.readonlyArray(
    t.strict({
      status: t.string,
      at: t.string,
      source: t.string,
      proof: t.union([t.string, t.null]),
    }),
  ),
});

/** A list, which is named by its SHA-256 and kept once for all (`der` is `null`), or what concerns this card alone. */
const Proof = t.strict({
  kind: t.keyof({ crl: null, ocsp: null, certificate: null }),
  sha256: t.string,
  der: t.union([t.string, t.null]),
});

const BundleV2 = t.strict({
  format: t.literal('mandate-evidence/2'),
  ...common,
  /** What the card's role accepted. */
  profile: t.strict({
    cas: t.readonlyArray(CaName),
    subjectTypes: t.readonlyArray(t.string),
    policies: t.readonlyArray(t.string),
    minRsaBits: t.number,
    use: t.keyof({ sign: null, any: null }),
  }),
  /** What the trust store called the key that issued the card's certificate. */
  issuer: t.strict({ ca: CaName, generation: t.string }),
  revocation: t.readonlyArray(
    t.strict({ status: t.string, at: t.string, source: t.string, proofs: t.readonlyArray(Proof) }),
  ),
});

/**
 * What a service said of means that are no certificate: that they are those of the person under whose key this is sealed.
 * The password is no part of it.
 */
const Statement = t.strict({
  format: t.literal('mandate-statement/1'),
  kind: t.literal('statement'),
  service: t.keyof({ registeredCard: null, account: null }),
  verifiedAt: t.string,
  /** The challenge's text. */
  challenge: t.string,
  cms: t.null,
  path: t.readonlyArray(t.string),
  revocation: t.readonlyArray(t.strict({ status: t.string, at: t.string, source: t.string })),
});

/** What proved it. */
export const EvidenceBundle = t.union([BundleV1, BundleV2, Statement]);
export type EvidenceBundle = t.TypeOf<typeof EvidenceBundle>;

// -------------------------------------------------------------------------------------
// making
// -------------------------------------------------------------------------------------

/** A bundle that is not kept yet, and the lists that it names. */
export interface NewEvidence {
  readonly bundle: EvidenceBundle;
  readonly lists: ReadonlyArray<RevocationProof>;
}

const isoOf = (at: unknown): string => (at instanceof Date ? at.toISOString() : String(at));

const writtenProof = ({ kind, fingerprint, der }: RevocationProof) => ({
  kind,
  sha256: fingerprint,
  der: kind === 'crl' ? null : toBase64(der),
});

/** Makes a bundle from what was verified. */
export const toBundle = (input: {
  readonly kind: 'answer' | 'reading';
  readonly verifiedAt: string;
  readonly challenge: string | null;
  readonly cms: Uint8Array | null;
  readonly path: ReadonlyArray<{ readonly der: Uint8Array }>;
  readonly revocation: ReadonlyArray<RevocationAnswer>;
  readonly profile: CertificateProfile;
  readonly facts: Pick<GpkiFacts, 'ca' | 'generation'>;
}): NewEvidence => ({
  bundle: {
    format: 'mandate-evidence/2',
    kind: input.kind,
    verifiedAt: input.verifiedAt,
    challenge: input.challenge,
    cms: input.cms === null ? null : toBase64(input.cms),
    path: input.path.map((certificate) => toBase64(certificate.der)),
    profile: input.profile,
    issuer: { ca: input.facts.ca, generation: input.facts.generation },
    revocation: input.revocation.map(({ status, at, source, proofs = [] }) => ({
      status,
      at: isoOf(at),
      source,
      proofs: proofs.map(writtenProof),
    })),
  },
  lists: input.revocation.flatMap(({ proofs = [] }) => proofs.filter(({ kind }) => kind === 'crl')),
});

/** Makes a bundle of what a service answered to a challenge. */
export const toStatement = (
  service: PersonMeans['proof'],
  challenge: string,
  verifiedAt: string,
): NewEvidence => ({
  bundle: {
    format: 'mandate-statement/1',
    kind: 'statement',
    ...{ service, verifiedAt, challenge, cms: null, path: [], revocation: [] },
  },
  lists: [],
});

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

/** The SHA-256 of the lists that a bundle names. */
export const listsOf = (bundle: EvidenceBundle): ReadonlyArray<string> =>
  bundle.format !== 'mandate-evidence/2'
    ? []
    : bundle.revocation.flatMap(({ proofs }) =>
        proofs.filter(({ der }) => der === null).map(({ sha256 }) => sha256),
      );

const answersOf = (
  bundle: EvidenceBundle,
  lists: ReadonlyMap<string, Uint8Array>,
): Evidence['revocation'] => {
  // When the first shape was written no source had anything to show.
  if (bundle.format === 'mandate-statement/1') return [];
  if (bundle.format === 'mandate-evidence/1') return bundle.revocation.map(said);
  return bundle.revocation.map((answer) => ({
    ...said(answer),
    proofs: answer.proofs.flatMap(({ kind, sha256, der }) => {
      const octets = der === null ? lists.get(sha256) : fromBase64(der);
      return octets === undefined ? [] : [{ kind, fingerprint: sha256, der: octets }];
    }),
  }));
};

type Said = Evidence['revocation'][number];

const said = ({ status, source }: { readonly status: string; readonly source: string }): Said => ({
  status: status === 'good' ? status : 'unknown',
  source,
});

/** A bundle as `verifyEvidence` takes it, with the lists that it names and that are still there. */
export const toEvidence = (bundle: EvidenceBundle, lists: ReadonlyMap<string, Uint8Array>): Evidence => ({
  ...(bundle.cms === null || bundle.challenge === null
    ? {}
    : { answer: { cms: fromBase64(bundle.cms), content: utf8(bundle.challenge) } }),
  path: bundle.path.map(fromBase64),
  revocation: answersOf(bundle, lists),
  at: new Date(bundle.verifiedAt),
  ...(bundle.format !== 'mandate-evidence/2'
    ? {}
    : { profile: bundle.profile as CertificateProfile, issuer: bundle.issuer }),
});
