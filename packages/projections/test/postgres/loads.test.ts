import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { certificateInventory } from '../../src/index.js';
import { createPostgresRunner } from '../../src/postgres/index.js';
import { agency, appointed, authorized, registered } from '../support/events.js';
import { makeWorld, right, sha256 } from '../support/world.js';

const test = suiteNeeding('what a runner on PostgreSQL reads', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

const codes = Array.from({ length: 20 }, (_, index) => String(30000 + index));
const others = 40_000;

test('on tables without statistics a page reads the rows of its agencies, and not those of the whole portal', async () => {
  const world = makeWorld();
  const database = server.database();
  const catchUp = async (): Promise<void> => {
    const { store, vault } = world;
    const settings = { store, vault, sha256, projections: [certificateInventory], database };
    const runner = right(await createPostgresRunner(settings)());
    right(await runner.catchUp()());
    await runner.close();
  };
  for (const code of codes) await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
  await catchUp();

  const client = new pg.Client(database);
  await client.connect();
  const { rows: tables } = await client.query<{ held: string }>(
    `SELECT relid::regclass AS held FROM pg_stat_user_tables WHERE schemaname = $1 AND relname LIKE '%\\_held'`,
    [database.schema],
  );
  const held = tables[0]?.held ?? '';
  await client.query(
    `INSERT INTO ${held} (portal, agency, revision, holder, ca, serial, proof, held_from, status)
     SELECT 'gepi', 'A' || n, 1, 'agency', 'gca', n::text, 'certificate', '2024-01-01', 'current' FROM generate_series(1, ${others}) AS n`,
  );
  /** Entries of indexes and rows without an index that were read so far. The server counts a moment after a connection ends. */
  const readSoFar = async (): Promise<number> => {
    const { rows } = await client.query<{ read: number }>(
      `SELECT (t.seq_tup_read + (SELECT sum(i.idx_tup_read) FROM pg_stat_user_indexes i WHERE i.relid = t.relid))::int AS read
       FROM pg_stat_user_tables t WHERE t.relid = $1::regclass`,
      [held],
    );
    return rows[0]?.read ?? 0;
  };
  const before = await readSoFar();
  for (const code of codes) await world.write(agency(code), [authorized(`經辦${code}`, ['pay'])]);
  await catchUp();

  let read = await readSoFar();
  while (read === before) read = await readSoFar();
  await client.end();
  // An agency has two certificates then, and a clerk's comes to them.
  assert.ok(read - before < others / 10, `${read - before} rows read for ${codes.length} agencies`);
});

test.run();
