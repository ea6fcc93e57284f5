import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { octetsOf } from '../../src/apdu/octets.js';
import { transmitAhead } from '../../src/process/transmit-ahead.js';

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

/** A card that answers one after the other, then fails. */
const cardOf = (...answers: ReadonlyArray<string>) => {
  const sent: string[] = [];
  const card = {
    atr: new Uint8Array(0),
    transmit: async (command: Uint8Array) => {
      const answer = answers[sent.length];
      sent.push(hex(command));
      if (answer === undefined) throw new Error('pulled out');
      return octetsOf(answer);
    },
    end: async () => undefined,
  };
  return { card, sent };
};

const [first, second, third] = ['00a40000', '00b00000', '00b00100'].map(octetsOf);
const sentAhead = async (answers: ReadonlyArray<string>, ...ahead: ReadonlyArray<Uint8Array | undefined>) => {
  const { card, sent } = cardOf(...answers);
  const told = await transmitAhead(
    card,
    first ?? new Uint8Array(0),
    ahead.flatMap((one) => (one === undefined ? [] : [one])),
  );
  return { sent, told: [hex(told.first), ...told.more.map(({ answer }) => hex(answer))] };
};

const ahead = suite('commands that are sent before they are asked for');

ahead('without a word of what follows nothing is sent but the command', async () => {
  const { card, sent } = cardOf('6110');
  const told = await transmitAhead(card, octetsOf('00a40000'), undefined);
  assert.equal([hex(told.first), told.more, sent], ['6110', [], ['00a40000']]);
});

ahead(
  'what is announced follows as long as the answers are 9000, and stops at the first that is not',
  async () => {
    assert.equal((await sentAhead(['9001', '9000'], second)).sent, ['00a40000']);
    assert.equal(await sentAhead(['9000', '019000', '6a82', '9000'], second, third, third), {
      sent: ['00a40000', '00b00000', '00b00100'],
      told: ['9000', '019000', '6a82'],
    });
  },
);

ahead('ISO/IEC 7816-4 5.1.3: an answer that goes on is fetched before what is announced', async () => {
  assert.equal(await sentAhead(['016102', '02039000', '049000'], second), {
    sent: ['00a40000', '00c0000002', '00b00000'],
    told: ['016102', '02039000', '049000'],
  });
});

ahead('a card that goes in the middle is told to whoever asks for what it did not answer', async () => {
  assert.equal(await sentAhead(['9000', '019000'], second, third), {
    sent: ['00a40000', '00b00000', '00b00100'],
    told: ['9000', '019000'],
  });
});

ahead('a card that always has more is left in the end, to be asked anew', async () => {
  const { sent } = await sentAhead(Array.from({ length: 500 }, () => '016110'));
  assert.ok(sent.length < 50);
});

ahead('no answer at all, and one octet, end it', async () => {
  for (const answer of ['', '90']) {
    assert.is((await sentAhead([answer, '9000'], second)).sent.length, 1);
  }
});

ahead.run();
