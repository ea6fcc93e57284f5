/** `may` on an index that was fed with a whole log. */
import { nodeSha256, sqliteEventStore } from '@mandate/adapters-eventstore';
import {
  type AuthorityIndex,
  type AuthorityQuestion,
  createAuthorityIndex,
  createRegisterCodec,
  gepiPolicy,
  type Position,
} from '@mandate/domain';
import { right } from '../lib/either.js';
import { percentile } from '../lib/stats.js';
import { clerkOf, clerksPerAgency, historyStart, historyStep, permissionsAfter } from '../world/history.js';
import { logVault } from '../world/log.js';
import { agencyCode } from '../world/people.js';

export interface MayParams {
  readonly file: string;
  readonly agencies: number;
  readonly eventsPerAgency: number;
  readonly questions: number;
}

export interface Asked {
  readonly p50Us: number;
  readonly p99Us: number;
  /** Mean of all questions, asked in one go without a clock in between. */
  readonly meanUs: number;
  readonly allowed: number;
}

export interface MayFigures {
  readonly events: number;
  readonly appliedPerSecond: number;
  readonly now: Asked;
  readonly history: Asked;
  readonly heapMiB: number;
  readonly indexMiB: number;
}

const feed = async (index: AuthorityIndex, file: string): Promise<{ events: number; perSecond: number }> => {
  const store = right(await sqliteEventStore({ file })());
  const codec = createRegisterCodec(nodeSha256);
  let events = 0;
  let applying = 0;
  let last: Position | undefined;
  for (let end = false; !end; ) {
    const read = right(await store.readAll(last === undefined ? 'start' : { after: last }, 1000)());
    const decoded = read.events.map(codec.decode);
    const before = performance.now();
    for (const one of decoded) if (one._tag === 'Event') index.apply(one.event);
    applying += performance.now() - before;
    events += read.events.length;
    last = read.events.at(-1)?.position;
    end = read.end;
  }
  await store.close();
  return { events, perSecond: (events / applying) * 1000 };
};

/** A sequence of numbers that is the same in every run. */
const numbers = (): ((below: number) => number) => {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
};

const questionsOf = async (
  params: MayParams,
  times: (next: (below: number) => number) => { readonly at: string; readonly knownAt?: string },
): Promise<ReadonlyArray<AuthorityQuestion>> => {
  const vault = logVault();
  const next = numbers();
  const questions: AuthorityQuestion[] = [];
  for (let i = 0; i < params.questions; i++) {
    const agency = next(params.agencies);
    const clerk = clerkOf(agency, next(clerksPerAgency));
    const certificate = { ca: 'MOICA', serial: clerk.serial } as const;
    const person: string = right(await vault.pseudonym('person', clerk.nationalId)());
    questions.push({
      agency: agencyCode(agency),
      who: i % 2 === 0 ? { certificate } : { person, certificate },
      function: permissionsAfter(next(7))[0] ?? '',
      ...times(next),
    });
  }
  return questions;
};

/** What it costs to look at the clock twice, which is taken off every sample. */
const clockCost = (): number => {
  const samples = Array.from({ length: 20_000 }, () => {
    const before = performance.now();
    return performance.now() - before;
  });
  return percentile(samples, 0.5);
};

const ask = (index: AuthorityIndex, questions: ReadonlyArray<AuthorityQuestion>): Asked => {
  let allowed = 0;
  for (const question of questions) if (index.may(question).allowed) allowed += 1;
  const cost = clockCost();
  const samples = new Array<number>(questions.length).fill(0);
  for (const [i, question] of questions.entries()) {
    const before = performance.now();
    index.may(question);
    samples[i] = (performance.now() - before - cost) * 1000;
  }
  const startedAt = performance.now();
  for (const question of questions) index.may(question);
  const meanUs = ((performance.now() - startedAt) / questions.length) * 1000;
  return { p50Us: percentile(samples, 0.5), p99Us: percentile(samples, 0.99), meanUs, allowed };
};

export const mayQuestions = async (_folder: string, params: MayParams): Promise<MayFigures> => {
  const index = createAuthorityIndex(gepiPolicy);
  const { events, perSecond } = await feed(index, params.file);
  globalThis.gc?.();
  const heapMiB = process.memoryUsage().heapUsed / 2 ** 20;
  const span = params.eventsPerAgency * historyStep;
  const timeIn = (next: (below: number) => number): string =>
    new Date(historyStart + next(span)).toISOString();
  const end = new Date(historyStart + span).toISOString();
  const now = await questionsOf(params, () => ({ at: end }));
  const history = await questionsOf(params, (next) => ({ at: timeIn(next), knownAt: timeIn(next) }));
  return {
    events,
    appliedPerSecond: perSecond,
    now: ask(index, now),
    history: ask(index, history),
    heapMiB,
    indexMiB: index.size().bytes / 2 ** 20,
  };
};
