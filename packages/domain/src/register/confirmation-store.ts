/**
 * Keeping confirmations: sealed, changed by one answer at a time, and believed only as they were written.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import { exactOf } from '../events/exact.js';
import type { PortalPolicy } from '../policy/policy.js';
import type { ChallengeStore, TransientRecord } from '../ports/challenge-store.js';
import type { Sha256 } from '../ports/clock.js';
import type { KeyVault } from '../ports/key-vault.js';
import { decodeValue, Uuid } from '../values/index.js';
import { canonicalJson } from './canonical.js';
import {
  AllShown,
  type Confirmation,
  type ConfirmedCard,
  SealedConfirmation,
  type Shown,
} from './confirmation.js';
import { parseJson } from './json.js';
import type { Recent } from './recent.js';
import { fromStoreFault } from './streams.js';
import { isOver, openTransient, sealTransient } from './transient.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What keeping a confirmation takes. */
export interface KeepingPorts {
  readonly vault: KeyVault;
  readonly challenges: ChallengeStore;
  readonly sha256: Sha256;
}

/** What finding one takes. */
export interface ConfirmationPorts extends KeepingPorts {
  readonly policy: Pick<PortalPolicy, 'portal' | 'sessionMinutes'>;
  /** Records that opened, by key: the commands of a session do not open theirs each time. */
  readonly opened: Recent<OpenedRecord>;
}

/** A record whose sealed part opened with its clear one. */
export interface OpenedRecord {
  readonly text: string;
  readonly confirmation: SealedConfirmation;
}

/** A confirmation with the record that it was read from, by which the store knows whether it still stands. */
export interface Standing<C> {
  readonly confirmation: C;
  readonly record: TransientRecord;
}

type Result<A> = Promise<E.Either<RegisterError, A>>;

// -------------------------------------------------------------------------------------
// saving
// -------------------------------------------------------------------------------------

/** Everything that stands in clear is bound to what is sealed: a record that was changed does not open. */
const contextOf = (sha256: Sha256, clear: Omit<SealedConfirmation, 'shown'>): string =>
  `confirmation/${sha256(canonicalJson(clear))}`;

/**
 * Keeps a confirmation until it expires, in the place of the record that it was made from, or of none. False where
 * another one stands there by now.
 */
export const saveConfirmation = async (
  ports: KeepingPorts,
  confirmation: Confirmation,
  replaces: TransientRecord | undefined,
): Result<boolean> => {
  const cards = confirmation.cards.map(({ shown: _sealed, ...card }) => card);
  const clear = { ...confirmation, cards };
  const plain = JSON.stringify(confirmation.cards.map((card) => card.shown));
  const shown = await sealTransient(ports.vault, contextOf(ports.sha256, clear), plain);
  if (E.isLeft(shown)) return shown;
  const text = JSON.stringify({ ...clear, shown: shown.right });
  const { id: key, expiresAt } = confirmation;
  const saved = await ports.challenges.saveConfirmation({ key, text, expiresAt }, replaces)();
  return E.isLeft(saved) ? E.left(fromStoreFault(saved.left)) : saved;
};

// -------------------------------------------------------------------------------------
// finding
// -------------------------------------------------------------------------------------

const isExact = exactOf(SealedConfirmation);

const decode = (text: string): E.Either<RegisterError, SealedConfirmation> => {
  const value = parseJson(text);
  const stored = isExact(value) ? E.right(value as SealedConfirmation) : SealedConfirmation.decode(value);
  return E.isLeft(stored)
    ? E.left(registerError('STORE_CORRUPT', { detail: 'a confirmation does not decode' }))
    : stored;
};

/** As {@link findSealedConfirmation}, of a record that nobody has opened yet. */
const find = async (
  ports: ConfirmationPorts,
  id: string,
  now: string,
): Result<Standing<SealedConfirmation>> => {
  const found = await ports.challenges.findConfirmation(id)();
  if (E.isLeft(found)) return E.left(fromStoreFault(found.left));
  if (found.right === undefined) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  const record = found.right;
  const known = ports.opened.get(id);
  const stored = known?.text === record.text ? E.right(known.confirmation) : decode(record.text);
  if (E.isLeft(stored)) return stored;
  const { portal, expiresAt } = stored.right;
  // Under another key it would serve whoever knows that one.
  if (stored.right.id !== id) {
    return E.left(registerError('STORE_CORRUPT', { detail: 'a confirmation stands under another key' }));
  }
  if (portal !== ports.policy.portal) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  return isOver(expiresAt, now, ports.policy.sessionMinutes)
    ? E.left(registerError('CONFIRMATION_EXPIRED'))
    : E.right({ confirmation: stored.right, record });
};

/** Opens what the cards of a confirmation show; `CONFIRMATION_UNKNOWN` where it cannot be opened any more. */
export const openConfirmation = async (
  ports: ConfirmationPorts,
  { confirmation: sealed, record }: Standing<SealedConfirmation>,
): Result<Standing<Confirmation>> => {
  const { shown: text, ...clear } = sealed;
  const opened = await openTransient(ports.vault, contextOf(ports.sha256, clear), text);
  if (E.isLeft(opened)) return opened;
  const shown = AllShown.decode(parseJson(opened.right ?? ''));
  if (E.isLeft(shown)) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  const cards: ConfirmedCard[] = [];
  for (const [index, card] of clear.cards.entries()) {
    const shows: Shown | undefined = shown.right[index];
    if (shows === undefined) return E.left(registerError('CONFIRMATION_UNKNOWN'));
    cards.push({ ...card, shown: shows });
  }
  ports.opened.put(record.key, { text: record.text, confirmation: sealed });
  return E.right({ confirmation: { ...clear, cards }, record });
};

/**
 * Finds a confirmation of this portal that has not expired at `now` (ISO, UTC), and leaves what its cards show sealed.
 * Portals may share a store: what was signed for one of them is unknown to the others.
 */
export const findSealedConfirmation = async (
  ports: ConfirmationPorts,
  id: string,
  now: string,
): Result<Standing<SealedConfirmation>> => {
  const found = await find(ports, id, now);
  if (E.isLeft(found) || ports.opened.get(id)?.text === found.right.record.text) return found;
  const opened = await openConfirmation(ports, found.right);
  return E.isLeft(opened) ? opened : found;
};

/** Finds a confirmation as {@link findSealedConfirmation}, and opens it. */
export const findConfirmation = async (
  ports: ConfirmationPorts,
  id: string,
  now: string,
): Result<Standing<Confirmation>> => {
  const found = await find(ports, id, now);
  return E.isLeft(found) ? found : openConfirmation(ports, found.right);
};

// -------------------------------------------------------------------------------------
// spending
// -------------------------------------------------------------------------------------

/**
 * Notes in a confirmation that serves once which command it served, by the command's digest: for one of which no event
 * came to say so. Again for the same command it changes nothing; of two commands one is refused with `CONFIRMATION_USED`.
 */
export const spendConfirmation = async (
  ports: ConfirmationPorts,
  id: string,
  digest: string,
  now: string,
): Result<void> => {
  const found = await findConfirmation(ports, id, now);
  if (E.isLeft(found)) return found;
  const { confirmation, record } = found.right;
  if (confirmation.spentBy !== null) return spentFor(confirmation, digest);
  const saved = await saveConfirmation(ports, { ...confirmation, spentBy: digest }, record);
  if (E.isLeft(saved)) return saved;
  if (saved.right) return E.right(undefined);
  // Somebody was quicker; it may have been the same command.
  const again = await findConfirmation(ports, id, now);
  return E.isLeft(again) ? again : spentFor(again.right.confirmation, digest);
};

const spentFor = ({ spentBy }: Confirmation, digest: string): E.Either<RegisterError, void> =>
  spentBy === digest ? E.right(undefined) : E.left(registerError('CONFIRMATION_USED'));

// -------------------------------------------------------------------------------------
// ending
// -------------------------------------------------------------------------------------

/**
 * Ends a confirmation before its time, when its holder leaves the screen; challenges that were handed out for its next
 * card find nothing to go on with. Right also where there is none, or none any more: the wish is fulfilled.
 */
export const endConfirmation = async (
  ports: ConfirmationPorts,
  input: unknown,
  now: string,
): Result<void> => {
  const id = decodeValue(Uuid, input);
  if (E.isLeft(id)) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  const found = await find(ports, id.right, now);
  if (E.isLeft(found)) {
    const { code } = found.left;
    return code === 'CONFIRMATION_UNKNOWN' || code === 'CONFIRMATION_EXPIRED' ? E.right(undefined) : found;
  }
  ports.opened.drop(id.right);
  const removed = await ports.challenges.removeConfirmation(id.right)();
  return E.isLeft(removed) ? E.left(fromStoreFault(removed.left)) : removed;
};
