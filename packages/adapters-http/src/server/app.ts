/**
 * The register as a web-standard `fetch` handler.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { Hono } from 'hono';
import { answerOf, refusalAnswer } from './answer.js';
import { echoRequestId, plainRefusal } from './authzen/transport.js';
import { builtInHooks } from './built-in-hooks.js';
import { openStreams } from './changes-stream/open-streams.js';
import type { Description } from './description.js';
import { webDigest } from './digest.js';
import { callerOf } from './guard/caller.js';
import { inputOf } from './guard/input.js';
import { setCommonHeaders } from './headers.js';
import type { Hooks } from './hooks.js';
import type { RegisterAppOptions } from './options.js';
import { type ErrorCode, httpRefusal, passing, type Refusal } from './problem.js';
import type { Reply, Route } from './route.js';
import { registerRoutes } from './routes/index.js';
import type { Scope } from './scope.js';
import { type App, defaultLimits, type Logger } from './services.js';
import { createSessions } from './session/create.js';
import { followChanges } from './session/follow.js';
import { lagOf } from './telemetry/lag-of.js';

/** The register over HTTP, for any server that speaks the web's `Request` and `Response`. */
export interface RegisterApp {
  /** Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly routes: ReadonlyArray<Route>;
  /** Ends sessions from outside, such as those of an agency that staff has closed. */
  readonly sessions: App['sessions'];
  /** Ends what is open for long, such as streams of changes; requests go on being answered. */
  readonly close: () => Promise<void>;
}

/** What is known of a request while it is under way. */
interface Exchange {
  readonly requestId: string;
  description: Description | undefined;
  code: ErrorCode | undefined;
  detail: string | undefined;
}

const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} };

// -------------------------------------------------------------------------------------
// one request
// -------------------------------------------------------------------------------------

const waited = async (app: App, position: string): Promise<E.Either<Refusal, void>> => {
  const known = await app.reads.waitFor(position, { timeoutMilliseconds: app.limits.waitMilliseconds })();
  return E.isLeft(known) ? E.left(passing('READ_MODEL_BEHIND', 1, known.left.code)) : known;
};

const work = async (
  app: App,
  hooks: ReadonlyArray<Hooks>,
  { description, handle }: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
  requestId: string,
): Promise<E.Either<Refusal, Reply<unknown>>> => {
  const caller = await callerOf(app, description, request);
  if (E.isLeft(caller)) return caller;
  const input = await inputOf(app, description, request, params);
  if (E.isLeft(input)) return input;
  const { commandId, after, body } = input.right;
  for (const { before } of hooks) {
    const refusal = before?.({ requestId, description, request, caller: caller.right, body });
    if (refusal !== undefined) return E.left(refusal);
  }
  if (description.waits === true && after !== undefined) {
    const known = await waited(app, after);
    if (E.isLeft(known)) return known;
  }
  const scope: Scope = { app, requestId, request, caller: caller.right, commandId };
  return handle(input.right, scope)();
};

// -------------------------------------------------------------------------------------
// app
// -------------------------------------------------------------------------------------

const byPath = (routes: ReadonlyArray<Route>): ReadonlyMap<string, ReadonlyArray<Route>> => {
  const found = new Map<string, Route[]>();
  for (const one of routes) {
    const { path } = one.description;
    found.set(path, [...(found.get(path) ?? []), one]);
  }
  return found;
};

/**
 * The path as Hono writes it, under the base; the root answers with and without its slash. What is well known stands at the
 * root of the origin, before the base (RFC 8615 3; AuthZEN 1.0, PDP metadata), where the program lets such requests through.
 */
const honoPaths = (basePath: string, path: string): ReadonlyArray<string> => {
  const whole = `${basePath}${path}`.replace(/\{(\w+)\}/g, ':$1');
  if (basePath === '') return [whole];
  if (path === '/') return [basePath, whole];
  return path.startsWith('/.well-known/') ? [whole, `${path}${basePath}`] : [whole];
};

const allowOf = (routes: ReadonlyArray<Route>): string => {
  const methods = routes.map(({ description }) => description.method);
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(
    ', ',
  );
};

/**
 * Letters, digits and their like as percent and two digits: no program writes them so (RFC 3986 2.3), and a gateway that keeps a
 * path shut may not see that it is that path.
 */
const disguised = /^[^?#]*%(?:2[DE]|3\d|[46][1-9A-F]|[57][\dA]|5F|7E)/i;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Puts the register behind `fetch`. See docs/http.md. */
export const registerApp = (options: RegisterAppOptions): RegisterApp => {
  const {
    limits,
    sessions: store,
    routes: more = [],
    hooks: given = [],
    basePath = '',
    ...services
  } = options;
  const { logger = silent, cookieName = '__Host-mandate', sha256: digest = webDigest } = options;
  const closing = new AbortController();
  const whole = { ...defaultLimits, ...limits };
  const routes = [...registerRoutes, ...more];
  const terms = { ...services, limits: whole, logger, cookieName };
  const app: App = {
    ...terms,
    basePath,
    closing: closing.signal,
    sessions: createSessions({ ...terms, store }),
    descriptions: routes.map(({ description }) => description),
    streams: openStreams(whole.streams, whole.streamsOfOne),
    lagSeconds: lagOf(options),
  };
  const following =
    options.changes === undefined
      ? Promise.resolve()
      : followChanges(options.changes, app.sessions, logger, closing.signal);
  const own = builtInHooks(app);
  const hooks = [...own.hooks, ...given];
  const around = hooks.flatMap((hook) => (hook.around === undefined ? [] : [hook.around]));
  const { policy } = options.register;
  const https = options.origins.length > 0 && options.origins.every((origin) => origin.startsWith('https:'));

  const refuse = (exchange: Exchange, request: Request, refusal: Refusal): Response => {
    exchange.code = refusal.code;
    exchange.detail = refusal.detail;
    const { requestId, description } = exchange;
    return description?.plainErrors === true
      ? plainRefusal(refusal)
      : refusalAnswer(refusal, request, { policy, requestId });
  };

  const serve = async (
    exchange: Exchange,
    one: Route,
    request: Request,
    params: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const { description } = one;
    exchange.description = description;
    const inner = async (): Promise<Response> => {
      const done = await work(app, hooks, one, request, params, exchange.requestId);
      return E.isLeft(done)
        ? refuse(exchange, request, done.left)
        : answerOf(description, request, done.right, digest);
    };
    return around.reduce<() => Promise<Response>>(
      (next, wrap) => () => wrap(request, description, next),
      inner,
    )();
  };

  const hono = new Hono<{ Bindings: Exchange }>();
  for (const [path, group] of byPath(routes)) {
    const allow = allowOf(group);
    const byMethod = new Map<string, Route>(group.map((one) => [one.description.method, one]));
    // One handler for all methods: where several match, Hono takes a longer way.
    const answer = (exchange: Exchange, request: Request, params: Readonly<Record<string, string>>) => {
      const one = byMethod.get(request.method === 'HEAD' ? 'GET' : request.method);
      return one === undefined
        ? refuse(exchange, request, httpRefusal('METHOD_NOT_ALLOWED', { headers: { allow } }))
        : serve(exchange, one, request, params);
    };
    for (const at of honoPaths(basePath, path)) {
      hono.all(at, (c) => answer(c.env, c.req.raw, c.req.param()));
    }
  }
  hono.notFound((c) => refuse(c.env, c.req.raw, httpRefusal('NOT_FOUND')));

  // Exceptions are mistakes of ours or of what was handed over. What went wrong is told to nobody: it could hold a part of
  // what was asked.
  const failed = (exchange: Exchange, request: Request, error: unknown): Response =>
    refuse(exchange, request, httpRefusal('INTERNAL_ERROR', { detail: nameOf(error) }));
  hono.onError((error, c) => failed(c.env, c.req.raw, error));
  // Hono hands on what is thrown and is no error.
  const dispatch = async (exchange: Exchange, request: Request): Promise<Response> => {
    try {
      return await hono.fetch(request, exchange);
    } catch (error) {
      return failed(exchange, request, error);
    }
  };

  const answerTo = async (exchange: Exchange, request: Request): Promise<Response> => {
    const { url } = request;
    if (url.length > whole.urlLength) return refuse(exchange, request, httpRefusal('URI_TOO_LONG'));
    return url.includes('%') && disguised.test(url)
      ? refuse(exchange, request, httpRefusal('NOT_FOUND'))
      : dispatch(exchange, request);
  };

  const fetch = async (request: Request): Promise<Response> => {
    const started = performance.now();
    const requestId = options.ids.uuid();
    const exchange: Exchange = { requestId, description: undefined, code: undefined, detail: undefined };
    const answer = await answerTo(exchange, request);
    if (exchange.description?.plainErrors === true) echoRequestId(answer.headers, request);
    setCommonHeaders(answer.headers, { requestId, https });
    const { description, code, detail } = exchange;
    const milliseconds = performance.now() - started;
    for (const { after } of hooks) {
      after?.({ requestId, request, description, status: answer.status, code, detail, milliseconds });
    }
    return answer;
  };

  return {
    fetch,
    routes,
    sessions: app.sessions,
    close: async () => {
      closing.abort();
      await following;
      own.stop();
    },
  };
};
