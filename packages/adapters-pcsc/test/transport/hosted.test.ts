import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { Host } from '../../src/process/host.js';
import type { PcscRequest } from '../../src/process/pcsc-requests.js';
import { hostedTransport } from '../../src/transport/hosted.js';
import { defaultDeadlines } from '../../src/transport/hosted-parts.js';
import { type CardSession, type CardTransport, transportFault } from '../../src/transport/transport.js';

/** What a process answers; the whole of it, as it came over the channel. */
type Answers = Partial<Record<PcscRequest['op'], unknown>>;

const right = (value: unknown): unknown => ({ _tag: 'Right', right: value });
const left = (code: string): unknown => ({
  _tag: 'Left',
  left: { _tag: 'TransportFault', code, detail: '' },
});
const works: Answers = {
  list: right([]),
  watch: right(null),
  connect: right(Uint8Array.of(0x3b, 0)),
  transmit: right({ first: Uint8Array.of(0x90, 0), more: [] }),
  end: right(null),
};

/** A transport on processes that are none: what they were asked, and whether they still run. */
const world = (answers: () => Answers, worksThere = false) => {
  const hosts: Array<{
    over: boolean;
    readonly asked: Array<PcscRequest>;
    readonly tell: (event: unknown) => void;
  }> = [];
  const transport = hostedTransport({
    deadlines: defaultDeadlines,
    worksThere,
    start: (tell): Host => {
      const host = { over: false, asked: [] as Array<PcscRequest>, tell };
      hosts.push(host);
      return {
        ask: async (request) => {
          host.asked.push(request as PcscRequest);
          if (host.over) return E.left(transportFault('TRANSPORT', 'over'));
          return E.right(answers()[(request as PcscRequest).op]);
        },
        hold: () => () => undefined,
        end: async () => {
          host.over = true;
        },
        isOver: () => host.over,
      };
    },
  });
  return { transport, hosts };
};

const open = async (transport: CardTransport, reader = 'A'): Promise<CardSession> => {
  const session = await transport.connect(reader)();
  if (E.isLeft(session)) throw new Error(session.left.code);
  return session.right;
};

const code = (answer: E.Either<{ readonly code: string }, unknown>): string =>
  E.isLeft(answer) ? answer.left.code : 'done';

const command = (): Uint8Array => Uint8Array.of(0, 0x20, 0, 0x80, 6, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36);

const hosted = suite('a transport over processes');

hosted('a card that cannot be let go is let go with its process: the service resets it then', async () => {
  const { transport, hosts } = world(() => ({ ...works, end: left('TRANSPORT') }));
  const session = await open(transport);
  await session.end();
  assert.ok(hosts.at(-1)?.over);
  await open(transport);
  assert.is(hosts.length, 2);
});

hosted(
  'two connections to one reader at once: one is made, the other is busy, and the card is asked for once',
  async () => {
    const { transport, hosts } = world(() => works);
    const both = await Promise.all([transport.connect('A')(), transport.connect('A')()]);
    assert.equal(both.map(code).sort(), ['CARD_BUSY', 'done']);
    assert.is(hosts[0]?.asked.length, 1);
  },
);

hosted('a connection that is made while the transport closes is let go, and told as CLOSED', async () => {
  const { transport, hosts } = world(() => works);
  const connecting = transport.connect('A')();
  const closing = transport.close();
  assert.is(code(await connecting), 'CLOSED');
  await closing;
  assert.ok(hosts.every(({ over }) => over));
});

hosted('after its first fault a session asks for nothing more', async () => {
  let answers: Answers = { ...works, transmit: left('CARD_RESET') };
  const { transport, hosts } = world(() => answers);
  const session = await open(transport);
  assert.is(code(await session.transmit(command())()), 'CARD_RESET');
  answers = works;
  const asked = hosts[0]?.asked.length;
  assert.is(code(await session.transmit(command())()), 'CARD_RESET');
  assert.is(hosts[0]?.asked.length, asked);
});

hosted('a process whose card was let go is kept for the next', async () => {
  const { transport, hosts } = world(() => works);
  for (let time = 0; time < 3; time += 1) await (await open(transport)).end();
  assert.is(hosts.length, 1);
  assert.not.ok(hosts[0]?.over);
});

hosted('a reader that is not there keeps no process', async () => {
  const { transport, hosts } = world(() => ({ ...works, connect: left('NO_READER') }));
  for (const reader of ['A', 'B', 'A']) assert.is(code(await transport.connect(reader)()), 'NO_READER');
  assert.ok(hosts.every(({ over }) => over));
});

const nonsense: ReadonlyArray<unknown> = [
  undefined,
  null,
  7,
  'Right',
  {},
  { _tag: 'Both' },
  { _tag: 'Left' },
  left(''),
];

hosted('an answer that is none is TRANSPORT, and no promise of the port rejects', async () => {
  for (const answer of nonsense) {
    let answers: Answers = { list: answer, watch: answer, connect: answer, transmit: answer, end: answer };
    const { transport } = world(() => answers);
    assert.is(code(await transport.list()()), 'TRANSPORT');
    assert.is(code(await transport.watch(() => undefined)()), 'TRANSPORT');
    assert.is(code(await transport.connect('A')()), 'TRANSPORT');
    answers = { ...works, transmit: answer };
    const session = await open(transport);
    assert.is(code(await session.transmit(command())()), 'TRANSPORT');
    answers = { ...works, end: answer };
    await session.end();
    await transport.close();
  }
});

hosted(
  'a connection without an answer to reset, a list and an exchange that are none, are TRANSPORT',
  async () => {
    for (const answer of [undefined, null, 'text', [7], {}, { first: [0x90, 0], more: [] }].map(right)) {
      const { transport } = world(() => ({ ...works, connect: answer, list: answer }));
      const other = world(() => ({ ...works, transmit: answer }));
      assert.is(code(await (await open(other.transport)).transmit(command())()), 'TRANSPORT');
      assert.is(code(await transport.connect('A')()), 'TRANSPORT');
      assert.is(code(await transport.list()()), 'TRANSPORT');
    }
  },
);

hosted('what is no event is told to nobody', async () => {
  const { transport, hosts } = world(() => works);
  const told: unknown[] = [];
  await transport.watch((event) => told.push(event))();
  for (const event of [
    undefined,
    null,
    7,
    {},
    { watcher: 0 },
    { watcher: 0, event: null },
    { watcher: 9, event: {} },
  ])
    hosts[0]?.tell(event);
  hosts[0]?.tell({ watcher: 0, event: { type: 'reader-added', reader: 'A' } });
  assert.equal(told, [{ type: 'reader-added', reader: 'A' }]);
});

hosted('GEPI-17: the octets of a command are not kept once it has been answered', async () => {
  const { transport, hosts } = world(() => works);
  const session = await open(transport);
  const given = command();
  assert.is(code(await session.transmit(given)()), 'done');
  const sent = hosts[0]?.asked.flatMap((request) => (request.op === 'transmit' ? [request.command] : []));
  assert.is(sent?.length, 1);
  assert.ok(sent?.[0]?.every((octet) => octet === 0));
  assert.equal(given, command());
});

const begun = async (transport: CardTransport, reader = 'A') => {
  const work = await transport.work?.(reader)();
  if (work === undefined || E.isLeft(work)) throw new Error(work?.left.code ?? 'no work there');
  return work.right;
};

hosted('only what has processes of its own has the drivers work in them', () => {
  assert.is(world(() => works).transport.work, undefined);
  assert.type(world(() => works, true).transport.work, 'function');
});

hosted('steps and the end are asked for behind the connection, and wait for nothing', async () => {
  const opened = { _tag: 'Right', right: 'as it came' };
  const { transport, hosts } = world(() => ({ ...works, step: right(opened) }), true);
  const work = await begun(transport);
  const step = work.ask({ op: 'open', patience: 1_000 })();
  const end = work.end();
  assert.equal(
    hosts[0]?.asked.map(({ op }) => op),
    ['connect', 'step', 'end'],
  );
  assert.equal(await step, E.right(opened));
  await end;
  assert.is(code(await work.ask({ op: 'open', patience: 1_000 })()), 'CLOSED');
  await work.end();
  assert.is(hosts[0]?.asked.length, 3);
});

hosted(
  'what the connection lacks is what each step answers, and the reader is free after the end',
  async () => {
    let answers: Answers = { ...works, connect: left('NO_CARD'), step: left('TRANSPORT') };
    const { transport } = world(() => answers, true);
    const work = await begun(transport);
    assert.is(code(await work.ask({ op: 'open', patience: 1_000 })()), 'NO_CARD');
    await work.end();
    answers = works;
    await (await open(transport)).end();
  },
);

hosted('a card at which the drivers work is busy for others, and a held one for them', async () => {
  const { transport } = world(() => works, true);
  const work = await begun(transport);
  assert.is(code(await transport.connect('A')()), 'CARD_BUSY');
  await work.end();
  const session = await open(transport);
  assert.is(code((await transport.work?.('A')()) ?? E.right(undefined)), 'CARD_BUSY');
  await session.end();
  await transport.close();
  assert.is(code((await transport.work?.('A')()) ?? E.right(undefined)), 'CLOSED');
});

hosted('work that cannot be let go is let go with its process', async () => {
  const { transport, hosts } = world(() => ({ ...works, end: left('TRANSPORT') }), true);
  await (await begun(transport)).end();
  assert.ok(hosts.at(-1)?.over);
});

hosted('the end of a transport lets go the card at which drivers work', async () => {
  const { transport, hosts } = world(() => works, true);
  await begun(transport);
  await transport.close();
  assert.equal(
    hosts.flatMap(({ asked }) => asked.map(({ op }) => op)),
    ['connect', 'end'],
  );
  assert.ok(hosts.every(({ over }) => over));
});

hosted.run();
