/**
 * The register's HTTP interface, typed.
 *
 * @packageDocumentation
 */
import type { Either } from 'fp-ts/lib/Either.js';
import type { Problem } from '../server/problem.js';
import type { CookieJar } from './cookies.js';
import { table } from './table.js';
import type { CallOptions, ClientFault, RegisterMethods } from './types.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface RegisterClientOptions {
  /** Where the register is: `https://portal.example/api`; in a page `/api` will do. */
  readonly base: string;
  /** @defaultValue the environment's own */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Where no browser keeps cookies. */
  readonly cookies?: CookieJar;
  /** Sent with everything: `Origin` and `User-Agent` where no browser writes them, `Accept-Language`, `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The token of the page that asks. Left out, the client asks the register for it, which is right in a page's own script and
   * in a program. A server of pages says what came with the form, or `null` where none did: it must not ask in the name of
   * whoever made a browser send the request.
   */
  readonly csrf?: string | null;
  /** Lists are to know this position: that of a command which another client gave. */
  readonly after?: string;
  /** How often what may be sent again is sent again when nobody answers. @defaultValue 2 */
  readonly retries?: number;
}

export interface RegisterClient extends RegisterMethods {
  /** Position of the last event that a command of this client brought; `undefined` before. */
  readonly position: () => string | undefined;
}

interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

type Answer = Either<ClientFault, unknown>;

const fault = (left: ClientFault): Answer => ({ _tag: 'Left', left });

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

const addressOf = (base: string, path: string, { params = {}, query = {} }: Sent): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  const text = search.toString();
  return `${base.replace(/\/$/, '')}${filled === '/' ? '' : filled}${text === '' ? '' : `?${text}`}`;
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'texts' in value;

const isJson = (response: Response): boolean =>
  /^application\/(?:problem\+)?json\b/i.test(response.headers.get('content-type') ?? '');

const read = async (response: Response): Promise<Answer> => {
  if (response.ok && !isJson(response)) return { _tag: 'Right', right: response };
  try {
    const body: unknown = isJson(response) ? await response.json() : undefined;
    if (response.ok) return { _tag: 'Right', right: body };
    if (isProblem(body)) return fault({ _tag: 'ClientFault', kind: 'problem', problem: body });
  } catch {
    // Cut off, or no JSON after all.
  }
  return fault({ _tag: 'ClientFault', kind: 'answer', status: response.status });
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

// -------------------------------------------------------------------------------------
// client
// -------------------------------------------------------------------------------------

/** A client. It remembers the page's token and how far the lists must be, and nothing else. */
export const registerClient = (options: RegisterClientOptions): RegisterClient => {
  const { base, cookies, retries = 2 } = options;
  const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  let csrf = options.csrf;
  let position = options.after;

  /** A token that came with a form is proof of the form: what the register says of itself when it is read must not mend it. */
  const mayLearn = (method: string): boolean => options.csrf === undefined || method !== 'GET';

  const take = (response: Response, method: string): void => {
    cookies?.take(response.headers.getSetCookie());
    const token = response.headers.get('mandate-csrf');
    if (token !== null && csrf !== null && mayLearn(method)) csrf = token;
    position = response.headers.get('mandate-position') ?? position;
  };

  /** Once, or again while nobody answers and nothing can come of it twice. */
  const exchange = async (
    make: () => Request,
    mayRepeat: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Either<ClientFault, Response>> => {
    for (let tries = 0; ; tries++) {
      try {
        const asked = make();
        const response = await send(asked);
        take(response, asked.method);
        return { _tag: 'Right', right: response };
      } catch (error) {
        if (!mayRepeat || tries >= retries || signal?.aborted === true) {
          const detail = error instanceof Error ? error.message : String(error);
          return { _tag: 'Left', left: { _tag: 'ClientFault', kind: 'network', detail } };
        }
        await pause(100 * 4 ** tries);
      }
    }
  };

  const request = (
    method: string,
    address: string,
    headers: Headers,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Request => {
    const cookie = cookies?.header();
    if (cookie !== undefined) headers.set('cookie', cookie);
    return new Request(address, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  };

  /** A page's token is asked for when it is first needed, and again when it has become another. */
  const learnToken = async (signal: AbortSignal | undefined): Promise<void> => {
    const address = addressOf(base, '/session', {});
    await exchange(
      () => request('GET', address, new Headers(options.headers), undefined, signal),
      true,
      signal,
    );
  };

  const call = async (
    [method, path, kind]: readonly [string, string, 'command'?],
    sent: Sent = {},
    { signal, idempotencyKey, after }: CallOptions = {},
  ): Promise<Answer> => {
    const isCommand = kind === 'command';
    const key = idempotencyKey ?? (isCommand ? crypto.randomUUID() : undefined);
    const unsafe = method !== 'GET';
    const make = (): Request => {
      const headers = new Headers(options.headers);
      headers.set('accept', 'application/json, application/problem+json, */*;q=0.1');
      if (sent.body !== undefined) headers.set('content-type', 'application/json');
      if (key !== undefined) headers.set('idempotency-key', key);
      if (unsafe && typeof csrf === 'string') headers.set('x-mandate-csrf', csrf);
      const known = after ?? position;
      if (!unsafe && known !== undefined) headers.set('mandate-after', known);
      return request(method, addressOf(base, path, sent), headers, sent.body, signal);
    };
    const learns = unsafe && options.csrf === undefined;
    if (learns && csrf === undefined) await learnToken(signal);
    const once = async (): Promise<Answer> => {
      const response = await exchange(make, !unsafe || isCommand, signal);
      return response._tag === 'Left' ? response : read(response.right);
    };
    const answer = await once();
    const stale =
      answer._tag === 'Left' && answer.left.kind === 'problem' && answer.left.problem.code === 'CSRF_FAILED';
    if (!learns || !stale) return answer;
    await learnToken(signal);
    return once();
  };

  const methods = Object.fromEntries(
    Object.entries(table).map(([id, line]) => [
      id,
      (sent?: Sent, callOptions?: CallOptions) => call(line, sent, callOptions),
    ]),
  );
  // One method for each line of the table, whose types the compiler has compared with the server's.
  return { ...(methods as unknown as RegisterMethods), position: () => position };
};
