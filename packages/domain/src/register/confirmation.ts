/**
 * Cards that were confirmed one after the other, and the challenges that they answer (GEPI-16…21).
 *
 * Both are short-lived and lie beside the events; what is personal in them is sealed.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { Organisation } from '../agency/organisation.js';
import { SeenCredential } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import { exactOf } from '../events/exact.js';
import { Hex64 } from '../events/hex.js';
import { type PortalPolicy, Role } from '../policy/policy.js';
import type { ChallengeStore } from '../ports/challenge-store.js';
import type { KeyVault } from '../ports/key-vault.js';
import { t } from '../schema.js';
import { fromStoreFault } from './streams.js';
import { fromVaultFault } from './vault-faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a confirmed card shows to the person who holds it (GEPI-28: 憑證資訊). */
const Shown = t.strict({
  displayName: t.string,
  /** Of a citizen: what the person typed, matched with the card. */
  nationalId: t.union([t.string, t.null]),
  subjectSerialNumber: t.union([t.string, t.null]),
});
export type Shown = t.TypeOf<typeof Shown>;

const cardFields = {
  role: Role,
  credential: SeenCredential,
  /** Of an agency card: how it names the organisation. */
  organisation: t.union([Organisation, t.null]),
  /** Of a citizen card: the person's pseudonym; `null` where no ID was typed or matched. */
  person: t.union([Hex64, t.null]),
  identityProof: t.union([t.keyof({ full: null, last4: null }), t.null]),
  /** Hash of the evidence bundle. */
  evidence: Hex64,
};

/** A card whose key answered a challenge. */
export const ConfirmedCard = t.strict({ ...cardFields, shown: Shown });
export type ConfirmedCard = t.TypeOf<typeof ConfirmedCard>;

/** A confirmed card without what it shows, which few commands need. */
const ActingCard = t.strict(cardFields);
export type ActingCard = t.TypeOf<typeof ActingCard>;

const confirmationFields = {
  id: t.string,
  portal: t.string,
  purpose: t.string,
  /** `null` where the purpose needs none (GEPI-53). */
  agencyCode: t.union([t.string, t.null]),
  /** ISO, UTC. */
  startedAt: t.string,
  expiresAt: t.string,
  /** Every step of the purpose was done. */
  complete: t.boolean,
};

/** The cards confirmed so far for one purpose. */
export const Confirmation = t.strict({ ...confirmationFields, cards: t.readonlyArray(ConfirmedCard) });
export type Confirmation = t.TypeOf<typeof Confirmation>;

/** A confirmation as it is kept: what the cards show is sealed, all in one text. */
export const SealedConfirmation = t.strict({
  ...confirmationFields,
  cards: t.readonlyArray(ActingCard),
  shown: t.string,
});
export type SealedConfirmation = t.TypeOf<typeof SealedConfirmation>;

const isExact = exactOf(SealedConfirmation);

const AllShown = t.readonlyArray(Shown);

/** A challenge that was handed out. */
export const Challenge = t.strict({
  nonce: t.string,
  confirmation: t.string,
  portal: t.string,
  purpose: t.string,
  agencyCode: t.union([t.string, t.null]),
  /** Which step of the purpose it is for, from 0. */
  step: t.Int,
  role: Role,
  person: t.union([Hex64, t.null]),
  /** The ID that was typed, sealed; `null` where the step asks for none. */
  nationalId: t.union([t.string, t.null]),
  /** The text that the card must sign. */
  text: t.string,
  issuedAt: t.string,
  expiresAt: t.string,
});
export type Challenge = t.TypeOf<typeof Challenge>;

// -------------------------------------------------------------------------------------
// sealing
// -------------------------------------------------------------------------------------

/** One key for all that is short-lived: a stranger who types an ID leaves no key of that person behind. */
const transient = 'transient';

export const sealTransient = async (
  vault: KeyVault,
  context: string,
  plain: string,
): Promise<E.Either<RegisterError, string>> => {
  const sealed = await vault.seal(transient, context, plain)();
  return E.isLeft(sealed) ? E.left(fromVaultFault(sealed.left)) : sealed;
};

export const openTransient = async (
  vault: KeyVault,
  context: string,
  sealed: string,
): Promise<E.Either<RegisterError, string | undefined>> => {
  const opened = await vault.open(transient, context, sealed)();
  return E.isLeft(opened) ? E.left(fromVaultFault(opened.left)) : opened;
};

// -------------------------------------------------------------------------------------
// confirmations
// -------------------------------------------------------------------------------------

export interface ConfirmationPorts {
  readonly vault: KeyVault;
  readonly challenges: ChallengeStore;
  readonly policy: Pick<PortalPolicy, 'portal'>;
}

const context = (id: string): string => `confirmation/${id}`;

/** Keeps a confirmation until it expires. */
export const saveConfirmation = async (
  ports: ConfirmationPorts,
  confirmation: Confirmation,
): Promise<E.Either<RegisterError, Confirmation>> => {
  const plain = JSON.stringify(confirmation.cards.map((card) => card.shown));
  const shown = await sealTransient(ports.vault, context(confirmation.id), plain);
  if (E.isLeft(shown)) return shown;
  const cards = confirmation.cards.map(({ shown: _sealed, ...card }) => card);
  const saved = await ports.challenges.saveConfirmation({
    key: confirmation.id,
    text: JSON.stringify({ ...confirmation, cards, shown: shown.right }),
    expiresAt: confirmation.expiresAt,
  })();
  return E.isLeft(saved) ? E.left(fromStoreFault(saved.left)) : E.right(confirmation);
};

/**
 * Finds a confirmation of this portal that has not expired at `now` (ISO, UTC), and leaves it sealed. Portals may share
 * a store: what was signed for one of them is unknown to the others.
 */
export const findSealedConfirmation = async (
  ports: ConfirmationPorts,
  id: string,
  now: string,
): Promise<E.Either<RegisterError, SealedConfirmation>> => {
  const found = await ports.challenges.findConfirmation(id)();
  if (E.isLeft(found)) return E.left(fromStoreFault(found.left));
  if (found.right === undefined) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  const value = parse(found.right.text);
  const stored = isExact(value) ? E.right(value as SealedConfirmation) : SealedConfirmation.decode(value);
  if (E.isLeft(stored)) {
    return E.left(registerError('STORE_CORRUPT', { detail: 'a confirmation does not decode' }));
  }
  if (stored.right.portal !== ports.policy.portal) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  if (stored.right.expiresAt <= now) return E.left(registerError('CONFIRMATION_EXPIRED'));
  return stored;
};

/** Opens what the cards of a confirmation show; `CONFIRMATION_UNKNOWN` where it cannot be opened any more. */
export const openConfirmation = async (
  ports: ConfirmationPorts,
  sealed: SealedConfirmation,
): Promise<E.Either<RegisterError, Confirmation>> => {
  const { shown: text, ...confirmation } = sealed;
  const opened = await openTransient(ports.vault, context(sealed.id), text);
  if (E.isLeft(opened)) return opened;
  const shown = AllShown.decode(parse(opened.right ?? ''));
  if (E.isLeft(shown)) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  const cards: ConfirmedCard[] = [];
  for (const [index, card] of confirmation.cards.entries()) {
    const shows = shown.right[index];
    if (shows === undefined) return E.left(registerError('CONFIRMATION_UNKNOWN'));
    cards.push({ ...card, shown: shows });
  }
  return E.right({ ...confirmation, cards });
};

/** Finds a confirmation as {@link findSealedConfirmation}, and opens it. */
export const findConfirmation = async (
  ports: ConfirmationPorts,
  id: string,
  now: string,
): Promise<E.Either<RegisterError, Confirmation>> => {
  const found = await findSealedConfirmation(ports, id, now);
  return E.isLeft(found) ? found : openConfirmation(ports, found.right);
};

/** JSON or nothing. */
export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The card that was confirmed in a role. */
export const cardOf = <C extends ActingCard>(
  confirmation: { readonly cards: ReadonlyArray<C> },
  role: Role,
): C | undefined => confirmation.cards.find((card) => card.role === role);
