/** Rules for one card that is held. */
import * as E from 'fp-ts/lib/Either.js';

import { hexOf } from '../../replay/script.js';
import { ruleCardAtr, ruleCommands } from './card.js';
import { connected, ensureSame, refused, say, succeed, type TransportRule } from './rule.js';

const { echo, verify, state, leave, hang, short, long } = ruleCommands;

const many = Array.from({ length: 20 }, (_, place) => place);

/** Deadlines that pass while somebody watches the test; those of real use are long. */
const soon = { exchange: 400 };

export const sessionRules: ReadonlyArray<TransportRule> = [
  {
    name: 'a session has the answer to reset of its card',
    sessions: [[]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      ensureSame(hexOf((await connected(transport(), reader)).atr), ruleCardAtr, 'answer to reset');
    },
  },
  {
    name: 'a reader that is not there and an empty one are told apart',
    sessions: [],
    run: async ({ transport, reader }) => {
      await refused(transport().connect('No Such Reader 00'), ['NO_READER'], 'a reader that is not there');
      await refused(transport().connect(reader), ['NO_CARD'], 'an empty reader');
    },
  },
  {
    name: 'a card that is held is busy for this program and for others, and free after the end',
    sessions: [[echo(1)], [echo(2)]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const [program, other] = [transport(), transport()];
      const session = await connected(program, reader);
      await refused(program.connect(reader), ['CARD_BUSY'], 'a second connection of the same program');
      await refused(other.connect(reader), ['CARD_BUSY'], 'a connection of another program');
      ensureSame(await say(session, echo(1)), '019000', 'echo while others try');
      await session.end();
      ensureSame(await say(await connected(other, reader), echo(2)), '029000', 'echo for the other program');
    },
  },
  {
    name: 'commands go to the card in the order in which they were given, also when nobody waits between them',
    sessions: [many.map((one) => echo(one))],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const session = await connected(transport(), reader);
      const answers = await Promise.all(many.map((one) => say(session, echo(one))));
      ensureSame(
        answers,
        many.map((one) => `${one.toString(16).padStart(2, '0')}9000`),
        'answers',
      );
    },
  },
  {
    name: 'what is announced and given next is answered once and in order; given otherwise, it goes to the card anew',
    sessions: [[echo(1), echo(2), echo(3), echo(2), echo(3), echo(4)]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const session = await connected(transport(), reader);
      const first = await succeed(session.transmit(echo(1), [echo(2), echo(3)]), 'transmit');
      ensureSame(hexOf(first), '019000', 'the first');
      ensureSame(await say(session, echo(2)), '029000', 'the second');
      ensureSame(await say(session, echo(2)), '029000', 'the second again');
      ensureSame(await say(session, echo(3)), '039000', 'the third');
      ensureSame(await say(session, echo(4)), '049000', 'another');
    },
  },
  {
    name: 'a command may be overwritten as soon as it is given',
    sessions: [[echo(7)]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const session = await connected(transport(), reader);
      const command = Uint8Array.from(echo(7));
      const answer = session.transmit(command)();
      command.fill(0);
      const told = await answer;
      ensureSame(E.isRight(told) ? hexOf(told.right) : told.left, '079000', 'answer to what was given');
    },
  },
  {
    name: 'an answer longer than a short APDU comes whole',
    sessions: [[long(256), long(257), long(30_000)]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const session = await connected(transport(), reader);
      for (const length of [256, 257, 30_000]) {
        const answer = await say(session, long(length));
        ensureSame([answer.length, answer.slice(-4)], [length * 2 + 4, '9000'], `answer of ${length} octets`);
      }
    },
  },
  {
    name: 'what is no command is refused and not sent, and the session lives on',
    sessions: [[echo(1)]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const session = await connected(transport(), reader);
      const wrong: ReadonlyArray<unknown> = [
        new Uint8Array(0),
        new Uint8Array(3),
        new Uint8Array(70_000),
        '00a40400',
        undefined,
      ];
      for (const command of wrong)
        await refused(session.transmit(command as Uint8Array), ['TRANSPORT'], 'no command');
      ensureSame(await say(session, echo(1)), '019000', 'echo');
    },
  },
  ...([0, 1] as const).map(
    (length): TransportRule => ({
      name: `an answer of ${length} octets is a fault, and the session answers nothing else`,
      ...(length === 0 ? { needs: 'emptyAnswers' } : {}),
      sessions: [[short(length)], [echo(1)]],
      run: async ({ transport, reader, insert }) => {
        await insert(reader);
        const program = transport();
        const session = await connected(program, reader);
        await refused(session.transmit(short(length)), ['CARD_REMOVED', 'TRANSPORT'], 'a short answer');
        await refused(session.transmit(echo(1)), ['CARD_REMOVED', 'TRANSPORT'], 'an exchange after it');
        await session.end();
      },
    }),
  ),
  {
    name: 'a card pulled out in the middle of a command is a fault, and works again when it is put back',
    sessions: [[leave], [echo(1)]],
    run: async ({ transport, reader, insert, pull }) => {
      await insert(reader);
      const program = transport();
      const session = await connected(program, reader);
      await refused(
        session.transmit(leave),
        ['CARD_REMOVED', 'TRANSPORT'],
        'a command in which the card leaves',
      );
      await refused(session.transmit(echo(1)), ['CARD_REMOVED', 'TRANSPORT'], 'a command to no card');
      await session.end();
      await pull(reader);
      await refused(program.connect(reader), ['NO_CARD'], 'a connection to the empty reader');
      await insert(reader);
      ensureSame(await say(await connected(program, reader), echo(1)), '019000', 'echo of the card put back');
    },
  },
  {
    name: 'a card pulled out between two commands is a fault at the next',
    sessions: [[echo(1)]],
    run: async ({ transport, reader, insert, pull }) => {
      await insert(reader);
      const session = await connected(transport(), reader);
      ensureSame(await say(session, echo(1)), '019000', 'echo');
      await pull(reader);
      await refused(session.transmit(echo(2)), ['CARD_REMOVED', 'TRANSPORT'], 'a command to no card');
      await session.end();
    },
  },
  {
    name: 'the end resets the card: the next session, of whatever program, does not find the PIN verified',
    sessions: [[verify, state], [state], [state]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const program = transport();
      const session = await connected(program, reader);
      await say(session, verify);
      ensureSame(await say(session, state), '9000', 'state after the PIN was verified');
      await session.end();
      const next = await connected(program, reader);
      ensureSame(await say(next, state), '63c3', 'state in the next session');
      await next.end();
      ensureSame(await say(await connected(transport(), reader), state), '63c3', 'state for another program');
    },
  },
  {
    name: 'an end waits for what was given before it, may be called twice, and nothing is sent after it',
    sessions: [[echo(1)], [echo(2)]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const program = transport();
      const session = await connected(program, reader);
      const answer = say(session, echo(1));
      await Promise.all([session.end(), session.end()]);
      ensureSame(await answer, '019000', 'what was given before the end');
      await refused(session.transmit(echo(2)), ['CLOSED'], 'an exchange after the end');
      const next = await connected(program, reader);
      await session.end();
      ensureSame(await say(next, echo(2)), '029000', 'another session after a late second end');
    },
  },
  {
    name: 'a card that does not answer in time is TIMEOUT, and the session answers nothing else',
    sessions: [[hang]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const session = await connected(transport(soon), reader);
      await refused(session.transmit(hang), ['TIMEOUT'], 'a card that hangs');
      await refused(session.transmit(echo(1)), ['TIMEOUT', 'TRANSPORT'], 'an exchange after it');
      await session.end();
    },
  },
  {
    name: 'after a card that hung was pulled out and put back, the same program works with it, unverified',
    sessions: [[verify, hang], [state]],
    run: async ({ transport, reader, insert, pull }) => {
      await insert(reader);
      const program = transport(soon);
      const session = await connected(program, reader);
      await say(session, verify);
      await refused(session.transmit(hang), ['TIMEOUT'], 'a card that hangs');
      await session.end();
      await pull(reader);
      await insert(reader);
      ensureSame(
        await say(await connected(program, reader), state),
        '63c3',
        'state after the card came back',
      );
    },
  },
  {
    name: 'close ends sessions with a reset and watching with silence; what comes after is CLOSED; it may be called twice',
    sessions: [[verify], [state]],
    run: async ({ transport, reader, insert }) => {
      await insert(reader);
      const [program, other] = [transport(), transport()];
      const session = await connected(program, reader);
      await say(session, verify);
      await Promise.all([program.close(), program.close()]);
      await refused(session.transmit(state), ['CLOSED'], 'an exchange after close');
      await session.end();
      await refused(program.list(), ['CLOSED'], 'a list after close');
      await refused(program.connect(reader), ['CLOSED'], 'a connection after close');
      await refused(
        program.watch(() => undefined),
        ['CLOSED'],
        'watching after close',
      );
      ensureSame(await say(await connected(other, reader), state), '63c3', 'state for another program');
    },
  },
];
