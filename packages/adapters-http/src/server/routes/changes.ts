/**
 * What was committed, as it happens: of the own agency for a session, of all for staff and clients.
 *
 * @packageDocumentation
 */
import { invalidInput } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { ClientCaller, SessionCaller, StaffCaller } from '../caller.js';
import type { Change } from '../changes.js';
import { eventStream } from '../changes-stream/event-stream.js';
import { httpRefusal, passing, type Refusal } from '../problem.js';
import { type Reply, type Route, route } from '../route.js';
import type { Scope } from '../scope.js';
import { changeRoutes } from './change-routes.js';

type Reader = ClientCaller | SessionCaller | StaffCaller;

const readerOf = (caller: Reader): string => {
  switch (caller.kind) {
    case 'session':
      return `session ${caller.session.key}`;
    case 'staff':
      return `staff ${caller.account}`;
    case 'client':
      return `client ${caller.id}`;
  }
};

const wantedBy = (caller: Reader): ((change: Change) => boolean) =>
  caller.kind === 'session' ? ({ agencyCode }) => agencyCode === caller.agencyCode : () => true;

/** Staff and clients by their own ports, which may be slow to answer: no more often than a stream says that it is alive. */
const nowAndThen = (every: number, ask: () => Promise<boolean>): (() => Promise<boolean>) => {
  let asked = performance.now();
  return async () => {
    const now = performance.now();
    if (now - asked < every) return true;
    asked = now;
    return ask();
  };
};

/** Who has signed out, or lost what let them in, hears of nothing any more. A port that does not answer vouches for nobody. */
const mayStill = ({ app, caller, request }: Scope<Reader>): (() => Promise<boolean>) => {
  if (caller.kind === 'session') {
    return async () => {
      const stands = await app.sessions.stands(caller.session)();
      return E.isRight(stands) && stands.right;
    };
  }
  const every = app.limits.heartbeatMilliseconds;
  if (caller.kind === 'client') {
    return nowAndThen(every, async () => {
      const found = await app.clients?.authenticate(request)();
      if (found === undefined || E.isLeft(found)) return false;
      return found.right?.id === caller.id && found.right.scopes.includes('read');
    });
  }
  return nowAndThen(every, async () => {
    const found = await (app.staff?.stillIn ?? app.staff?.authenticate)?.(request)();
    return found !== undefined && E.isRight(found) && found.right?.account === caller.account;
  });
};

/** As positions of stores are: printable, and not long. */
const lastSeen = ({ request }: Scope<Reader>): E.Either<Refusal, string | undefined> => {
  const id = request.headers.get('last-event-id') ?? undefined;
  return id === undefined || /^[\x21-\x7e]{1,200}$/.test(id)
    ? E.right(id)
    : E.left(invalidInput([{ path: 'Last-Event-ID', code: 'TEXT_CHARACTERS' }]));
};

const open = (scope: Scope<Reader>): E.Either<Refusal, Reply<ReadableStream<Uint8Array>>> => {
  const { app, caller, request } = scope;
  const { changes, limits } = app;
  if (changes === undefined) return E.left(httpRefusal('UNAVAILABLE', { detail: 'no source of changes' }));
  const after = lastSeen(scope);
  if (E.isLeft(after)) return after;
  const ended = app.streams.open(readerOf(caller));
  if (ended === undefined) return E.left(passing('TOO_MANY_REQUESTS', 30));
  const body = eventStream({
    ...{ changes, after: after.right, wanted: wantedBy(caller), mayStill: mayStill(scope) },
    signals: [app.closing, request.signal],
    heartbeatMilliseconds: limits.heartbeatMilliseconds,
    stalledMilliseconds: limits.stalledMilliseconds,
    onEnd: ended,
  });
  // A proxy that waits for more than a line would hold every event back.
  return E.right({ body, headers: { 'x-accel-buffering': 'no' } });
};

export const changeHandlers: ReadonlyArray<Route> = [
  route(changeRoutes.changes, (_, scope) => TE.fromEither(open(scope))),
];
