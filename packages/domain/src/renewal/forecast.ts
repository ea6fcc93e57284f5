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
  /**
   * What mends it, with what is out by then of the agency and its manager (their own entry as a clerk included; other clerks
   * have lockouts of their own); `null` where the portal's table has no row.
   */
  readonly mending: Mending | null;
  /** Operations that can be done from then on with the cards on record and new ones. */
  readonly stillPossible: ReadonlyArray<string>;
}

export interface Forecast<H extends ForecastHolder = ForecastHolder> {
  /** Within the span, the first to happen first. Each holder once, with the first cause. */
  readonly lockouts: ReadonlyArray<Lockout<H>>;
  /** Out before the span begins, the longest out first. */
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
  readonly key: string;
}

/** Nothing can happen to it before an instant: most certificates of a register, and nothing more is asked of them. */
const outlasts = (certificate: ForecastCertificate, known: ReadonlyArray<HeldKnown>, at: Instant): boolean =>
  certificate.notAfter >= at && (certificate.activation ?? null) === null && known.length <= 1;

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

// -------------------------------------------------------------------------------------
// who is out with whom
// -------------------------------------------------------------------------------------

/** The first of an agency to be out, by what they are; holders of one agency may be tens of thousands. */
interface AgencyOut {
  readonly agencyAt: Instant | undefined;
  readonly manager: { readonly person: string | null; readonly at: Instant } | undefined;
  /** Since when the manager's own entry as a clerk is out. */
  readonly clerkAt: ReadonlyMap<string | null, Instant>;
}

/** `dated` in the order of time. */
const outByAgency = (dated: ReadonlyArray<Dated<ForecastHolder>>): ReadonlyMap<string, AgencyOut> => {
  const agencies = new Map<
    string,
    { -readonly [K in keyof AgencyOut]: AgencyOut[K] } & { readonly clerkAt: Map<string | null, Instant> }
  >();
  for (const { who, happening } of dated) {
    const { agencyCode, holder, person } = who;
    const { at } = happening;
    const out = agencies.get(agencyCode) ?? { agencyAt: undefined, manager: undefined, clerkAt: new Map() };
    agencies.set(agencyCode, out);
    if (holder === 'agency') out.agencyAt ??= at;
    else if (holder === 'manager') out.manager ??= { person, at };
    else if (!out.clerkAt.has(person)) out.clerkAt.set(person, at);
  }
  return agencies;
};

const nobodyOut: AgencyOut = { agencyAt: undefined, manager: undefined, clerkAt: new Map() };

/** Who of an agency is out when somebody is, and must be mended with them. */
const outWith = ({ who, happening: { at } }: Dated<ForecastHolder>, agency: AgencyOut): OutRoles => {
  const isOut = (since: Instant | undefined): boolean => since !== undefined && since <= at;
  const manager = isOut(agency.manager?.at);
  const managerIsClerk = manager && isOut(agency.clerkAt.get(agency.manager?.person ?? null));
  return {
    agency: isOut(agency.agencyAt),
    manager,
    clerk: who.holder === 'clerk' || managerIsClerk,
  };
};

// -------------------------------------------------------------------------------------
// forecast
// -------------------------------------------------------------------------------------

type Mended = Pick<Lockout, 'mending' | 'stillPossible'>;

/** What mends whom: of three roles there are eight cases, however many are out. */
const mendedBy = (policy: PortalPolicy): ((out: OutRoles) => Mended) => {
  const cases = new Map<string, Mended>();
  return (out) => {
    const key = `${out.agency} ${out.manager} ${out.clerk}`;
    const known = cases.get(key);
    if (known !== undefined) return known;
    const mended = { mending: mendingOf(policy, out), stillPossible: stillPossible(policy, out) };
    cases.set(key, mended);
    return mended;
  };
};

const lockoutOf = <H extends ForecastHolder>(
  { who, certificate, known, happening }: Dated<H>,
  policy: PortalPolicy,
  rules: RulesOfCas,
  mended: Mended,
): Lockout<H> => ({
  ...causeOf(happening, certificate, known, rules),
  who,
  day: taipeiDate(happening.at),
  closesFunctions: policy.expiryLocksOut[who.holder],
  mending: mended.mending,
  stillPossible: mended.stillPossible,
});

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
  const dated = holders
    .flatMap((who): ReadonlyArray<Dated<H>> => {
      const { certificate, person } = who;
      if (certificate === null) return [];
      const others = person === null ? [] : (known.get(person) ?? []);
      if (outlasts(certificate, others, to)) return [];
      const happening = firstHappening(certificate, others, rules);
      return [{ who, certificate, known: others, happening, key: orderKey(who) }];
    })
    .sort((a, b) => byText(a.happening.at, b.happening.at) || byText(a.key, b.key));
  const agencies = outByAgency(dated);
  const mended = mendedBy(policy);
  const lockouts = (wanted: (at: Instant) => boolean): ReadonlyArray<Lockout<H>> =>
    dated
      .filter(({ happening }) => wanted(happening.at))
      .map((one) => {
        const out = outWith(one, agencies.get(one.who.agencyCode) ?? nobodyOut);
        return lockoutOf(one, policy, rules, mended(out));
      });
  return {
    lockouts: lockouts((at) => from <= at && at < to),
    already: lockouts((at) => at < from),
    undated: holders
      .filter(({ certificate }) => certificate === null)
      .map((who) => ({ who, key: orderKey(who) }))
      .sort((a, b) => byText(a.key, b.key))
      .map(({ who }) => who),
  };
};
