import { readFileSync, writeFileSync } from 'node:fs';
import type { RecordedEvent } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  builtIn,
  clerkList,
  clerkLists,
  createProjectionRunner,
  defineProjection,
  type Projection,
  type ProjectionFault,
  type ProjectionRunner,
  registrationHistory,
} from '../src/index.js';
import { changing, sometimesDown, vaultDown } from './support/broken.js';
import { type Seen, seenEvents, seenRows } from './support/counting.js';
import { agency, appointed, authorized, person, registered, reopened, suspended } from './support/events.js';
import { freshFile } from './support/files.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { left, makeWorld, minute, right, sha256, type World } from './support/world.js';

const test = suite('faults');

/** 3 events an agency: positions 0…2 of each. */
const fill = async (world: World, agencies: number): Promise<void> => {
  for (let number = 0; number < agencies; number++) {
    const code = String(20000 + number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`經辦${code}`, ['pay'])]);
  }
};

const seenCount = (runner: ProjectionRunner): number =>
  right(runner.read.query(seenEvents(), (tx) => tx.all<Seen>(seenRows))).length;

const positionsOf = (runner: ProjectionRunner) => right(runner.status()).map(({ position }) => position);

const targetOf = async (world: World, index: number): Promise<RecordedEvent> => {
  const event = right(await world.store.readAll('start', 1000)()).events[index];
  if (event === undefined) throw new Error(`no event ${index}`);
  return event;
};

/** Changes one event of a store as it is read. */
const withChanged = (world: World, target: RecordedEvent, change: Partial<RecordedEvent>): World => ({
  ...world,
  store: changing(world.store, (event) => (event.id === target.id ? { ...event, ...change } : event)),
});

// -------------------------------------------------------------------------------------
// what is stored is not what was written
// -------------------------------------------------------------------------------------

test('a body that is no event stops the runner at its place; what came before is applied', async () => {
  const world = makeWorld();
  await fill(world, 4);
  const target = await targetOf(world, 7);
  for (const body of ['', '{', 'null', '[]', '{"id":1}', target.body.replace('gepi', 'nhi')]) {
    for (const batchSize of [1, 5, 100]) {
      const broken = withChanged(world, target, { body });
      const file = freshFile();
      const runner = await runnerOf(broken, [seenEvents(), clerkList], { file, batchSize });
      const fault = left(await runner.catchUp()());
      assert.is(fault.code, 'EVENT_CORRUPT');
      assert.equal(fault.place, {
        stream: target.stream,
        revision: target.revision,
        position: target.position,
      });
      const before = (await targetOf(world, 6)).position;
      assert.equal(positionsOf(runner), [before, before]);
      await runner.close();
      const repaired = await runnerOf(world, [seenEvents(), clerkList], { file });
      right(await repaired.catchUp()());
      assert.is(seenCount(repaired), 12);
    }
  }
});

test('a changed event breaks the chain at its place, or at the next one where its hash was made anew', async () => {
  const world = makeWorld();
  await fill(world, 4);
  const target = await targetOf(world, 6);
  const body = target.body.replace('機關20002', '機關29999');
  const faultOf = async (change: Partial<RecordedEvent>): Promise<ProjectionFault> => {
    const runner = await runnerOf(withChanged(world, target, change), [registrationHistory], {
      batchSize: 4,
    });
    return left(await runner.catchUp()());
  };
  const plain = await faultOf({ body });
  assert.equal([plain.code, plain.place?.revision], ['CHAIN_BROKEN', 0]);
  const rehashed = await faultOf({ body, hash: sha256(body) });
  assert.equal(
    [rehashed.code, rehashed.place?.stream, rehashed.place?.revision],
    ['CHAIN_BROKEN', target.stream, 1],
  );
  const missing = {
    ...world,
    store: {
      ...world.store,
      readAll:
        (...asked: Parameters<typeof world.store.readAll>) =>
        async () => {
          const page = right(await world.store.readAll(...asked)());
          return {
            _tag: 'Right' as const,
            right: { ...page, events: page.events.filter(({ id }) => id !== target.id) },
          };
        },
    },
  };
  const runner = await runnerOf(missing, [registrationHistory]);
  assert.match(left(await runner.catchUp()()).detail, /^Gap at agency-gepi\.20002@1/);
  const unchecked = await runnerOf(withChanged(world, target, { body }), [registrationHistory], {
    verifyChain: false,
  });
  right(await unchecked.catchUp()());
});

test('a past that was written anew behind the checkpoint is found out by the next event of its stream', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 2);
  const first = await runnerOf(world, [seenEvents()], { file });
  right(await first.catchUp()());
  await first.close();
  // Somebody makes another history of the same agencies, true in itself, and goes on from there.
  const forged = makeWorld();
  for (const code of ['20000', '20001']) {
    await forged.write(agency(code), [registered(code, '另一機關'), appointed(`管理${code}`)]);
    await forged.write(agency(code), [authorized(`經辦${code}`, ['pay'])]);
  }
  await forged.write(agency('20001'), [suspended], { at: minute(500) });
  const second = await runnerOf(forged, [seenEvents()], { file });
  const fault = left(await second.catchUp()());
  assert.equal(
    [fault.code, fault.place?.stream, fault.place?.revision],
    ['CHAIN_BROKEN', agency('20001'), 3],
  );
});

test('a projection that is built from the beginning checks the past again, also from the middle of it', async () => {
  const world = makeWorld();
  await fill(world, 4);
  const file = freshFile();
  const first = await runnerOf(world, [seenEvents()], { file });
  right(await first.catchUp()());
  await first.close();
  const target = await targetOf(world, 6);
  const body = target.body.replace('機關20002', '機關29999');
  const broken = withChanged(world, target, { body });
  const stopped = await runnerOf(broken, [seenEvents(), registrationHistory], { file, batchSize: 4 });
  assert.is(left(await stopped.catchUp()()).code, 'CHAIN_BROKEN');
  await stopped.close();
  // The first four events are behind it now: it goes on in the middle of a stream.
  const runner = await runnerOf(world, [seenEvents(), registrationHistory], { file, batchSize: 1 });
  right(await runner.catchUp()());
  assert.equal(digestsOf(runner, [registrationHistory]), await replayDigests(world, [registrationHistory]));
});

test('an event that was changed and hashed anew is found by the next of its stream; the file is then made anew', async () => {
  const world = makeWorld();
  await fill(world, 4);
  const file = freshFile();
  const target = await targetOf(world, 6);
  const body = target.body.replace('機關20002', '機關29999');
  const broken = withChanged(world, target, { body, hash: sha256(body) });
  const stopped = await runnerOf(broken, [registrationHistory], { file, batchSize: 1 });
  const fault = left(await stopped.catchUp()());
  assert.equal([fault.code, fault.place?.revision], ['CHAIN_BROKEN', 1]);
  await stopped.close();
  const runner = await runnerOf(world, [registrationHistory], { file });
  // The end that was kept is that of the forged event, so the true stream does not follow it either.
  assert.is(left(await runner.catchUp()()).code, 'CHAIN_BROKEN');
  await runner.close();
  const anew = await runnerOf(world, [registrationHistory], { file: freshFile() });
  right(await anew.catchUp()());
  assert.equal(digestsOf(anew, [registrationHistory]), await replayDigests(world, [registrationHistory]));
});

test('the chain is checked once for all projections, and from the beginning where it never was', async () => {
  const world = makeWorld();
  await fill(world, 5);
  const file = freshFile();
  let hashed = 0;
  const counting = (text: string): string => {
    hashed++;
    return sha256(text);
  };
  const all = await runnerOf(world, builtIn, { file, sha256: counting, verifyChain: false });
  right(await all.catchUp()());
  assert.is(hashed, 0);
  await all.close();
  const checking = await runnerOf(world, builtIn, { file, sha256: counting });
  right(await checking.catchUp()());
  assert.is(hashed, 15);
  const fresh = await runnerOf(world, builtIn, { sha256: counting });
  right(await fresh.catchUp()());
  assert.is(hashed, 30);
});

test('a sealed part that was tampered with stops those who would open it, and nobody else', async () => {
  const world = makeWorld();
  await fill(world, 2);
  const vault = {
    ...world.vault,
    open: (subject: string, aad: string, sealed: string) =>
      world.vault.open(subject, `${aad}${subject === person('管理20001') ? '!' : ''}`, sealed),
  };
  const runner = await runnerOf({ ...world, vault }, [seenEvents(), clerkList]);
  const fault = left(await runner.catchUp()());
  assert.equal(
    [fault.code, fault.projection, fault.place?.stream],
    ['SEALED_CORRUPT', 'clerk-list', agency('20001')],
  );
  assert.is(seenCount(runner), 6);
});

test('read models that know more than the store say so', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 2);
  const first = await runnerOf(world, [seenEvents()], { file });
  right(await first.catchUp()());
  await first.close();
  const restored = makeWorld();
  await fill(restored, 1);
  const runner = await runnerOf(restored, [seenEvents()], { file });
  assert.is(left(await runner.catchUp()()).code, 'AHEAD_OF_STORE');
});

// -------------------------------------------------------------------------------------
// something is down
// -------------------------------------------------------------------------------------

test('a store that fails after any batch leaves a state from which the next call goes on', async () => {
  const world = makeWorld();
  await fill(world, 4);
  const expected = await replayDigests(world, [seenEvents(), clerkList]);
  for (let failing = 1; failing <= 4; failing++) {
    const { store } = sometimesDown(world.store, (reads) => reads === failing);
    const runner = await runnerOf({ ...world, store }, [seenEvents(), clerkList], { batchSize: 3 });
    assert.is(left(await runner.catchUp()()).code, 'STORE_UNAVAILABLE');
    right(await runner.catchUp()());
    assert.equal(digestsOf(runner, [seenEvents(), clerkList]), expected);
  }
});

test('while the vault is down nothing is half applied, others go on, and afterwards it resumes', async () => {
  const world = makeWorld();
  await fill(world, 4);
  let down = false;
  const { vault } = vaultDown(world.vault, () => down);
  const runner = await runnerOf({ ...world, vault }, [clerkList, seenEvents()], { batchSize: 3 });
  right(await runner.catchUp()());
  await world.write(agency('20000'), [suspended]);
  await world.write(agency('20000'), [authorized('甲', ['pay']), reopened]);
  const [before] = positionsOf(runner);
  down = true;
  const fault = left(await runner.catchUp()());
  assert.equal([fault.code, fault.projection], ['VAULT_UNAVAILABLE', 'clerk-list']);
  assert.equal(positionsOf(runner), [before, right(await world.store.head()())]);
  assert.is(right(runner.status())[0]?.fault?.code, 'VAULT_UNAVAILABLE');
  assert.is(right(clerkLists(runner.read, 'gepi').ofAgency('20000'))?.agencyStatus, 'registered');
  assert.is(seenCount(runner), 15);
  down = false;
  right(await runner.catchUp()());
  assert.is(right(runner.status())[0]?.fault, undefined);
  assert.is(right(clerkLists(runner.read, 'gepi').ofAgency('20000'))?.rows.length, 2);
  assert.equal(digestsOf(runner, [clerkList]), await replayDigests(world, [clerkList]));
});

test('a runner that runs tries again after faults that pass, and ends with one that does not', async () => {
  const world = makeWorld();
  await fill(world, 1);
  let down = true;
  const { vault } = vaultDown(world.vault, () => down);
  const runner = await runnerOf({ ...world, vault }, [clerkList]);
  const met: string[] = [];
  const end = new AbortController();
  const running = runner.run(end.signal, {
    onFault: (fault, attempt) => {
      met.push(`${fault.code} ${attempt}`);
      if (attempt === 2) down = false;
      return 1;
    },
  })();
  right(await runner.waitFor(right(await world.store.head()()) ?? '')());
  assert.equal(met, ['VAULT_UNAVAILABLE 1', 'VAULT_UNAVAILABLE 2']);
  end.abort();
  right(await running);
  const broken = withChanged(world, await targetOf(world, 2), { body: '' });
  const other = await runnerOf(broken, [seenEvents()]);
  assert.is(left(await other.run(new AbortController().signal)()).code, 'EVENT_CORRUPT');
});

test('what goes wrong while following is repaired by catching up', async () => {
  const world = makeWorld();
  await fill(world, 1);
  let down = false;
  const { vault } = vaultDown(world.vault, () => down);
  const runner = await runnerOf({ ...world, vault }, [clerkList, seenEvents()]);
  const end = new AbortController();
  const running = runner.run(end.signal, {
    onFault: () => {
      down = false;
      return 1;
    },
  })();
  right(await runner.waitFor(right(await world.store.head()()) ?? '')());
  down = true;
  right(await runner.waitFor(await world.write(agency('20000'), [authorized('甲', ['pay'])]))());
  assert.is(right(clerkLists(runner.read, 'gepi').ofAgency('20000'))?.rows.length, 2);
  assert.is(seenCount(runner), 4);
  end.abort();
  right(await running);
});

test('a full disk is a fault; nothing is half applied, and with room it goes on', async () => {
  const world = makeWorld();
  await fill(world, 150);
  const file = freshFile();
  const small = await runnerOf(world, [seenEvents(), clerkList], { file, batchSize: 10, maxBytes: 100_000 });
  assert.is(left(await small.catchUp()()).code, 'DATABASE_FULL');
  const positions = positionsOf(small);
  assert.is(positions[0], positions[1]);
  await small.close();
  const roomy = await runnerOf(world, [seenEvents(), clerkList], { file });
  right(await roomy.catchUp()());
  assert.equal(
    digestsOf(roomy, [seenEvents(), clerkList]),
    await replayDigests(world, [seenEvents(), clerkList]),
  );
  assert.is(seenCount(roomy), 450);
});

// -------------------------------------------------------------------------------------
// projections and files
// -------------------------------------------------------------------------------------

test('a projection whose code fails stops alone, at the event it failed on', async () => {
  const world = makeWorld();
  await fill(world, 2);
  const failing = defineProjection({
    ...{ name: 'failing', version: 1, needsPersonal: false as const },
    tables: [{ name: 'rows', columns: { id: 'TEXT NOT NULL' }, key: ['id'] }],
    events: ['AgencyRegistered'],
    apply: (tx, event) => {
      tx.run('INSERT INTO {rows} (id) VALUES (?)', event.meta.id);
      if (event.data.code === '20001') throw new TypeError('a mistake');
    },
  });
  const badSql = defineProjection({
    ...failing,
    name: 'bad-sql',
    needsPersonal: false,
    events: ['AgencyRegistered'],
    apply: (tx) => {
      tx.run('INSERT INTO {nowhere} VALUES (1)');
    },
  });
  const runner = await runnerOf(world, [failing, badSql, seenEvents()]);
  const fault = left(await runner.catchUp()());
  assert.is(fault.code, 'APPLY_FAILED');
  const byName = new Map(right(runner.status()).map((status) => [status.name, status]));
  assert.equal(byName.get('failing')?.fault?.place?.stream, agency('20001'));
  assert.is(byName.get('failing')?.position, undefined);
  assert.is(byName.get('bad-sql')?.fault?.code, 'APPLY_FAILED');
  assert.is(byName.get('seen-events')?.fault, undefined);
  assert.is(seenCount(runner), 6);
});

test('a projection that failed goes on where it stopped once its code is mended; the others did not wait for it', async () => {
  const world = makeWorld();
  await fill(world, 3);
  const file = freshFile();
  let isMended = false;
  const failing = (): Projection =>
    defineProjection({
      ...{ name: 'failing', version: 1, needsPersonal: false as const },
      tables: [{ name: 'rows', columns: { id: 'TEXT NOT NULL', times: 'INTEGER NOT NULL' }, key: ['id'] }],
      events: ['AgencyRegistered', 'ClerkAuthorized'],
      apply: (tx, event) => {
        tx.run(
          'INSERT INTO {rows} (id, times) VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1',
          event.meta.id,
        );
        if (!isMended && event.meta.stream === agency('20001')) throw new TypeError('a mistake');
      },
    });
  const first = await runnerOf(world, [failing(), seenEvents()], { file, batchSize: 2 });
  assert.is(left(await first.catchUp()()).code, 'APPLY_FAILED');
  assert.is(seenCount(first), 9, 'the other one is at the end');
  const [stopped] = right(first.status());
  assert.equal([stopped?.name, stopped?.fault?.place?.stream], ['failing', agency('20001')]);
  await first.close();

  isMended = true;
  const mended = failing();
  const second = await runnerOf(world, [mended, seenEvents()], { file });
  right(await second.catchUp()());
  const rows = right(
    second.read.query(mended, (tx) => tx.all<{ times: number }>('SELECT times FROM {rows}')),
  );
  assert.equal(
    rows.map(({ times }) => times),
    [1, 1, 1, 1, 1, 1],
  );
  assert.is(
    right(second.status()).some(({ fault }) => fault !== undefined),
    false,
  );
  assert.equal(digestsOf(second, [mended]), await replayDigests(world, [mended]));
  await second.close();
});

test('a query whose code or SQL fails is a fault, and the read models live on', async () => {
  const world = makeWorld();
  await fill(world, 1);
  const runner = await runnerOf(world, [seenEvents()]);
  right(await runner.catchUp()());
  const failed = runner.read.query(seenEvents(), () => {
    throw new Error('of the query');
  });
  assert.is(left(failed).code, 'QUERY_FAILED');
  assert.is(
    left(runner.read.query(seenEvents(), (tx) => tx.all('SELECT nothing FROM {events}'))).code,
    'QUERY_FAILED',
  );
  assert.is(seenCount(runner), 3);
});

test('a file of somebody else, garbage or a folder is refused and left as it is', async () => {
  const settings = { ...makeWorld(), sha256, projections: [seenEvents()] };
  const garbage = freshFile();
  writeFileSync(garbage, 'not a database at all, but long enough to look at'.repeat(100));
  assert.is(left(await createProjectionRunner({ ...settings, file: garbage })()).code, 'DATABASE_CORRUPT');
  assert.match(readFileSync(garbage, 'utf8'), /^not a database/);
  const { default: Database } = await import('better-sqlite3');
  const foreign = freshFile();
  new Database(foreign).exec('CREATE TABLE other (x)').close();
  const fault = left(await createProjectionRunner({ ...settings, file: foreign })());
  assert.is(fault.code, 'DATABASE_CORRUPT');
  const folder = freshFile().replace(/\/[^/]*$/, '');
  assert.is(left(await createProjectionRunner({ ...settings, file: folder })()).code, 'DATABASE_UNAVAILABLE');
});

test('a file that another process keeps locked is waited for, and then a fault', async () => {
  const world = makeWorld();
  await fill(world, 1);
  const file = freshFile();
  const runner = await runnerOf(world, [seenEvents()], { file, busyTimeoutMilliseconds: 30 });
  const { default: Database } = await import('better-sqlite3');
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  assert.is(left(await runner.catchUp()()).code, 'DATABASE_UNAVAILABLE');
  const waiting = await runnerOf(world, [], { file: freshFile() });
  await waiting.close();
  other.exec('ROLLBACK');
  right(await runner.catchUp()());
  assert.is(seenCount(runner), 3);
  other.close();
});

test('a name that was forgotten is nowhere in the file any more', async () => {
  const world = makeWorld();
  const file = freshFile();
  const name = '獨一無二的姓名';
  await world.write(agency('10001'), [registered('10001'), appointed('王管理'), authorized(name, ['pay'])]);
  const runner = await runnerOf(world, builtIn, { file });
  right(await runner.catchUp()());
  const bytes = (): string => readFileSync(file, 'utf8') + readFileSync(`${file}-wal`, 'utf8');
  assert.ok(bytes().includes(name));
  await world.forget(person(name));
  right(await runner.catchUp()());
  assert.not.ok(bytes().includes(name));
  await runner.close();
});

test.run();
