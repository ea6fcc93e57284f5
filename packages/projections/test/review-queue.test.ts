import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reviewQueue, reviews } from '../src/index.js';
import { vaultDown } from './support/broken.js';
import {
  agency,
  appointed,
  certificate,
  deregistered,
  registered,
  replaced,
  reviewDecided,
  reviewRequested,
  through,
} from './support/events.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { left, makeWorld, minute, right, uuid } from './support/world.js';

const test = suite('review queue');

const stage = async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [reviewQueue]);
  const queue = reviews(runner.read, 'gepi', world.vault);
  const list: typeof queue.list = (page) => async () => {
    right(await runner.catchUp()());
    return queue.list(page)();
  };
  return { world, runner, queue, list };
};

test('GEPI-23: a request stands in the queue with certificate, both organisations and whom to call back', async () => {
  const { world, list, queue } = await stage();
  await world.write(agency('10001'), [reviewRequested('A', '10001')], { at: minute(5) });
  const [review] = right(await list({ status: 'pending' })());
  assert.equal(review, {
    review: uuid('review A'),
    agencyCode: '10001',
    agencyName: '機關10001',
    purpose: 'first-registration',
    requestedAt: minute(5),
    credential: certificate('GCA', 'presented A'),
    presented: { kind: 'oid', value: '2.16.886.101.20003.20009' },
    expected: { kind: 'oid', value: '2.16.886.101.20003.20001' },
    differences: [
      {
        field: 'oid',
        expected: '2.16.886.101.20003.20001',
        found: '2.16.886.101.20003.20009',
        parting: { shared: ['2', '16', '886', '101', '20003'], expected: ['20001'], found: ['20009'] },
        masked: false,
      },
    ],
    status: 'pending',
    decidedAt: null,
    decidedBy: null,
    validFrom: null,
    applicant: { name: 'applicant A', phone: '0223456789', extension: '12' },
    note: null,
    forgottenAt: null,
  });
  assert.is(right(queue.count('pending')), 1);
});

test('GEPI-23: what is on record and what the certificate says need not be of one kind', async () => {
  const { world, list } = await stage();
  const request = reviewRequested('A', '10001');
  const presented = { kind: 'businessNumber', value: '12345675' } as const;
  await world.write(agency('10001'), [{ ...request, data: { ...request.data, presented } }]);
  const unknown = reviewRequested('B', '10002');
  await world.write(agency('10002'), [{ ...unknown, data: { ...unknown.data, expected: null } }]);
  assert.equal(
    right(await list()()).map(({ differences }) =>
      differences.map(({ field, expected, found }) => [field, expected, found]),
    ),
    [
      [
        ['oid', '2.16.886.101.20003.20001', null],
        ['businessNumber', null, '12345675'],
      ],
      [['oid', null, '2.16.886.101.20003.20009']],
    ],
  );
});

test('no whole national ID stands in the queue, wherever somebody wrote one: not in its rows, not in its answers', async () => {
  const { world, runner, list } = await stage();
  const ids = ['A123456789', 'Y123456788', 'AA00000009'] as const;
  const written = ['A123456789', 'y1234-56788', 'ＡＡ０００００００９'] as const;
  const request = reviewRequested('A', '10001');
  const { data, personal } = request;
  await world.write(agency('10001'), [
    {
      ...request,
      data: { ...data, agencyName: `王小明診所${written[0]}` },
      personal: { ...personal, name: `王小明 ${written[1]}` },
    },
  ]);
  const decided = reviewDecided('A', 'rejected');
  await world.write(agency('10001'), [{ ...decided, personal: { note: `電洽本人(${written[2]})\n不符` } }]);
  const [review] = right(await list()());
  assert.equal(
    [review?.agencyName, review?.applicant?.name, review?.note],
    ['王小明診所******6789', '王小明 ******6788', '電洽本人(******0009)\n不符'],
  );
  const rows = right(
    runner.read.query(reviewQueue, (tx) => tx.all<Record<string, unknown>>('SELECT * FROM {reviews}')),
  );
  for (const text of [JSON.stringify(review), JSON.stringify(rows)]) {
    for (const id of [...ids, ...written]) assert.not(text.includes(id), id);
  }
});

test('GEPI-24: staff see the longest waiting first; who decided, when, and the note stand with the decision', async () => {
  const { world, list, queue } = await stage();
  await world.write(agency('10002'), [reviewRequested('B', '10002')], { at: minute(10) });
  await world.write(agency('10001'), [reviewRequested('A', '10001')], { at: minute(20) });
  await world.write(agency('10002'), [reviewDecided('B', 'approved')], {
    at: minute(30),
    actor: { kind: 'staff', account: 'desk-7' },
  });
  const all = right(await list()());
  assert.equal(
    all.map(({ agencyCode, status }) => [agencyCode, status]),
    [
      ['10002', 'approved'],
      ['10001', 'pending'],
    ],
  );
  const [decided] = all;
  assert.equal(
    [decided?.decidedAt, decided?.decidedBy, decided?.validFrom, decided?.note],
    [minute(30), 'desk-7', '2026-02-01T00:00:00.000Z', 'note on B'],
  );
  assert.equal(
    right(await list({ agencyCode: '10001' })()).map(({ review }) => review),
    [uuid('review A')],
  );
  assert.is(right(await list({ limit: 1, offset: 1 })())[0]?.agencyCode, '10001');
  for (const { review } of right(await list()())) {
    assert.equal(
      right(await list({ review })()).map((row) => row.review),
      [review],
    );
  }
  assert.is(right(queue.count('approved')), 1);
});

test('GEPI-50: a review that became pointless is superseded', async () => {
  const { world, list } = await stage();
  await world.write(agency('10001'), [registered('10001'), appointed('王管理')]);
  await world.write(agency('10001'), [reviewRequested('A', '10001', 'replace-agency')]);
  await world.write(agency('10001'), [
    replaced('agency', certificate('GCA', 'agency 10001'), certificate('GCA', 'second')),
  ]);
  assert.is(right(await list()())[0]?.status, 'superseded');
});

test('GEPI-50: an approval is used by what it let in; every other open review is superseded', async () => {
  const { world, list } = await stage();
  const home = agency('10001');
  const statuses = async () => right(await list()()).map(({ status }) => status);
  for (const words of ['A', 'B', 'C', 'D']) await world.write(home, [reviewRequested(words, '10001')]);
  await world.write(home, [reviewDecided('A', 'approved')]);
  await world.write(home, [reviewDecided('B', 'approved')]);
  await world.write(home, [reviewDecided('C', 'rejected')]);
  await world.write(home, [through('B', registered('10001')), appointed('王管理')]);
  assert.equal(await statuses(), ['superseded', 'used', 'rejected', 'superseded']);
  await world.write(home, [reviewRequested('E', '10001', 'replace-agency')]);
  await world.write(home, [reviewDecided('E', 'approved')]);
  await world.write(home, [deregistered]);
  assert.equal(await statuses(), ['superseded', 'used', 'rejected', 'superseded', 'superseded']);
});

test('GEPI-23: an applicant who was forgotten is shown as such, and a replay gives the same', async () => {
  const { world, runner, list } = await stage();
  for (const code of ['10001', '10002']) {
    await world.write(agency(code), [reviewRequested(code, code)]);
    await world.write(agency(code), [reviewDecided(code, 'rejected')]);
  }
  assert.is(right(await list()())[0]?.applicant?.name, 'applicant 10001');
  await world.forgetApplicant('10001', uuid('review 10001'), { at: minute(50) });
  const [review, other] = right(await list()());
  assert.equal(
    [review?.applicant, review?.note, review?.status, review?.forgottenAt],
    [null, null, 'rejected', minute(50)],
  );
  assert.equal(
    [other?.applicant?.name, other?.note, other?.forgottenAt],
    ['applicant 10002', 'note on 10002', null],
  );
  assert.equal(digestsOf(runner, [reviewQueue]), await replayDigests(world, [reviewQueue]));
});

test('an applicant is shown no more once the event is there, however long the key takes', async () => {
  const { world, list } = await stage();
  await world.write(agency('10001'), [reviewRequested('A', '10001')]);
  const review = uuid('review A');
  await world.write('privacy-gepi', [
    {
      type: 'ApplicantForgotten',
      data: { agency: '10001', review, keys: ['k'], legalBasis: 'Personal Data Protection Act, art. 11' },
    },
  ]);
  assert.ok(right(await world.vault.keyOf(`review.${review}`)()) !== undefined);
  assert.is(right(await list()())[0]?.applicant, null);
});

test('a review whose key is gone without an event is blank, and a replay gives the same', async () => {
  const { world, runner, list, queue } = await stage();
  await world.write(agency('10001'), [reviewRequested('A', '10001')]);
  await world.write(agency('10001'), [reviewDecided('A', 'rejected')]);
  right(await list()());
  const subject = `review.${uuid('review A')}`;
  right(await world.vault.forget(subject, right(await world.vault.keyOf(subject)()) ?? '')());
  const [review] = right(await queue.list()());
  assert.equal(
    [review?.applicant, review?.note, review?.status, review?.forgottenAt],
    [null, null, 'rejected', null],
  );
  assert.equal(digestsOf(runner, [reviewQueue]), await replayDigests(world, [reviewQueue]));
});

test('a vault that does not answer is a fault of the question, not of the queue', async () => {
  const { world, runner } = await stage();
  await world.write(agency('10001'), [reviewRequested('A', '10001')]);
  right(await runner.catchUp()());
  const { vault } = vaultDown(world.vault, () => true);
  const queue = reviews(runner.read, 'gepi', vault);
  assert.is(left(await queue.list()()).code, 'VAULT_UNAVAILABLE');
  assert.is(right(queue.count('pending')), 1);
});

test.run();
