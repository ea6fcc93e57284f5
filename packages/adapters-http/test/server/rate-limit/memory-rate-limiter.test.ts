import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryRateLimiter } from '../../../src/server/rate-limit/memory-rate-limiter.js';

const clockAt = (start: number) => {
  let now = start;
  const pass = (seconds: number): void => {
    now += seconds * 1000;
  };
  return { now: () => now, pass };
};

const ten = { name: 'ten', amount: 10, perSeconds: 60 };

const examples = suite('rate limiter: by example');

examples('ten at once, then one every six seconds', () => {
  const clock = clockAt(0);
  const limiter = memoryRateLimiter({ clock });
  for (let i = 0; i < 10; i++) assert.is(limiter.take('a', ten), undefined);
  assert.is(limiter.take('a', ten), 6);
  clock.pass(4);
  assert.is(Math.round(limiter.take('a', ten) ?? 0), 2);
  clock.pass(2);
  assert.is(limiter.take('a', ten), undefined);
  assert.is(limiter.take('a', ten), 6);
});

examples('one key and one rule are not another', () => {
  const limiter = memoryRateLimiter({ clock: clockAt(0) });
  const one = { name: 'one', amount: 1, perSeconds: 60 };
  const other = { ...one, name: 'other' };
  assert.is(limiter.take('a', one), undefined);
  assert.is(limiter.take('b', one), undefined);
  assert.is(limiter.take('a', other), undefined);
  assert.is(limiter.take('a', one), 60);
  assert.is(limiter.take('b', one), 60);
});

examples('what is given back can be taken again, and no more than the bucket holds', () => {
  const limiter = memoryRateLimiter({ clock: clockAt(0) });
  const two = { name: 'two', amount: 2, perSeconds: 60 };
  limiter.take('a', two);
  limiter.take('a', two, -1);
  limiter.take('a', two, -1);
  assert.is(limiter.take('a', two, 2), undefined);
  assert.is(limiter.take('a', two), 30);
});

examples('more than a whole bucket is never there', () => {
  assert.is(memoryRateLimiter({ clock: clockAt(0) }).take('a', ten, 11), Number.POSITIVE_INFINITY);
});

examples('a clock that is set back gives nothing and locks nobody out for longer', () => {
  const clock = clockAt(1_000_000);
  const limiter = memoryRateLimiter({ clock });
  for (let i = 0; i < 10; i++) limiter.take('a', ten);
  clock.pass(-500);
  assert.is(limiter.take('a', ten), 6);
  clock.pass(6);
  assert.is(limiter.take('a', ten), undefined);
});

examples('a full bucket is not kept', () => {
  const clock = clockAt(0);
  const limiter = memoryRateLimiter({ clock });
  limiter.take('a', ten);
  assert.is(limiter.size(), 1);
  limiter.take('a', ten, -1);
  assert.is(limiter.size(), 0);
});

examples('of too many keys, the one that was not used for longest is forgotten', () => {
  const limiter = memoryRateLimiter({ clock: clockAt(0), mostKeys: 2 });
  const one = { name: 'one', amount: 1, perSeconds: 60 };
  limiter.take('a', one);
  limiter.take('b', one);
  assert.is(limiter.take('a', one), 60);
  limiter.take('c', one);
  assert.is(limiter.take('a', one), 60);
  assert.is(limiter.take('b', one), undefined);
});

examples.run();

const properties = suite('rate limiter: properties');

const steps = fc.array(
  fc.record({ key: fc.constantFrom('a', 'b', 'c'), wait: fc.double({ min: 0, max: 30, noNaN: true }) }),
  { maxLength: 200 },
);

properties('in no span is more let through than the bucket and what came back in it', () => {
  fc.assert(
    fc.property(steps, (wanted) => {
      const clock = clockAt(0);
      const limiter = memoryRateLimiter({ clock });
      const passed = new Map<string, number[]>();
      for (const { key, wait } of wanted) {
        clock.pass(wait);
        if (limiter.take(key, ten) === undefined) passed.set(key, [...(passed.get(key) ?? []), clock.now()]);
      }
      for (const times of passed.values()) {
        times.forEach((from, i) => {
          times.slice(i).forEach((to, n) => {
            assert.ok(n + 1 <= ten.amount + ((to - from) / 1000) * (ten.amount / ten.perSeconds) + 1e-6);
          });
        });
      }
    }),
  );
});

properties('who waits as long as told gets through', () => {
  fc.assert(
    fc.property(steps, (wanted) => {
      const clock = clockAt(0);
      const limiter = memoryRateLimiter({ clock });
      for (const { key } of wanted) {
        const seconds = limiter.take(key, ten);
        if (seconds === undefined) continue;
        clock.pass(seconds + 1e-6);
        assert.is(limiter.take(key, ten), undefined);
      }
    }),
  );
});

properties('there are never more buckets than allowed, whatever the keys are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 100 }),
      fc.integer({ min: 1, max: 5 }),
      (keys, mostKeys) => {
        const limiter = memoryRateLimiter({ clock: clockAt(0), mostKeys });
        for (const key of keys) {
          limiter.take(key, ten);
          assert.ok(limiter.size() <= mostKeys);
        }
      },
    ),
  );
});

properties.run();
