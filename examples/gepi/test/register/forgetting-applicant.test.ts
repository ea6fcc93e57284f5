import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { type RegisterSettings, vaultFault } from '@mandate/domain';
import { createProjectionRunner, reviewQueue, reviews } from '@mandate/projections';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people, school } from '../../src/world/cast.js';
import { agreeToTerms } from '../../src/world/counter.js';
import { backings, on } from '../support/backing.js';
import { confirmed, give, issuePair } from '../support/counter.js';
import { down } from '../support/faults.js';
import { readEverything } from '../support/inspect.js';
import { byStaff, type Office, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['XCA', 'MOICA'] });
const pair = await issuePair(pki, school, people.huang);
const applicant = { name: '葉申請', phone: '039251000', extension: '11' };
const note = '已電話向葉申請確認';

/** An office where somebody applied for a review (GEPI-23); answers the review's id. */
const applied = async (overrides: Partial<RegisterSettings> = {}) => {
  const office = await openOffice(pki, overrides);
  const visit = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
  const terms = right(await agreeToTerms(office.register));
  right(await give(office.register, visit, { type: 'RequestReview', terms, applicant }));
  const requested = (await readEverything(office)).find(
    (event) => event.type === 'RegistrationReviewRequested',
  );
  assert.ok(requested?.type === 'RegistrationReviewRequested');
  return { office, review: requested.data.review };
};

const decide = (office: Office, review: string) =>
  byStaff(office, { type: 'DecideReview', agencyCode: school.code, review, outcome: 'rejected', note });

const forgetting = (review: string, agencyCode: string = school.code) => ({
  type: 'ForgetApplicant',
  agencyCode,
  review,
  legalBasis: '個資法第11條',
});

/** What can be read of the review: the applicant, and the note. */
const readable = async (office: Office): Promise<ReadonlyArray<unknown>> =>
  (await readEverything(office)).flatMap((event) =>
    event.type === 'RegistrationReviewRequested' || event.type === 'RegistrationReviewDecided'
      ? [event.personal]
      : [],
  );

for (const [name, open] of backings) {
  const forgets = suite(`forgetting the applicant of a review, on ${name}`);

  forgets('GEPI-23: name, telephone and note are gone; the review, its history and the chain stay', () =>
    on(open, async (backing) => {
      const { office, review } = await applied(backing.ports);
      right(await decide(office, review));
      assert.equal(await readable(office), [applicant, { note }]);
      const before = await readEverything(office);
      assert.equal(typesOf(right(await byStaff(office, forgetting(review)))), ['ApplicantForgotten']);
      assert.equal(await readable(office), [undefined, undefined]);
      const after = await readEverything(office);
      assert.equal(
        after.slice(0, -1).map(({ data }) => data),
        before.map(({ data }) => data),
      );
      const last = after.at(-1);
      assert.ok(last?.type === 'ApplicantForgotten');
      assert.equal(
        [last.data.agency, last.data.review, last.data.legalBasis, last.data.keys.length],
        [school.code, review, '個資法第11條', 1],
      );
      const later = office.reopened(await backing.reopened());
      assert.equal(await readable(later), [undefined, undefined]);
      assert.is(refusal(await byStaff(later, forgetting(review))), 'PERSON_UNKNOWN');
    }),
  );

  forgets('GEPI-23: the review queue shows that the applicant was forgotten', () =>
    on(open, async (backing) => {
      const { office, review } = await applied(backing.ports);
      right(await decide(office, review));
      const directory = mkdtempSync(join(tmpdir(), 'mandate-queue-'));
      const { store, vault } = backing.ports;
      const file = join(directory, 'queue.db');
      const runner = right(
        await createProjectionRunner({
          file,
          store,
          vault,
          sha256: nodeSha256,
          projections: [reviewQueue],
        })(),
      );
      const queue = reviews(runner.read, 'gepi', vault);
      right(await runner.catchUp()());
      assert.equal(right(await queue.list()())[0]?.applicant, applicant);
      right(await byStaff(office, forgetting(review)));
      right(await runner.catchUp()());
      const [shown] = right(await queue.list()());
      const at = (await readEverything(office)).at(-1)?.meta.recordedAt;
      assert.equal(
        [shown?.applicant, shown?.note, shown?.status, shown?.forgottenAt],
        [null, null, 'rejected', at],
      );
      const live = right(runner.read.digest(reviewQueue));
      right(await runner.rebuild(reviewQueue)());
      assert.is(right(runner.read.digest(reviewQueue)), live);
      await runner.close();
      rmSync(directory, { recursive: true, force: true });
    }),
  );

  forgets('what was cut off after the event is finished by the retry', () =>
    on(open, async (backing) => {
      const { office, review } = await applied(backing.ports);
      right(await decide(office, review));
      const fault = vaultFault('VAULT_UNAVAILABLE', 'down for a test');
      const broken = office.reopened({ vault: { ...backing.ports.vault, forget: down(fault) } });
      const command = { ...forgetting(review), commandId: randomUUID() };
      assert.is(refusal(await byStaff(broken, command)), 'VAULT_UNAVAILABLE');
      assert.equal(await readable(office), [applicant, { note }]);
      assert.ok(right(await byStaff(office, command)).idempotent);
      assert.equal(await readable(office), [undefined, undefined]);
    }),
  );

  forgets.run();
}

// -------------------------------------------------------------------------------------
const rules = suite('which applicant can be forgotten');

/** Refused, and nothing was changed. */
const refuses = async (office: Office, command: ReturnType<typeof forgetting>) => {
  const before = right(await office.settings.store.head()());
  const keys = await readable(office);
  const code = refusal(await byStaff(office, command));
  assert.is(right(await office.settings.store.head()()), before);
  assert.equal(await readable(office), keys);
  return code;
};

rules('GEPI-23: not while the review waits: the applicant has to be called back', async () => {
  const { office, review } = await applied();
  assert.is(await refuses(office, forgetting(review)), 'REVIEW_STILL_PENDING');
  assert.equal(await readable(office), [applicant]);
});

rules('not of a review that is not known, or is of another agency', async () => {
  const { office, review } = await applied();
  right(await decide(office, review));
  assert.is(await refuses(office, forgetting(randomUUID())), 'REVIEW_NOT_FOUND');
  assert.is(await refuses(office, forgetting(review, cityOffice.code)), 'REVIEW_NOT_FOUND');
  assert.is(await refuses(office, forgetting(review, 'ZZ999')), 'REVIEW_NOT_FOUND');
});

rules('not without a legal basis, nor by a caller who is not staff', async () => {
  const { office, review } = await applied();
  right(await decide(office, review));
  assert.is(await refuses(office, { ...forgetting(review), legalBasis: ' ' }), 'INVALID_INPUT');
  const command = { ...forgetting(review), commandId: randomUUID() };
  assert.is(refusal(await office.register.execute(command)()), 'INVALID_INPUT');
});

rules('a dry run takes no key out of use', async () => {
  const { office, review } = await applied();
  right(await decide(office, review));
  const key = right(await office.settings.vault.keyOf(`review.${review}`)());
  const command = { ...forgetting(review), commandId: randomUUID() };
  const would = right(await office.register.execute(command, { staff: 'ops-1', dryRun: true })());
  assert.equal(typesOf(would), ['ApplicantForgotten']);
  assert.ok(key !== undefined);
  assert.is(right(await office.settings.vault.keyOf(`review.${review}`)()), key);
});

rules('where stream or vault do not answer, that is said', async () => {
  const { office, review } = await applied();
  right(await decide(office, review));
  const { store, vault } = office.settings;
  const fault = vaultFault('VAULT_UNAVAILABLE', 'down for a test');
  for (const name of ['keyOf', 'retiredKeysOf', 'retire'] as const) {
    const broken = office.reopened({ vault: { ...vault, [name]: down(fault) } });
    assert.is(refusal(await byStaff(broken, forgetting(review))), 'VAULT_UNAVAILABLE', name);
  }
  const noStore = { _tag: 'StoreFault', code: 'STORE_UNAVAILABLE', detail: 'down' } as const;
  const broken = office.reopened({
    store: {
      ...store,
      readStream: (stream, from, limit) =>
        stream.startsWith('agency-') ? down(noStore)() : store.readStream(stream, from, limit),
    },
  });
  assert.is(refusal(await byStaff(broken, forgetting(review))), 'STORE_UNAVAILABLE');
});

rules.run();
