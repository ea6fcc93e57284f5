import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RecordedEvent, storeFault } from '../../src/ports/event-store.js';
import type { StreamName } from '../../src/ports/stream-name.js';
import { genesis } from '../../src/register/envelope.js';
import { eventsOfCommand } from '../../src/register/events-of-command.js';
import { uuid } from './fixtures.js';
import { asRecorded, codec, encodeOne, sha256, surroundings } from './golden.js';
import { samples } from './samples.js';

const stream = 'agency-gepi.10001' as StreamName;

/** One event for each command of the list; `~`: of a type that this program does not know. */
const storeOf = async (commands: ReadonlyArray<string>, limit = 100) => {
  const sample = samples.AgencySuspended[''];
  assert.ok(sample);
  const events: RecordedEvent[] = [];
  for (const [revision, name] of commands.entries()) {
    const commandId = uuid(name.charCodeAt(0));
    const previous = events.at(-1)?.hash ?? genesis(stream);
    const written = await encodeOne({ ...surroundings, stream, revision, previous, commandId }, sample);
    const type = name.endsWith('~') ? 'AgencyMerged' : sample.type;
    const body = written.body.replaceAll(sample.type, type);
    events.push(asRecorded({ ...written, type, body, hash: sha256(body) }, stream, revision));
  }
  return {
    append: () => TE.left(storeFault('STORE_CLOSED', 'a test that only reads')),
    readStream: (_stream: StreamName, from: number, most: number) => {
      const to = from + Math.min(limit, most);
      return TE.right({ events: events.slice(from, to), end: to >= events.length });
    },
    readAll: () => TE.right({ events, end: true }),
    subscribeAll: async function* () {},
    head: () => TE.right(undefined),
    close: async () => undefined,
  };
};

/** Revisions of what the command `a` left, from `first` on; `undefined` where it is not there. */
const foundIn = async (commands: string, first: number, limit?: number) => {
  const store = await storeOf(commands.split(' '), limit);
  const found = await eventsOfCommand({ store, codec }, stream, first, uuid('a'.charCodeAt(0)));
  assert.ok(E.isRight(found));
  const { digest, events } = found.right;
  if (digest !== undefined) assert.is(digest, surroundings.commandDigest);
  return digest === undefined ? undefined : events.map(({ recorded }) => recorded.revision);
};

const reading = suite('what a command left, read again for a retry');

reading('is its events and no other, in however many pages they come', async () => {
  for (const limit of [1, 2, 100]) {
    assert.equal(await foundIn('b a a a c', 1, limit), [1, 2, 3]);
    assert.equal(await foundIn('b a', 1, limit), [1]);
    const many = Array.from({ length: 20 }, () => 'a').join(' ');
    assert.is((await foundIn(`${many} b`, 0, limit))?.length, 20);
  }
});

reading(
  'has in it an event between them that this program does not know, and none that follows them',
  async () => {
    assert.equal(await foundIn('a a~ a b', 0), [0, 1, 2]);
    assert.equal(await foundIn('a b~ b', 0), [0]);
    assert.equal(await foundIn('a b~', 0), [0]);
  },
);

reading('is not there where the store was set back to before it', async () => {
  assert.is(await foundIn('b c', 1), undefined);
  assert.is(await foundIn('b', 1), undefined);
  assert.is(await foundIn('a~ a', 0), undefined);
});

reading('a store that gives nothing more and does not say that it ends is not asked for ever', async () => {
  const store = { ...(await storeOf(['a'])), readStream: () => TE.right({ events: [], end: false }) };
  const found = await eventsOfCommand({ store, codec }, stream, 0, uuid(1));
  assert.equal(found, E.right({ digest: undefined, events: [] }));
});

reading('a fault of the store is the answer', async () => {
  const fault = storeFault('STORE_UNAVAILABLE', 'busy');
  const store = { ...(await storeOf(['a'])), readStream: () => TE.left(fault) };
  assert.equal(await eventsOfCommand({ store, codec }, stream, 0, uuid(1)), E.left(fault));
});

reading.run();
