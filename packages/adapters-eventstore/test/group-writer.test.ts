import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { groupWriter } from '../src/sqlite/writer.js';

const test = suite('the one writer of a file');

/** A writer whose transactions are told by how many each committed. */
const counted = () => {
  let inside = 0;
  const groups: number[] = [];
  const db = new Database(':memory:', {
    verbose: (sql) => {
      if (sql !== 'COMMIT') return;
      groups.push(inside);
      inside = 0;
    },
  });
  const writer = groupWriter(db, 0);
  const write = () => writer.write(() => void inside++);
  return { groups, writer, write };
};

test('who is ready in one turn of the event loop, and who comes in the next, share a transaction', async () => {
  const { groups, write } = counted();
  const first = [write(), write()];
  await turn();
  const then = [write()];
  await Promise.all([...first, ...then]);
  assert.equal(groups, [3]);
});

test('a lone writer waits for nobody', async () => {
  const { groups, write } = counted();
  const lone = write();
  let answered = false;
  void lone.then(() => {
    answered = true;
  });
  for (let turns = 0; turns < 4; turns++) await turn();
  assert.ok(answered);
  await write();
  assert.equal(groups, [1, 1]);
});

test('nobody is held up by those who keep coming', async () => {
  const { groups, write } = counted();
  let answered = false;
  const first = write().then(() => {
    answered = true;
  });
  const others: Promise<unknown>[] = [];
  while (!answered) {
    await turn();
    others.push(write());
  }
  await first;
  assert.ok(others.length < 12, `${others.length} came before it`);
  await Promise.all(others);
  assert.ok(groups.length > 1);
});

test('who closes waits for those who wait, and nobody is taken after', async () => {
  const { groups, writer, write } = counted();
  const waiting = [write(), write()];
  await writer.close();
  assert.equal((await Promise.all(waiting)).map(E.isRight), [true, true]);
  assert.ok(E.isLeft(await write()));
  assert.equal(groups, [2]);
});

test.run();
