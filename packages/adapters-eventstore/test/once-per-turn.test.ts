import { setImmediate as nextTurn } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oncePerTurn } from '../src/sqlite/once-per-turn.js';

const turns = suite('asking once in a turn of the event loop');

turns('however many ask, and however many promises go on in between', async () => {
  let asked = 0;
  const ask = oncePerTurn(() => ++asked);
  assert.equal([ask(), ask()], [1, 1]);
  await Promise.resolve();
  assert.is(ask(), 1);
  await nextTurn();
  assert.equal([ask(), ask()], [2, 2]);
  await nextTurn();
  await nextTurn();
  assert.is(ask(), 3);
});

turns('each question has an answer of its own', async () => {
  let [one, other] = [0, 10];
  const first = oncePerTurn(() => ++one);
  assert.is(first(), 1);
  const second = oncePerTurn(() => ++other);
  assert.equal([first(), second()], [1, 11]);
  await nextTurn();
  assert.equal([second(), first()], [12, 2]);
});

turns('nothing is an answer too, and what cannot be asked is asked again', () => {
  let asked = 0;
  const nothing = oncePerTurn(() => {
    asked += 1;
    return undefined;
  });
  assert.equal([nothing(), nothing(), asked], [undefined, undefined, 1]);
  const failing = oncePerTurn(() => {
    asked += 1;
    throw new Error('busy');
  });
  assert.throws(failing, /busy/);
  assert.throws(failing, /busy/);
  assert.is(asked, 3);
});

turns.run();
