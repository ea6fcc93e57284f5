import type { CardFault } from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exchange, exchangeChain, exchangeLimits, faultOfTransport } from '../../src/apdu/exchange.js';
import { statusOf } from '../../src/apdu/status.js';
import { type TransportFault, transportFault } from '../../src/transport/transport.js';
import { hex, inTurn, type Scripted, scripted } from './support.js';

const read = { cla: 0x00, ins: 0xb0, p1: 0, p2: 0, le: 200 };

/** Data and status, or the fault's code. */
const told = async (
  { session }: Scripted,
  command: Parameters<typeof exchange>[1] = read,
): Promise<string> => {
  const answered = await exchange(session, command);
  if (E.isLeft(answered)) return answered.left.code;
  return `${hex(answered.right.data)} ${answered.right.sw.toString(16)}`;
};

const exchanges = suite('exchange');

exchanges('data and status word', async () => {
  assert.is(await told(inTurn('0102039000')), '010203 9000');
  assert.is(await told(inTurn('6a82')), ' 6a82');
});

exchanges('61xx is followed by GET RESPONSE until all is there', async () => {
  const card = inTurn('01026103', '0304056101', '069000');
  assert.is(await told(card), '010203040506 9000');
  assert.equal(card.sent, ['00b00000c8', '00c0000003', '00c0000001']);
});

exchanges('6100 asks for 256', async () => {
  const card = inTurn('6100', '019000');
  await told(card);
  assert.is(card.sent[1], '00c0000000');
});

exchanges('6Cxx is followed by the same command with that length, once', async () => {
  const card = inTurn('6c10', '019000');
  assert.is(await told(card), '01 9000');
  assert.equal(card.sent, ['00b00000c8', '00b0000010']);
  const endless = inTurn('6c10');
  assert.is(await told(endless), 'CARD_FAULT');
  assert.is(endless.sent.length, 2);
});

exchanges('a 6Cxx within a chain of 61xx is followed once each time', async () => {
  const card = inTurn('6105', '6c02', '01026102', '03049000');
  assert.is(await told(card), '01020304 9000');
  assert.equal(card.sent.slice(1), ['00c0000005', '00c0000002', '00c0000002']);
});

exchanges('a command that is sent once is sent alone: nothing goes with it or after it unasked', async () => {
  const announced: Array<number | undefined> = [];
  const { session } = inTurn('9000');
  const spied = {
    ...session,
    transmit: (...[command, ahead]: Parameters<typeof session.transmit>) => {
      announced.push(ahead?.length);
      return session.transmit(command, ahead);
    },
  };
  await exchange(spied, { ...read, once: true }, () => [read]);
  await exchange(spied, read, () => [read]);
  assert.equal(announced, [undefined, 1]);
});

exchanges('a command that is sent once is not sent again for anything', async () => {
  const card = inTurn('6c10');
  assert.is(await told(card, { cla: 0, ins: 0x20, p1: 0, p2: 1, once: true }), ' 6c10');
  assert.is(card.sent.length, 1);
});

exchanges(
  'no endless chain: more that is nothing, more rounds or more octets than any card needs',
  async () => {
    const nothing = inTurn('6110');
    assert.is(await told(nothing), 'CARD_FAULT');
    assert.is(nothing.sent.length, 2);
    const drops = inTurn('016101');
    assert.is(await told(drops), 'CARD_FAULT');
    assert.is(drops.sent.length, exchangeLimits.rounds + 1);
    const flood = inTurn(`${'00'.repeat(30_000)}6100`);
    assert.is(await told(flood), 'CARD_FAULT');
    assert.is(flood.sent.length, 3);
  },
);

exchanges('an answer of under two octets is a card that is gone', async () => {
  assert.is(await told(inTurn('')), 'CARD_REMOVED');
  assert.is(await told(inTurn('90')), 'CARD_REMOVED');
  assert.is(await told(inTurn('6110', '')), 'CARD_REMOVED');
});

exchanges('a link of a chain that is not taken ends it', async () => {
  const data = new Uint8Array(600);
  const card = inTurn('9000', '6883', '9000');
  const answered = await exchangeChain(card.session, { cla: 0, ins: 0x87, p1: 7, p2: 0x9c, data, le: 256 });
  assert.is(E.isRight(answered) ? answered.right.sw : 0, 0x6883);
  assert.equal(
    card.sent.map((command) => command.slice(0, 10)),
    ['1087079cff', '1087079cff'],
  );
});

exchanges('what was sent is overwritten afterwards', async () => {
  const lent: Uint8Array[] = [];
  const { session } = inTurn('9000');
  const spied = {
    ...session,
    transmit: (command: Uint8Array) => {
      lent.push(command);
      return session.transmit(command);
    },
  };
  await exchange(spied, { cla: 0, ins: 0x20, p1: 0, p2: 1, data: Uint8Array.of(1, 2, 3), once: true });
  assert.ok(lent[0]?.every((octet) => octet === 0));
});

exchanges(
  'every fault of a transport is a fault of the card port; a reset by another program is CARD_BUSY',
  () => {
    const codes: ReadonlyArray<[TransportFault['code'], CardFault['code']]> = [
      ['NO_PCSC', 'NO_PCSC'],
      ['NO_READER', 'NO_READER'],
      ['NO_CARD', 'NO_CARD'],
      ['CARD_REMOVED', 'CARD_REMOVED'],
      ['CARD_BUSY', 'CARD_BUSY'],
      ['CARD_RESET', 'CARD_BUSY'],
      ['TIMEOUT', 'TIMEOUT'],
      ['TRANSPORT', 'CARD_FAULT'],
      ['CLOSED', 'CANCELLED'],
    ];
    for (const [from, to] of codes) assert.is(faultOfTransport(transportFault(from, 'x')).code, to);
  },
);

exchanges('a transport that throws is a fault', async () => {
  const session = {
    atr: new Uint8Array(0),
    transmit: () => async () => {
      throw new Error('secret');
    },
    end: async () => undefined,
  };
  const answered = await exchange(session, read);
  assert.is(E.isLeft(answered) ? answered.left.code : '', 'CARD_FAULT');
  assert.not.match(JSON.stringify(answered), 'secret');
});

exchanges(
  'any octets that a card may answer end in a value, after a bounded number of commands',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 }),
        async (answers) => {
          const card = scripted((_, at) => hex(answers[at % answers.length] ?? new Uint8Array(0)));
          const answered = await exchange(card.session, read);
          assert.ok(E.isLeft(answered) || answered.right.data.length <= exchangeLimits.octets);
          assert.ok(card.sent.length <= 2 * exchangeLimits.rounds + 2);
        },
      ),
    );
  },
);

exchanges(
  'any chain of 61xx and 6Cxx ends in bounded time, and brings the data of its links in their order',
  async () => {
    const link = fc.record({
      data: fc.uint8Array({ maxLength: 40 }),
      word: fc.constantFrom(0x6100, 0x6101, 0x61ff, 0x6c00, 0x6c01, 0x6cff, 0x9000, 0x6282),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(link, { minLength: 1, maxLength: 12 }), async (links) => {
        const card = scripted((_, at) => {
          const { data, word } = links[at % links.length] ?? { data: new Uint8Array(0), word: 0x9000 };
          return `${hex(data)}${word.toString(16)}`;
        });
        const answered = await exchange(card.session, read);
        assert.ok(card.sent.length <= 2 * exchangeLimits.rounds + 2);
        // Nothing but the command, GET RESPONSE, and either of them with another length.
        for (const command of card.sent) assert.match(command, /^(00b00000|00c00000)..$/);
        if (E.isLeft(answered)) return;
        const given = Array.from({ length: card.sent.length }, (_, at) => links[at % links.length]);
        const kept = given.flatMap((one) =>
          one === undefined || one.word >> 8 === 0x6c ? [] : [hex(one.data)],
        );
        assert.is(hex(answered.right.data), kept.join(''));
        assert.ok([0x9000, 0x6282].includes(answered.right.sw) || answered.right.sw >> 8 === 0x6c);
      }),
    );
  },
);

exchanges.run();

const words = suite('status words as values (ISO/IEC 7816-4 5.1.3)');

words('63Cx tells the tries, 6983 a lock', () => {
  assert.equal(statusOf(0x63c2), { kind: 'wrong', triesLeft: 2 });
  assert.equal(statusOf(0x63c0), { kind: 'wrong', triesLeft: 0 });
  assert.equal(statusOf(0x6983), { kind: 'locked' });
  assert.equal(statusOf(0x6300), { kind: 'refused', sw: 0x6300 });
});

words('only 9000 is ok', () => {
  const ok = Array.from({ length: 0x10000 }, (_, sw) => sw).filter((sw) => statusOf(sw).kind === 'ok');
  assert.equal(ok, [0x9000]);
});

words.run();
