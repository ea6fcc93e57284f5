/** Has processes that share a PostgreSQL begin together, when all of them are ready. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresPlace } from '@mandate/testing/postgres';
import pg from 'pg';

const tableOf = ({ schema }: PostgresPlace): string => `"${schema}_gate"`;

const ask = async (client: pg.Client, text: string): Promise<number> =>
  (await client.query<{ answer: number }>(text)).rows[0]?.answer ?? 0;

export interface Gate {
  /** Resolves when so many stand before it. */
  readonly gathered: (runners: number) => Promise<void>;
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes the gate of a place. */
export const makeGate = async (place: PostgresPlace): Promise<Gate> => {
  const client = new pg.Client(place);
  await client.connect();
  const table = tableOf(place);
  await client.query(`CREATE TABLE ${table} (open boolean NOT NULL)`);
  return {
    gathered: async (runners) => {
      while ((await ask(client, `SELECT count(*)::int AS answer FROM ${table}`)) < runners) await sleep(20);
    },
    open: async () => {
      await client.query(`UPDATE ${table} SET open = true`);
    },
    close: () => client.end(),
  };
};

/** Stands before the gate until it is opened. */
export const passGate = async (client: pg.Client, place: PostgresPlace): Promise<void> => {
  const table = tableOf(place);
  await client.query(`INSERT INTO ${table} VALUES (false)`);
  while ((await ask(client, `SELECT count(*) FILTER (WHERE open)::int AS answer FROM ${table}`)) === 0) {
    await sleep(10);
  }
};
