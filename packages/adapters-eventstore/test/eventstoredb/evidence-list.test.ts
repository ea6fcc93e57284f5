import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { event } from '../../src/conformance/event-store/harness.js';
import {
  type EventStoreDbEvidenceStore,
  eventStoreDb,
  eventStoreDbEvidenceStore,
} from '../../src/eventstoredb/index.js';
import { stream } from '../support/events.js';
import { left, right } from '../support/right.js';
import { freshNamespace, withServer } from './support/harness.js';

const list = suite('the list of evidence on EventStoreDB');

const hashOf = (n: number): string => String(n).padStart(64, '0');

/** Everything, page by page. */
const listed = async (evidence: EventStoreDbEvidenceStore, limit: number) => {
  const all: Array<{ readonly hash: string; readonly subject: string; readonly sealed: string }> = [];
  for (let after: string | undefined; ; ) {
    const page = await right(evidence.list(after, limit));
    all.push(...page);
    after = page.at(-1)?.hash;
    if (page.length < limit) return all;
  }
};

list(
  'has everything once, in the order of the hashes, whatever the page and the order in which it came',
  () =>
    withServer(async (server) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.nat(50), { maxLength: 12 }),
          fc.integer({ min: 1, max: 5 }),
          async (numbers, limit) => {
            const namespace = freshNamespace();
            const events = await right(eventStoreDb({ connectionString: server.url, namespace }));
            const evidence = eventStoreDbEvidenceStore(events, { largestAppend: 4_200 });
            for (const n of numbers) {
              // In parts of 17 characters; events between them are no evidence.
              await right(evidence.put(hashOf(n), `subject ${n}`, `text ${n} `.repeat(1 + (n % 7))));
              await right(events.append(stream(`e${n}`), 'no-stream', [event(`${namespace} ${n}`)]));
            }
            assert.equal(
              await listed(evidence, limit),
              [...numbers]
                .sort((a, b) => a - b)
                .map((n) => ({
                  hash: hashOf(n),
                  subject: `subject ${n}`,
                  sealed: `text ${n} `.repeat(1 + (n % 7)),
                })),
            );
            await events.close();
          },
        ),
        { numRuns: 15 },
      );
    }),
);

list('leaves out what was cut off while it was put, and has it once it was put again', () =>
  withServer(async (server) => {
    const events = await right(
      eventStoreDb({ connectionString: server.url, deadlineMilliseconds: 200, patienceMilliseconds: 300 }),
    );
    const evidence = eventStoreDbEvidenceStore(events, { largestAppend: 4_200 });
    await right(evidence.put(hashOf(1), 's', 'whole'));
    server.faults.order('append', { _tag: 'Silence' }, { skip: 1, times: 100 });
    await left(evidence.put(hashOf(2), 's', 'x'.repeat(40)));
    server.faults.clear();
    assert.equal(
      (await listed(evidence, 10)).map(({ hash }) => hash),
      [hashOf(1)],
    );
    await right(evidence.put(hashOf(2), 's', 'x'.repeat(40)));
    assert.equal(
      (await listed(evidence, 1)).map(({ hash }) => hash),
      [hashOf(1), hashOf(2)],
    );
    await events.close();
  }),
);

list('answers a fault of the server as one', () =>
  withServer(async (server) => {
    const events = await right(
      eventStoreDb({ connectionString: server.url, deadlineMilliseconds: 100, patienceMilliseconds: 150 }),
    );
    const evidence = eventStoreDbEvidenceStore(events);
    await right(evidence.put(hashOf(1), 's', 'whole'));
    server.faults.order('read', { _tag: 'Silence' }, { times: 100 });
    assert.is((await left(evidence.list(undefined, 10))).code, 'STORE_UNAVAILABLE');
    server.faults.clear();
    assert.is((await listed(evidence, 10)).length, 1);
    await events.close();
  }),
);

list.run();
