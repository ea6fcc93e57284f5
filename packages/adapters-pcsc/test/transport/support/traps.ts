// What native code, readers and services do to a program that is not prepared (each was seen on pcscd with vpcd).
import { readFile } from 'node:fs/promises';
import { suiteNeeding } from '@mandate/testing';
import { until } from '@mandate/testing/card-service';
import * as E from 'fp-ts/lib/Either.js';
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';

import { ruleCommands } from '../../../src/transport/conformance/index.js';
import type { Deadlines } from '../../../src/transport/hosted-parts.js';
import type { CardSession, CardTransport, ReaderEvent } from '../../../src/transport/transport.js';
import { childrenOf } from './children.js';
import { needsService } from './needs.js';
import { serviceWorlds } from './world.js';

const { echo, hang, state, verify } = ruleCommands;

/** As often as it takes: the service lets go what a hanging test before this held when it comes to it. */
const open = async (transport: CardTransport, reader: string): Promise<CardSession> => {
  let session = await transport.connect(reader)();
  await until(
    async () => {
      if (E.isLeft(session) && session.left.code === 'CARD_BUSY') session = await transport.connect(reader)();
      return E.isRight(session) || session.left.code !== 'CARD_BUSY';
    },
    () => `${reader} free`,
  );
  if (E.isLeft(session)) throw new Error(`${session.left.code}: ${session.left.detail}`);
  return session.right;
};

const told = async (session: CardSession, command: Uint8Array): Promise<string> => {
  const answer = await session.transmit(command)();
  return E.isLeft(answer) ? answer.left.code : Buffer.from(answer.right).toString('hex');
};

export const trapSuite = async (
  name: 'pcsc-mini' | 'smartcard',
  make: (deadlines?: Partial<Deadlines>) => CardTransport,
): Promise<Test> => {
  const worlds = serviceWorlds(make);
  const traps = suiteNeeding(`traps: ${name}`, await needsService(name));

  traps(
    'a card that hangs leaves the other reader, the file system and WebCrypto of the program alone',
    async () => {
      const { transport, reader, otherReader, insert, close } = await worlds.make();
      await insert(reader);
      await insert(otherReader);
      const program = transport({ exchange: 3_000 });
      const [hung, well] = [await open(program, reader), await open(program, otherReader)];
      let over = false;
      const hanging = told(hung, hang).then((code) => {
        over = true;
        return code;
      });
      assert.is(await told(well, echo(5)), '059000');
      await readFile(new URL(import.meta.url));
      await crypto.subtle.digest('SHA-256', Uint8Array.of(1));
      assert.not.ok(over, 'all of it was done while the card hung');
      assert.is(await hanging, 'TIMEOUT');
      assert.is(await told(well, echo(6)), '069000');
      await close();
    },
  );

  traps('a process that is killed in the middle of a session leaves no PIN verified', async () => {
    const { transport, reader, insert, close } = await worlds.make();
    await insert(reader);
    const program = transport();
    const before = new Set(await childrenOf(process.pid));
    const session = await open(program, reader);
    assert.is(await told(session, verify), '9000');
    for (const pid of await childrenOf(process.pid)) if (!before.has(pid)) process.kill(pid, 'SIGKILL');
    assert.is(await told(session, state), 'TRANSPORT');
    await session.end();
    assert.is(await told(await open(program, reader), state), '63c3');
    await close();
  });

  traps(
    'the end of a session whose card hangs comes back, and another program is not kept waiting by it',
    async () => {
      const { transport, reader, insert, pull, close } = await worlds.make();
      await insert(reader);
      const program = transport({ exchange: 300, other: 2_000 });
      const session = await open(program, reader);
      assert.is(await told(session, hang), 'TIMEOUT');
      await session.end();
      await pull(reader);
      await insert(reader);
      assert.is(await told(await open(transport(), reader), state), '63c3');
      await close();
    },
  );

  traps('a process that watches and is killed is told as a lost service, and started again', async () => {
    const { transport, reader, insert, close } = await worlds.make();
    await insert(reader);
    const program = transport();
    const before = new Set(await childrenOf(process.pid));
    const events: Array<ReaderEvent['type']> = [];
    let wake = (): void => undefined;
    const inserted = (times: number): Promise<void> =>
      new Promise((resolve) => {
        wake = () => {
          if (events.filter((type) => type === 'card-inserted').length >= times) resolve();
        };
        wake();
      });
    await program.watch(({ type }) => {
      events.push(type);
      wake();
    })();
    await inserted(1);
    for (const pid of await childrenOf(process.pid)) if (!before.has(pid)) process.kill(pid, 'SIGKILL');
    await inserted(2);
    const after = events.slice(events.indexOf('service-lost'));
    assert.equal(after.slice(0, 2), ['service-lost', 'service-back']);
    assert.is(after.filter((type) => type === 'reader-added').length, 2);
    await close();
  });

  traps.after(worlds.end);
  return traps;
};
