import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StreamName } from '../../src/ports/stream-name.js';
import { type CacheBounds, createStreamCaches, type Kept } from '../../src/register/stream-cache.js';

const at = (stream: string, revision: number): Kept => ({
  token: { stream: stream as StreamName, revision },
});

const cacheOf = (bounds: CacheBounds) => {
  const cache = createStreamCaches(bounds).open<Kept>();
  return {
    ...cache,
    put: (stream: string, revision: number) => cache.keep(at(stream, revision), cache.epoch()),
    revision: (stream: string) => cache.get(stream as StreamName)?.token.revision,
    held: (...streams: ReadonlyArray<string>) =>
      streams.filter((stream) => cache.get(stream as StreamName) !== undefined).join(''),
  };
};

const bounds = suite('what is kept in memory');

bounds('is bounded by streams: the one that was not used for longest goes first', () => {
  const cache = cacheOf({ streams: 2, events: 1000 });
  cache.put('a', 0);
  cache.put('b', 0);
  cache.put('a', 0);
  cache.put('c', 0);
  assert.is(cache.held('a', 'b', 'c'), 'ac');
});

bounds('is bounded by events, of whichever streams they are', () => {
  const cache = cacheOf({ streams: 10, events: 10 });
  cache.put('a', 2);
  cache.put('b', 2);
  cache.put('c', 3);
  assert.is(cache.held('a', 'b', 'c'), 'abc');
  cache.put('c', 4);
  assert.is(cache.held('a', 'b', 'c'), 'bc');
  cache.put('d', 8);
  assert.is(cache.held('a', 'b', 'c', 'd'), 'd');
});

bounds('a stream that is longer than all that may be kept is kept while no other is asked for', () => {
  const cache = cacheOf({ streams: 10, events: 10 });
  cache.put('a', 99);
  cache.put('a', 100);
  assert.is(cache.held('a'), 'a');
  cache.put('b', 0);
  assert.is(cache.held('a', 'b'), 'b');
  cache.put('c', 8);
  assert.is(cache.held('b', 'c'), 'bc');
});

bounds('counts what is dropped and what was there before', () => {
  const cache = cacheOf({ streams: 10, events: 10 });
  for (let revision = 0; revision < 9; revision++) cache.put('a', revision);
  cache.put('b', 0);
  assert.is(cache.held('a', 'b'), 'ab');
  cache.drop('a' as StreamName);
  cache.drop('a' as StreamName);
  cache.put('c', 8);
  assert.is(cache.held('a', 'b', 'c'), 'bc');
});

bounds('never steps back to what was loaded before', () => {
  const cache = cacheOf({ streams: 2, events: 10 });
  cache.put('a', 5);
  cache.put('a', 4);
  assert.is(cache.revision('a'), 5);
});

bounds('is nothing where nothing may be kept', () => {
  const cache = cacheOf({ streams: 0, events: 10 });
  cache.put('a', 0);
  assert.is(cache.held('a'), '');
});

bounds.run();

const trust = suite('what is kept of a store that is not the same any more');

trust('goes from all caches, and what was on its way into them with it', () => {
  const caches = createStreamCaches({ streams: 2, events: 10 });
  const [one, other] = [caches.open<Kept>(), caches.open<Kept>()];
  const before = one.epoch();
  one.keep(at('a', 9), before);
  other.keep(at('b', 9), before);
  other.distrust();
  assert.is(one.get('a' as StreamName), undefined);
  assert.is(other.get('b' as StreamName), undefined);
  one.keep(at('a', 9), before);
  assert.is(one.get('a' as StreamName), undefined);
  one.keep(at('a', 4), one.epoch());
  one.keep(at('c', 4), one.epoch());
  assert.is(one.get('a' as StreamName)?.token.revision, 4);
});

trust.run();
