/**
 * What every review has: a mismatch, an application, the insurer's queue, a decision (GEPI-23…26, GEPI-50).
 *
 * @packageDocumentation
 */
import { type Instant, printRocDateTime, type ReviewDifference, type Text } from '@mandate/domain';
import type { QueuedReview } from '@mandate/projections';
import type { Agency } from '../../world/cast.js';
import type { Shown } from '../../world/counter.js';
import { readOrThrow } from '../../world/reading.js';
import { answer, type Fact, type Outcome, refusedOutcome } from '../outcome.js';
import { fieldOf, orElse, type Scene } from '../scene.js';
import { say } from './shared.js';

/** The first step with a card whose organisation is not the one on record: asked for name and phone. */
export const mismatch = async (
  scene: Scene,
  purposeId: string,
  agency: Agency,
  card: Shown,
): Promise<Outcome> =>
  orElse(await scene.show(purposeId, agency, [card]), ({ reviewNeeded }) =>
    reviewNeeded === undefined
      ? answer(false, '憑證相符', 'The certificate matches')
      : refusedOutcome(reviewNeeded),
  );

/** 確認 on the mismatch screen: the applicant leaves name and telephone. */
export const applyForReview = async (
  scene: Scene,
  purposeId: string,
  agency: Agency,
  card: Shown,
  applicant: Readonly<Record<string, string>>,
): Promise<Outcome> =>
  orElse(await scene.show(purposeId, agency, [card]), (confirmed) =>
    scene.sendWithTerms(
      confirmed,
      { type: 'RequestReview', applicant },
      { text: say('message.reviewPending'), help: agency },
    ),
  );

/** The review queue as staff see it. */
const pending = async (scene: Scene) => {
  const { reading } = scene.world.portal;
  await reading.refresh();
  return readOrThrow(await reading.reviews.list({ status: 'pending' })());
};

/** The pending review of an agency. */
const pendingReview = async (scene: Scene, agency: Agency): Promise<string> =>
  (await pending(scene)).find((review) => review.agencyCode === agency.code)?.review ?? '';

export const decide =
  (agency: Agency, outcome: 'approved' | 'rejected', note: string) =>
  async (scene: Scene): Promise<Outcome> =>
    scene.staff(
      {
        type: 'DecideReview',
        agencyCode: agency.code,
        review: await pendingReview(scene, agency),
        outcome,
        note,
      },
      {
        text: say(outcome === 'approved' ? 'record.approved' : 'record.rejected'),
        facts: (executed): ReadonlyArray<Fact> => {
          const from = fieldOf(executed, 'RegistrationReviewDecided', 'validFrom');
          return from === ''
            ? []
            : [{ label: { zh: '自此生效', en: 'valid from' }, value: printRocDateTime(from as Instant) }];
        },
      },
    );

const fieldNames: Readonly<Record<ReviewDifference['field'], Text>> = {
  oid: { zh: '機關憑證OID', en: 'OID' },
  businessNumber: { zh: '統一編號', en: 'business number' },
  name: { zh: '機關名稱', en: 'name' },
};

/** What staff compare: on record, and in the certificate. */
const factsOf = (review: QueuedReview): ReadonlyArray<Fact> =>
  review.differences.flatMap(({ field, expected, found }): ReadonlyArray<Fact> => {
    const { zh, en } = fieldNames[field];
    return [
      { label: { zh: `${zh}(資料)`, en: `${en} on record` }, value: expected ?? '—' },
      { label: { zh: `${zh}(憑證)`, en: `${en} in the certificate` }, value: found ?? '—' },
    ];
  });

/** The queue holds this agency alone; with it stands what differs. */
export const queue =
  (agency: Agency) =>
  async (scene: Scene): Promise<Outcome> => {
    const all = await pending(scene);
    return answer(
      all.length === 1 && all[0]?.agencyCode === agency.code,
      `待審核 ${all.length} 件:${all.map((review) => review.agencyName).join('、')}`,
      `${all.length} waiting`,
      all.flatMap(factsOf),
    );
  };
