import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asksOf } from '../../src/agent/asks.js';
import type { SignPackage } from '../../src/hipki/package.js';
import { handClock } from '../support.js';

const asks = suite('windows that wait');

const wanted = {} as SignPackage;

const opened = (sites: ReadonlyArray<string>, maxAsks: number) => {
  const clock = handClock();
  let last = 0;
  const newId = (): string => String(++last);
  const all = asksOf({ clock, askMilliseconds: 1_000, maxAsks, sites, newId });
  return { all, clock, put: (origin: string) => all.put({ origin, wanted, choices: [] }) };
};

asks('one site alone has all of them, also a hundred at once', () => {
  const { all, put } = opened(['A'], 256);
  for (let left = 256; left > 0; left -= 1) assert.ok(put('A'));
  assert.not.ok(put('A'));
  assert.is(all.count(), 256);
});

asks('eight are kept for each of the others, and come back to all when they are over', () => {
  const { put, clock } = opened(['A', 'B', 'C'], 256);
  let had = 0;
  while (put('A') !== undefined) had += 1;
  assert.is(had, 240);
  for (let left = 8; left > 0; left -= 1) assert.ok(put('B'));
  assert.not.ok(put('B'));
  assert.ok(put('C'));
  clock.advance(1_000);
  for (let left = 240; left > 0; left -= 1) assert.ok(put('B'));
});

asks('a window that is laid down again, when others were opened meanwhile, costs no site its own', () => {
  const { all, put } = opened(['A', 'B'], 4);
  const first = put('A');
  assert.ok(put('A'));
  const taken = all.take(first?.id ?? '');
  assert.ok(put('A'));
  if (taken !== undefined) all.putBack(taken);
  assert.ok(put('B'));
  assert.ok(put('B'));
  assert.not.ok(put('B'));
});

asks(
  'whoever opens and closes what, a site with fewer than its own gets another, and there are never more',
  () => {
    const sites = ['A', 'B', 'C', 'D', 'E'];
    const action = fc.record({ site: fc.constantFrom(...sites), closes: fc.boolean() });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(action, { maxLength: 200 }),
        (maxAsks, actions) => {
          const { all, put } = opened(sites, maxAsks);
          const own = Math.min(8, Math.floor(maxAsks / sites.length));
          const open = new Map<string, string[]>(sites.map((site) => [site, []]));
          for (const { site, closes } of actions) {
            const ids = open.get(site) ?? [];
            const id = closes ? ids.pop() : undefined;
            if (id !== undefined) {
              assert.ok(all.take(id));
              continue;
            }
            const ask = put(site);
            if (ask !== undefined) ids.push(ask.id);
            else assert.ok(ids.length >= own, `${site} has ${ids.length} of ${own}`);
            assert.ok(all.count() <= maxAsks);
          }
        },
      ),
    );
  },
);

asks.run();
