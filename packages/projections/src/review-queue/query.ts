/**
 * Asking for reviews: those that wait first.
 *
 * @packageDocumentation
 */
import {
  Applicant,
  type KeyVault,
  maskPersonalIds,
  type Organisation,
  openSealed,
  type ReviewDifference,
  type ReviewStatus,
  registerEvents,
  reviewDifferences,
  type SealedPart,
  type SeenCredential,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import { all, one } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import { fromJson } from '../support/rows.js';
import { within } from '../support/within.js';
import { reviewQueue } from './projection.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface QueuedReview {
  readonly review: string;
  readonly agencyCode: string;
  readonly agencyName: string;
  /** The purpose of the policy that the applicant came for. */
  readonly purpose: string;
  /** ISO 8601, UTC. */
  readonly requestedAt: string;
  readonly credential: SeenCredential;
  /** What the certificate says, and what was expected; `null` where it says nothing, or nothing was on record. */
  readonly presented: Organisation | null;
  readonly expected: Organisation | null;
  /** How the two differ, field by field. */
  readonly differences: ReadonlyArray<ReviewDifference>;
  readonly status: ReviewStatus;
  readonly decidedAt: string | null;
  /** Account of the member of staff. */
  readonly decidedBy: string | null;
  readonly validFrom: string | null;
  /** Whom to call back (GEPI-23, GEPI-26); `null` once the applicant was forgotten. */
  readonly applicant: Applicant | null;
  /** What staff noted; `null` while undecided, and once the applicant was forgotten. */
  readonly note: string | null;
  /** When the applicant was forgotten; `null` where that did not happen. */
  readonly forgottenAt: string | null;
}

export interface ReviewPage {
  /** @defaultValue every status */
  readonly status?: ReviewStatus;
  /** @defaultValue every agency */
  readonly agencyCode?: string;
  /** This one alone. @defaultValue every one */
  readonly review?: string;
  /** 1 to 1000. @defaultValue 100 */
  readonly limit?: number;
  /** @defaultValue 0 */
  readonly offset?: number;
}

/** Reviews of one portal. */
export interface ReviewQueue<F extends Answering = 'Either'> {
  /** The longest waiting first. */
  readonly list: (page?: ReviewPage) => TaskEither<ProjectionFault, ReadonlyArray<QueuedReview>>;
  readonly count: (status: ReviewStatus) => Answer<F, number>;
}

// -------------------------------------------------------------------------------------
// query
// -------------------------------------------------------------------------------------

interface Row {
  readonly review: string;
  readonly agency: string;
  readonly agency_name: string;
  readonly purpose: string;
  readonly requested_at: string;
  readonly credential: string;
  readonly presented: string | null;
  readonly expected: string | null;
  readonly status: ReviewStatus;
  readonly decided_at: string | null;
  readonly decided_by: string | null;
  readonly valid_from: string | null;
  readonly applicant: string | null;
  readonly note: string | null;
  readonly forgotten_at: string | null;
}

const orNull = <A>(text: string | null): A | null => (text === null ? null : fromJson<A>(text));

const Note = registerEvents.RegistrationReviewDecided.sealed;

const open = async <S>(
  vault: KeyVault,
  codec: Parameters<typeof openSealed<S>>[1] | undefined,
  sealed: string | null,
): Promise<E.Either<ProjectionFault, S | undefined>> => {
  if (codec === undefined || sealed === null) return E.right(undefined);
  return E.mapLeft((error: { readonly code: string; readonly detail?: string }) =>
    projectionFault(
      error.code === 'STORE_CORRUPT' ? 'SEALED_CORRUPT' : 'VAULT_UNAVAILABLE',
      error.detail ?? error.code,
      { projection: reviewQueue.name },
    ),
  )(await openSealed(vault, codec, fromJson<SealedPart>(sealed)));
};

/** Nobody needs a whole national ID to judge a certificate, wherever somebody wrote one. */
const masked = (applicant: Applicant): Applicant => ({
  ...applicant,
  name: maskPersonalIds(applicant.name),
});

const toReview = async (vault: KeyVault, row: Row): Promise<E.Either<ProjectionFault, QueuedReview>> => {
  const applicant = await open(vault, Applicant, row.applicant);
  if (E.isLeft(applicant)) return applicant;
  const note = await open(vault, Note, row.note);
  if (E.isLeft(note)) return note;
  const presented = orNull<Organisation>(row.presented);
  const expected = orNull<Organisation>(row.expected);
  return E.right({
    review: row.review,
    agencyCode: row.agency,
    agencyName: row.agency_name,
    purpose: row.purpose,
    requestedAt: row.requested_at,
    credential: fromJson(row.credential),
    presented,
    expected,
    differences: reviewDifferences({ presented, expected }),
    status: row.status,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    validFrom: row.valid_from,
    applicant: applicant.right === undefined ? null : masked(applicant.right),
    note: note.right === undefined ? null : maskPersonalIds(note.right.note),
    forgottenAt: row.forgotten_at,
  });
};

/** Asks the live `review-queue` of a portal. The vault opens who applied. */
export const reviews = <F extends Answering>(
  read: ReadModelsOf<F>,
  portal: string,
  vault: KeyVault,
): ReviewQueue<F> => ({
  list:
    ({ status, agencyCode, review, limit, offset } = {}) =>
    async () => {
      const asked = read.ask(reviewQueue, () =>
        all<Row>(
          // `+ 0`: SQLite plans anew whenever a bare parameter is bound as a limit.
          `SELECT * FROM {reviews}
           WHERE portal = @portal AND (@status IS NULL OR status = @status) AND (@agency IS NULL OR agency = @agency)
             AND (@review IS NULL OR review = @review)
           ORDER BY requested_at, agency, revision LIMIT @limit + 0 OFFSET @offset`,
          {
            portal,
            status: status ?? null,
            agency: agencyCode ?? null,
            review: review ?? null,
            limit: within(limit, 100, 1, 1000),
            offset: within(offset, 0, 0, Number.MAX_SAFE_INTEGER),
          },
        ),
      );
      const rows = await read.later(asked)();
      if (E.isLeft(rows)) return rows;
      const opened = await Promise.all(rows.right.map((row) => toReview(vault, row)));
      const found: QueuedReview[] = [];
      for (const review of opened) {
        if (E.isLeft(review)) return review;
        found.push(review.right);
      }
      return E.right(found);
    },
  count: (status) =>
    read.ask(reviewQueue, function* () {
      const counted = yield* one<{ many: number }>(
        'SELECT count(*) AS many FROM {reviews} WHERE portal = ? AND status = ?',
        portal,
        status,
      );
      return counted?.many ?? 0;
    }),
});
