/** Rules for lists and watching. */
import { octetsOf } from '../../replay/script.js';
import { ruleCardAtr, ruleCommands } from './card.js';
import {
  connected,
  ensure,
  ensureSame,
  isOf,
  refused,
  say,
  succeed,
  type TransportRule,
  watched,
} from './rule.js';

const { echo } = ruleCommands;
const atr = octetsOf(ruleCardAtr);
const many = [1, 2, 3, 4, 5, 6];

export const overviewRules: ReadonlyArray<TransportRule> = [
  {
    name: 'a list names every reader, with the answer to reset of the card in it and none where it is empty',
    sessions: [],
    run: async ({ transport, reader, otherReader, insert }) => {
      await insert(reader);
      const states = [...(await succeed(transport().list(), 'list'))];
      const sorted = states.sort((a, b) => (a.reader < b.reader ? -1 : 1));
      ensureSame(sorted, [{ reader, atr }, { reader: otherReader }], 'list');
    },
  },
  {
    name: 'a list after a change tells the change',
    sessions: [],
    run: async ({ transport, reader, insert, pull }) => {
      const program = transport();
      const cards = async (): Promise<number> =>
        (await succeed(program.list(), 'list')).filter((state) => state.atr !== undefined).length;
      const diary = await watched(program);
      ensureSame(await cards(), 0, 'cards in empty readers');
      await insert(reader);
      await diary.until(isOf('card-inserted', reader));
      ensureSame(await cards(), 1, 'cards after one was put in');
      await pull(reader);
      await diary.until(isOf('card-removed', reader));
      ensureSame(await cards(), 0, 'cards after it was pulled out');
    },
  },
  {
    name: 'who watches is told the present state first: the readers, then the cards in them',
    sessions: [],
    run: async ({ transport, reader, otherReader, insert }) => {
      await insert(reader);
      const { events, until } = await watched(transport());
      await until(isOf('reader-added', reader));
      await until(isOf('reader-added', otherReader));
      await until(isOf('card-inserted', reader));
      ensureSame(events.length, 3, 'events of the present state');
      const added = events.findIndex(isOf('reader-added', reader));
      const inserted = events.findIndex(isOf('card-inserted', reader));
      ensure(added < inserted, 'a card was told before its reader');
    },
  },
  {
    name: 'a card put in is told with its answer to reset, pulled out without, and again when it comes back',
    sessions: [],
    run: async ({ transport, reader, insert, pull }) => {
      const { events, until } = await watched(transport());
      await insert(reader);
      await until(isOf('card-inserted', reader));
      await pull(reader);
      await until(isOf('card-removed', reader));
      await insert(reader);
      await until(isOf('card-inserted', reader), 2);
      const inserted = { type: 'card-inserted', reader, atr };
      ensureSame(
        events.filter(({ type }) => type !== 'reader-added'),
        [inserted, { type: 'card-removed', reader }, inserted],
        'events of a card',
      );
    },
  },
  {
    name: 'each who watches is told everything; who has stopped is told nothing, and may stop twice',
    sessions: [],
    run: async ({ transport, reader, insert, pull }) => {
      const program = transport();
      const first = await watched(program);
      const second = await watched(program);
      await insert(reader);
      await first.until(isOf('card-inserted', reader));
      await second.until(isOf('card-inserted', reader));
      await first.close();
      await first.close();
      const before = first.events.length;
      await pull(reader);
      await second.until(isOf('card-removed', reader));
      ensureSame(first.events.length, before, 'events after the end of watching');
    },
  },
  {
    name: 'a reader taken away is told after its card, and told anew when it comes back',
    sessions: [],
    needs: 'readers',
    run: async ({ transport, reader, insert, readers }) => {
      await insert(reader);
      const { events, until } = await watched(transport());
      await until(isOf('card-inserted', reader));
      await readers?.remove(reader);
      await until(isOf('reader-removed', reader));
      const out = events.findIndex(isOf('card-removed', reader));
      ensure(
        out >= 0 && out < events.findIndex(isOf('reader-removed', reader)),
        'the card was not told first',
      );
      await readers?.add(reader);
      await until(isOf('reader-added', reader), 2);
    },
  },
  {
    name: 'a service that goes is told once, and when it is back everything is told anew and works',
    sessions: [[echo(1)], [echo(2)]],
    run: async ({ transport, reader, otherReader, insert, service }) => {
      await insert(reader);
      const program = transport();
      const { events, until } = await watched(program);
      await until(isOf('card-inserted', reader));
      const session = await connected(program, reader);
      ensureSame(await say(session, echo(1)), '019000', 'echo');
      await service.lose();
      await until(isOf('service-lost'));
      await refused(program.list(), ['NO_PCSC'], 'a list without the service');
      await refused(program.connect(otherReader), ['NO_PCSC'], 'a connection without the service');
      await refused(
        session.transmit(echo(2)),
        ['NO_PCSC', 'TRANSPORT', 'CARD_REMOVED'],
        'an exchange without it',
      );
      await session.end();
      await service.restore();
      await until(isOf('service-back'));
      await until(isOf('reader-added', reader), 2);
      await until(isOf('reader-added', otherReader), 2);
      await until(isOf('card-inserted', reader), 2);
      ensureSame(events.filter(isOf('service-lost')).length, 1, 'times that the loss was told');
      const again = await connected(program, reader);
      ensureSame(await say(again, echo(2)), '029000', 'echo after the service came back');
    },
  },
  {
    name: 'while the service is away every question is NO_PCSC, however often; the first after it is back is answered',
    sessions: [[echo(1)], [echo(2)], [echo(3)]],
    run: async ({ transport, reader, insert, service }) => {
      await insert(reader);
      const program = transport();
      for (const time of [1, 2, 3]) {
        const session = await connected(program, reader);
        ensureSame(await say(session, echo(time)), `0${time}9000`, 'echo');
        // Once with a card in hand, once without.
        if (time === 1) await session.end();
        if (time === 3) return;
        const listed = await succeed(program.list(), 'list');
        ensureSame(listed.length, 2, 'readers');
        await service.lose();
        await session.end();
        for (const _ of many) await refused(program.connect(reader), ['NO_PCSC'], 'a connection');
        for (const _ of many) await refused(program.list(), ['NO_PCSC'], 'a list');
        await service.restore();
      }
    },
  },
  {
    name: 'without the service a list, watching and a connection are refused at once as NO_PCSC',
    sessions: [],
    run: async ({ transport, reader, service }) => {
      await service.lose();
      const program = transport();
      await refused(program.list(), ['NO_PCSC'], 'list');
      await refused(
        program.watch(() => undefined),
        ['NO_PCSC'],
        'watch',
      );
      await refused(program.connect(reader), ['NO_PCSC'], 'connect');
    },
  },
];
