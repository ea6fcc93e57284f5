/**
 * Whether the service is there, and what it can be asked.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { openApiDocument } from '../openapi/document.js';
import { httpRefusal, passing, type Refusal } from '../problem.js';
import type { ReadFault } from '../reads.js';
import { type Route, route } from '../route.js';
import type { App } from '../services.js';
import { systemRoutes } from './system-routes.js';

// -------------------------------------------------------------------------------------
// ready
// -------------------------------------------------------------------------------------

/** Whoever asks whether a program is ready asks again. */
const patience = 1000;

const unready = (what: string, code: string): Refusal => passing('UNAVAILABLE', 5, `${what}: ${code}`);

type Step<A> = Promise<E.Either<Refusal, A>>;

/** Store and vault: terms that are handed out need both. */
const storeAndVault = async ({ register }: App): Step<void> => {
  const terms = await register.presentTerms()();
  return E.isLeft(terms) ? E.left(unready('store and vault', terms.left.code)) : E.right(undefined);
};

const headOf = async ({ changes }: App): Step<string | undefined> => {
  const head = await changes?.head?.()();
  if (head === undefined) return E.right(undefined);
  return E.isLeft(head) ? E.left(unready('store', head.left.code)) : head;
};

const caughtUp = (what: string, known: E.Either<ReadFault, void>): E.Either<Refusal, void> =>
  E.mapLeft(
    ({ code }: ReadFault): Refusal =>
      code === 'WAIT_TIMEOUT' ? passing('READ_MODEL_BEHIND', 1, what) : unready(what, code),
  )(known);

const readiness = async (app: App) => {
  const standing = await storeAndVault(app);
  if (E.isLeft(standing)) return standing;
  const head = await headOf(app);
  if (E.isLeft(head)) return head;
  const position = head.right;
  const options = { timeoutMilliseconds: Math.min(patience, app.limits.waitMilliseconds) };
  if (position !== undefined) {
    const lists = caughtUp('read models', await app.reads.waitFor(position, options)());
    if (E.isLeft(lists)) return lists;
    const index = await app.authority.waitFor?.(position, options)();
    const decisions = index === undefined ? E.right(undefined) : caughtUp('decision index', index);
    if (E.isLeft(decisions)) return decisions;
  }
  const models = app.reads.status?.();
  if (models !== undefined && E.isLeft(models)) return E.left(unready('read models', models.left.code));
  const broken = models?.right.find(({ fault }) => fault !== undefined);
  if (broken !== undefined) return E.left(unready(broken.name, broken.fault?.code ?? ''));
  const knows = (at: string | undefined): boolean =>
    position === undefined || (at !== undefined && at >= position);
  return E.right({
    body: {
      status: 'ready' as const,
      lagSeconds: await app.lagSeconds(),
      readModels: models?.right.map(({ name, position: at }) => ({ name, caughtUp: knows(at) })) ?? null,
      authority: app.authority.waitFor === undefined || position === undefined ? null : true,
    },
  });
};

// -------------------------------------------------------------------------------------
// routes
// -------------------------------------------------------------------------------------

const documents = new WeakMap<App, string>();

/** Made once for each program. */
const documentOf = (app: App): E.Either<Refusal, string> => {
  const known = documents.get(app);
  if (known !== undefined) return E.right(known);
  const document = openApiDocument(app);
  if (E.isLeft(document)) {
    const detail = document.left.map(({ path, code }) => `${path} ${code}`).join(', ');
    return E.left(httpRefusal('INTERNAL_ERROR', { detail }));
  }
  const text = JSON.stringify(document.right);
  documents.set(app, text);
  return E.right(text);
};

export const systemHandlers: ReadonlyArray<Route> = [
  route(systemRoutes.health, () => TE.right({ body: { status: 'alive' as const } })),
  route(
    systemRoutes.ready,
    (_, { app }) =>
      () =>
        readiness(app),
  ),
  route(systemRoutes.openapi, (_, { app }) =>
    TE.fromEither(E.map((body: string) => ({ body }))(documentOf(app))),
  ),
];
