/** What the read models of a lane hold at the end, beside what is stored. */
import { nodeSha256 as sha256 } from '@mandate/adapters-eventstore';
import type { RecordedEvent } from '@mandate/domain';
import Database from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { all, createProjectionRunner, type ProjectionFault } from '../../src/index.js';
import { createPostgresRunner, type PostgresDatabase } from '../../src/postgres/index.js';
import { replayDigests } from '../support/runner.js';
import { makeWorld, right } from '../support/world.js';
import { openKeys, openStore, type Where } from './open.js';
import { type Counted, countedRows, everyEvent, leaseMilliseconds, projections } from './work.js';

export interface ModelAccount {
  readonly name: string;
  readonly applied: number;
  /** Stored and not applied. */
  readonly lost: number;
  /** Applied more than once. */
  readonly twice: number;
  /** Whether all rows are those of a replay into an empty file. */
  readonly sameAsReplay: boolean;
}

const countOf = (
  name: string,
  rows: ReadonlyArray<Counted>,
  events: ReadonlyArray<RecordedEvent>,
  digests: ReadonlyArray<string>,
  replayed: ReadonlyArray<string>,
): ModelAccount => {
  const there = new Set(rows.map(({ stream, revision }) => `${stream}@${revision}`));
  return {
    name,
    applied: rows.reduce((sum, { times }) => sum + times, 0),
    lost: events.filter(({ stream, revision }) => !there.has(`${stream}@${revision}`)).length,
    twice: rows.filter(({ times }) => times > 1).length,
    sameAsReplay: digests.every((digest, index) => digest === replayed[index]),
  };
};

/** What is needed to see why read models in a file do not go on: what they hold beside what is stored. */
const whyNot = (file: string, fault: ProjectionFault, events: ReadonlyArray<RecordedEvent>): string => {
  const { stream } = fault.place ?? {};
  const db = new Database(file, { readonly: true });
  const rows = (sql: string, ...values: ReadonlyArray<unknown>): unknown => db.prepare(sql).all(...values);
  const held = {
    chain: rows('SELECT position FROM mandate_chain'),
    ends: rows('SELECT stream, revision FROM mandate_chain_ends WHERE stream = ?', stream ?? ''),
    projections: rows('SELECT name, status, position, applied FROM mandate_projections'),
    stored: events
      .filter((event) => event.stream === stream)
      .map(({ revision, position }) => [revision, position]),
    last: events.slice(-20).map((event) => [event.stream, event.revision, event.position]),
  };
  db.close();
  return `${JSON.stringify(fault)}\n${JSON.stringify(held)}`;
};

/** Brings each of them to the end and counts. Nothing else may run by then. */
export const countModels = async (
  where: Where,
  models: ReadonlyArray<{ readonly name: string; readonly models: string | PostgresDatabase }>,
  events: ReadonlyArray<RecordedEvent>,
): Promise<ReadonlyArray<ModelAccount>> => {
  const store = await openStore(where.events);
  const vault = await openKeys(where.vault);
  const replayed = await replayDigests(makeWorld({ store, vault }), projections);
  const settings = { store, vault, sha256, projections };
  const counted: Array<ModelAccount> = [];
  for (const { name, models: place } of models) {
    if (typeof place === 'string') {
      const runner = right(await createProjectionRunner({ ...settings, file: place })());
      const caughtUp = await runner.catchUp()();
      if (E.isLeft(caughtUp)) throw new Error(`${name}: ${whyNot(place, caughtUp.left, events)}`);
      const rows = right(runner.read.query(everyEvent, (tx) => tx.all<Counted>(countedRows)));
      const digests = projections.map((each) => right(runner.read.digest(each)));
      counted.push(countOf(name, rows, events, digests, replayed));
      await runner.close();
    } else {
      const runner = right(await createPostgresRunner({ ...settings, database: place, leaseMilliseconds })());
      // Leases of killed runners run out first.
      for (let caughtUp = await runner.catchUp()(); E.isLeft(caughtUp); caughtUp = await runner.catchUp()());
      const rows = right(await runner.read.ask(everyEvent, () => all<Counted>(countedRows))());
      const digests: string[] = [];
      for (const each of projections) digests.push(right(await runner.read.digest(each)()));
      counted.push(countOf(name, rows, events, digests, replayed));
      await runner.close();
    }
  }
  await store.close();
  await vault.close();
  return counted;
};
