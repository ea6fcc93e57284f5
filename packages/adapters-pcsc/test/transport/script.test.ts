import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { replayReaders, replayTransport } from '../../src/replay/readers.js';
import { hexOf, octetsOf, type ReplayScript } from '../../src/replay/script.js';
import type { CardSession, CardTransport } from '../../src/transport/transport.js';

const reader = 'Replay 00';

const written: ReplayScript = {
  readers: [
    {
      reader,
      atr: '3B 80 01 81',
      sessions: [
        [
          { command: '00 A4 04 00 00', answer: '6A82' },
          { command: '00200001083132333435364646', does: 'reset' },
        ],
        [{ command: '0084000008', answer: '01020304050607089000', after: 20 }],
      ],
    },
  ],
};

const open = async (transport: CardTransport): Promise<CardSession> => {
  const session = await transport.connect(reader)();
  if (E.isLeft(session)) throw new Error(session.left.detail);
  return session.right;
};

const told = async (session: CardSession, command: string): Promise<string> => {
  const answer = await session.transmit(octetsOf(command))();
  return E.isLeft(answer) ? answer.left.code : hexOf(answer.right);
};

const script = suite('a script that is played');

script(
  'each connection plays the next session of what was written, however the hexadecimal is spaced',
  async () => {
    const kept: ReplayScript = JSON.parse(JSON.stringify(written));
    const transport = replayTransport(kept);
    const session = await open(transport);
    assert.is(await told(session, '00a4040000'), '6a82');
    await session.end();
    assert.is(await told(await open(transport), '0084000008'), '01020304050607089000');
    await transport.close();
  },
);

script('a card that another program reset is CARD_RESET, and the session answers nothing else', async () => {
  const transport = replayTransport(written);
  const session = await open(transport);
  await told(session, '00a4040000');
  assert.is(await told(session, '00200001083132333435364646'), 'CARD_RESET');
  assert.is(await told(session, '0084000008'), 'CARD_RESET');
  await transport.close();
});

script(
  'a command that is not the next is a fault that does not repeat it: there may be a PIN in it',
  async () => {
    const transport = replayTransport(written);
    const session = await open(transport);
    const answer = await session.transmit(octetsOf('00200001083132333435364646'))();
    assert.ok(E.isLeft(answer));
    assert.is(answer.left.code, 'TRANSPORT');
    assert.not.match(JSON.stringify(answer.left), /3132|123456/);
    await transport.close();
  },
);

script('a connection beyond the last session finds a card that has nothing to say', async () => {
  const transport = replayTransport({ readers: [{ reader, atr: '3b00', sessions: [] }] });
  assert.is(await told(await open(transport), '0084000008'), 'TRANSPORT');
  await transport.close();
});

script('what is done to a reader that is not there does nothing', async () => {
  const readers = replayReaders(written);
  readers.insert('No Reader', '3b00');
  readers.pull('No Reader');
  readers.removeReader('No Reader');
  const states = await readers.transport().list()();
  assert.equal(E.isRight(states) && states.right.map((state) => state.reader), [reader]);
});

script.run();
