/**
 * Who will be locked out, when and why, until when it can be mended, and with which cards (GEPI-42…48).
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '../policy/policy.js';
import { type Instant, type RocDate, taipeiDate } from '../values/index.js';
import { gpkiCaRules, type RulesOfCas } from './ca-rules.js';
import {
  causeOf,
  type ForecastCertificate,
  type ForecastHolder,
  firstHappening,
  type Happening,
  type OutCause,
} from './lockout.js';
import { type Mending, mendingOf, type OutRoles, stillPossible } from './mending.js';
import type { HeldKnown } from './supersession.js';

/** A certificate that some person was seen with, on record now or once. */
export interface SeenWith {
  readonly person: string;
  readonly certificate: HeldKnown;
}

/** The time that is asked for, and by which rules. */
export interface ForecastSpan {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  readonly policy: PortalPolicy;
  /** @defaultValue {@link gpkiCaRules} */
  readonly rules?: RulesOfCas;
  /** Certificates of these persons beside those on record; they tell which card is the later one. */
  readonly seen?: ReadonlyArray<SeenWith>;
}

/** Somebody whose certificate on record stops being of use. */
export interface Lockout<H extends ForecastHolder = ForecastHolder> extends OutCause {
  readonly who: H;
  /** The day in Taipei on which it happens; of an expiry, the day after the last day. */
  readonly day: RocDate;
  /** Whether it closes the portal's functions to clerks (`expiryLocksOut`), and not just the replacement of cards. */
  readonly closesFunctions: boolean;
  /** What mends it, with everything else of the agency that is out by then; `null` where the portal's table has no row. */
  readonly mending: Mending | null;
  /** Operations that can be done from then on with the cards on record and new ones. */
  readonly stillPossible: ReadonlyArray<string>;
}

export interface Forecast<H extends ForecastHolder = ForecastHolder> {
  /** Within the span, the first to happen first. Each holder once, with the first cause. */
  readonly lockouts: ReadonlyArray<Lockout<H>>;
  /** OutRoles before the span begins, the longest out first. */
  readonly already: ReadonlyArray<Lockout<H>>;
  /** Nobody knows when these certificates end. */
  readonly undated: ReadonlyArray<H>;
}

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

const ranks = { agency: '0', manager: '1', clerk: '2' } as const;

const orderKey = ({ agencyCode, holder, clerk, certificate }: ForecastHolder): string =>
  [agencyCode, ranks[holder], clerk ?? '', certificate?.ca ?? '', certificate?.serial ?? ''].join('\u0000');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

// -------------------------------------------------------------------------------------
// what is known
// -------------------------------------------------------------------------------------

interface Dated<H extends ForecastHolder> {
  readonly who: H;
  readonly certificate: ForecastCertificate;
  /** Of the same person. */
  readonly known: ReadonlyArray<HeldKnown>;
  readonly happening: Happening;
}

const knownByPerson = (
  holders: ReadonlyArray<ForecastHolder>,
  seen: ReadonlyArray<SeenWith>,
): ReadonlyMap<string, ReadonlyArray<HeldKnown>> => {
  const known = new Map<string, HeldKnown[]>();
  const add = (person: string, certificate: HeldKnown): void => {
    const list = known.get(person);
    if (list === undefined) known.set(person, [certificate]);
    else list.push(certificate);
  };
  for (const { person, certificate } of holders) {
    if (person !== null && certificate !== null) add(person, certificate);
  }
  for (const { person, certificate } of seen) add(person, certificate);
  return known;
};

const byAgency = <H extends ForecastHolder>(
  dated: ReadonlyArray<Dated<H>>,
): ReadonlyMap<string, ReadonlyArray<Dated<H>>> => {
  const agencies = new Map<string, Array<Dated<H>>>();
  for (const one of dated) {
    const list = agencies.get(one.who.agencyCode);
    if (list === undefined) agencies.set(one.who.agencyCode, [one]);
    else list.push(one);
  }
  return agencies;
};

// -------------------------------------------------------------------------------------
// forecast
// -------------------------------------------------------------------------------------

/** Who of an agency is out when somebody is, and must be mended with them. */
const outWith = (
  { who, happening: { at } }: Dated<ForecastHolder>,
  agency: ReadonlyArray<Dated<ForecastHolder>>,
): OutRoles => {
  const out = agency.filter((one) => one.happening.at <= at).map((one) => one.who);
  const manager = out.find(({ holder }) => holder === 'manager');
  const managerIsClerk =
    manager !== undefined &&
    out.some(({ holder, person }) => holder === 'clerk' && person === manager.person);
  return {
    agency: out.some(({ holder }) => holder === 'agency'),
    manager: manager !== undefined,
    clerk: who.holder === 'clerk' || managerIsClerk,
  };
};

const lockoutOf = <H extends ForecastHolder>(
  one: Dated<H>,
  agency: ReadonlyArray<Dated<H>>,
  policy: PortalPolicy,
  rules: RulesOfCas,
): Lockout<H> => {
  const { who, certificate, known, happening } = one;
  const out = outWith(one, agency);
  return {
    ...causeOf(happening, certificate, known, rules),
    who,
    day: taipeiDate(happening.at),
    closesFunctions: policy.expiryLocksOut[who.holder],
    mending: mendingOf(policy, out),
    stillPossible: stillPossible(policy, out),
  };
};

/**
 * What will happen if nobody does anything. Each holder is in one of the three lists, or in none: whose certificate is of
 * use beyond the span. The order of what is handed in decides nothing.
 *
 * A certificate whose period has not begun is told by its end alone.
 */
export const forecast = <H extends ForecastHolder>(
  holders: ReadonlyArray<H>,
  { from, to, policy, rules = gpkiCaRules, seen = [] }: ForecastSpan,
): Forecast<H> => {
  const known = knownByPerson(holders, seen);
  const sorted = holders
    .map((who) => ({ who, key: orderKey(who) }))
    .sort((a, b) => byText(a.key, b.key))
    .map(({ who }) => who);
  const dated = sorted
    .flatMap((who): ReadonlyArray<Dated<H>> => {
      const { certificate, person } = who;
      if (certificate === null) return [];
      const others = person === null ? [] : (known.get(person) ?? []);
      return [{ who, certificate, known: others, happening: firstHappening(certificate, others, rules) }];
    })
    // The sort is stable: at one instant, the order of agencies and holders stays.
    .sort((a, b) => byText(a.happening.at, b.happening.at));
  const agencies = byAgency(dated);
  const lockouts = (wanted: (at: Instant) => boolean): ReadonlyArray<Lockout<H>> =>
    dated
      .filter(({ happening }) => wanted(happening.at))
      .map((one) => lockoutOf(one, agencies.get(one.who.agencyCode) ?? [], policy, rules));
  return {
    lockouts: lockouts((at) => from <= at && at < to),
    already: lockouts((at) => at < from),
    undated: sorted.filter(({ certificate }) => certificate === null),
  };
};
