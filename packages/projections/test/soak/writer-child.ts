/**
 * Gives commands one after another in some loops at once, and says which were acknowledged; to be killed. A command without
 * an answer is given again under the same id until it has one.
 *
 * Prints `ack <loop> <agency> <number>`, `left <loop> <agency>` where an agency's clock is ahead of this one, `again <loop>`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import {
  chainStart,
  createClerkImporter,
  createRegisterCodec,
  gepiPolicy,
  registerErrors,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { appointed, registered, agency as streamOf } from '../support/events.js';
import { streamName } from '../support/world.js';
import { openKeys, openStore, type Where } from './open.js';
import { codeOf, commandIdOf, commandsPerAgency, importOf, type Place } from './work.js';

/** What the process is told. */
export interface WriterTold extends Where {
  readonly lane: string;
  readonly places: ReadonlyArray<Place>;
  readonly clockOffset: number;
}

export interface WriterOrder {
  readonly clockOffset?: number;
  readonly stop?: true;
}

const told: WriterTold = JSON.parse(process.argv[2] ?? '{}');
let { clockOffset } = told;
let stopping = false;
process.on('message', (order: WriterOrder) => {
  clockOffset = order.clockOffset ?? clockOffset;
  stopping ||= order.stop === true;
});
// Who started this process is gone.
process.on('disconnect', () => process.exit(1));

/** Said when it answers: who reads may be busy, and a pipe takes little. */
const say = (...words: ReadonlyArray<string | number>): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(`${words.join(' ')}\n`, () => resolve());
  });
const clock = { now: () => Date.now() + clockOffset };
const store = await openStore(told.events);
const vault = await openKeys(told.vault);
const codec = createRegisterCodec(nodeSha256);
const importer = createClerkImporter({ policy: gepiPolicy, store, vault, clock, sha256: nodeSha256 });

type Answer = 'acknowledged' | 'again' | 'behind';

const register = async (code: string): Promise<Answer> => {
  const stream = streamName(streamOf(code));
  const events = [registered(code), appointed(`管理${code}`)];
  const encoded = await codec.encode(
    {
      stream,
      revision: 0,
      previous: chainStart(stream).hash,
      recordedAt: new Date(clock.now()).toISOString(),
      actor: { kind: 'system' },
      commandId: commandIdOf(code, 0),
      commandDigest: nodeSha256(code),
      causationId: null,
      evidence: [],
      confirmation: null,
    },
    events,
    vault,
  );
  if (E.isLeft(encoded)) return 'again';
  const answer = await store.append(stream, 'no-stream', encoded.right)();
  if (E.isLeft(answer)) return 'again';
  if (answer.right._tag === 'Appended') return 'acknowledged';
  throw new Error(`conflict in ${stream}, where nobody else writes`);
};

const importOne = async (code: string, number: number): Promise<Answer> => {
  const answer = await importer(importOf(code, number), { staff: 'soak' })();
  if (E.isRight(answer)) return 'acknowledged';
  const { code: why, detail } = answer.left;
  if (why === 'CLOCK_BEHIND') return 'behind';
  if (registerErrors[why].status >= 500) return 'again';
  throw new Error(`${code} ${number}: ${why} ${detail ?? ''}`);
};

const loop = async (index: number, from: Place): Promise<void> => {
  let { agency, next } = from;
  while (!stopping) {
    const code = codeOf(told.lane, index, agency);
    const answer = next === 0 ? await register(code) : await importOne(code, next);
    if (answer === 'acknowledged') {
      await say('ack', index, agency, next);
      next += 1;
      // A portal has pauses; without them nothing else gets the processor.
      await pause(Math.random() * 20);
    } else if (answer === 'again') {
      await say('again', index);
      await pause(20);
    }
    if (answer === 'behind') await say('left', index, agency);
    if (answer === 'behind' || next > commandsPerAgency) {
      agency += 1;
      next = 0;
    }
  }
};

await Promise.all(told.places.map((place, index) => loop(index, place)));
await store.close();
await vault.close();
process.exit(0);
