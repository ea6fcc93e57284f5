/**
 * What a command needs to know before it can be decided: gathered once, outside the retry loop.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type CatalogueState, initialCatalogue } from '../catalogue/state.js';
import type { ClerkEntry } from '../clerk/decide.js';
import type { Credential } from '../credential/credential.js';
import { meansOf, TypedCredential } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Contact } from '../manager/events.js';
import { type PurposePolicy, purposeOf } from '../policy/policy.js';
import type { DirectoryEntry } from '../ports/agency-directory.js';
import { catalogueStream, termsStream } from '../ports/stream-name.js';
import { initialTerms, type TermsState } from '../terms/state.js';
import { normalPersonName } from '../values/index.js';
import { commandDigest } from './command-digest.js';
import type { CardCommand } from './commands.js';
import { cardOf, confirmationHash, type SealedConfirmation } from './confirmation.js';
import { findSealedConfirmation, openConfirmation, type Standing } from './confirmation-store.js';
import { findAgency, type RegisterContext } from './context.js';
import { keepEvidence } from './evidence.js';
import { toBundle } from './evidence-bundle.js';
import { matchIdentity, personPseudonym, readCertificate, toCredential, toProfile } from './identify.js';
import { findMeans } from './means.js';
import { type PreparedCredential, prepareCredential } from './prepare-credential.js';
import { termsReceipt } from './queries.js';
import { evidenceOfSignature, findSignature } from './signed-command.js';
import { stillGood } from './still-good.js';
import type { Loaded } from './streams.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a command of card holders is decided with. */
export interface Prepared {
  readonly confirmation: SealedConfirmation;
  /** What events call the confirmation. */
  readonly confirmationHash: string;
  /** It served another command, of which no event came. */
  readonly spentElsewhere: boolean;
  /** 身分證統一編號 of the manager's card; `null` where the command does not say who the manager is, or the card did not tell. */
  readonly managerId: string | null;
  readonly purpose: PurposePolicy;
  readonly entry: DirectoryEntry;
  /** Read for commands about clerks alone. */
  readonly catalogue: CatalogueState;
  /** Read where the purpose begins with terms. */
  readonly terms: TermsState;
  /** The person that a clerk command is about, as typed or read. */
  readonly clerk: PreparedClerk | undefined;
  /** Those whom a command lets act together (ECPA-6). */
  readonly people?: ReadonlyArray<ClerkEntry>;
  /** The credential that a command registers (DOC-5). */
  readonly credential?: PreparedCredential;
  /** Whose account was shown beside the agency's card (ECPA-2). */
  readonly officer?: {
    readonly person: string;
    readonly details: { readonly nationalId: string; readonly name: string; readonly account: string };
  };
  /** Evidence that the command was signed; none where the purpose asks for none; on the left what is wrong with it. */
  readonly signature: E.Either<RegisterError, ReadonlyArray<string>>;
  /** ISO, UTC. */
  readonly at: string;
}

/** A command that is asked for, as {@link prepare} takes it. */
export interface Asked {
  /** What events will call the command. */
  readonly digest: string;
  /** Nothing will be written: no card needs to have signed. */
  readonly dryRun: boolean;
}

export interface PreparedClerk {
  readonly entry: ClerkEntry;
  /** The bundle of a card that was read; kept only when the command is carried out. */
  readonly keep: (() => Promise<E.Either<RegisterError, string>>) | undefined;
}

/** Optional fields of a form as the events have them. */
export const toContact = (contact: {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly extension?: string;
}): Contact => ({
  name: contact.name,
  email: contact.email,
  phone: contact.phone,
  extension: contact.extension ?? null,
});

// -------------------------------------------------------------------------------------
// prepare
// -------------------------------------------------------------------------------------

/**
 * Finds the confirmation, the agency, the menu and the terms, and reads the certificate that the command brings.
 */
export const prepare = async (
  context: RegisterContext,
  command: CardCommand,
  { digest, dryRun }: Asked,
  at: string,
): Promise<E.Either<RegisterError, Prepared>> => {
  const found = await findSealedConfirmation(context, command.confirmation, at);
  if (E.isLeft(found)) return found;
  const { confirmation } = found.right;
  if (confirmation.agencyCode !== command.agencyCode) {
    return E.left(registerError('CONFIRMATION_OTHER_AGENCY'));
  }
  const purpose = purposeOf(context.policy, confirmation.purpose);
  if (purpose?.commands.includes(command.type) !== true) {
    return E.left(registerError('CONFIRMATION_OTHER_PURPOSE'));
  }
  const good = handsOutAuthority.has(command.type)
    ? await stillGood(context, confirmation.cards, at)
    : E.right(undefined);
  if (E.isLeft(good)) return good;
  const named = await findNamed(context, command, found.right);
  if (E.isLeft(named)) return named;
  const entry = await findAgency(context, command.agencyCode);
  if (E.isLeft(entry)) return entry;
  const isAboutClerk = command.type === 'AuthorizeClerk' || command.type === 'ChangeClerk';
  const isAboutPeople = command.type === 'AuthorizePeople';
  const catalogue = isAboutClerk || isAboutPeople ? await loadCatalogue(context) : E.right(initialCatalogue);
  if (E.isLeft(catalogue)) return catalogue;
  const terms = purpose.terms ? await loadTerms(context) : E.right(initialTerms);
  if (E.isLeft(terms)) return terms;
  const receipt = await checkReceipt(context, command);
  if (E.isLeft(receipt)) return receipt;
  const clerk = isAboutClerk ? await prepareClerk(context, command, at) : E.right(undefined);
  if (E.isLeft(clerk)) return clerk;
  const people = isAboutPeople ? await preparePeople(context, command) : E.right(undefined);
  if (E.isLeft(people)) return people;
  const credential =
    command.type === 'RegisterCredential'
      ? await prepareCredential(context, command, at)
      : E.right(undefined);
  if (E.isLeft(credential)) return credential;
  const isSigned = purpose.evidence === 'command' && !dryRun;
  const signature = isSigned ? await findEvidenceOf(context, command, at) : E.right(E.right([]));
  if (E.isLeft(signature)) return signature;
  return E.right({
    confirmation,
    confirmationHash: confirmationHash(context.sha256, confirmation.id),
    spentElsewhere: confirmation.spentBy !== null && confirmation.spentBy !== digest,
    managerId: named.right.managerId,
    ...(named.right.officer === undefined ? {} : { officer: named.right.officer }),
    ...(credential.right === undefined ? {} : { credential: credential.right }),
    ...(people.right === undefined ? {} : { people: people.right }),
    purpose,
    entry: entry.right,
    catalogue: catalogue.right,
    terms: terms.right,
    clerk: clerk.right,
    signature: signature.right,
    at,
  });
};

/** The evidence that the command was signed, or on the left of what is found why it is not that. */
const findEvidenceOf = async (
  context: RegisterContext,
  command: CardCommand,
  at: string,
): Promise<E.Either<RegisterError, Prepared['signature']>> => {
  const found = await findSignature(context, command.confirmation, command.commandId);
  if (E.isLeft(found)) return found;
  const digest = commandDigest(context.sha256, command);
  return E.right(
    E.map((hash: string) => [hash])(evidenceOfSignature(context.policy, found.right, digest, at)),
  );
};

/** Commands for which the cards that gave them must be good at their very time, and not only when they were shown. */
const handsOutAuthority: ReadonlySet<CardCommand['type']> = new Set([
  'RegisterAgency',
  'AuthorizeClerk',
  'AuthorizePeople',
  'ChangeClerk',
  'ReplaceAgencyCertificate',
  'ReplaceManagerCertificate',
  'ReplaceBothCertificates',
]);

const namesManager: ReadonlySet<CardCommand['type']> = new Set([
  'RegisterAgency',
  'ReplaceManagerCertificate',
  'ReplaceBothCertificates',
]);

/** Who becomes manager, and whose account is bound: both stand, sealed, with the cards that were shown. */
type Named = Pick<Prepared, 'managerId' | 'officer'>;

const findNamed = async (
  context: RegisterContext,
  command: CardCommand,
  found: Standing<SealedConfirmation>,
): Promise<E.Either<RegisterError, Named>> => {
  if (!namesManager.has(command.type)) return E.right({ managerId: null });
  const opened = await openConfirmation(context, found);
  if (E.isLeft(opened)) return opened;
  const { confirmation } = opened.right;
  const managerId = cardOf(confirmation, 'manager')?.shown.nationalId ?? null;
  const officer = cardOf(confirmation, 'officer');
  const { nationalId, displayName: name, account } = officer?.shown ?? {};
  if (officer?.person == null || nationalId == null || name === undefined || account === undefined) {
    return E.right({ managerId });
  }
  return E.right({ managerId, officer: { person: officer.person, details: { nationalId, name, account } } });
};

/** The menu with all its versions. */
export const loadCatalogue = async (
  context: RegisterContext,
): Promise<E.Either<RegisterError, CatalogueState>> =>
  E.map((loaded: Loaded<CatalogueState>) => loaded.state)(
    await context.catalogues.load(catalogueStream(context.policy.portal)),
  );

const loadTerms = async (context: RegisterContext): Promise<E.Either<RegisterError, TermsState>> =>
  E.map((loaded: Loaded<TermsState>) => loaded.state)(
    await context.termsOfUse.load(termsStream(context.policy.portal)),
  );

/** The text and the time that a caller names are those that this portal handed out. */
const checkReceipt = async (
  context: RegisterContext,
  command: CardCommand,
): Promise<E.Either<RegisterError, void>> => {
  if (!('terms' in command)) return E.right(undefined);
  const { hash, presentedAt, receipt } = command.terms;
  const made = await termsReceipt(context, hash, presentedAt);
  if (E.isLeft(made)) return made;
  return made.right === receipt ? E.right(undefined) : E.left(registerError('TERMS_RECEIPT_INVALID'));
};

type ClerkCommand = Extract<CardCommand, { readonly type: 'AuthorizeClerk' | 'ChangeClerk' }>;

const prepareClerk = async (
  context: RegisterContext,
  command: ClerkCommand,
  at: string,
): Promise<E.Either<RegisterError, PreparedClerk>> => {
  const { name, nationalId, certificate } = command.clerk;
  const pseudonym = await personPseudonym(context.vault, nationalId);
  if (E.isLeft(pseudonym)) return pseudonym;
  const person = pseudonym.right;
  const mail = 'email' in command.clerk ? { email: command.clerk.email } : {};
  const common = { person, details: { nationalId, name, ...mail }, permissions: command.permissions };
  if (certificate.kind === 'registeredCard' || certificate.kind === 'account') {
    const known = await findMeans(context, certificate.kind, nationalId);
    if (E.isLeft(known)) return known;
    if (context.policy.clerks.nameFromCard && normalPersonName(known.right.name) !== name) {
      return E.left(registerError('NAME_MISMATCH'));
    }
    const credential = meansOf(certificate.kind, person);
    return E.right({ entry: { ...common, credential, identityProof: 'full' }, keep: undefined });
  }
  if (certificate.kind === 'typed') {
    const credential = typedCredential(context, certificate.serial);
    return E.map(
      (typed: Credential): PreparedClerk => ({
        entry: { ...common, credential: typed, identityProof: 'typed' },
        keep: undefined,
      }),
    )(credential);
  }
  const read = await readCertificate(context, context.policy.profiles.clerk, certificate.der, new Date(at));
  if (E.isLeft(read)) return read;
  const { facts, path, revocation } = read.right;
  if (context.policy.clerks.nameFromCard && normalPersonName(facts.displayName) !== name) {
    return E.left(registerError('NAME_MISMATCH'));
  }
  const identityProof = await matchIdentity(context.identity, facts, nationalId);
  if (E.isLeft(identityProof)) return identityProof;
  const credential = await toCredential(context.vault, facts, 'read', certificate.cardNumber);
  if (E.isLeft(credential)) return credential;
  const proof = toBundle({
    kind: 'reading',
    verifiedAt: at,
    challenge: null,
    cms: null,
    path,
    revocation,
    profile: toProfile(context.policy.profiles.clerk),
    facts,
  });
  return E.right({
    entry: { ...common, credential: credential.right, identityProof: identityProof.right },
    keep: () => keepEvidence(context, person, proof),
  });
};

/** Those who are let act together: found among the accounts of the portal, under the names that those have. */
const preparePeople = async (
  context: RegisterContext,
  command: Extract<CardCommand, { readonly type: 'AuthorizePeople' }>,
): Promise<E.Either<RegisterError, ReadonlyArray<ClerkEntry>>> => {
  const entries: ClerkEntry[] = [];
  for (const { nationalId } of command.people) {
    const known = await findMeans(context, 'account', nationalId);
    if (E.isLeft(known)) return known;
    const person = await personPseudonym(context.vault, nationalId);
    if (E.isLeft(person)) return person;
    entries.push({
      person: person.right,
      details: { nationalId, name: known.right.name },
      credential: meansOf('account', person.right),
      identityProof: 'full',
      permissions: command.permissions,
    });
  }
  return E.right(entries);
};

/** A serial that was typed by hand, of the CA that the policy names. */
export const typedCredential = (
  context: RegisterContext,
  serial: string,
): E.Either<RegisterError, TypedCredential> => {
  const decoded = TypedCredential.decode({
    ca: context.policy.clerks.typedSerialCa,
    serial,
    proof: 'typedByHand',
  });
  return E.isLeft(decoded)
    ? E.left(registerError('CERTIFICATE_MALFORMED', { detail: 'no CA for a serial typed by hand' }))
    : E.right(decoded.right);
};
