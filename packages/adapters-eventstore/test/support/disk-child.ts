/** Appends until the disk is full, and says how many were acknowledged and what came then. */
import { sqliteEventStore } from '../../src/index.js';
import { appendOne, stream } from './events.js';
import { right } from './right.js';

const [file = ''] = process.argv.slice(2);
const store = await right(sqliteEventStore({ file }));
for (let revision = 0; ; revision += 1) {
  const answer = await appendOne(store, stream('a'), revision, 2_000)();
  if (answer._tag === 'Right') continue;
  // Once more: a store that is full stays usable.
  const read = await store.readAll('start', 1_000_000)();
  console.log(
    JSON.stringify({
      acknowledged: revision,
      code: answer.left.code,
      read: read._tag === 'Right' ? read.right.events.length : read.left.code,
    }),
  );
  break;
}
await store.close();
