import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCommandBook } from '../../src/register/command-book.js';
import { uuid } from './fixtures.js';

const book = suite('the commands that left events in a stream');

book('a command is found by the first of its events, and one that left none is not found', () => {
  const { firstOf, note } = createCommandBook();
  assert.is(firstOf(uuid(1)), undefined);
  note(uuid(1), 0);
  note(uuid(2), 1);
  note(uuid(2), 2);
  assert.equal([firstOf(uuid(1)), firstOf(uuid(2)), firstOf(uuid(3))], [0, 1, undefined]);
});

book('an id that is no UUID is found too, and is not taken for one', () => {
  const { firstOf, note } = createCommandBook();
  const ids = ['', 'an order of 1998', uuid(1).toUpperCase(), uuid(1).replaceAll('-', '_'), `${uuid(1)} `];
  for (const [revision, id] of ids.entries()) note(id, revision);
  // So many that those above are no longer among the last.
  for (let at = 100; at < 200; at++) note(uuid(at), at);
  assert.equal(
    ids.map((id) => firstOf(id)),
    ids.map((_, revision) => revision),
  );
  assert.is(firstOf(uuid(1)), undefined);
});

/** Near each other in each of their words, so that order and equality are decided by every one of them. */
const nearby = fc
  .array(fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff), { minLength: 4, maxLength: 4 })
  .map((words) => words.map((word) => word.toString(16).padStart(8, '0')).join(''))
  .map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));

const ids = fc.oneof(
  { weight: 4, arbitrary: nearby },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 200 }).map(uuid) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);

book('whatever the ids are and in whatever order they come, it answers as a Map would', () => {
  fc.assert(
    fc.property(fc.array(ids, { maxLength: 400 }), fc.array(ids, { maxLength: 50 }), (noted, asked) => {
      const { firstOf, note } = createCommandBook();
      const model = new Map<string, number>();
      for (const [revision, id] of noted.entries()) {
        assert.is(firstOf(id), model.get(id));
        note(id, revision);
        if (!model.has(id)) model.set(id, revision);
      }
      for (const id of [...noted, ...asked]) assert.is(firstOf(id), model.get(id));
    }),
  );
});

/** What a collection leaves, on the heap and of arrays beside it. */
const live = (): number => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 3; turn++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

book(
  'a command leaves some thirty octets, so a program that runs for weeks does not grow by its commands',
  () => {
    // So many that what the engine lays down for itself is little beside them.
    const count = 100_000;
    const before = live();
    const kept = createCommandBook();
    for (let at = 0; at < count; at++) kept.note(uuid(at), at);
    const octets = (live() - before) / count;
    assert.is(kept.firstOf(uuid(count - 1)), count - 1);
    // Id and revision are 20; as a text and an object in a Map a command took 213.
    assert.ok(octets >= 20 && octets < 60, `${octets} octets of each`);
  },
);

book.run();
