import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRecent } from '../../src/register/recent.js';

const recent = suite('what was found out not long ago');

recent('is kept for the keys that were put last, and for no more of them than there is room for', () => {
  const kept = createRecent<number>(2);
  kept.put('a', 1);
  kept.put('b', 2);
  kept.put('a', 3);
  kept.put('c', 4);
  assert.equal([kept.get('a'), kept.get('b'), kept.get('c')], [3, undefined, 4]);
  kept.drop('a');
  kept.drop('nobody');
  assert.equal([kept.get('a'), kept.get('c')], [undefined, 4]);
});

recent('nothing is kept where there is no room', () => {
  const kept = createRecent<number>(0);
  kept.put('a', 1);
  assert.is(kept.get('a'), undefined);
});

recent.run();
