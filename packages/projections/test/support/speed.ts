/**
 * How fast runners on PostgreSQL are, by hand:
 *
 * node --conditions=mandate-source --import tsx packages/projections/test/support/speed.ts [agencies] [runners]
 *
 * Ten events an agency, all projections of the package, the chain checked, everything sealed opened. With one runner it
 * works in this process, which then tells its own processor time; several are processes of their own, and the clock starts
 * when the first of them has fed something.
 */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { startPostgres } from '@mandate/testing/postgres';
import { builtIn, createProjectionRunner } from '../../src/index.js';
import { createPostgresRunner, type PostgresRunner } from '../../src/postgres/index.js';
import {
  agency,
  appointed,
  authorized,
  clerkId,
  permissionsChanged,
  registered,
  termsAccepted,
} from './events.js';
import { freshFile } from './files.js';
import { makeWorld, right, secret, sha256 } from './world.js';

const [agencies = 2000, runners = 1, ...child] = process.argv.slice(2).map((text) => Number(text) || text);

const open = async (files: ReadonlyArray<unknown>, host: string, schema: string) => {
  const [storeFile = '', vaultFile = ''] = files.map(String);
  const store = right(await sqliteEventStore({ file: storeFile, synchronous: 'NORMAL' })());
  const vault = right(await sqliteKeyVault({ file: vaultFile, secret, synchronous: 'NORMAL' })());
  const database = { host, user: 'mandate', database: 'postgres', schema };
  const runner = right(
    await createPostgresRunner({
      store,
      vault,
      sha256,
      projections: builtIn,
      database,
      leaseMilliseconds: 2000,
    })(),
  );
  return { store, vault, runner };
};

if (child.length > 0) {
  const [host, schema, ...files] = child;
  const { runner } = await open(files, String(host), String(schema));
  right(await runner.run(new AbortController().signal)());
}

const files = [freshFile('store.db'), freshFile('vault.db')];
const server = await startPostgres();
const database = server.database();
const { store, vault, runner } = await open(files, database.host ?? '', database.schema ?? '');
const world = makeWorld({ store, vault });
for (let number = 0; number < Number(agencies); number++) {
  const code = String(10000 + number);
  const clerks = [0, 1, 2, 3].map((each) => `C${code}${each}`);
  await world.write(agency(code), [termsAccepted(1), registered(code), appointed(`M${code}`)]);
  await world.write(
    agency(code),
    clerks.map((name) => authorized(name, ['pay', 'join'])),
  );
}
for (let round = 0; round < 3; round++) {
  for (let number = 0; number < Number(agencies); number++) {
    const code = String(10000 + number);
    await world.write(agency(code), [permissionsChanged(clerkId(`C${code}${round}`), ['report'], ['join'])]);
  }
}
const events = Number(agencies) * 10;
const say = (who: string, milliseconds: number, more = ''): void =>
  console.log(
    `${who}: ${Math.round((events / milliseconds) * 1000)} events/s, ${Math.round(milliseconds)} ms${more}`,
  );

const inFile = right(
  await createProjectionRunner({ store, vault, sha256, projections: builtIn, file: freshFile() })(),
);
const began = performance.now();
const usedBefore = process.cpuUsage();
right(await inFile.catchUp()());
const usedInFile = process.cpuUsage(usedBefore);
say(
  'SQLite',
  performance.now() - began,
  `, of which ${Math.round((usedInFile.user + usedInFile.system) / 1000)} ms of this processor`,
);
await inFile.close();

/** Events that every partition of every projection has passed, the least of them. */
const passed = async (of: PostgresRunner): Promise<number> =>
  Math.min(...right(await of.status()()).map((each) => each.passed));

if (runners === 1) {
  const start = performance.now();
  const used = process.cpuUsage();
  right(await runner.catchUp()());
  const { user, system } = process.cpuUsage(used);
  say(
    'PostgreSQL, one runner',
    performance.now() - start,
    `, of which ${Math.round((user + system) / 1000)} ms of this processor`,
  );
} else {
  const self = fileURLToPath(import.meta.url);
  const given = [String(agencies), String(runners), database.host ?? '', database.schema ?? '', ...files];
  const children = Array.from({ length: Number(runners) }, () =>
    spawn(process.execPath, ['--conditions=mandate-source', '--import', 'tsx', self, ...given], {
      stdio: 'inherit',
    }),
  );
  while ((await passed(runner)) === 0) await sleep(5);
  const start = performance.now();
  while ((await passed(runner)) < events) await sleep(20);
  say(`PostgreSQL, ${runners} runners`, performance.now() - start);
  for (const each of children) each.kill('SIGKILL');
}
await runner.close();
await server.stop();
process.exit(0);
