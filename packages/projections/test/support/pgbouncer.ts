/**
 * Runners behind PgBouncer, by hand; it needs Debian's package `pgbouncer`:
 *
 * node --conditions=mandate-source --import tsx packages/projections/test/support/pgbouncer.ts [transaction|session] [rounds]
 *
 * Two runners in processes of their own and a reader work while PgBouncer is killed and started again, a runner is killed, and
 * a runner is stopped for longer than its lease. Then a read model is built anew, PgBouncer is killed in the middle of that,
 * and everything is compared with a build on SQLite.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PostgresPlace, startPostgres } from '@mandate/testing/postgres';
import * as E from 'fp-ts/lib/Either.js';
import * as assert from 'uvu/assert';
import { all } from '../../src/index.js';
import { createPostgresRunner, openPostgresReadModels } from '../../src/postgres/index.js';
import { type Child, killedProjections, startChild } from './child.js';
import { type Seen, seenEvents, seenRows } from './counting.js';
import { growingWorld } from './growing.js';
import { replayDigests } from './runner.js';
import { right, sha256 } from './world.js';

const mode = process.argv[2] ?? 'transaction';
const rounds = Number(process.argv[3] ?? 24);

// -------------------------------------------------------------------------------------
// PgBouncer
// -------------------------------------------------------------------------------------

const startBouncer = async ({ host, port, user }: PostgresPlace) => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-pgbouncer-'));
  const socket = join(folder, '.s.PGSQL.5432');
  // It refuses to run as root.
  const id = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  const account = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : undefined;
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]
postgres = host=${host} port=${port} user=${user}
[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = ${folder}
auth_type = any
pool_mode = ${mode}
default_pool_size = 8
`,
  );
  let bouncer: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    rmSync(socket, { force: true });
    const started = spawn('/usr/sbin/pgbouncer', [file], { ...account, cwd: folder, stdio: 'ignore' });
    bouncer = started;
    while (!existsSync(socket)) {
      assert.is(started.exitCode, null, 'PgBouncer does not start');
      await sleep(20);
    }
  };
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      bouncer?.once('exit', () => resolve());
      bouncer?.kill('SIGKILL');
    });
  await start();
  return {
    host: folder,
    start,
    kill,
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
};

// -------------------------------------------------------------------------------------
// faults
// -------------------------------------------------------------------------------------

const server = await startPostgres();
const bouncer = await startBouncer(server.database());
const database = { ...server.database(), host: bouncer.host };
const { world, files, more, counted, close } = await growingWorld();
await more(20);
const start = (): Child => startChild('postgres-child', [...files, database.host, database.schema]);
const running = [start(), start()];
// Before there is a schema, a reader is told of its question that it is wrong.
await running[0]?.page();
const done = { bouncers: 0, runners: 0, stops: 0 };

/** What a reader was answered, and how often. */
const answers = new Map<string, number>();
const reader = openPostgresReadModels(database);
let over = false;
let before = 0;
const reading = (async () => {
  while (!over) {
    const answer = await reader.ask(seenEvents(), () => all<Seen>(seenRows))();
    const what = E.isLeft(answer) ? answer.left.code : 'answered';
    answers.set(what, (answers.get(what) ?? 0) + 1);
    if (E.isRight(answer)) {
      assert.ok(answer.right.length >= before && answer.right.every(({ times }) => times === 1));
      before = answer.right.length;
    }
    await sleep(20);
  }
})();

const killBouncer = async (): Promise<void> => {
  await bouncer.kill();
  done.bouncers++;
  await more(1);
  await sleep(Math.random() * 100);
  await bouncer.start();
};
for (let round = 0; round < rounds; round++) {
  await more(3);
  await sleep(Math.random() * 400);
  const index = Math.floor(round / 4) % 2;
  const victim = running[index] as Child;
  if (round % 4 < 2) await killBouncer();
  else if (round % 4 === 2) {
    await victim.kill();
    done.runners++;
    running[index] = start();
  } else {
    while (victim.pages() === 0) {
      await more(1);
      await sleep(100);
    }
    victim.signal('SIGSTOP');
    await more(2);
    await sleep(1500);
    victim.signal('SIGCONT');
    done.stops++;
  }
}

// -------------------------------------------------------------------------------------
// afterwards
// -------------------------------------------------------------------------------------

const { store, vault } = world;
const projections = killedProjections;
const settings = { store, vault, sha256, projections, database, leaseMilliseconds: 900 };
const runner = right(await createPostgresRunner(settings)());
const caughtUp = async (): Promise<void> => {
  while (E.isLeft(await runner.catchUp()())) await sleep(50);
};
await caughtUp();
let finished = false;
const building = runner
  .rebuild(seenEvents())()
  .finally(() => {
    finished = true;
  });
const isBuilding = async (): Promise<boolean> =>
  right(await runner.status()()).some(({ status }) => status === 'building');
while (!finished && !(await isBuilding())) await sleep(1);
await killBouncer();
const rebuilt = await building;
await caughtUp();
over = true;
await reading;
for (const each of running) await each.kill();
const seen = right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))());
const digests: string[] = [];
for (const projection of projections) digests.push(right(await runner.read.digest(projection)()));
assert.is(seen.length, counted());
assert.ok(seen.every(({ times }) => times === 1));
assert.equal(digests, await replayDigests(world, projections));
console.log(mode, done, `${seen.length} events, lost 0, twice 0`, answers);
console.log('the rebuild:', E.isLeft(rebuilt) ? rebuilt.left.detail : 'done');
await reader.close();
await runner.close();
await bouncer.stop();
await close();
await server.stop();
process.exit(0);
