import {
  type Attributes,
  type Context,
  context,
  createNoopMeter,
  type Histogram,
  type Meter,
  metrics,
  propagation,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Office, openOffice, origin } from './support/office.js';

interface Written {
  readonly title: string;
  readonly traceId: string | undefined;
  readonly attributes: Record<string, unknown>;
  failed: boolean;
  ended: number;
}

const spans: Written[] = [];
const durations: Attributes[] = [];
const refused: Attributes[] = [];
let sampled = true;

// As much of a SDK as is asked for.
const tracer = {
  startSpan: (title: string, options: SpanOptions = {}, parent?: Context): Span => {
    const traceId = parent === undefined ? undefined : trace.getSpanContext(parent)?.traceId;
    const written: Written = {
      title,
      traceId,
      attributes: { ...options.attributes },
      failed: false,
      ended: 0,
    };
    if (sampled) spans.push(written);
    const bare = trace.wrapSpanContext({ traceId: traceId ?? '', spanId: '', traceFlags: 0 });
    return Object.assign(Object.create(bare) as Span, {
      isRecording: () => sampled,
      setAttributes: (more: Attributes) => void Object.assign(written.attributes, more),
      setStatus: ({ code }: { readonly code: SpanStatusCode }) => {
        written.failed = code === SpanStatusCode.ERROR;
      },
      end: () => written.ended++,
    });
  },
} as unknown as Tracer;

const meter = (): Meter => {
  const none = createNoopMeter();
  return Object.assign(Object.create(none) as Meter, {
    createHistogram: (): Histogram =>
      ({ record: (_: number, attributes: Attributes) => void durations.push(attributes) }) as Histogram,
    createCounter: () => ({ add: (_: number, attributes: Attributes) => void refused.push(attributes) }),
    createObservableGauge: none.createObservableGauge.bind(none),
  });
};

const test = suite<{ office: Office }>('spans and metrics through the API of OpenTelemetry');

test.before(async (state) => {
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  metrics.setGlobalMeterProvider({ getMeter: meter });
  propagation.setGlobalPropagator({
    extract: (around, carrier, getter) =>
      trace.setSpanContext(around, {
        traceId: String(getter.get(carrier, 'x-trace') ?? ''),
        spanId: '1',
        traceFlags: 1,
      }),
    inject: () => undefined,
    fields: () => [],
  });
  state.office = await openOffice();
});

test.after(async ({ office }) => {
  await office.close();
  for (const one of [trace, metrics, propagation, context]) one.disable();
});

test.before.each(() => {
  for (const list of [spans, durations, refused]) list.length = 0;
  sampled = true;
});

const ask = ({ office }: { readonly office: Office }, path: string, init?: RequestInit) =>
  office.app.fetch(new Request(`${origin}${path}`, init));

test('an answer is a span of its caller, under the name of its route, and a duration', async (state) => {
  for (const method of ['GET', 'HEAD', 'GET']) {
    await ask(state, '/health?x=A123456789', { method, headers: { 'x-trace': 'abc' } });
  }
  assert.equal(
    spans.map(({ title, traceId, ended, failed }) => [title, traceId, ended, failed]),
    [
      ['GET /health', 'abc', 1, false],
      ['HEAD /health', 'abc', 1, false],
      ['GET /health', 'abc', 1, false],
    ],
  );
  assert.equal(
    durations.map((one) => [one['http.request.method'], one['http.route'], one['http.response.status_code']]),
    [
      ['GET', '/health', 400],
      ['HEAD', '/health', 400],
      ['GET', '/health', 400],
    ],
  );
  assert.not.match(JSON.stringify([spans, durations, refused]), /A123456789/);
});

test('a refusal is counted by its code, and is no error of ours', async (state) => {
  const answer = await ask(state, '/session', { method: 'DELETE' });
  assert.is(refused.length, 1);
  assert.is(refused[0]?.['mandate.code'], ((await answer.json()) as { readonly code: string }).code);
  assert.is(spans[0]?.attributes['http.response.status_code'], answer.status);
  assert.is(spans[0]?.attributes['mandate.request_id'], answer.headers.get('x-request-id'));
  assert.not(spans[0]?.failed);
});

test('methods that nobody knows are one, so that they make no more names', async (state) => {
  for (const method of ['BREW', 'WHEN']) await ask(state, '/health', { method });
  assert.equal(
    durations.map((one) => one['http.request.method']),
    ['_OTHER', '_OTHER'],
  );
});

test('of what is not sampled no span is kept, and it is measured all the same', async (state) => {
  sampled = false;
  const answer = await ask(state, '/health');
  assert.is(answer.status, 200);
  assert.is(spans.length, 0);
  assert.equal(
    durations.map((one) => one['mandate.route']),
    ['health'],
  );
});

test.run();
