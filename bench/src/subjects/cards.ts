/** A card in a reader: from its insertion to its certificates and to a signature, and how much of an operation is ours. */
import { setTimeout as pause } from 'node:timers/promises';
import { cardReader, pcscTransport } from '@mandate/adapters-pcsc';
import { testPinTransportKey, virtualReaderName } from '@mandate/adapters-pcsc/virtual-card';
import { createTestPki } from '@mandate/certificates/test-pki';
import { singleUsePin } from '@mandate/domain';
import { median } from '../lib/stats.js';
import { cardBed } from '../world/card-bed.js';
import { portOperation, rawApart, rawOperation, rawReader, recording } from './card-raw.js';

export interface CardParams {
  readonly kind: 't7s' | 'piv';
  readonly operations: number;
  readonly insertions: number;
  /** Operations of each kind before those that are measured. */
  readonly warmUp: number;
}

/** Medians, in milliseconds. */
export interface OperationFigures {
  readonly exchanges: number;
  readonly oursMs: number;
  /** The same commands, one by one, by `transmit` of the transport. */
  readonly portMs: number;
  /** … by pcsc-mini alone, in the measuring process. */
  readonly rawMs: number;
  /** … with `thought` milliseconds of work before each. */
  readonly rawThinkingMs: number;
  /** The same in a process of its own. */
  readonly rawApartMs: number;
  /** Where each exchange takes as long as one with a card at least does. */
  readonly pacedOursMs: number;
  readonly pacedRawMs: number;
  /** From when the service told that the card is in; its reader was not used before in the first of them. */
  readonly afterInsertionMs: number;
}

export interface CardFigures {
  readonly show: OperationFigures;
  readonly sign: OperationFigures;
}

const name = virtualReaderName(0);

/**
 * Milliseconds an exchange. A contact card at 115,200 bit/s says 96 octets in that time (ISO/IEC 7816-3: 12 bits an octet), without a
 * thought; a certificate comes in pieces of 200 and more.
 */
export const paceOfCards = 10;
/** Milliseconds: what any program takes to look at an answer and to make the next command of it. */
export const thought = 0.02;
/** So many times fewer: they take as many times longer. */
const pacedPart = 10;

const keysOf = <Key extends string>(of: Readonly<Record<Key, unknown>>): ReadonlyArray<Key> =>
  Object.keys(of) as Key[];

const pin = '24681357';
const content = new TextEncoder().encode('{"nonce":"7d0f","purpose":"register"}');

export const cardOperations = async (
  _folder: string,
  { kind, operations, insertions, warmUp }: CardParams,
): Promise<CardFigures> => {
  const pki = await createTestPki({ cas: ['MOICA'] });
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const bed = await cardBed();
  // Outside the reader, until somebody looks.
  const inReader = await bed.startCard({ kind, contents: card.save(), pin, out: true, quiet: true });
  const former = process.env['PCSCLITE_CSOCK_NAME'];
  process.env['PCSCLITE_CSOCK_NAME'] = bed.env['PCSCLITE_CSOCK_NAME'];
  const transport = pcscTransport();
  const recorder = recording(transport);
  const options = { reader: name, keys: { pinTransportKey: testPinTransportKey } };
  const reader = cardReader(transport, options);
  const recorded = cardReader(recorder.transport, options);

  const succeed = async (work: () => Promise<{ readonly _tag: string }>): Promise<void> => {
    const done = await work();
    if (done._tag === 'Left') throw new Error(JSON.stringify(done));
  };
  const by = (one: typeof reader) => ({
    show: () => succeed(one.inspect()),
    sign: () => succeed(one.sign(content, singleUsePin(pin))),
  });
  const ours = by(reader);
  const timed = async (work: () => Promise<void>): Promise<number> => {
    const before = performance.now();
    await work();
    return performance.now() - before;
  };

  let isIn = false;
  let told = (): void => undefined;
  const watched = await reader.watch((event) => {
    if (!('reader' in event) || event.reader !== name) return;
    isIn = event.type === 'card-inserted';
    told();
  })();
  if (watched._tag === 'Left') throw new Error(watched.left.code);
  const toldOf = async (state: boolean): Promise<boolean> => {
    for (const late = performance.now() + 10_000; isIn !== state && performance.now() < late; ) {
      const next = new Promise<void>((resolve) => {
        told = resolve;
      });
      await Promise.race([next, pause(1_000)]);
    }
    return isIn === state;
  };
  /** pcscd overlooks a card that comes between two of its looks. */
  const insert = async (): Promise<void> => {
    await inReader.pull();
    await toldOf(false);
    await pause(1_000);
    await inReader.insert();
    if (!(await toldOf(true))) throw new Error('nobody told of the card that was inserted');
  };

  const measured = async (operation: keyof typeof ours): Promise<OperationFigures> => {
    const after: number[] = [];
    for (let time = 0; time < insertions; time++) {
      await insert();
      after.push(await timed(ours[operation]));
    }
    await by(recorded)[operation]();
    const own = recorder.commands();
    const raw = await rawReader(name);
    const apart = await rawApart(name, own);
    const turns = {
      ours: ours[operation],
      port: () => portOperation(transport, name, own),
      raw: () => rawOperation(raw.reader, own),
      rawThinking: () => rawOperation(raw.reader, own, thought),
      rawApart: apart.operation,
    };
    /** Medians of all who are compared, one operation after the other. */
    const byTurns = async <Who extends keyof typeof turns>(times: number, whose: ReadonlyArray<Who>) => {
      const taken = new Map(whose.map((who) => [who, [] as number[]]));
      for (let time = 0; time < times; time++) {
        for (const [who, all] of taken) all.push(await timed(turns[who]));
      }
      return (who: Who): number => median(taken.get(who) ?? []);
    };
    const everybody = keysOf(turns);
    await byTurns(warmUp, everybody);
    const middle = await byTurns(operations, everybody);
    await inReader.misbehave({ type: 'slow', during: 'any', milliseconds: paceOfCards });
    const paced = await byTurns(Math.ceil(operations / pacedPart), ['ours', 'raw']);
    await inReader.behave();
    raw.stop();
    apart.stop();
    return {
      exchanges: own.length,
      oursMs: middle('ours'),
      portMs: middle('port'),
      rawMs: middle('raw'),
      rawThinkingMs: middle('rawThinking'),
      rawApartMs: middle('rawApart'),
      pacedOursMs: paced('ours'),
      pacedRawMs: paced('raw'),
      afterInsertionMs: median(after),
    };
  };

  try {
    return { show: await measured('show'), sign: await measured('sign') };
  } finally {
    await transport.close();
    await bed.end();
    if (former === undefined) delete process.env['PCSCLITE_CSOCK_NAME'];
    else process.env['PCSCLITE_CSOCK_NAME'] = former;
  }
};
