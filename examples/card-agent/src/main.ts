/**
 * The card agent as a program: it runs until it is stopped.
 *
 * @packageDocumentation
 */
import { readFileSync } from 'node:fs';
import { systemClock } from '@mandate/adapters-eventstore';
import { cardAgent } from '@mandate/adapters-http/agent';
import { type CardKeys, pcscTransport } from '@mandate/adapters-pcsc';
import * as E from 'fp-ts/lib/Either.js';
import { type Arguments, readArguments, usage } from './arguments.js';
import { demoPin, openDemo } from './demo.js';
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

/** Answers the exit code, where it could not start. */
const main = async (): Promise<number | undefined> => {
  const read = readArguments(process.argv.slice(2));
  if (E.isLeft(read) || read.right.help) {
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
  const started = await cardAgent({
    slots: slotsOn(readers.transport, readers.keys),
    origins: origins.map((origin) => ({ origin })),
    clock: systemClock,
    pagePins,
    ...(port === undefined ? {} : { port }),
  })();
  if (E.isLeft(started)) {
    complain(`${started.left.code}: ${started.left.detail}`);
    await readers.transport.close();
    return 1;
  }
  const agent = started.right;
  write(`讀卡元件 card agent: ${agent.origin}  (${agent.origin}/selfTest.htm)`);
  for (const origin of origins) write(`  允許 serves ${origin}`);
  if (origins.length === 0) write('  未允許任何網站 serves no site: give --origin');
  if (demo) write(`  虛擬卡片的 PIN 碼 PIN of the virtual cards: ${demoPin}`);
  const stop = async (): Promise<void> => {
    await agent.close();
    await readers.transport.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return undefined;
};

process.exitCode = await main();
