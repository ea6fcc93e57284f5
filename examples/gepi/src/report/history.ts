/**
 * Asking the history: who could do it in March, who let them, with which cards; what changed between two dates.
 *
 * @packageDocumentation
 */
import type {
  CertificateName,
  CredentialReason,
  Decision,
  DecisionCode,
  GrantReason,
  Holder,
} from '@mandate/domain';
import type { AuthorityChange, AuthorityDiff, Blame } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { type Agency, agencies, cityOffice, type Person, people } from '../world/cast.js';
import { taipeiMs } from '../world/clock.js';
import { personName } from '../world/names.js';
import type { Portal } from '../world/portal.js';
import { type Reading, readOrThrow } from '../world/reading.js';
import type { World } from '../world/world.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Somebody who held a function for a time within the span that was asked for. Times are ISO 8601, UTC. */
export interface HeldFunction {
  readonly clerk: string;
  readonly name: string;
  /** When the grant took effect, and until when it held; `null`: beyond the end of the span. */
  readonly from: string;
  readonly until: string | null;
  /** Who let them, with which cards, under which menu and which text. */
  readonly grant: GrantReason;
  readonly grantedBy: string;
  /** The clerk's own certificates, one after the other. */
  readonly credentials: ReadonlyArray<{ readonly since: string; readonly credential: CredentialReason }>;
  /** Evidence of the grant that can still be verified. */
  readonly evidence: number;
}

export interface WhoCould {
  readonly agency: string;
  readonly function: string;
  readonly from: string;
  readonly to: string;
  readonly holders: ReadonlyArray<HeldFunction>;
  /** The answer is the one that the story expects. */
  readonly holds: boolean;
}

/** A decision about the past, also by what was known then. */
export interface Asked {
  readonly zh: string;
  readonly en: string;
  readonly at: string;
  readonly knownAt: string | null;
  readonly allowed: boolean;
  readonly code: string | null;
  readonly endedBy: { readonly type: string; readonly recordedAt: string } | null;
  readonly holds: boolean;
}

export interface HistoryReport {
  /** Every change of authority, by agency. */
  readonly changes: ReadonlyArray<{
    readonly agency: string;
    readonly changes: ReadonlyArray<AuthorityChange>;
  }>;
  readonly whoCould: ReadonlyArray<WhoCould>;
  readonly asked: ReadonlyArray<Asked>;
  readonly blame: Blame | null;
  readonly diffs: ReadonlyArray<{ readonly from: string; readonly to: string; readonly diff: AuthorityDiff }>;
  /** Every answer is the one that the story expects. */
  readonly holds: boolean;
}

const iso = (local: string): string => new Date(taipeiMs(local)).toISOString();

// -------------------------------------------------------------------------------------
// who could
// -------------------------------------------------------------------------------------

interface Open {
  readonly first: Holder;
  readonly credentials: Array<{ readonly since: string; readonly credential: CredentialReason }>;
}

const sameCredential = (a: CredentialReason | undefined, b: CredentialReason): boolean =>
  a?.ca === b.ca && a.serial === b.serial && a.proof === b.proof;

const keyOf = (holder: Holder): string => `${holder.clerk} ${holder.reasons().grant.event.id}`;

const verifiable = async (portal: Portal, hashes: ReadonlyArray<string>): Promise<number> => {
  let count = 0;
  for (const hash of hashes) {
    const found = await portal.register.evidence(hash)();
    if (E.isRight(found) && found.right._tag === 'Bundle') count += 1;
  }
  return count;
};

type Span = readonly [from: string, to: string];

const names = (holders: ReadonlyArray<{ readonly name: string }>): string =>
  holders.map(({ name }) => name).join();

/** Who held a function within a span: at its beginning, and after each change in it. */
const whoCould = async (
  portal: Portal,
  agency: Agency,
  code: string,
  [from, to]: Span,
  expected: ReadonlyArray<Person>,
): Promise<WhoCould> => {
  const { reading } = portal;
  const changes = readOrThrow(reading.history.list(agency.code, { limit: 10_000 }));
  const times = changes.map((change) => change.effectiveAt).filter((time) => from < time && time < to);
  const open = new Map<string, Open>();
  const holders: HeldFunction[] = [];

  const finish = async ({ credentials, first }: Open, until: string | null): Promise<void> => {
    const { clerk, grant } = first.reasons();
    holders.push({
      clerk: clerk.id,
      name: personName(reading, clerk.person),
      from: grant.event.effectiveAt,
      until,
      grant,
      grantedBy: grant.manager === undefined ? '' : personName(reading, grant.manager.person),
      credentials,
      evidence: await verifiable(portal, grant.event.evidence),
    });
  };

  for (const at of new Set([from, ...times])) {
    const now = new Map(reading.authority.holders(agency.code, code, { at }).map((one) => [keyOf(one), one]));
    for (const [key, held] of open) {
      if (now.has(key)) continue;
      open.delete(key);
      await finish(held, at);
    }
    for (const [key, holder] of now) {
      const { credential } = holder.reasons().clerk;
      const held = open.get(key) ?? { first: holder, credentials: [] };
      if (!sameCredential(held.credentials.at(-1)?.credential, credential)) {
        held.credentials.push({ since: at, credential });
      }
      open.set(key, held);
    }
  }
  for (const held of open.values()) await finish(held, null);
  const holds =
    names(holders) === names(expected) && holders.every((held) => held.grantedBy === people.lin.name);
  return { agency: agency.code, function: code, from, to, holders, holds };
};

// -------------------------------------------------------------------------------------
// decisions about the past
// -------------------------------------------------------------------------------------

const asked = (
  zh: string,
  en: string,
  expected: DecisionCode | null,
  decision: Decision,
  at: string,
  knownAt: string | null = null,
): Asked => {
  const code = decision.allowed ? null : decision.code;
  const endedBy = decision.allowed ? undefined : decision.reasons().endedBy;
  return {
    zh,
    en,
    at,
    knownAt,
    allowed: decision.allowed,
    code,
    holds: code === expected,
    endedBy: endedBy === undefined ? null : { type: endedBy.type, recordedAt: endedBy.recordedAt },
  };
};

const pastDecisions = async (world: World): Promise<ReadonlyArray<Asked>> => {
  const { reading, vault } = world.portal;
  const person = await vault.pseudonym('person', people.wang.nationalId)();
  if (E.isLeft(person)) throw new Error(person.left.detail);
  const renewed: CertificateName = { ca: 'MOICA', serial: world.box.card('wang-2').card.serial };
  const may = (at: string, knownAt?: string, certificate?: CertificateName) =>
    reading.authority.may({
      agency: cityOffice.code,
      who: { person: person.right, certificate },
      function: 'premium-reconcile',
      at,
      ...(knownAt === undefined ? {} : { knownAt }),
    });
  const before = iso('2026-03-10T08:10');
  const after = iso('2026-03-15T12:00');
  const known = iso('2026-03-09T18:00');
  return [
    asked(
      '王小明持展期後之憑證,當時可以下載保費對帳檔案嗎?',
      'With the renewed card, before the manager changed the entry',
      'CREDENTIAL_REPLACED',
      may(before, undefined, renewed),
      before,
    ),
    asked('授權管理者修改之後呢?', 'After the change', null, may(after, undefined, renewed), after),
    asked(
      '以3月9日當時所知,3月15日可以嗎?',
      'The same instant, by what was known on 9 March',
      'PERMISSION_NOT_GRANTED',
      may(after, known),
      after,
      known,
    ),
  ];
};

// -------------------------------------------------------------------------------------
// report
// -------------------------------------------------------------------------------------

const march: Span = [iso('2026-03-01T00:00'), iso('2026-04-01T00:00')];

const diffOf = (reading: Reading, from: string, to: string) => ({
  from,
  to,
  diff: readOrThrow(reading.history.diff(cityOffice.code, from, to)),
});

/** Asks everything; `sinceMs`: where this start began, so that a further day shows what it changed. */
export const askHistory = async (
  world: World,
  former: string,
  sinceMs: number | undefined,
): Promise<HistoryReport> => {
  const { reading } = world.portal;
  await reading.refresh();
  const since = sinceMs === undefined ? undefined : new Date(sinceMs).toISOString();
  const now = new Date(world.clock.now()).toISOString();
  const { portal } = world;
  const could = [
    await whoCould(portal, cityOffice, 'benefit-query', march, [people.chen, people.wang, people.chen]),
    await whoCould(portal, cityOffice, 'seniority-query', march, []),
  ];
  const decisions = await pastDecisions(world);
  const blame = readOrThrow(reading.history.blame(cityOffice.code, former, 'seniority-query')) ?? null;
  const spring = diffOf(reading, iso('2026-02-28T23:59'), iso('2026-06-30T23:59'));
  const { joined, left, manager } = spring.diff;
  return {
    changes: agencies.map(({ code }) => ({
      agency: code,
      changes: readOrThrow(reading.history.list(code, { limit: 10_000 })),
    })),
    whoCould: could,
    asked: decisions,
    blame,
    diffs: [spring, ...(since === undefined ? [] : [diffOf(reading, since, now)])],
    holds:
      [...could, ...decisions].every((each) => each.holds) &&
      blame?.ended?.event.type === 'ClerkRevoked' &&
      joined.length === 1 &&
      left.length === 1 &&
      manager !== null,
  };
};
