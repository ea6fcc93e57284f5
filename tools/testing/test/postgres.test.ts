import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { suiteNeeding } from '../src/index.js';
import { postgresNeed, startPostgres } from '../src/postgres/index.js';

const test = suiteNeeding('a PostgreSQL server for tests', postgresNeed);

test('one that ended by itself is killed and started again like any other', async () => {
  const server = await startPostgres();
  const { host } = server.database();
  const [id] = readFileSync(join(host, 'data', 'postmaster.pid'), 'utf8')
    .split('\n')
    .map(Number);
  assert.ok(id !== undefined && id > 0);
  process.kill(id, 'SIGKILL');
  // Gone from there when its parent, this process, has heard of it.
  while (existsSync(`/proc/${id}`)) await sleep(10);
  await server.kill();
  await server.start();
  const client = new pg.Client(server.database());
  await client.connect();
  assert.is((await client.query('SELECT 1 AS one')).rows[0]?.one, 1);
  await client.end();
  await server.stop();
  await server.stop();
});

test.run();
