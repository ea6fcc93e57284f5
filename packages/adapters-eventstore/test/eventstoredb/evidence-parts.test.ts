// Evidence that was changed on the server: its parts are compared with what was put.
import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventStoreDbEvidenceStore } from '../../src/eventstoredb/index.js';
import { memoryEventStore } from '../../src/index.js';
import { left, right } from '../support/right.js';

const parts = suite('parts of evidence');

const hash = createHash('sha256').update('bundle').digest('hex');

/** A store whose parts hold a few characters each, and somebody who changes what is read of them. */
const stores = () => {
  let change = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<RecordedEvent> => events;
  const events = memoryEventStore();
  const kept = eventStoreDbEvidenceStore(
    {
      append: events.append,
      readEvidence: events.readAll,
      readStream: (stream, from, limit) => async () => {
        const page = await events.readStream(stream, from, limit)();
        return page._tag === 'Left'
          ? page
          : { ...page, right: { ...page.right, events: change(page.right.events) } };
      },
    },
    { largestAppend: 4_096 + 6 * 10 },
  );
  return {
    kept,
    changed: (how: typeof change) => {
      change = how;
    },
  };
};

const sealed = 'sealed text of more than one part';

parts(
  'join to what was put; one that was changed, or took the place of another, is STORE_CORRUPT',
  async () => {
    const { kept, changed } = stores();
    await right(kept.put(hash, 'somebody', sealed));
    assert.equal(await right(kept.get(hash)), { subject: 'somebody', sealed });
    changed((events) =>
      events.map((event) => ({ ...event, body: event.body.replace('sealed tex', 'sealed tax') })),
    );
    assert.is((await left(kept.get(hash))).code, 'STORE_CORRUPT');
    assert.is((await left(kept.list(undefined, 10))).code, 'STORE_CORRUPT');
    // The very same parts are there and cannot be put again.
    assert.is((await left(kept.put(hash, 'somebody', sealed))).code, 'STORE_CORRUPT');
  },
);

parts('what is sealed anew is kept beside what was changed, and is what is read', async () => {
  const { kept, changed } = stores();
  await right(kept.put(hash, 'somebody', sealed));
  changed((events) =>
    events.map((event) => ({ ...event, body: event.body.replace('sealed tex', 'sealed tax') })),
  );
  const anew = 'the same, sealed under another iv';
  await right(kept.put(hash, 'somebody', anew));
  assert.is((await right(kept.get(hash)))?.sealed, anew);
});

parts('a part that is missing leaves no evidence, as one that was cut off while it was put', async () => {
  const { kept, changed } = stores();
  await right(kept.put(hash, 'somebody', sealed));
  changed((events) => events.slice(1));
  assert.is(await right(kept.get(hash)), undefined);
});

parts.run();
