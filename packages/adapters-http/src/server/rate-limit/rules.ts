/**
 * What is counted, by whom, and how much of it there may be: docs/embedding.md, "Rate limits", says why each.
 *
 * @packageDocumentation
 */
import type { Caller } from '../caller.js';
import type { RateRule } from '../services.js';

/** What a rule may look at. */
export interface Counted {
  readonly address: string | undefined;
  readonly caller: Caller;
  readonly body: unknown;
}

export interface CountingRule extends RateRule {
  /** Under what a request counts; not at all where it is `undefined`. */
  readonly keyOf: (counted: Counted) => string | undefined;
}

const minute = 60;
const day = 86_400;

const field = (body: unknown, name: string): string | undefined => {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  const value: unknown = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

const byAddress = ({ address }: Counted): string | undefined => address;

const sessionOf = ({ caller }: Counted) =>
  caller.kind === 'session' || caller.kind === 'public' ? caller.session : undefined;

/** The session, the member of staff, or else the address. */
const byCaller = (counted: Counted): string | undefined => {
  const { caller } = counted;
  if (caller.kind === 'staff') return `staff ${caller.account}`;
  if (caller.kind === 'client') return `client ${caller.id}`;
  return sessionOf(counted)?.key ?? counted.address;
};

/** The first challenge of a purpose: nothing was confirmed before it. */
const isFirst = (counted: Counted): boolean => (sessionOf(counted)?.confirmation ?? null) === null;

const firstChallenge: CountingRule = {
  ...{ name: 'first challenge, address', amount: 10, perSeconds: minute },
  keyOf: (counted) => (isFirst(counted) ? counted.address : undefined),
};

const firstChallengeOfAgency: CountingRule = {
  ...{ name: 'first challenge, agency', amount: 60, perSeconds: minute },
  keyOf: (counted) => (isFirst(counted) ? field(counted.body, 'agencyCode') : undefined),
};

const typedId: CountingRule = {
  ...{ name: 'typed id, address', amount: 5, perSeconds: minute },
  keyOf: (counted) => (field(counted.body, 'nationalId') === undefined ? undefined : counted.address),
};

const confirming: CountingRule = {
  name: 'confirmation, address',
  amount: 10,
  perSeconds: minute,
  keyOf: byAddress,
};
const signing: CountingRule = {
  name: 'command challenge, session',
  amount: 30,
  perSeconds: minute,
  keyOf: byCaller,
};
const clerks: CountingRule = { name: 'clerk, session', amount: 30, perSeconds: minute, keyOf: byCaller };
const reviews: CountingRule = { name: 'review, address', amount: 3, perSeconds: day, keyOf: byAddress };
const records: CountingRule = { name: 'records, address', amount: 30, perSeconds: minute, keyOf: byAddress };
const exports: CountingRule = { name: 'export', amount: 10, perSeconds: minute, keyOf: byCaller };
const forecasts: CountingRule = { name: 'forecast', amount: 30, perSeconds: minute, keyOf: byCaller };

/** By method and path. */
export const countingRules: ReadonlyMap<string, ReadonlyArray<CountingRule>> = new Map([
  ['POST /challenges', [firstChallenge, firstChallengeOfAgency, typedId]],
  ['POST /command-challenges', [signing]],
  ['POST /confirmations', [confirming]],
  ['POST /clerks', [clerks]],
  ['PUT /clerks/{clerkId}', [clerks]],
  ['POST /clerk-certificates', [clerks]],
  ['POST /people', [clerks]],
  ['POST /person-searches', [clerks]],
  ['POST /agency-data', [clerks]],
  ['POST /credential-cards', [clerks]],
  ['POST /credentials', [clerks]],
  ['PUT /credentials/{credentialId}/activation', [clerks]],
  ['POST /reviews', [reviews]],
  ['GET /registrations', [records]],
  ['GET /history.csv', [exports]],
  ['GET /history.jsonl', [exports]],
  ['GET /agencies/{agencyCode}/history.csv', [exports]],
  ['GET /agencies/{agencyCode}/history.jsonl', [exports]],
  ['GET /staff/forecast', [forecasts]],
]);

/** Guesses of an ID beside a card: so many may be wrong. Right ones are given back. */
const mismatch = { amount: 5, perSeconds: 3600 };

export const guessingRules: ReadonlyArray<CountingRule> = [
  { name: 'identity mismatch, address', ...mismatch, keyOf: byAddress },
  {
    name: 'identity mismatch, agency',
    ...mismatch,
    keyOf: (counted) => sessionOf(counted)?.agencyCode ?? undefined,
  },
];
