/**
 * Spans and metrics through OpenTelemetry's API: without a SDK in the program they cost nothing and go nowhere. No name of
 * what was asked is in them but the route's, and no address.
 *
 * @packageDocumentation
 */
import {
  type Attributes,
  context,
  metrics,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Description } from '../description.js';
import type { Hooks } from '../hooks.js';
import type { App } from '../services.js';

const name = '@mandate/adapters-http';

const headersGetter = {
  keys: (headers: Headers): string[] => [...headers.keys()],
  get: (headers: Headers, key: string): string | undefined => headers.get(key) ?? undefined,
};

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

type AttributesOf = (method: string, description: Description | undefined, status?: number) => Attributes;

/** Names of the semantic conventions for HTTP where they have one. They are few, and each is made once. */
const createAttributes = (portal: Attributes): AttributesOf => {
  const made = new Map<string, Attributes>();
  return (method, description, status) => {
    const known = methods.has(method) ? method : '_OTHER';
    const key = `${known} ${description?.id ?? ''} ${status ?? ''}`;
    const before = made.get(key);
    if (before !== undefined) return before;
    const attributes: Attributes = Object.freeze({
      ...portal,
      'http.request.method': known,
      ...(description === undefined
        ? {}
        : { 'http.route': description.path, 'mandate.route': description.id }),
      ...(status === undefined ? {} : { 'http.response.status_code': status }),
    });
    made.set(key, attributes);
    return attributes;
  };
};

/** What is measured, in a program's own meter. `stop` ends what is asked for now and then. */
export const telemetryHooks = (app: App): { readonly hooks: Hooks; readonly stop: () => void } => {
  const tracer = trace.getTracer(name);
  const meter = metrics.getMeter(name);
  const spans = new WeakMap<Request, Span>();
  const portal = { 'mandate.portal': app.register.policy.portal };
  const attributesOf = createAttributes(portal);

  const duration = meter.createHistogram('http.server.request.duration', {
    unit: 's',
    description: 'How long answers took',
    advice: {
      explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    },
  });
  const refusals = meter.createCounter('mandate.refusals', { description: 'Refusals, by code' });
  const sessions = meter.createObservableGauge('mandate.sessions', { description: 'Sessions that stand' });
  const streams = meter.createObservableGauge('mandate.changes.streams', {
    description: 'Streams of changes that are open',
  });
  const lag = meter.createObservableGauge('mandate.read_models.lag', {
    unit: 's',
    description: 'Since when the read models have not known the last event',
  });
  type Observe = Parameters<typeof lag.addCallback>[0];
  const observed: ReadonlyArray<readonly [typeof lag, Observe]> = [
    [sessions, (result) => result.observe(app.sessions.count(), portal)],
    [streams, (result) => result.observe(app.streams.count(), portal)],
    [lag, async (result) => result.observe(await app.lagSeconds(), portal)],
  ];
  for (const [gauge, observe] of observed) gauge.addCallback(observe);

  const hooks: Hooks = {
    around: (request, description, work) => {
      const attributes = attributesOf(request.method, description);
      const parent = propagation.extract(context.active(), request.headers, headersGetter);
      const title = description === undefined ? request.method : `${request.method} ${description.path}`;
      const span = tracer.startSpan(title, { kind: SpanKind.SERVER, attributes }, parent);
      if (span.isRecording()) spans.set(request, span);
      return context.with(trace.setSpan(parent, span), work);
    },
    after: ({ request, requestId, description, status, code, milliseconds }) => {
      const attributes = attributesOf(request.method, description, status);
      duration.record(milliseconds / 1000, attributes);
      if (code !== undefined) refusals.add(1, { ...attributes, 'mandate.code': code });
      const span = spans.get(request);
      if (span === undefined) return;
      span.setAttributes({
        'http.response.status_code': status,
        'mandate.request_id': requestId,
        ...(code === undefined ? {} : { 'mandate.code': code }),
      });
      // A refusal is an answer; what is wrong here is an error.
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
  return {
    hooks,
    stop: () => {
      for (const [gauge, observe] of observed) gauge.removeCallback(observe);
    },
  };
};
