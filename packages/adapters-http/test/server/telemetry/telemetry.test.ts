import {
  type Attributes,
  type Context,
  context,
  type Meter,
  type MeterProvider,
  metrics,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../../src/server/index.js';
import { right } from '../../support.js';
import { browser, showAll } from '../support/counter.js';
import { type Filled, filled } from '../support/filled.js';
import { type Office, openOffice, origin } from '../support/office.js';
import { as, ports } from '../support/staff.js';

// -------------------------------------------------------------------------------------
// a recording implementation of the API
// -------------------------------------------------------------------------------------

interface Recorded {
  readonly name: string;
  readonly kind: number | undefined;
  readonly attributes: Attributes;
  status?: number;
  ended: number;
}

const spans: Recorded[] = [];
const measured: { readonly name: string; readonly value: number; readonly attributes: Attributes }[] = [];
const gauges = new Map<string, ((result: { observe: (v: number, a?: Attributes) => void }) => unknown)[]>();

const tracerProvider: TracerProvider = {
  getTracer: () => ({
    startSpan: (name: string, options: SpanOptions = {}, _parent?: Context): Span => {
      const recorded: Recorded = {
        name,
        kind: options.kind,
        attributes: { ...options.attributes },
        ended: 0,
      };
      spans.push(recorded);
      const span = {
        setAttributes: (more: Attributes) => Object.assign(recorded.attributes, more),
        setStatus: ({ code }: { code: number }) => {
          recorded.status = code;
        },
        end: () => {
          recorded.ended++;
        },
      };
      return span as unknown as Span;
    },
    startActiveSpan: () => {
      throw new Error('not used');
    },
  }),
};

const instrument = (name: string) => ({
  record: (value: number, attributes: Attributes = {}) => void measured.push({ name, value, attributes }),
  add: (value: number, attributes: Attributes = {}) => void measured.push({ name, value, attributes }),
  addCallback: (callback: never) => void gauges.set(name, [...(gauges.get(name) ?? []), callback]),
  removeCallback: (callback: never) =>
    void gauges.set(
      name,
      (gauges.get(name) ?? []).filter((one) => one !== callback),
    ),
});

const meterProvider: MeterProvider = {
  getMeter: () =>
    ({
      createHistogram: instrument,
      createCounter: instrument,
      createObservableGauge: instrument,
    }) as unknown as Meter,
};

trace.setGlobalTracerProvider(tracerProvider);
metrics.setGlobalMeterProvider(meterProvider);

const observed = async (name: string): Promise<ReadonlyArray<number>> => {
  const values: number[] = [];
  for (const callback of gauges.get(name) ?? []) await callback({ observe: (value) => values.push(value) });
  return values;
};

// -------------------------------------------------------------------------------------
// tests
// -------------------------------------------------------------------------------------

const test = suite<{ office: Office; past: Filled; lines: LogRecord[] }>('log, spans and metrics');

test.before.each(async (state) => {
  const lines: LogRecord[] = [];
  const note = (record: LogRecord): void => void lines.push(record);
  state.lines = lines;
  state.office = await openOffice({ app: { ...ports, logger: { info: note, warn: note, error: note } } });
  state.past = await filled(state.office);
  spans.length = 0;
  measured.length = 0;
});

test.after.each(async ({ office }) => {
  await office.close();
});

const params = { agencyCode: 'EX001' };

test('a span for each request: its route, its status, the code of a refusal', async ({ office }) => {
  await as('aud-1', office.app).agencyHistory({ params });
  await as('nobody', office.app).agencyHistory({ params });
  assert.equal(
    spans.map(({ name, kind, attributes, status, ended }) => [
      ...[name, kind, status, ended],
      ...[
        'http.request.method',
        'http.route',
        'mandate.route',
        'http.response.status_code',
        'mandate.code',
      ].map((key) => attributes[key]),
    ]),
    [200, 401].map((status) => [
      ...['GET /agencies/{agencyCode}/history', 1, undefined, 1, 'GET', '/agencies/{agencyCode}/history'],
      ...['agencyHistory', status, status === 200 ? undefined : 'SIGN_IN_REQUIRED'],
    ]),
  );
});

test('what is wrong here is an error of its span; a refusal is none', async ({ office }) => {
  const app = office.serve({
    reads: {
      ...office.reads,
      waitFor: () => async () => ({ _tag: 'Left', left: { code: 'CLOSED', detail: '' } }),
    },
  });
  await app.fetch(new Request(`${origin}/ready`));
  await app.fetch(new Request(`${origin}/staff/reviews`));
  assert.equal(
    spans.map(({ status, ended }) => [status, ended]),
    [
      [2, 1],
      [undefined, 1],
    ],
  );
});

test('the handler runs inside its span', async ({ office }) => {
  let inside: unknown;
  const app = office.serve({
    register: {
      ...office.register,
      catalogue: () => async () => {
        inside = context.active();
        return office.register.catalogue()();
      },
    },
  });
  await app.fetch(new Request(`${origin}/catalogue`));
  // Without a context manager in the program the active context is the root: it must not break.
  assert.is(inside, ROOT_CONTEXT);
});

test('metrics: how long each answer took by route and status, and refusals by code', async ({ office }) => {
  await as('aud-1', office.app).agencyHistory({ params });
  await as('nobody', office.app).agencyHistory({ params });
  await office.app.fetch(new Request(`${origin}/nothing/王小明`));
  const durations = measured.filter(({ name }) => name === 'http.server.request.duration');
  assert.equal(
    durations.map(({ attributes }) => [attributes['mandate.route'], attributes['http.response.status_code']]),
    [
      ['agencyHistory', 200],
      ['agencyHistory', 401],
      [undefined, 404],
    ],
  );
  assert.ok(durations.every(({ value }) => value >= 0 && value < 60));
  const refusals = measured.filter(({ name }) => name === 'mandate.refusals');
  assert.equal(
    refusals.map(({ attributes }) => attributes['mandate.code']),
    ['SIGN_IN_REQUIRED', 'NOT_FOUND'],
  );
});

test('gauges: sessions, streams, how far read models are behind; a closed program is asked no more', async ({
  office,
  past,
}) => {
  const { client } = browser(office.app);
  await showAll(client, { purpose: 'query-oid', agencyCode: 'EX001' }, { card: past.first.card });
  const answer = await office.app.fetch(
    new Request(`${origin}/changes`, { headers: { authorization: 'Bearer mirror' } }),
  );
  right(await as('aud-1', office.app).agencyHistory({ params }, { after: past.last }));
  assert.ok((await observed('mandate.sessions')).includes(1));
  assert.ok((await observed('mandate.changes.streams')).includes(1));
  assert.ok((await observed('mandate.read_models.lag')).every((value) => value >= 0));
  const before = (await observed('mandate.sessions')).length;
  const other = office.serve();
  assert.is((await observed('mandate.sessions')).length, before + 1);
  await other.close();
  assert.is((await observed('mandate.sessions')).length, before);
  await answer.body?.cancel();
});

test('a line for each answer: request, route, status, code, time, portal', async ({ office, lines }) => {
  const answer = await office.app.fetch(new Request(`${origin}/staff/reviews`));
  assert.is(lines.length, 1);
  const { milliseconds, ...line } = lines[0] ?? { message: '' };
  assert.ok((milliseconds ?? -1) >= 0);
  assert.equal(line, {
    message: 'answered',
    requestId: answer.headers.get('x-request-id'),
    portal: 'gepi',
    route: 'reviews',
    status: 401,
    code: 'SIGN_IN_REQUIRED',
  });
});

test('nothing of what was sent, and nobody’s name, gets into log, spans or metrics', async ({
  office,
  past,
  lines,
}) => {
  const { client } = browser(office.app);
  const manager = { card: past.lin.card, nationalId: past.lin.nationalId };
  await showAll(client, { purpose: 'delegation', agencyCode: 'EX001' }, { card: past.first.card }, manager);
  right(await client.history({}, { after: past.last }));
  await right(await client.historyCsv()).text();
  await client.history({ query: { clerk: 'A123456789' } });
  const evil = '%0d%0aINJECTED%20%E7%8E%8B%E5%B0%8F%E6%98%8E';
  for (const path of [
    `/nothing${evil}`,
    `/history?clerk=${evil}`,
    `/agencies/${evil}/history`,
    `/registrations?agencyCode=${evil}`,
  ]) {
    await office.app.fetch(
      new Request(`${origin}${path}`, {
        headers: { 'user-agent': 'INJECTED', 'x-request-id': 'INJECTED', authorization: 'Bearer INJECTED' },
      }),
    );
  }
  const told = JSON.stringify([lines, spans, measured]);
  assert.not.match(told, /INJECTED|林示範|王小明|A123456789|A223456781|EX001|%0d|\\n/);
  assert.not.match(told, new RegExp(`${past.wang.card.serial}|${past.wangId}|[0-9a-f]{64}`));
});

test('a detail of the machinery is one line without IDs, and in no answer', async ({ office, lines }) => {
  const detail = 'disk\r\nfull at /data for A123456789\u2028x'
    .padEnd(295, '.')
    .concat('A123456789'.repeat(200));
  const app = office.serve({
    register: {
      ...office.register,
      presentTerms: () => async () => ({
        _tag: 'Left',
        left: {
          ...{
            _tag: 'RegisterError',
            code: 'STORE_UNAVAILABLE',
            zh: '',
            en: '',
            status: 503,
            helper: 'portal',
          },
          detail,
        },
      }),
    },
    logger: {
      info: () => {},
      warn: (record) => void lines.push(record),
      error: () => {},
    },
  });
  const answer = await app.fetch(new Request(`${origin}/terms`));
  assert.not.match(await answer.text(), /disk|A123456789/);
  const line = lines.at(-1);
  assert.match(line?.detail ?? '', /^disk full at \/data for \*+6789 x/);
  assert.not.match(line?.detail ?? '', /[\r\n\u2028]|A123456789/);
  assert.ok((line?.detail ?? '').length <= 300);
});

test.run();
