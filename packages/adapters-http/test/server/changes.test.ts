import { gepiCatalogue } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startServer } from '../../src/node/index.js';
import { type Change, type ChangeSource, fromStart } from '../../src/server/changes.js';
import { eventStream } from '../../src/server/changes-stream/event-stream.js';
import { openStreams } from '../../src/server/changes-stream/open-streams.js';
import type { SignInFault } from '../../src/server/staff.js';
import { right, until } from '../support.js';
import { browser, refusalOf, showAll } from './support/counter.js';
import { type Filled, filled } from './support/filled.js';
import { type Office, openOffice, origin } from './support/office.js';
import { as, ports } from './support/staff.js';

// -------------------------------------------------------------------------------------
// support
// -------------------------------------------------------------------------------------

/** What an EventSource makes of a stream: its events, comments, and whether it ended. */
const reading = (body: ReadableStream<Uint8Array>) => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const seen = {
    events: [] as { id: string; data: Record<string, unknown> }[],
    comments: 0,
    ended: false,
    raw: '',
  };
  const work = (async () => {
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const text = decoder.decode(value, { stream: true });
      seen.raw += text;
      rest += text;
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line): [string, string] => {
            const at = line.indexOf(':');
            return [line.slice(0, at), line.slice(at + 1).trim()];
          }),
        );
        const data = fields.get('data');
        if (data === undefined) seen.comments++;
        else
          seen.events.push({ id: fields.get('id') ?? '', data: JSON.parse(data) as Record<string, unknown> });
      }
    }
    seen.ended = true;
  })();
  return { seen, stop: () => reader.cancel(), ended: work };
};

const change = (position: string, agencyCode: string | null = 'EX001', type = 'AgencySuspended'): Change => ({
  position,
  type,
  agencyCode,
  event: undefined,
});

/** A source by hand: batches are given one by one. */
const source = () => {
  const waiting: ((batch: ReadonlyArray<Change> | undefined) => void)[] = [];
  const given: (ReadonlyArray<Change> | undefined)[] = [];
  let fetched = 0;
  let returned = false;
  const changes: ChangeSource = {
    after: async function* (_, signal) {
      try {
        for (;;) {
          fetched++;
          const batch =
            given.length > 0
              ? given.shift()
              : await new Promise<ReadonlyArray<Change> | undefined>((resolve) => {
                  waiting.push(resolve);
                  signal.addEventListener('abort', () => resolve(undefined));
                });
          if (batch === undefined) return;
          yield batch;
        }
      } finally {
        returned = true;
      }
    },
  };
  return {
    changes,
    give: (batch: ReadonlyArray<Change> | undefined) => {
      const next = waiting.shift();
      if (next === undefined) given.push(batch);
      else next(batch);
    },
    fetched: () => fetched,
    returned: () => returned,
  };
};

const options = (changes: ChangeSource) => ({
  changes,
  after: undefined,
  wanted: () => true,
  mayStill: () => Promise.resolve(true),
  signals: [new AbortController().signal],
  heartbeatMilliseconds: 60_000,
  stalledMilliseconds: 60_000,
  onEnd: () => {},
});

// -------------------------------------------------------------------------------------
// stream
// -------------------------------------------------------------------------------------

const stream = suite('a stream of changes');

stream('it tells place, type and agency of each change, and nothing else', async () => {
  const { changes, give } = source();
  const { seen, stop } = reading(eventStream(options(changes)));
  give([change('p1'), change('p2', null, 'TermsPublished')]);
  await until(() => seen.events.length === 2);
  assert.equal(seen.events, [
    { id: 'p1', data: { position: 'p1', type: 'AgencySuspended', agencyCode: 'EX001' } },
    { id: 'p2', data: { position: 'p2', type: 'TermsPublished', agencyCode: null } },
  ]);
  await stop();
});

stream('it begins at once, and says that it is alive while nothing happens', async () => {
  const { changes, give } = source();
  const { seen, stop } = reading(eventStream({ ...options(changes), heartbeatMilliseconds: 2 }));
  await until(() => seen.comments > 3);
  // What comes after many heartbeats is not lost with one of them.
  give([change('p1')]);
  await until(() => seen.events.length === 1);
  await stop();
});

stream('changes that are not for the reader are not told, and no heartbeat stands for them', async () => {
  const { changes, give } = source();
  const { seen, stop } = reading(
    eventStream({ ...options(changes), wanted: ({ agencyCode }) => agencyCode === 'EX001' }),
  );
  give([change('p1', 'EX002'), change('p2'), change('p3', null)]);
  give([change('p4', 'EX002')]);
  give([change('p5')]);
  await until(() => seen.events.length === 2);
  assert.equal(
    seen.events.map(({ id }) => id),
    ['p2', 'p5'],
  );
  assert.not.match(seen.raw, /EX002|p1|p3|p4/);
  await stop();
});

stream('a position or type cannot break out of its line', async () => {
  const { changes, give } = source();
  const { seen, stop } = reading(eventStream(options(changes)));
  give([change('p1\ndata: x\n\nid: y', 'EX001', 'A\n\ndata: z')]);
  give([change('p2')]);
  await until(() => seen.events.length === 2);
  assert.equal(
    seen.events.map(({ id, data }) => [id, data['type']]),
    [
      ['', 'A\n\ndata: z'],
      ['p2', 'AgencySuspended'],
    ],
  );
  await stop();
});

stream('nothing is fetched before the reader has taken what was sent', async () => {
  const { changes, give, fetched } = source();
  const reader = eventStream(options(changes)).getReader();
  assert.is(fetched(), 0);
  await reader.read();
  for (let i = 0; i < 5; i++) give([change(`p${i}`)]);
  await reader.read();
  assert.ok(fetched() <= 2, String(fetched()));
  await reader.cancel();
});

stream('a reader who takes nothing is dropped, and its source with it', async () => {
  const { changes, give, returned } = source();
  let ends = 0;
  const reader = eventStream({
    ...options(changes),
    stalledMilliseconds: 5,
    onEnd: () => void ends++,
  }).getReader();
  await reader.read();
  give([change('p1')]);
  await until(() => ends === 1 && returned());
  assert.is((await reader.read()).done, true);
});

stream(
  'it ends when it is told to, when the source ends, and when the reader goes away; each time once',
  async () => {
    for (const how of ['signal', 'source', 'reader', 'before']) {
      const { changes, give, returned } = source();
      const stopping = new AbortController();
      if (how === 'before') stopping.abort();
      let ends = 0;
      const made = reading(
        eventStream({ ...options(changes), signals: [stopping.signal], onEnd: () => void ends++ }),
      );
      if (how !== 'before') await until(() => made.seen.comments > 0);
      if (how === 'signal') stopping.abort();
      if (how === 'source') give(undefined);
      if (how === 'reader') await made.stop();
      await made.ended;
      await until(() => ends > 0 && (how === 'before' || returned()));
      assert.is(ends, 1, how);
    }
  },
);

stream('whose right has ended hears of nothing any more', async () => {
  const { changes, give } = source();
  let may = true;
  const { seen, ended } = reading(eventStream({ ...options(changes), mayStill: () => Promise.resolve(may) }));
  give([change('p1')]);
  await until(() => seen.events.length === 1);
  may = false;
  give([change('p2')]);
  await ended;
  assert.is(seen.events.length, 1);
});

stream('a source that fails ends the stream', async () => {
  const changes: ChangeSource = {
    // biome-ignore lint/correctness/useYield: it fails before there is anything to tell
    after: async function* () {
      throw new Error('the store is gone');
    },
  };
  const { seen, ended } = reading(eventStream(options(changes)));
  await ended;
  assert.is(seen.ended, true);
});

stream('so many of all, so many of one; who ends makes room, once', () => {
  const streams = openStreams(3, 2);
  const first = streams.open('a');
  assert.ok(streams.open('a'));
  assert.is(streams.open('a'), undefined);
  assert.ok(streams.open('b'));
  assert.is(streams.open('c'), undefined);
  first?.();
  first?.();
  assert.is(streams.count(), 2);
  assert.ok(streams.open('c'));
  assert.is(streams.open('c'), undefined);
});

stream.run();

// -------------------------------------------------------------------------------------
// route
// -------------------------------------------------------------------------------------

const test = suite<{ office: Office; past: Filled }>('GET /changes');

test.before.each(async (context) => {
  context.office = await openOffice({ app: { ...ports, limits: { heartbeatMilliseconds: 20 } } });
  context.past = await filled(context.office);
});

test.after.each(async ({ office }) => {
  await office.close();
});

const openIn = async (app: Pick<Office['app'], 'fetch'>, headers: Record<string, string>) => {
  const answer = await app.fetch(new Request(`${origin}/changes`, { headers }));
  if (answer.status !== 200 || answer.body === null) throw new Error(`no stream: ${answer.status}`);
  return { answer, ...reading(answer.body) };
};

const open = (office: Office, headers: Record<string, string>) => openIn(office.app, headers);

const mirror = { authorization: 'Bearer mirror' };
const suspend = (office: Office, agencyCode: string) =>
  office.byStaff({ type: 'SuspendAgency', agencyCode, reason: 'audit' });

test('a client hears of everything from now on, and a store’s positions lead on from where it was', async ({
  office,
}) => {
  const { answer, seen, stop } = await open(office, mirror);
  assert.is(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.is(answer.headers.get('cache-control'), 'no-store');
  await until(() => seen.comments > 0);
  await suspend(office, 'EX001');
  await suspend(office, 'EX002');
  await until(() => seen.events.length === 2);
  await stop();
  const again = await open(office, { ...mirror, 'last-event-id': seen.events[0]?.id ?? '' });
  await until(() => again.seen.events.length === 1);
  assert.equal(again.seen.events, seen.events.slice(1));
  await again.stop();
});

test('nothing personal is in it, from the first event of all', async ({ office, past }) => {
  const first = right(await office.settings.store.readAll('start', 1)()).events[0]?.position ?? '';
  const { seen, stop } = await open(office, { ...mirror, 'last-event-id': first });
  await until(() => seen.events.some(({ id }) => id === past.last));
  assert.not.match(
    seen.raw,
    /林示範|許示範|王小明|陳大文|[A-Z][12]\d{8}|[0-9a-f]{64}|MOICA|office\.example|2192/,
  );
  for (const { data } of seen.events) assert.equal(Object.keys(data), ['position', 'type', 'agencyCode']);
  await stop();
  const whole = await open(office, { ...mirror, 'last-event-id': fromStart });
  await until(() => whole.seen.events.some(({ id }) => id === past.last));
  assert.equal(whole.seen.events.slice(1), seen.events);
  assert.is(whole.seen.events[0]?.id, first);
  await whole.stop();
});

test('a session hears of its own agency alone, and of nothing once it has ended', async ({
  office,
  past,
}) => {
  const { client, cookies } = browser(office.app);
  const { first, lin } = past;
  await showAll(
    client,
    { purpose: 'delegation', agencyCode: 'EX001' },
    { card: first.card },
    { card: lin.card, nationalId: lin.nationalId },
  );
  const { seen, ended } = await open(office, { cookie: cookies.header() ?? '', 'user-agent': 'Test/1.0' });
  await until(() => seen.comments > 0);
  await suspend(office, 'EX002');
  office.clock.advance(1000);
  await past.first.change(past.wangId, past.wang, ['premium-edit']);
  await until(() => seen.events.length > 0);
  // The menu is nobody's own: a page that waits for it asks for the menu.
  await office.byStaff({ type: 'PublishCatalogue', version: 2, entries: gepiCatalogue });
  office.clock.advance(1000);
  const before = seen.events.length;
  await past.first.change(past.wangId, past.wang, ['premium-edit', 'premium-send']);
  await until(() => seen.events.length > before);
  assert.ok(seen.events.every(({ data }) => data['agencyCode'] === 'EX001'));
  right(await client.endSession());
  await ended;
  assert.not.match(seen.raw, /EX002/);
});

test('staff who have signed out and clients who lost their token hear of nothing any more', async ({
  office,
  past,
}) => {
  for (const who of ['all-1', 'mirror']) {
    let known = true;
    const asked: boolean[] = [];
    const unless = <F extends (request: Request) => TE.TaskEither<SignInFault, unknown>>(ask: F): F =>
      ((request: Request) => (known ? ask(request) : TE.right(undefined))) as F;
    const app = office.serve({
      ...{ limits: { heartbeatMilliseconds: 20 } },
      staff: {
        ...ports.staff,
        stillIn: (request) => {
          asked.push(known);
          return unless(ports.staff.authenticate)(request);
        },
      },
      clients: { authenticate: unless(ports.clients.authenticate) },
    });
    const { seen, ended } = await openIn(app, { authorization: `Bearer ${who}` });
    await until(() => seen.comments > 3);
    assert.not(seen.ended);
    known = false;
    await ended;
    await suspend(office, who === 'mirror' ? 'EX001' : 'EX002');
    assert.equal(seen.events, [], past.last);
    assert.is(asked.length > 1, who === 'all-1');
    await app.close();
  }
});

test('a port that does not answer any more vouches for nobody, and another scope is not this one', async ({
  office,
}) => {
  const other = { account: 'other', roles: ['auditor'] as const };
  for (const answer of [TE.left({ detail: 'gone' }), TE.right(other)]) {
    const app = office.serve({
      limits: { heartbeatMilliseconds: 20 },
      staff: { ...ports.staff, stillIn: () => answer },
    });
    const { ended } = await openIn(app, { authorization: 'Bearer all-1' });
    await ended;
    await app.close();
  }
  const answers = [
    TE.left({ detail: 'gone' }),
    TE.right({ id: 'mirror', scopes: ['decide'] as const }),
    TE.right({ id: 'other', scopes: ['read'] as const }),
  ];
  for (const answer of answers) {
    let times = 0;
    const app = office.serve({
      limits: { heartbeatMilliseconds: 20 },
      clients: {
        authenticate: (request) => (times++ === 0 ? ports.clients.authenticate(request) : answer),
      },
    });
    const { ended } = await openIn(app, mirror);
    await ended;
    assert.is(times, 2);
    await app.close();
  }
});

test('an open stream keeps no session alive', async ({ office, past }) => {
  const { client, cookies } = browser(office.app);
  const { first, lin } = past;
  await showAll(
    client,
    { purpose: 'delegation', agencyCode: 'EX001' },
    { card: first.card },
    { card: lin.card, nationalId: lin.nationalId },
  );
  const { seen, ended } = await open(office, { cookie: cookies.header() ?? '', 'user-agent': 'Test/1.0' });
  await until(() => seen.comments > 2);
  for (let minute = 0; minute < 16; minute++) {
    office.clock.advance(60_000);
    const before = seen.comments;
    await until(() => seen.comments > before || seen.ended);
  }
  await ended;
});

test('a place that no store gave ends the stream, and harms nobody', async ({ office }) => {
  const { ended } = await open(office, { ...mirror, 'last-event-id': 'nowhere' });
  await ended;
});

test('who may not hear is told so', async ({ office }) => {
  const code = async (headers: Record<string, string>): Promise<string> => {
    const answer = await office.app.fetch(new Request(`${origin}/changes`, { headers }));
    return ((await answer.json()) as { code: string }).code;
  };
  assert.is(await code({}), 'SESSION_REQUIRED');
  assert.is(await code({ authorization: 'Bearer gate' }), 'FORBIDDEN');
  assert.is(await code({ ...mirror, 'last-event-id': 'a b' }), 'INVALID_INPUT');
  assert.is(await code({ ...mirror, 'last-event-id': 'x'.repeat(201) }), 'INVALID_INPUT');
  const deaf = office.serve({ changes: undefined as never });
  assert.is(refusalOf(await as('mirror', deaf).changes()), 'UNAVAILABLE');
});

test('HEAD opens no stream: nobody would read it, and it would count until the program ends', async ({
  office,
}) => {
  const app = office.serve({ limits: { streamsOfOne: 2 } });
  const server = right(await startServer({ fetch: app.fetch, port: 0 })());
  try {
    for (let times = 0; times < 3; times++) {
      const head = { method: 'HEAD', headers: mirror };
      for (const answer of [
        await app.fetch(new Request(`${origin}/changes`, head)),
        await fetch(`${server.url}/changes`, head),
      ]) {
        assert.equal([answer.status, await answer.text()], [200, '']);
        assert.is(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8');
      }
    }
    const { seen, stop } = await openIn(app, mirror);
    await until(() => seen.comments > 0);
    await stop();
  } finally {
    await server.stop();
  }
});

test('a reader has so many streams at a time; closing the program ends them all', async ({ office }) => {
  const app = office.serve({ limits: { streamsOfOne: 2 } });
  const get = () => app.fetch(new Request(`${origin}/changes`, { headers: mirror }));
  const answers = [await get(), await get(), await get()];
  assert.equal(
    answers.map(({ status }) => status),
    [200, 200, 429],
  );
  const streams = answers.slice(0, 2).map(({ body }) => reading(body as ReadableStream<Uint8Array>));
  await until(() => streams.every(({ seen }) => seen.comments > 0));
  await app.close();
  await Promise.all(streams.map(({ ended }) => ended));
  assert.ok(streams.every(({ seen }) => seen.ended));
});

test.run();
