import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { all } from '../../src/index.js';
import { createPostgresRunner, type PostgresDatabase } from '../../src/postgres/index.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { agency, registered } from '../support/events.js';
import { left, makeWorld, right, sha256 } from '../support/world.js';

const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const test = suiteNeeding(
  'PostgreSQL over TLS',
  postgresNeed.available
    ? { available: hasOpenssl(), reason: 'no openssl', remedy: 'npm run setup:system' }
    : postgresNeed,
);

let folder: string;
let server: PostgresServer;

const openssl = (...words: ReadonlyArray<string>): void => {
  execFileSync('openssl', [...words], { cwd: folder, stdio: 'ignore' });
};
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];

const makeCa = (name: string): void => {
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
    '-subj',
    `/CN=invented ${name}`,
  );
};

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mandate-tls-'));
  makeCa('ca');
  makeCa('other');
  // For one name and no other.
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost\n');
  openssl(
    'req',
    ...newKey.slice(0, 5),
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
    '-subj',
    '/CN=localhost',
  );
  openssl(
    ...['x509', '-req', '-in', 'server.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-days', '2', '-extfile', 'names', '-out', 'server.crt'],
  );
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  server = await startPostgres({ tls: { certificate: read('server.crt'), key: read('server.key') } });
});
test.after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const urlOf = (host: string, ca: string): PostgresDatabase => {
  const { port, user, database, schema } = server.database();
  const query = `sslmode=verify-full&sslrootcert=${join(folder, `${ca}.crt`)}`;
  return { connectionString: `postgresql://${user}@${host}:${port}/${database}?${query}`, schema };
};

const open = async (database: PostgresDatabase) => {
  const world = makeWorld();
  await world.write(agency('20000'), [registered('20000')]);
  const { store, vault } = world;
  return createPostgresRunner({ store, vault, sha256, projections: [seenEvents()], database })();
};

test('sslmode=verify-full: over TLS, with a server that proves its name', async () => {
  const ca = readFileSync(join(folder, 'ca.crt'), 'utf8');
  const { connectionString: _, ...bare } = urlOf('localhost', 'ca');
  const { port, user, database } = server.database();
  for (const place of [
    urlOf('localhost', 'ca'),
    { ...bare, host: 'localhost', port, user, database, ssl: { ca } },
  ]) {
    const runner = right(await open(place));
    right(await runner.catchUp()());
    assert.is(right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))()).length, 1);
    const client = new pg.Client(server.database());
    await client.connect();
    const { rows } = await client.query(
      `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'mandate-projections'`,
    );
    await client.end();
    assert.equal(rows, [{ ssl: true }]);
    await runner.close();
  }
});

test('another CA, another name, or a server without TLS: nothing is connected', async () => {
  const refused = async (database: PostgresDatabase): Promise<string> => {
    const fault = left(await open(database));
    assert.is(fault.code, 'DATABASE_UNAVAILABLE');
    return fault.detail;
  };
  assert.match(await refused(urlOf('localhost', 'other')), /certificate/i);
  assert.match(await refused(urlOf('127.0.0.1', 'ca')), /altnames|IP/i);
  const plain = await startPostgres();
  const { host, user, database, schema } = plain.database();
  const query = `sslmode=verify-full&sslrootcert=${join(folder, 'ca.crt')}`;
  const url = `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&${query}`;
  assert.match(await refused({ connectionString: url, schema }), /SSL/);
  await plain.stop();
});

test.run();
