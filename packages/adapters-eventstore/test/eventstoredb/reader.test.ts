import { EventEmitter } from 'node:events';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Connection } from '../../src/eventstoredb/connection.js';
import { streams } from '../../src/eventstoredb/messages.js';
import { readWhole } from '../../src/eventstoredb/reader.js';

const reader = suite('reading a call to its end');

type Answer = InstanceType<typeof streams.ReadResp>;

/** A call that gives these answers and ends, and counts how often it was given up. */
const callOf = (answers: ReadonlyArray<Answer>) => {
  const left = [...answers];
  const call = Object.assign(new EventEmitter(), {
    cancelled: 0,
    read: (): Answer | null => left.shift() ?? null,
    cancel: () => {
      call.cancelled += 1;
    },
  });
  setImmediate(() => {
    call.emit('readable');
    call.emit('end');
  });
  return call;
};

const reading = <A>(call: ReturnType<typeof callOf>, take: (answer: Answer) => A) => {
  const client = {};
  const connection: Connection = {
    read: async () => call,
    batchAppend: () => Promise.reject(new Error('nothing is appended')),
    current: () => client,
    renew: () => undefined,
    close: async () => undefined,
  };
  return readWhole(connection, new streams.ReadReq(), 5_000, 'read', take);
};

reader('each answer is taken in its order, and what was made of them is the answer', async () => {
  const answers = [new streams.ReadResp(), new streams.ReadResp()];
  assert.equal(await reading(callOf(answers), (answer) => answers.indexOf(answer)), E.right([0, 1]));
});

reader('what cannot be taken is told to the caller, and the call is given up', async () => {
  const call = callOf([new streams.ReadResp()]);
  const refused = reading(call, () => {
    throw new Error('not to be read');
  });
  assert.is(
    await refused.then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : error),
    ),
    'not to be read',
  );
  assert.is(call.cancelled, 1);
});

reader.run();
