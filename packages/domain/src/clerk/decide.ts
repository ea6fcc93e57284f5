/**
 * Whom the manager lets act, and for what (GEPI-30…43).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { AgencyEvent } from '../agency/events.js';
import type { CatalogueState } from '../catalogue/state.js';
import {
  type HolderCredential,
  type IdentityProof,
  isMeans,
  isSeen,
  type MatchedIdentity,
  type RootCredential,
  replacementCause,
  sameCertificate,
} from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { PortalPolicy } from '../policy/policy.js';
import type { ClerkDetails, ClerkEntryDetails, ClerkEvent } from './events.js';
import { activeClerks, type Clerk, type ClerkState, clerkOfPerson, clerkWithCertificate } from './state.js';

type Event = ClerkEvent | AgencyEvent;
type Decision = E.Either<RegisterError, ReadonlyArray<Event>>;

/** What the manager typed or read of a person (GEPI-33, GEPI-38). */
export interface ClerkEntry {
  readonly person: string;
  readonly details: ClerkEntryDetails;
  readonly credential: HolderCredential;
  readonly identityProof: IdentityProof;
  /** What the clerk shall hold: the whole list, not a change. */
  readonly permissions: ReadonlyArray<string>;
}

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

/** The active clerk of this id. */
export const activeClerk = (state: ClerkState, id: string): E.Either<RegisterError, Clerk> => {
  const clerk = state.get(id);
  return clerk === undefined ? E.left(registerError('CLERK_NOT_FOUND')) : E.right(clerk);
};

/** Every permission is a function of the latest menu, and there are enough of them (GEPI-33, X-6). */
export const checkPermissions = (
  policy: PortalPolicy,
  catalogue: CatalogueState,
  wanted: ReadonlyArray<string>,
  held: ReadonlySet<string>,
): E.Either<RegisterError, ReadonlyArray<string>> => {
  const current = catalogue.current;
  if (current === undefined) return E.left(registerError('CATALOGUE_MISSING'));
  const unique = [...new Set(wanted)].sort();
  if (unique.length < policy.clerks.minPermissions) return E.left(registerError('PERMISSION_REQUIRED'));
  for (const code of unique) {
    const entry = current.entries.get(code);
    // A function that has left the menu may be kept by who holds it, but is given to nobody.
    if (entry === undefined && !held.has(code))
      return E.left(registerError('PERMISSION_UNKNOWN', { detail: code }));
    if (entry?.kind === 'group') return E.left(registerError('PERMISSION_IS_GROUP', { detail: code }));
  }
  return E.right(unique);
};

/** No two clerks of an agency share a person or a certificate. */
export const checkUnique = (
  state: ClerkState,
  entry: Pick<ClerkEntry, 'person' | 'credential'>,
  except: string | undefined,
): E.Either<RegisterError, void> => {
  for (const other of activeClerks(state)) {
    if (other.id === except) continue;
    if (other.person === entry.person) return E.left(registerError('CLERK_ALREADY_AUTHORIZED'));
    if (sameCertificate(other.credential, entry.credential))
      return E.left(registerError('CERTIFICATE_IN_USE'));
  }
  return E.right(undefined);
};

// -------------------------------------------------------------------------------------
// decisions
// -------------------------------------------------------------------------------------

/** 新增授權經辦人 (GEPI-33, GEPI-37). */
export const authorizeClerk = (
  state: ClerkState,
  policy: PortalPolicy,
  catalogue: CatalogueState,
  id: string,
  entry: ClerkEntry,
): Decision => {
  const unique = checkUnique(state, entry, undefined);
  if (E.isLeft(unique)) return unique;
  return E.map((permissions: ReadonlyArray<string>) => [authorized(id, entry, permissions, catalogue)])(
    checkPermissions(policy, catalogue, entry.permissions, new Set()),
  );
};

const authorized = (
  id: string,
  entry: ClerkEntry,
  permissions: ReadonlyArray<string>,
  catalogue: CatalogueState,
): Event => ({
  type: 'ClerkAuthorized',
  data: {
    clerk: id,
    person: entry.person,
    credential: entry.credential,
    identityProof: entry.identityProof,
    permissions,
    catalogueVersion: catalogue.current?.version ?? 0,
  },
  personal: entry.details,
  subject: entry.person,
});

/**
 * Several people at once, who need no card of theirs (ECPA-6). Who is a clerk already keeps what they hold and gets what
 * is new; where that is nothing, there is no event of theirs. `idOf` names the entry of the person at an index.
 */
export const authorizePeople = (
  state: ClerkState,
  policy: PortalPolicy,
  catalogue: CatalogueState,
  idOf: (index: number) => string,
  entries: ReadonlyArray<ClerkEntry>,
): Decision => {
  const events: Event[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    if (seen.has(entry.person)) return E.left(registerError('CLERK_ALREADY_AUTHORIZED'));
    seen.add(entry.person);
    const clerk = clerkOfPerson(state, entry.person);
    const decided =
      clerk === undefined
        ? authorizeClerk(state, policy, catalogue, idOf(index), entry)
        : grantMore(clerk, policy, catalogue, entry.permissions);
    if (E.isLeft(decided)) return decided;
    events.push(...decided.right);
  }
  return events.length === 0 ? E.left(registerError('NOTHING_CHANGED')) : E.right(events);
};

const grantMore = (
  clerk: Clerk,
  policy: PortalPolicy,
  catalogue: CatalogueState,
  wanted: ReadonlyArray<string>,
): Decision =>
  E.map((permissions: ReadonlyArray<string>): ReadonlyArray<Event> => {
    const granted = permissions.filter((code) => !clerk.permissions.has(code));
    const catalogueVersion = catalogue.current?.version ?? 0;
    return granted.length === 0
      ? []
      : [
          {
            type: 'ClerkPermissionsChanged',
            data: { clerk: clerk.id, granted, revoked: [], catalogueVersion },
          },
        ];
  })(checkPermissions(policy, catalogue, wanted, clerk.permissions));

/**
 * 修改授權經辦人 (GEPI-38, GEPI-39): one save, and each thing that changed is an event of its own. Another national ID
 * is another person: the entry ends and a new one begins under `nextId()`, so that history never mixes two people.
 * `current` are the details on record, `undefined` where they can no longer be read.
 */
export const changeClerk = (
  state: ClerkState,
  policy: PortalPolicy,
  catalogue: CatalogueState,
  id: string,
  nextId: () => string,
  entry: ClerkEntry,
  current: ClerkDetails | undefined,
): Decision =>
  E.chain((clerk: Clerk): Decision => {
    const samePerson = clerk.person === entry.person;
    const unique = checkUnique(state, entry, id);
    if (E.isLeft(unique)) return unique;
    const held = samePerson ? clerk.permissions : new Set<string>();
    return E.chain((permissions: ReadonlyArray<string>): Decision => {
      if (!samePerson) {
        return E.right([
          { type: 'ClerkRevoked', data: { clerk: id, cause: 'personChanged' } },
          authorized(nextId(), entry, permissions, catalogue),
        ]);
      }
      const events = changes(clerk, entry, permissions, catalogue, current);
      return events.length === 0 ? E.left(registerError('NOTHING_CHANGED')) : E.right(events);
    })(checkPermissions(policy, catalogue, entry.permissions, held));
  })(activeClerk(state, id));

const changes = (
  clerk: Clerk,
  entry: ClerkEntry,
  permissions: ReadonlyArray<string>,
  catalogue: CatalogueState,
  current: ClerkDetails | undefined,
): ReadonlyArray<Event> => {
  const events: Event[] = [];
  const { credential: previous } = clerk;
  const { credential: next } = entry;
  if (!sameCertificate(previous, next)) {
    events.push({
      type: 'CertificateReplaced',
      data: {
        holder: 'clerk',
        clerk: clerk.id,
        previous,
        next,
        identityProof: entry.identityProof,
        cause: replacementCause(previous, next),
        organisation: null,
        review: null,
      },
    });
  }
  const wanted = new Set(permissions);
  const granted = permissions.filter((code) => !clerk.permissions.has(code));
  const revoked = [...clerk.permissions].filter((code) => !wanted.has(code)).sort();
  if (granted.length > 0 || revoked.length > 0) {
    events.push({
      type: 'ClerkPermissionsChanged',
      data: {
        clerk: clerk.id,
        granted,
        revoked,
        catalogueVersion: catalogue.current?.version ?? 0,
      },
    });
  }
  if (current === undefined || current.name !== entry.details.name) {
    events.push({
      type: 'ClerkDetailsChanged',
      data: { clerk: clerk.id, person: clerk.person },
      personal: { nationalId: entry.details.nationalId, name: entry.details.name },
      subject: clerk.person,
    });
  }
  return events;
};

/** 刪除授權經辦人, after the second question (GEPI-40). */
export const revokeClerk = (state: ClerkState, id: string, confirmed: boolean): Decision =>
  E.chain(
    (clerk: Clerk): Decision =>
      confirmed
        ? E.right([{ type: 'ClerkRevoked', data: { clerk: clerk.id, cause: 'deleted' } }])
        : E.left(registerError('DELETION_NOT_CONFIRMED')),
  )(activeClerk(state, id));

/**
 * A clerk's card signed (GEPI-2, GEPI-35): the credential on record is proved from now on. No event where it was
 * proved before. `NOT_AUTHORIZED` where the person is no clerk; `CREDENTIAL_REPLACED` where the person is one, but with
 * another certificate (GEPI-42): a card that kept its number, or whose holder is known, tells.
 */
export const proveCredential = (
  state: ClerkState,
  card: {
    /** Pseudonym, `null` where nothing told who the holder is. */
    readonly person: string | null;
    readonly credential: RootCredential;
    readonly identityProof: MatchedIdentity | null;
  },
): E.Either<RegisterError, { readonly clerk: Clerk; readonly events: ReadonlyArray<Event> }> => {
  const clerk = clerkWithCertificate(state, card.credential);
  if (clerk === undefined) {
    return E.left(registerError(isKnown(state, card) ? 'CREDENTIAL_REPLACED' : 'NOT_AUTHORIZED'));
  }
  if (clerk.person !== card.person) return E.left(registerError('IDENTITY_MISMATCH'));
  if (card.identityProof === null) return E.left(registerError('IDENTITY_NOT_SHOWN'));
  const { credential } = card;
  // Means are asked of their service each time: there is no certificate to be proved once and for all.
  const proved = isMeans(credential) || clerk.credential.proof === 'signed';
  return E.right({
    clerk,
    events: proved
      ? []
      : [
          {
            type: 'ClerkCredentialProved',
            data: { clerk: clerk.id, credential, identityProof: card.identityProof },
          },
        ],
  });
};

const isKnown = (
  state: ClerkState,
  card: { readonly person: string | null; readonly credential: RootCredential },
): boolean =>
  activeClerks(state).some(
    (clerk) =>
      clerk.person === card.person ||
      (isSeen(clerk.credential) &&
        isSeen(card.credential) &&
        clerk.credential.card !== null &&
        clerk.credential.card === card.credential.card),
  );
