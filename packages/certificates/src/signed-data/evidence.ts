/** What is kept of a card's use, so that *valid when used* can be shown years later. */
import type { Ca } from '../gpki/oids.js';
import type { CertificateProfile } from '../gpki/profile.js';
import type { RevocationAnswer } from '../revocation/source.js';
import type { VerifiedCertificate } from '../verify-certificate.js';
import type { VerifiedSignature } from './verify.js';

/** The octets of all that was judged, and the two things that no octets say: when, and for which role. */
export interface Evidence {
  /** The card's answer and the challenge that it answered; absent where a certificate was only read from a card. */
  readonly answer?: { readonly cms: Uint8Array; readonly content: Uint8Array };
  /** DER, the card's certificate first, the anchor last. */
  readonly path: ReadonlyArray<Uint8Array>;
  /** What was said of each certificate of the path but the anchor, in its order, with what it rests on. */
  readonly revocation: ReadonlyArray<Pick<RevocationAnswer, 'status' | 'source' | 'proofs'>>;
  /** The time that the card was judged at. */
  readonly at: Date;
  /** What its role accepted. */
  readonly profile?: CertificateProfile;
  /** What the trust store called the key that issued the certificate: no octets of a certificate say it. */
  readonly issuer?: { readonly ca: Ca; readonly generation: string };
}

const common = (
  { path, revocation, facts }: VerifiedCertificate,
  at: Date,
  profile: CertificateProfile,
): Evidence => ({
  path: path.map(({ der }) => der),
  revocation,
  at,
  profile,
  issuer: { ca: facts.ca, generation: facts.generation },
});

/** Of a card that signed `content` for a role. */
export const evidenceOf = (
  verified: VerifiedSignature,
  content: Uint8Array,
  profile: CertificateProfile,
): Evidence => ({ ...common(verified, verified.at, profile), answer: { cms: verified.cms, content } });

/** Of a certificate that was only read (checklist GEPI-34). */
export const readingEvidenceOf = (
  verified: VerifiedCertificate,
  at: Date,
  profile: CertificateProfile,
): Evidence => common(verified, at, profile);
