/**
 * What the registration of a credential needs to know before it can be decided (DOC-5…8).
 *
 * @packageDocumentation
 */
import { verifyCertificate } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import type { NewCredential } from '../registered-credential/decide.js';
import { fromBase64 } from './bytes.js';
import type { CardCommand } from './commands.js';
import type { RegisterContext } from './context.js';
import { keepEvidence } from './evidence.js';
import { type NewEvidence, toBundle } from './evidence-bundle.js';
import {
  fromCertificateError,
  matchIdentity,
  personPseudonym,
  readCertificate,
  toProfile,
} from './identify.js';
import { findMeans } from './means.js';

type Command = Extract<CardCommand, { readonly type: 'RegisterCredential' }>;
type Result<A> = Promise<E.Either<RegisterError, A>>;

/** All but the id and the days, which are the command's. */
export interface PreparedCredential {
  readonly entry: Omit<NewCredential, 'id' | 'active'>;
  /** The bundle of a card that was read; kept only when the command is carried out. */
  readonly keep: (() => Promise<E.Either<RegisterError, string>>) | undefined;
}

type Serials = Pick<NewCredential, 'ca' | 'serial1' | 'serial2' | 'proof'> & {
  readonly evidence: NewEvidence | undefined;
};

/** The same of a card, which says until when it is good. */
export type ReadSerials = Serials & { readonly notAfter: string };

/** Both certificates of one card, read without a PIN: one for signing, one for encryption (DOC-6, DOC-7). */
export const readBoth = async (
  context: RegisterContext,
  certificates: { readonly signing: string; readonly encryption: string },
  nationalId: string,
  at: string,
): Result<ReadSerials> => {
  const { clerk: profile } = context.policy.profiles;
  const signing = await readCertificate(context, profile, certificates.signing, new Date(at));
  if (E.isLeft(signing)) return signing;
  const { facts, path, revocation } = signing.right;
  const matched = await matchIdentity(context.identity, facts, nationalId);
  if (E.isLeft(matched)) return matched;
  const encryption = await verifyCertificate({
    der: fromBase64(certificates.encryption),
    trust: context.trust,
    at: new Date(at),
    revocation: context.revocation,
    profile: { ...toProfile(profile), use: 'any' },
  })();
  if (E.isLeft(encryption)) return E.left(fromCertificateError(encryption.left));
  const other = encryption.right.facts;
  // One card has two certificates of one holder; two cards in turn would have two holders, or one card would be nobody's.
  if (other.ca !== facts.ca || other.subjectSerialNumber !== facts.subjectSerialNumber) {
    return E.left(registerError('IDENTITY_MISMATCH', { ca: facts.ca }));
  }
  const evidence = toBundle({
    ...{ kind: 'reading', verifiedAt: at, challenge: null, cms: null, path, revocation, facts },
    profile: toProfile(profile),
  });
  const { ca, serial: serial1, notAfter } = facts;
  return E.right({ ca, serial1, serial2: other.serial, proof: 'read', evidence, notAfter });
};

const serialsOf = async (context: RegisterContext, command: Command, at: string): Result<Serials> => {
  const { serials, nationalId } = command;
  if (serials.kind === 'read') return readBoth(context, serials, nationalId, at);
  const ca = context.policy.clerks.typedSerialCa;
  const { serial1, serial2 } = serials;
  return ca === null
    ? E.left(registerError('CERTIFICATE_MALFORMED', { detail: 'no CA for a serial typed by hand' }))
    : E.right({ ca, serial1, serial2, proof: 'typedByHand', evidence: undefined });
};

export const prepareCredential = async (
  context: RegisterContext,
  command: Command,
  at: string,
): Result<PreparedCredential> => {
  const { nationalId, kind, cardKind } = command;
  const known = await findMeans(context, 'account', nationalId);
  if (E.isLeft(known)) return known;
  const person = await personPseudonym(context.vault, nationalId);
  if (E.isLeft(person)) return person;
  const serials = await serialsOf(context, command, at);
  if (E.isLeft(serials)) return serials;
  const { ca, serial1, serial2, proof, evidence } = serials.right;
  const holder = { nationalId, name: known.right.name, account: known.right.account ?? '' };
  return E.right({
    entry: { person: person.right, holder, kind, cardKind, ca, serial1, serial2, proof },
    keep: evidence === undefined ? undefined : () => keepEvidence(context, person.right, evidence),
  });
};
