/**
 * What the portal's staff does and looks at.
 *
 * @packageDocumentation
 */
import { registerError, t } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { StaffCaller } from '../caller.js';
import { namesIn } from '../names.js';
import { cursorsOf, pageOf } from '../pages/cursor.js';
import { httpRefusal, type Refusal } from '../problem.js';
import { fromReadFault, reading } from '../reading.js';
import { type Reply, type Route, route } from '../route.js';
import type { ForecastRow } from '../rows/certificates.js';
import { type ExecutedAnswer, executedReply } from '../rows/executed.js';
import type { Scope } from '../scope.js';
import { spanOf } from './history.js';
import { pageLimits } from './history-routes.js';
import { staffCommandRoutes, staffReadRoutes } from './staff-routes.js';

// -------------------------------------------------------------------------------------
// lists
// -------------------------------------------------------------------------------------

/** The place in a list whose rows have no key of their own to go on from. */
const placeIn = (
  list: string,
  cursor: string | undefined,
): E.Either<Refusal, { readonly at: number; readonly cursorAt: (at: number) => string }> => {
  const cursors = cursorsOf(list, t.Int);
  const cursorAt = (at: number): string => cursors.after(at as t.Int);
  if (cursor === undefined) return E.right({ at: 0, cursorAt });
  const found = cursors.read(cursor);
  return E.isLeft(found) || found.right < 0
    ? E.left(httpRefusal('CURSOR_INVALID'))
    : E.right({ at: found.right, cursorAt });
};

const reviews = route(
  staffReadRoutes.reviews,
  ({ query: { status, agencyCode, limit = pageLimits.usual, cursor } }, { app }) => {
    const place = placeIn(`reviews ${status ?? ''} ${agencyCode ?? ''}`, cursor);
    if (E.isLeft(place)) return TE.fromEither(place);
    const { at, cursorAt } = place.right;
    const filters = {
      // Decoded as one of the words of a status.
      ...(status === undefined ? {} : { status: status as 'pending' }),
      ...(agencyCode === undefined ? {} : { agencyCode }),
    };
    return pipe(
      // The reading model answers at most a thousand; one more than asked for tells whether there is a next page.
      app.reads.reviews.list({ ...filters, limit: Math.min(limit + 1, pageLimits.most), offset: at }),
      TE.bimap(fromReadFault, (rows) => {
        const most = Math.min(limit, pageLimits.most - 1);
        return { body: pageOf(rows, most, () => cursorAt(at + most)) };
      }),
    );
  },
);

const review = route(staffReadRoutes.review, ({ params: { reviewId } }, { app }) =>
  pipe(
    app.reads.reviews.list({ review: reviewId, limit: 1 }),
    TE.mapLeft(fromReadFault),
    TE.chain(([found]) =>
      found === undefined ? TE.left<Refusal>(registerError('REVIEW_NOT_FOUND')) : TE.right({ body: found }),
    ),
  ),
);

const agencyDataRequests = route(staffReadRoutes.agencyDataRequests, ({ params: { agencyCode } }, { app }) =>
  pipe(
    app.register.agencyDataRequests(agencyCode),
    TE.map((requests) => ({ body: { requests } })),
  ),
);

type ForecastEntry = {
  readonly who: ForecastRow['undated'][number];
  readonly lockout: ForecastRow['lockouts'][number] | null;
};

const entriesOf = (forecast: ForecastRow, which: string): ReadonlyArray<ForecastEntry> =>
  which === 'undated'
    ? forecast.undated.map((who) => ({ who, lockout: null }))
    : forecast[which === 'already' ? 'already' : 'lockouts'].map((lockout) => ({
        who: lockout.who,
        lockout,
      }));

const staffForecast = route(staffReadRoutes.staffForecast, ({ query }, { app, caller }) => {
  const { which = 'lockouts', limit = pageLimits.usual, cursor } = query;
  const span = spanOf(app, query);
  // A page that is asked for later goes on with the span of the first.
  const place = placeIn(`forecast ${which} ${query.from ?? ''} ${query.to ?? ''}`, cursor);
  if (E.isLeft(place)) return TE.fromEither(place);
  const { at, cursorAt } = place.right;
  return pipe(
    reading(app.reads.certificates.forecast({ ...span, policy: app.register.policy })),
    TE.chain((forecast) => {
      const rows = entriesOf(forecast, which).slice(at, at + limit + 1);
      const page = pageOf(rows, limit, () => cursorAt(at + limit));
      const { lockouts, already, undated } = forecast;
      const counts = { lockouts: lockouts.length, already: already.length, undated: undated.length };
      return TE.fromEither(
        pipe(
          namesIn(app, caller, page.items),
          E.map((people) => ({ body: { ...page, counts, people } })),
        ),
      );
    }),
  );
});

const staffUnassigned = route(
  staffReadRoutes.staffUnassignedFunctions,
  ({ query: { since, limit = pageLimits.usual, cursor } }, { app }) => {
    const cursors = cursorsOf(`unassigned ${since ?? ''}`, t.string);
    const after = cursor === undefined ? E.right(undefined) : cursors.read(cursor);
    if (E.isLeft(after)) return TE.left(httpRefusal('CURSOR_INVALID'));
    const most = Math.min(limit, pageLimits.most - 1);
    const page = {
      ...(since === undefined ? {} : { since }),
      ...(after.right === undefined ? {} : { after: after.right }),
      limit: most + 1,
    };
    return pipe(
      reading(app.reads.unassignedFunctions(page)),
      TE.map((rows) => ({ body: pageOf(rows, most, ({ agencyCode }) => cursors.after(agencyCode)) })),
    );
  },
);

const evidence = route(staffReadRoutes.evidence, ({ params: { hash } }, { app }) =>
  pipe(
    app.register.evidence(hash),
    TE.map((found) =>
      found._tag === 'Bundle'
        ? { body: { state: 'kept' as const, bundle: found.bundle } }
        : {
            body: {
              state: found._tag === 'Forgotten' ? ('forgotten' as const) : ('missing' as const),
              bundle: null,
            },
          },
    ),
  ),
);

/** Only with a bundle that names it: a hash alone opens nothing. */
const evidenceList = route(staffReadRoutes.evidenceList, ({ params: { hash, list } }, { app }) =>
  pipe(
    app.register.evidence(hash),
    TE.chainW((found) => {
      const answers = found._tag === 'Bundle' ? found.evidence.revocation : [];
      const proof = answers
        .flatMap(({ proofs = [] }) => proofs)
        .find(({ kind, fingerprint }) => kind === 'crl' && fingerprint === list);
      return proof === undefined
        ? TE.left<Refusal, never>(httpRefusal('NOT_FOUND'))
        : TE.right({ body: new Uint8Array(proof.der) });
    }),
  ),
);

// -------------------------------------------------------------------------------------
// commands
// -------------------------------------------------------------------------------------

const commanded = (
  { app, caller, commandId }: Scope<StaffCaller>,
  command: { readonly type: string; readonly [field: string]: unknown },
): TE.TaskEither<Refusal, Reply<ExecutedAnswer>> =>
  pipe(app.register.execute({ ...command, commandId }, { staff: caller.account }), TE.map(executedReply));

const commands = staffCommandRoutes;

export const staffHandlers: ReadonlyArray<Route> = [
  reviews,
  review,
  agencyDataRequests,
  route(commands.decideReview, ({ params, body }, scope) =>
    commanded(scope, { type: 'DecideReview', review: params.reviewId, ...body }),
  ),
  route(commands.decideAgencyData, ({ params: { agencyCode, requestId }, body }, scope) =>
    commanded(scope, { type: 'DecideAgencyData', agencyCode, request: requestId, ...body }),
  ),
  route(commands.suspendAgency, ({ params, body }, scope) =>
    commanded(scope, { type: 'SuspendAgency', ...params, ...body }),
  ),
  route(commands.reopenAgency, ({ params, body }, scope) =>
    commanded(scope, { type: 'ReopenAgency', ...params, ...body }),
  ),
  route(commands.deregisterAgency, ({ params, body }, scope) =>
    commanded(scope, { type: 'DeregisterAgency', ...params, ...body }),
  ),
  route(commands.publishCatalogue, ({ body }, scope) =>
    commanded(scope, { type: 'PublishCatalogue', ...body }),
  ),
  route(commands.publishTerms, ({ body }, scope) => commanded(scope, { type: 'PublishTerms', ...body })),
  route(commands.forgetSubject, ({ body }, scope) => commanded(scope, { type: 'ForgetSubject', ...body })),
  route(commands.forgetApplicant, ({ body }, scope) =>
    commanded(scope, { type: 'ForgetApplicant', ...body }),
  ),
  staffForecast,
  staffUnassigned,
  evidence,
  evidenceList,
];
