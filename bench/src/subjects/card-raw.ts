/**
 * The same exchanges without our drivers: by the transport, and by pcsc-mini alone, in this process and in another that is asked for
 * all of them at once.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CardTransport } from '@mandate/adapters-pcsc';
import * as E from 'fp-ts/lib/Either.js';
import * as pcsc from 'pcsc-mini';
import { right } from '../lib/either.js';

export interface Recorder {
  readonly transport: CardTransport;
  /** The commands of the last session, in order. */
  readonly commands: () => ReadonlyArray<Uint8Array>;
}

/** A transport that writes down what is sent. The drivers work in this process, where each command is seen. */
export const recording = ({ work: _, ...inner }: CardTransport): Recorder => {
  let sent: Uint8Array[] = [];
  return {
    commands: () => sent,
    transport: {
      ...inner,
      connect: (name) => async () => {
        const connected = await inner.connect(name)();
        if (E.isLeft(connected)) return connected;
        sent = [];
        const session = connected.right;
        const transmit: typeof session.transmit = (command) => {
          sent.push(command.slice());
          return session.transmit(command);
        };
        return E.right({ ...session, transmit });
      },
    },
  };
};

const room = new ArrayBuffer(65_538);

const think = (milliseconds: number): void => {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
};

/** From the connection to the RESET. `thoughtMs` are worked before each command, as by a program that looks at answers. */
export const rawOperation = async (
  reader: pcsc.Reader,
  commands: ReadonlyArray<Uint8Array>,
  thoughtMs = 0,
): Promise<void> => {
  const card = await reader.connect(pcsc.CardMode.EXCLUSIVE);
  const transaction = await card.transaction();
  for (const command of commands) {
    if (thoughtMs > 0) think(thoughtMs);
    await card.transmit(command, room);
  }
  await transaction.end(pcsc.CardDisposition.LEAVE);
  await card.disconnect(pcsc.CardDisposition.RESET);
};

/** The same by the port `CardTransport`: one `transmit` after the other, and nothing announced. */
export const portOperation = async (
  transport: CardTransport,
  name: string,
  commands: ReadonlyArray<Uint8Array>,
): Promise<void> => {
  const session = right(await transport.connect(name)());
  for (const command of commands) right(await session.transmit(command)());
  await session.end();
};

export const rawReader = async (
  name: string,
): Promise<{ readonly reader: pcsc.Reader; readonly stop: () => void }> => {
  const client = new pcsc.Client();
  client.on('error', () => undefined);
  client.start();
  for (;;) {
    const reader = client.reader(name);
    if (reader !== undefined) return { reader, stop: () => client.stop() };
    await pause(5);
  }
};

export interface RawApart {
  /** One operation there, and the word that it is done. */
  readonly operation: () => Promise<void>;
  readonly stop: () => void;
}

/** What the process costs that any program wants which is to outlive a reader that hangs. */
export const rawApart = async (name: string, commands: ReadonlyArray<Uint8Array>): Promise<RawApart> => {
  const main = fileURLToPath(new URL('./card-raw-main.ts', import.meta.url));
  const child = fork(main, [name], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answered = async (message: object): Promise<void> => {
    const answer = once(child, 'message');
    child.send(message);
    await answer;
  };
  await answered({ commands });
  return { operation: () => answered({}), stop: () => child.disconnect() };
};
