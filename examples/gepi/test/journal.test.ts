import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nextWorkDay } from '../src/world/calendar.js';
import { storyClock, taipeiMs } from '../src/world/clock.js';
import { beginJournal, type Journal, openJournal } from '../src/world/journal.js';
import { removeFolders, temporaryFolder } from './support.js';

const journal = suite('the journal of the story');

const folder = temporaryFolder();
const file = join(folder, 'story.jsonl');

const open = (): Journal => {
  const opened = openJournal(file);
  if (opened._tag === 'Left') throw new Error(opened.left.detail);
  return opened.right;
};

const outcome = { kind: 'answer', holds: true, zh: '可以。', en: 'Yes.' };

journal.before.each(() => beginJournal(file, 'story', 1000));

journal('what was done, sent and when is there again', () => {
  const first = open();
  first.intend({ step: 'a', command: { type: 'A' }, staff: null }, 2000);
  first.finish({ step: 'a', at: 1500, outcome }, 2500);
  first.intend({ step: 'b', command: { type: 'B' }, staff: 'desk' }, 3000);
  first.close();
  const second = open();
  assert.is(second.story, 'story');
  assert.is(second.clock, 3000);
  assert.equal([...second.done.keys()], ['a']);
  assert.equal(second.pending(), { step: 'b', command: { type: 'B' }, staff: 'desk' });
  assert.equal(second.sent('a'), { type: 'A' });
  second.close();
});

journal('cut at any byte it opens with what was whole, or says that it is no journal', () => {
  const first = open();
  for (const step of ['a', 'b', 'c']) {
    first.intend({ step, command: { type: step }, staff: null }, 2000);
    first.finish({ step, at: 1500, outcome }, 2500);
  }
  first.close();
  const bytes = readFileSync(file);
  const header = bytes.indexOf('\n') + 1;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length }), (length) => {
      writeFileSync(file, bytes.subarray(0, length));
      const opened = openJournal(file);
      assert.is(opened._tag, length < header ? 'Left' : 'Right');
      if (opened._tag === 'Left') return assert.is(opened.left.code, 'NOT_OURS');
      const whole = bytes.subarray(0, length).toString('utf8').split('\n').slice(1, -1);
      assert.is(opened.right.done.size, whole.filter((line) => line.startsWith('{"done"')).length);
      opened.right.finish({ step: 'd', at: 1, outcome }, 3000);
      opened.right.close();
      const again = open();
      assert.ok(again.done.has('d'));
      again.close();
    }),
  );
});

journal('garbage before the end is told with its line', () => {
  const first = open();
  first.finish({ step: 'a', at: 1500, outcome }, 2500);
  first.close();
  appendFileSync(file, '{"clock":1,"done":{"step":7}}\n');
  const opened = openJournal(file);
  assert.is(opened._tag, 'Left');
  if (opened._tag === 'Left') assert.match(opened.left.detail, 'line 3');
});

journal('of two starts on one folder the earlier one stops', () => {
  const first = open();
  const second = open();
  second.finish({ step: 'a', at: 1500, outcome }, 2500);
  assert.throws(() => first.finish({ step: 'b', at: 1500, outcome }, 2500), /another start/);
  first.close();
  second.close();
});

journal('GEPI-24: the next business day passes over weekends and the holidays of the story', () => {
  assert.is(nextWorkDay(taipeiMs('2026-01-16T15:30')), '2026-01-19');
  assert.is(nextWorkDay(taipeiMs('2026-04-02T23:59')), '2026-04-07');
  assert.is(nextWorkDay(taipeiMs('2026-02-13T09:00')), '2026-02-23');
});

journal('the clock of the story never goes back', () => {
  const clock = storyClock(taipeiMs('2026-01-05T09:00'));
  clock.pass(90);
  clock.to('2026-01-05T09:01');
  assert.is(clock.now(), taipeiMs('2026-01-05T09:01') + 30_000);
  clock.to('2026-01-05T09:02');
  assert.is(clock.now(), taipeiMs('2026-01-05T09:02'));
});

journal.after(removeFolders);
journal.run();
