import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { board } from '../../src/transport/board.js';
import type { ReaderEvent } from '../../src/transport/transport.js';

const atrOf = (card: number): Uint8Array => Uint8Array.of(0x3b, card);

const show = suite('what is known of readers');

show('a card exchanged for another between two looks is told as pulled out and put in', () => {
  const seen = board();
  const events: Array<ReaderEvent> = [];
  seen.see('A', atrOf(1));
  seen.watch((event) => events.push(event));
  seen.see('A', atrOf(2));
  assert.equal(
    events.map(({ type }) => type),
    ['reader-added', 'card-inserted', 'card-removed', 'card-inserted'],
  );
});

const deed = fc.oneof(
  fc.record({
    does: fc.constant('see' as const),
    reader: fc.constantFrom('A', 'B', 'C'),
    card: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  }),
  fc.record({ does: fc.constant('forget' as const), reader: fc.constantFrom('A', 'B', 'C') }),
  fc.record({ does: fc.constantFrom('lose' as const, 'regain' as const) }),
);

/** What somebody knows who has only heard the events; throws at one that cannot follow the others. */
const learn = (known: Map<string, number | undefined>, event: ReaderEvent): void => {
  if (!('reader' in event)) {
    if (event.type === 'service-back') assert.is(known.size, 0);
    known.clear();
    return;
  }
  const { reader } = event;
  assert.is(known.has(reader), event.type !== 'reader-added', event.type);
  if (event.type === 'reader-added') known.set(reader, undefined);
  if (event.type === 'card-inserted') {
    assert.is(known.get(reader), undefined);
    known.set(reader, event.atr[1]);
  }
  if (event.type === 'card-removed') {
    assert.is.not(known.get(reader), undefined);
    known.set(reader, undefined);
  }
  if (event.type === 'reader-removed') {
    assert.is(known.get(reader), undefined);
    known.delete(reader);
  }
};

show('property: who hears the events from any moment on knows what a list says', () => {
  fc.assert(
    fc.property(fc.array(deed), fc.nat(), (deeds, from) => {
      const seen = board();
      const known = new Map<string, number | undefined>();
      deeds.forEach((one, place) => {
        if (place === from % (deeds.length + 1)) seen.watch((event) => learn(known, event));
        if (one.does === 'see') seen.see(one.reader, one.card === undefined ? undefined : atrOf(one.card));
        else if (one.does === 'forget') seen.forget(one.reader);
        else seen[one.does]();
      });
      if (from % (deeds.length + 1) === deeds.length) seen.watch((event) => learn(known, event));
      const listed = new Map(seen.states().map(({ reader, atr }) => [reader, atr?.[1]]));
      assert.equal([...known].sort(), [...listed].sort());
    }),
  );
});

show.run();
