/**
 * What came of a step, as data: printed as text or JSON, kept in the journal, and held against what the story expects.
 *
 * @packageDocumentation
 */
import type { CardFault, Executed, FieldError, RegisterError, Text } from '@mandate/domain';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A label with a value, for a line of its own. */
export interface Fact {
  readonly label: Text;
  readonly value: string;
}

interface Told extends Text {
  readonly facts?: ReadonlyArray<Fact>;
}

/** The register carried it out. */
export interface Done extends Told {
  readonly kind: 'done';
  readonly events: ReadonlyArray<string>;
  /** It had been carried out before; this is the same answer again. */
  readonly repeated: boolean;
  readonly dryRun: boolean;
}

/** The register refused it, and changed nothing. */
export interface Refused extends Told {
  readonly kind: 'refused';
  readonly code: string;
  readonly fields: ReadonlyArray<FieldError>;
}

/** The card itself refused: the register was never asked. */
export interface CardRefused extends Told {
  readonly kind: 'card';
  readonly code: CardFault['code'];
  readonly triesLeft: number;
}

/** Something was asked and answered; nothing was changed. `holds`: the answer is the one that the story needs. */
export interface Answered extends Told {
  readonly kind: 'answer';
  readonly holds: boolean;
}

export type Outcome = Done | Refused | CardRefused | Answered;

/** What the story expects of a step. */
export type Expectation =
  | { readonly kind: 'done'; readonly events: ReadonlyArray<string>; readonly repeated: boolean }
  | { readonly kind: 'dry-run'; readonly events: ReadonlyArray<string> }
  | { readonly kind: 'refused'; readonly code: string; readonly fields: ReadonlyArray<string> }
  | { readonly kind: 'card'; readonly code: CardFault['code'] }
  | { readonly kind: 'answer' };

// -------------------------------------------------------------------------------------
// expectations
// -------------------------------------------------------------------------------------

/** Carried out, with exactly these events in this order. */
export const done = (...events: ReadonlyArray<string>): Expectation => ({
  kind: 'done',
  events,
  repeated: false,
});

/** Answered as the first time, with nothing written again. */
export const repeated = (...events: ReadonlyArray<string>): Expectation => ({
  kind: 'done',
  events,
  repeated: true,
});

/** Told what it would do, and nothing kept. */
export const wouldDo = (...events: ReadonlyArray<string>): Expectation => ({ kind: 'dry-run', events });

/** Refused with this code, and of fields with these. */
export const refused = (code: string, ...fields: ReadonlyArray<string>): Expectation => ({
  kind: 'refused',
  code,
  fields,
});

export const cardSays = (code: CardFault['code']): Expectation => ({ kind: 'card', code });

export const answered: Expectation = { kind: 'answer' };

const same = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

/** Whether a step went as the story expects. */
export const meets = (expected: Expectation, outcome: Outcome): boolean => {
  switch (expected.kind) {
    case 'done':
      return (
        outcome.kind === 'done' &&
        !outcome.dryRun &&
        outcome.repeated === expected.repeated &&
        same(outcome.events, expected.events)
      );
    case 'dry-run':
      return outcome.kind === 'done' && outcome.dryRun && same(outcome.events, expected.events);
    case 'refused':
      return (
        outcome.kind === 'refused' &&
        outcome.code === expected.code &&
        same(
          outcome.fields.map((field) => field.code),
          expected.fields,
        )
      );
    case 'card':
      return outcome.kind === 'card' && outcome.code === expected.code;
    case 'answer':
      return outcome.kind === 'answer' && outcome.holds;
  }
};

/** The same in a few words, for where it did not hold. */
export const printExpectation = (expected: Expectation): string => {
  switch (expected.kind) {
    case 'done':
      return `${expected.repeated ? 'again ' : ''}${expected.events.join(' + ') || 'no event'}`;
    case 'dry-run':
      return `would be ${expected.events.join(' + ')}`;
    case 'refused':
      return [expected.code, ...expected.fields].join(' ');
    case 'card':
      return expected.code;
    case 'answer':
      return 'a right answer';
  }
};

// -------------------------------------------------------------------------------------
// outcomes
// -------------------------------------------------------------------------------------

const withFacts = (facts: ReadonlyArray<Fact>): { readonly facts?: ReadonlyArray<Fact> } =>
  facts.length === 0 ? {} : { facts };

export const doneOutcome = (executed: Executed, text: Text, facts: ReadonlyArray<Fact> = []): Done => ({
  kind: 'done',
  zh: text.zh,
  en: text.en,
  events: executed.events.map((event) => event.type),
  repeated: executed.idempotent,
  dryRun: executed.dryRun,
  ...withFacts(facts),
});

export const refusedOutcome = (error: RegisterError, facts: ReadonlyArray<Fact> = []): Refused => ({
  kind: 'refused',
  code: error.code,
  zh: error.zh,
  en: error.en,
  fields: error.fields ?? [],
  ...withFacts(facts),
});

export const cardOutcome = (fault: CardFault, text: Text, facts: ReadonlyArray<Fact> = []): CardRefused => ({
  kind: 'card',
  code: fault.code,
  triesLeft: fault.triesLeft ?? 0,
  zh: text.zh,
  en: text.en,
  ...withFacts(facts),
});

export const answer = (
  holds: boolean,
  zh: string,
  en: string,
  facts: ReadonlyArray<Fact> = [],
): Answered => ({
  kind: 'answer',
  holds,
  zh,
  en,
  ...withFacts(facts),
});
