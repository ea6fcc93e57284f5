/**
 * What the people of the story can do in a step.
 *
 * @packageDocumentation
 */
import {
  type CardConfirmed,
  type CardFault,
  cardFaultText,
  type Executed,
  gepiPolicy,
  type HeldCard,
  type Register,
  type RegisterError,
  singleUsePin,
  type Text,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Agency, Person } from '../world/cast.js';
import { type Answer, agreeToTerms, type Shown, showCard } from '../world/counter.js';
import type { PinnedCard } from '../world/drawer.js';
import { isRecord } from '../world/files.js';
import type { World } from '../world/world.js';
import { deskFacts, helpFor } from './help.js';
import { clerkIdOf, commandIdOf } from './ids.js';
import { cardOutcome, doneOutcome, type Fact, type Outcome, refusedOutcome } from './outcome.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type Command = Readonly<Record<string, unknown>> & { readonly type: string };

/** What is told of a command that was carried out: a text, and facts that its events hold. */
export interface Telling {
  readonly text: Text;
  readonly facts?: (executed: Executed) => ReadonlyArray<Fact>;
  /** Decide, and keep nothing. */
  readonly dryRun?: boolean;
  /** Tell whom to call when it is refused. */
  readonly help?: Agency;
}

export interface Scene {
  readonly world: World;
  readonly register: Register;
  /** Shows cards for a purpose, one after the other, with the time that it takes. */
  readonly show: (
    purpose: string,
    agency: Agency | undefined,
    cards: ReadonlyArray<Shown>,
  ) => Answer<CardConfirmed>;
  /** A delegation session that is still open, or a new one with these cards. */
  readonly session: (agency: Agency, cards: ReadonlyArray<Shown>) => Answer<CardConfirmed>;
  /** Sends a command under a confirmation. */
  readonly send: (confirmed: CardConfirmed, command: Command, telling: Telling) => Promise<Outcome>;
  /** Shows the terms, agrees to them, and sends a command with them. */
  readonly sendWithTerms: (confirmed: CardConfirmed, command: Command, telling: Telling) => Promise<Outcome>;
  /** Sends a command of the portal's staff. */
  readonly staff: (command: Command, telling: Telling) => Promise<Outcome>;
  /** Sends something again to the letter. */
  readonly sendAgain: (command: unknown, text: Text) => Promise<Outcome>;
  /** What another step sent, to the letter. */
  readonly sentBy: (stepId: string) => unknown;
  /** The id of the clerk whom a step added: it follows from the command's. */
  readonly clerkOf: (stepId: string) => string;
}

/** The account of the story's member of staff. */
export const staffAccount = 'underwriter-2';

const secondsPerCard = 40;
const secondsPerForm = 75;

// -------------------------------------------------------------------------------------
// cards
// -------------------------------------------------------------------------------------

/** An agency's card with its PIN. */
export const agencyShown = (scene: Scene, agency: Agency, card: string): Shown => ({
  card: scene.world.box.card(card),
  pin: agency.pin,
});

/** A person's card with PIN and ID. */
export const personShown = (scene: Scene, person: Person, card: string): Shown => ({
  card: scene.world.box.card(card),
  pin: person.pin,
  nationalId: person.nationalId,
});

/** A clerk's card at the login page, where no ID is typed (GEPI-3). */
export const loginShown = (scene: Scene, person: Person, card: string): Shown => ({
  card: scene.world.box.card(card),
  pin: person.pin,
});

/** What 讀取憑證 takes from a clerk's card, without a PIN (GEPI-34). */
export const readCard = async (card: PinnedCard): Promise<Readonly<Record<string, unknown>>> => {
  const view = await card.read()();
  if (E.isLeft(view)) throw new Error(`a card cannot be read: ${view.left.code}`);
  const [signing] = view.right.certificates;
  const { cardNumber } = view.right;
  return { kind: 'card', der: Buffer.from(signing ?? []).toString('base64'), cardNumber };
};

/** Tries PINs one after the other; the last fault, `undefined` where a PIN was right. */
export const tryPins = async (
  card: PinnedCard,
  pins: ReadonlyArray<string>,
): Promise<CardFault | undefined> => {
  let fault: CardFault | undefined;
  for (const pin of pins) {
    const signed = await card.sign(new TextEncoder().encode('challenge'), singleUsePin(pin))();
    fault = E.isLeft(signed) ? signed.left : undefined;
  }
  return fault;
};

// -------------------------------------------------------------------------------------
// outcomes
// -------------------------------------------------------------------------------------

/** What a card says in refusal, as the domain words it, with the desk that can help (GEPI-17, GEPI-19). */
export const cardRefusal = (fault: CardFault, held: HeldCard): Outcome => {
  const { zh, en, desk } = cardFaultText(fault, held, gepiPolicy);
  return cardOutcome(fault, { zh, en }, deskFacts(desk));
};

/** A refusal, or the answer that follows. */
export const orElse = async <A>(
  asked: E.Either<RegisterError, A>,
  then: (value: A) => Outcome | Promise<Outcome>,
): Promise<Outcome> =>
  E.isLeft(asked) ? refusedOutcome(asked.left, helpFor(asked.left)) : then(asked.right);

/** A refusal is what the step is about: anything else is told as it is. */
export const refusal = (asked: E.Either<RegisterError, unknown>, help?: Agency): Outcome =>
  E.isLeft(asked)
    ? refusedOutcome(asked.left, helpFor(asked.left, help))
    : { kind: 'answer', holds: false, zh: '未被拒絕', en: 'It was not refused' };

/** A field of the data of the first event of a type. */
export const fieldOf = (executed: Executed, type: string, field: string): string => {
  const data = executed.events.find((event) => event.type === type)?.data;
  const value = isRecord(data) ? data[field] : undefined;
  return typeof value === 'string' ? value : '';
};

// -------------------------------------------------------------------------------------
// scene
// -------------------------------------------------------------------------------------

/** Sessions that are open at the counter, by agency code; they end with the program. */
export type Sessions = Map<string, CardConfirmed>;

/** The scene of one step. */
export const sceneOf = (world: World, stepId: string, sessions: Sessions): Scene => {
  const { clock, journal } = world;
  const { register } = world.portal;
  const commandId = commandIdOf(journal.story, stepId);

  const show: Scene['show'] = async (purpose, agency, cards) => {
    let last: E.Either<RegisterError, CardConfirmed> | undefined;
    for (const shown of cards) {
      const before = last === undefined || E.isLeft(last) ? undefined : last.right.confirmation.id;
      clock.pass(secondsPerCard);
      last = await showCard(
        register,
        {
          purpose,
          ...(agency === undefined ? {} : { agencyCode: agency.code }),
          ...(before === undefined ? {} : { confirmation: before }),
        },
        shown,
      );
      if (E.isLeft(last) || last.right.reviewNeeded !== undefined) return last;
    }
    if (last === undefined) throw new Error('no card was shown');
    return last;
  };

  const execute = async (command: Command, telling: Telling, staff: string | null): Promise<Outcome> => {
    clock.pass(secondsPerForm);
    const dryRun = telling.dryRun === true;
    const whole = { ...command, commandId };
    if (!dryRun) journal.intend({ step: stepId, command: whole, staff }, clock.now());
    const executed = await register.execute(whole, { ...(staff === null ? {} : { staff }), dryRun })();
    if (E.isLeft(executed)) {
      return refusedOutcome(executed.left, helpFor(executed.left, telling.help));
    }
    return doneOutcome(executed.right, telling.text, telling.facts?.(executed.right));
  };

  const send: Scene['send'] = (confirmed, command, telling) => {
    const { agencyCode, id } = confirmed.confirmation;
    return execute({ agencyCode, confirmation: id, ...command }, telling, null);
  };

  return {
    world,
    register,
    show,
    session: async (agency, cards) => {
      const open = sessions.get(agency.code);
      if (open !== undefined && Date.parse(open.confirmation.expiresAt) > clock.now()) return E.right(open);
      const confirmed = await show('delegation', agency, cards);
      if (E.isRight(confirmed)) sessions.set(agency.code, confirmed.right);
      return confirmed;
    },
    send,
    sendWithTerms: async (confirmed, command, telling) => {
      const terms = await agreeToTerms(register);
      return E.isLeft(terms)
        ? refusedOutcome(terms.left)
        : send(confirmed, { ...command, terms: terms.right }, telling);
    },
    staff: (command, telling) => execute(command, telling, staffAccount),
    sendAgain: async (command, text) =>
      orElse(await register.execute(command)(), (executed) => doneOutcome(executed, text)),
    sentBy: (step) => journal.sent(step),
    clerkOf: (step) => clerkIdOf(journal.story, step),
  };
};
