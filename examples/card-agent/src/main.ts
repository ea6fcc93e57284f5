/**
 * The card agent as a program: it runs until it is stopped.
 *
 * @packageDocumentation
 */
import { readFileSync } from 'node:fs';
import { systemClock } from '@mandate/adapters-eventstore';
import { cardAgent } from '@mandate/adapters-http/agent';
import {
  type CardKeys,
  type CardTransport,
  type Pkcs11Reader,
  pcscTransport,
  pkcs11Reader,
} from '@mandate/adapters-pcsc';
import * as E from 'fp-ts/lib/Either.js';
import { type Arguments, readArguments, usage } from './arguments.js';
import { demoPin, openDemo } from './demo.js';
import { slotsBeside } from './module-slots.js';
import { slotsOn } from './slots.js';

const write = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** The key of a file; `undefined` where it is no key. */
const transportKey = (path: string): Uint8Array | undefined => {
  try {
    const octets = new Uint8Array(readFileSync(path));
    return octets.length === 16 ? octets : undefined;
  } catch {
    return undefined;
  }
};

const keysOf = ({ transportKey: path }: Arguments): E.Either<string, CardKeys> => {
  if (path === undefined) return E.right({});
  const pinTransportKey = transportKey(path);
  return pinTransportKey === undefined
    ? E.left(`no file of 16 octets: ${path}`)
    : E.right({ pinTransportKey });
};

/** The readers of this machine, or the virtual ones. */
const readersOf = async ({ demo }: Arguments, keys: CardKeys) =>
  demo ? await openDemo() : { transport: pcscTransport(), keys };

/** The module that was named, if it loads: one that is not there is told at once, not at the first card. */
const moduleOf = async (
  { pkcs11: module }: Arguments,
  resetBy: CardTransport,
): Promise<E.Either<string, Pkcs11Reader | undefined>> => {
  if (module === undefined) return E.right(undefined);
  const reader = pkcs11Reader({
    module,
    resetBy,
    onNotReset: ({ reader: name, fault }) =>
      complain(
        `請取出卡片 take the card out of ${name}: it was not reset (${fault.code}), its PIN may still be verified`,
      ),
  });
  const tokens = await reader.tokens()();
  if (E.isRight(tokens) || tokens.left.code !== 'NO_PCSC') return E.right(reader);
  await reader.close();
  return E.left(`--pkcs11 ${module}: ${tokens.left.detail ?? tokens.left.code}`);
};

/** Answers the exit code, where it could not start. */
const main = async (): Promise<number | undefined> => {
  const read = readArguments(process.argv.slice(2));
  if (E.isLeft(read) || read.right.help) {
    if (E.isLeft(read)) complain(`無法理解 not understood: ${read.left}\n`);
    (E.isLeft(read) ? complain : write)(usage.trimEnd());
    return E.isLeft(read) ? 2 : 0;
  }
  const { origins, port, pagePins, demo } = read.right;
  const keys = keysOf(read.right);
  if (E.isLeft(keys)) {
    complain(keys.left);
    return 1;
  }
  const readers = await readersOf(read.right, keys.right);
  const module = await moduleOf(read.right, readers.transport);
  if (E.isLeft(module)) {
    complain(module.left);
    await readers.transport.close();
    return 1;
  }
  const close = async (): Promise<void> => {
    await module.right?.close();
    await readers.transport.close();
  };
  const slots = slotsOn(readers.transport, readers.keys);
  const started = await cardAgent({
    slots: module.right === undefined ? slots : slotsBeside(slots, module.right),
    origins: origins.map((origin) => ({ origin })),
    clock: systemClock,
    pagePins,
    ...(port === undefined ? {} : { port }),
  })();
  if (E.isLeft(started)) {
    complain(`${started.left.code}: ${started.left.detail}`);
    await close();
    return 1;
  }
  const agent = started.right;
  write(`讀卡元件 card agent: ${agent.origin}  (${agent.origin}/selfTest.htm)`);
  for (const origin of origins) write(`  允許 serves ${origin}`);
  if (origins.length === 0) write('  未允許任何網站 serves no site: give --origin');
  if (!demo && module.right === undefined && readers.keys.pinTransportKey === undefined)
    write('  HiCOS 卡片只能讀取 cards of HiCOS are only shown: to sign they need --pkcs11 hicos');
  if (demo) write(`  虛擬卡片的 PIN 碼 PIN of the virtual cards: ${demoPin}`);
  const stop = async (): Promise<void> => {
    await agent.close();
    await close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return undefined;
};

process.exitCode = await main();
