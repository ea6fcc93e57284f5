/**
 * Whole visits at the counter, for tests that begin where an agency already stands.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { TestPki } from '@mandate/certificates/test-pki';
import type { CardConfirmed, Executed, Register, RegisterError } from '@mandate/domain';
import type * as E from 'fp-ts/lib/Either.js';
import type { Agency, Person } from '../../src/world/cast.js';
import { agreeToTerms, ask, type Shown, showCards } from '../../src/world/counter.js';
import { agencyCard, citizenCard, type PinnedCard } from '../../src/world/drawer.js';
import { type Bag, right } from './office.js';

// -------------------------------------------------------------------------------------
// cards
// -------------------------------------------------------------------------------------

export const ofAgency = (card: PinnedCard, agency: Agency): Shown => ({ card, pin: agency.pin });

export const ofPerson = (card: PinnedCard, person: Person): Shown => ({
  card,
  pin: person.pin,
  nationalId: person.nationalId,
});

/** A card shown without a typed ID: a clerk at the login gate (GEPI-3). */
export const withoutId = (card: PinnedCard, person: Person): Shown => ({ card, pin: person.pin });

/** The cards of an agency and its manager. */
export interface Pair {
  readonly agency: Agency;
  readonly manager: Person;
  readonly agencyCard: PinnedCard;
  readonly managerCard: PinnedCard;
  readonly shown: ReadonlyArray<Shown>;
}

export const pairOf = (
  agency: Agency,
  cardOfAgency: PinnedCard,
  manager: Person,
  cardOfManager: PinnedCard,
): Pair => ({
  agency,
  manager,
  agencyCard: cardOfAgency,
  managerCard: cardOfManager,
  shown: [ofAgency(cardOfAgency, agency), ofPerson(cardOfManager, manager)],
});

export const issuePair = async (pki: TestPki, agency: Agency, manager: Person): Promise<Pair> =>
  pairOf(agency, await agencyCard(pki, agency), manager, await citizenCard(pki, manager));

// -------------------------------------------------------------------------------------
// forms
// -------------------------------------------------------------------------------------

const romanised: Readonly<Record<string, string>> = { 林示範: 'lin', 張接任: 'chang', 黃兼任: 'huang' };

/** The contact form of a manager (GEPI-28). */
export const contactOf = (person: Person) => ({
  name: person.name,
  email: `${romanised[person.name] ?? 'office'}@agency.example`,
  phone: '04-22289111',
  extension: '5312',
});

/** The clerk form with a card that was read (GEPI-33). */
export const clerkByCard = (person: Person, card: PinnedCard) => ({
  name: person.name,
  nationalId: person.nationalId,
  certificate: {
    kind: 'card',
    der: Buffer.from(card.card.certificate).toString('base64'),
    cardNumber: card.card.cardNumber,
  },
});

/** The clerk form with a serial typed by hand (GEPI-35). */
export const clerkBySerial = (person: Person, serial: string) => ({
  name: person.name,
  nationalId: person.nationalId,
  certificate: { kind: 'typed', serial },
});

// -------------------------------------------------------------------------------------
// visits
// -------------------------------------------------------------------------------------

export type Answer<A> = Promise<E.Either<RegisterError, A>>;

/** Shows the cards of a purpose; throws where one is not accepted. */
export const confirmed = async (
  register: Register,
  purpose: string,
  pair: Pair,
  shown: ReadonlyArray<Shown> = pair.shown,
): Promise<CardConfirmed> => right(await showCards(register, purpose, pair.agency.code, shown));

/** Gives a command under a confirmation; a command id is drawn unless one is given. */
export const give = (
  register: Register,
  visit: CardConfirmed,
  command: Bag & { readonly type: string },
): Answer<Executed> => ask(register, visit, { commandId: randomUUID(), ...command });

/** A command that comes with terms and contact: a registration or a replacement (GEPI-28, GEPI-46…48). */
export const giveWithForm = async (
  register: Register,
  visit: CardConfirmed,
  type: string,
  manager: Person,
  extra: Bag = {},
): Answer<Executed> => {
  const terms = right(await agreeToTerms(register));
  return give(register, visit, { type, terms, contact: contactOf(manager), ...extra });
};

/** First registration from the terms to the result (GEPI-22); throws where it does not succeed. */
export const registerAgency = async (register: Register, pair: Pair): Promise<Executed> => {
  const visit = await confirmed(register, 'first-registration', pair);
  return right(await giveWithForm(register, visit, 'RegisterAgency', pair.manager));
};

/** Adds a clerk in a delegation session of its own (GEPI-33); throws where it does not succeed. */
export const addClerk = async (
  register: Register,
  pair: Pair,
  clerk: Bag,
  permissions: ReadonlyArray<string>,
): Promise<Executed> => {
  const visit = await confirmed(register, 'delegation', pair);
  return right(await give(register, visit, { type: 'AuthorizeClerk', clerk, permissions }));
};

/** The clerk's id in what a command answered. */
export const clerkIdOf = (executed: Executed): string => {
  for (const event of executed.events) {
    const { data } = event;
    if (event.type === 'ClerkAuthorized' && typeof data === 'object' && data !== null && 'clerk' in data) {
      return String(data.clerk);
    }
  }
  throw new Error('no clerk was authorised');
};
