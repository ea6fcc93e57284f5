import { randomUUID } from 'node:crypto';
import { revocationSource, verifyEvidence } from '@mandate/certificates';
import { gepiCatalogue, gepiTerms, toEvidence } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { right } from '../support.js';
import { refusalOf } from './support/counter.js';
import { type Filled, filled } from './support/filled.js';
import { type Office, openOffice, origin, testPki } from './support/office.js';
import { as, ports } from './support/staff.js';

const test = suite<{ office: Office; past: Filled }>('staff over HTTP');

test.before.each(async (context) => {
  context.office = await openOffice({ app: ports });
});

test.after.each(async ({ office }) => {
  await office.close();
});

const agency = { agencyCode: 'EX001' };

/** The menu as JSON has it: without parents that are none. */
const menu = gepiCatalogue.map(({ parent, ...entry }) => (parent === null ? entry : { ...entry, parent }));

/** An agency's card that names another organisation asks for a review. */
const asksForReview = async (office: Office, code = 'EX001'): Promise<string> => {
  const { register, pki } = office;
  const card = await pki.issueAgency({
    ca: 'GCA',
    name: '另一機關',
    organisationOid: '2.16.886.101.90003.20001.29999',
  });
  const challenge = right(
    await register.issueChallenge({ purpose: 'first-registration', agencyCode: code })(),
  );
  const signed = await card.sign(new TextEncoder().encode(challenge.text), { withCardNumber: true });
  const { confirmation } = right(
    await register.confirmCard({ nonce: challenge.nonce, cms: Buffer.from(signed).toString('base64') })(),
  );
  const { terms, presentedAt, receipt } = right(await register.presentTerms()());
  const executed = right(
    await register.execute({
      ...{ type: 'RequestReview', commandId: randomUUID(), agencyCode: code, confirmation: confirmation.id },
      terms: { hash: terms.hash, presentedAt, receipt },
      applicant: { name: '林示範', phone: '02-2192-7111' },
    })(),
  );
  office.clock.advance(60_000);
  return executed.position ?? '';
};

test('GEPI-26, GEPI-50: staff sees who waits, the longest first, decides, and sees what was decided', async ({
  office,
}) => {
  await asksForReview(office);
  const second = await asksForReview(office, 'EX002');
  const reviewer = as('rev-1', office.app);
  const all = right(await reviewer.reviews({ query: { status: 'pending', limit: '1' } }, { after: second }));
  assert.equal(
    all.items.map(({ agencyCode, applicant }) => [agencyCode, applicant?.name]),
    [['EX001', '林示範']],
  );
  const rest = right(
    await reviewer.reviews({ query: { status: 'pending', limit: '1', cursor: all.next ?? '' } }),
  );
  assert.equal([rest.items.map(({ agencyCode }) => agencyCode), rest.next], [['EX002'], null]);
  const reviewId = all.items[0]?.review ?? '';
  const decision = {
    params: { reviewId },
    body: { ...agency, outcome: 'approved', note: '已電話確認' },
  } as const;
  const decided = right(await reviewer.decideReview(decision));
  assert.equal(
    decided.events.map(({ type }) => type),
    ['RegistrationReviewDecided'],
  );
  // The client passes its last position on: the list knows what was just done.
  const after = right(await reviewer.review({ params: { reviewId } }));
  assert.equal([after.status, after.decidedBy, after.note], ['approved', 'rev-1', '已電話確認']);
  assert.is(refusalOf(await reviewer.decideReview(decision)), 'REVIEW_ALREADY_DECIDED');
  assert.is(refusalOf(await reviewer.review({ params: { reviewId: randomUUID() } })), 'REVIEW_NOT_FOUND');
});

test('a cursor of one list of reviews is none of another', async ({ office }) => {
  await asksForReview(office);
  const last = await asksForReview(office, 'EX002');
  const reviewer = as('rev-1', office.app);
  const { next } = right(await reviewer.reviews({ query: { limit: '1' } }, { after: last }));
  assert.is(
    refusalOf(await reviewer.reviews({ query: { status: 'approved', limit: '1', cursor: next ?? '' } })),
    'CURSOR_INVALID',
  );
  for (const at of ['-1', '-0', '1.5', '1e300', '"1"', 'null']) {
    const cursor = Buffer.from(`["reviews  ",${at}]`).toString('base64url');
    assert.is(refusalOf(await reviewer.reviews({ query: { cursor } })), 'CURSOR_INVALID', at);
  }
});

test('an agency is closed for a time, opened again, and its service ended', async ({ office }) => {
  await filled(office);
  const operator = as('ops-1', office.app);
  const status = async (): Promise<unknown> =>
    right(await operator.agencyHistoryAsOf({ params: agency })).authority.agency?.status;
  right(await operator.suspendAgency({ params: agency, body: { reason: 'audit' } }));
  office.clock.advance(1000);
  assert.is(await status(), 'suspended');
  assert.is(
    refusalOf(await operator.suspendAgency({ params: agency, body: { reason: 'audit' } })),
    'AGENCY_SUSPENDED',
  );
  right(await operator.reopenAgency({ params: agency, body: { reason: 'audited' } }));
  office.clock.advance(1000);
  assert.is(await status(), 'registered');
  right(await operator.deregisterAgency({ params: agency, body: { reason: 'abolished' } }));
  office.clock.advance(1000);
  assert.is(await status(), 'deregistered');
  const { items } = right(await operator.agencyHistory({ params: agency }));
  assert.equal(items.at(-1)?.actor, { kind: 'staff', account: 'ops-1' });
});

test('a version of menu and terms is published once, and comes next', async ({ office }) => {
  const operator = as('ops-1', office.app);
  const { title, text, english } = gepiTerms;
  right(await operator.publishCatalogue({ body: { version: 2, entries: menu } }));
  assert.is(
    refusalOf(await operator.publishCatalogue({ body: { version: 2, entries: menu } })),
    'VERSION_NOT_NEXT',
  );
  right(await operator.publishTerms({ body: { version: 2, title, text: `${text}。`, english } }));
  assert.is(right(await operator.terms()).version, 2);
});

test('who left can be forgotten, who is there cannot; the answer and the history have no name any more', async ({
  office,
}) => {
  const past = await filled(office);
  const operator = as('ops-1', office.app);
  const wish = { body: { nationalId: past.wang.nationalId, legalBasis: '個人資料保護法第11條' } };
  // `isActive` is not set in this office: the register forgets whoever is asked for.
  right(await operator.forgetSubject(wish));
  const { people } = right(
    await as('aud-1', office.app).agencyHistory({ params: agency }, { after: operator.position() ?? '' }),
  );
  assert.equal(
    people.map(({ name }) => name),
    ['林示範', null],
  );
  const unknown = await operator.forgetSubject({ body: { nationalId: 'H121212124', legalBasis: 'x' } });
  assert.is(refusalOf(unknown), 'PERSON_UNKNOWN');
  const wrong = await operator.forgetSubject({ body: { nationalId: 'A123456780', legalBasis: 'x' } });
  assert.not.match(JSON.stringify(wrong), /A123456780/);
});

test('the forecast of all agencies, page by page, with how many there are of each kind', async ({
  office,
}) => {
  const past = await filled(office);
  const auditor = as('aud-1', office.app);
  const span = { from: '2026-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' };
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...span, limit: '2', ...(cursor === undefined ? {} : { cursor }) };
    const page = right(await auditor.staffForecast({ query }, { after: past.last }));
    assert.equal(page.counts, { lockouts: 6, already: 0, undated: 0 });
    seen.push(...page.items.map(({ who, lockout }) => [who.agencyCode, who.holder, lockout?.cause]));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  assert.equal(
    seen.map(String).sort(),
    ['EX001', 'EX002'].flatMap((code) =>
      ['agency', 'clerk', 'manager'].map((holder) => `${code},${holder},expiry`),
    ),
  );
});

test('X-6: agencies with functions that nobody holds, page by page', async ({ office }) => {
  const past = await filled(office);
  const auditor = as('aud-1', office.app);
  const first = right(
    await auditor.staffUnassignedFunctions({ query: { limit: '1' } }, { after: past.last }),
  );
  const second = right(
    await auditor.staffUnassignedFunctions({ query: { limit: '1', cursor: first.next ?? '' } }),
  );
  assert.equal(
    [...first.items, ...second.items].map(({ agencyCode }) => agencyCode),
    ['EX001', 'EX002'],
  );
  assert.is(second.next, null);
});

test('evidence is for auditors: what is kept, what is missing', async ({ office }) => {
  const past = await filled(office);
  const auditor = as('aud-1', office.app);
  const { items } = right(await auditor.agencyHistory({ params: agency }, { after: past.last }));
  const hash = items.at(-1)?.evidence[0] ?? '';
  const kept = right(await auditor.evidence({ params: { hash } }));
  assert.equal([kept.state, kept.bundle?.kind], ['kept', 'answer']);
  const missing = right(await auditor.evidence({ params: { hash: '0'.repeat(64) } }));
  assert.equal(missing, { state: 'missing', bundle: null });
  for (const account of ['rev-1', 'ops-1']) {
    assert.is(refusalOf(await as(account, office.app).evidence({ params: { hash } })), 'FORBIDDEN');
  }
});

test('the lists that evidence rests on are fetched with it, and judged with it again', async () => {
  const { trust, publish } = await testPki();
  const revocation = revocationSource({ trust, crls: publish().crls });
  const office = await openOffice({ app: ports, settings: { revocation } });
  const past = await filled(office);
  const auditor = as('aud-1', office.app);
  const { items } = right(await auditor.agencyHistory({ params: agency }, { after: past.last }));
  const hash = items.at(-1)?.evidence[0] ?? '';
  const { bundle } = right(await auditor.evidence({ params: { hash } }));
  if (bundle?.format !== 'mandate-evidence/2') throw new Error('no bundle');
  const lists = new Map<string, Uint8Array>();
  for (const { sha256 } of bundle.revocation.flatMap(({ proofs }) => proofs)) {
    const answer = right(await auditor.evidenceList({ params: { hash, list: sha256 } }));
    assert.is(answer.headers.get('content-type'), 'application/pkix-crl');
    lists.set(sha256, new Uint8Array(await answer.arrayBuffer()));
  }
  assert.ok(lists.size > 0);
  const report = await verifyEvidence(toEvidence(bundle, lists), {
    anchors: office.pki.trustInput.anchors,
  })();
  assert.is(report.indication, 'passed');
  const [list = ''] = lists.keys();
  const wrong = [
    { hash, list: '0'.repeat(64) },
    { hash: '0'.repeat(64), list },
    { hash, list: hash },
  ];
  for (const params of wrong) assert.is(refusalOf(await auditor.evidenceList({ params })), 'NOT_FOUND');
  assert.is(refusalOf(await as('rev-1', office.app).evidenceList({ params: { hash, list } })), 'FORBIDDEN');
  await office.close();
});

test('each role has its own doors', async ({ office }) => {
  const auditor = as('aud-1', office.app);
  const reviewer = as('rev-1', office.app);
  const operator = as('ops-1', office.app);
  const suspension = { params: agency, body: { reason: 'audit' } };
  assert.is(refusalOf(await auditor.suspendAgency(suspension)), 'FORBIDDEN');
  assert.is(refusalOf(await reviewer.suspendAgency(suspension)), 'FORBIDDEN');
  assert.is(refusalOf(await operator.reviews()), 'FORBIDDEN');
  const decision = { params: { reviewId: randomUUID() }, body: { ...agency, outcome: 'approved' } } as const;
  assert.is(refusalOf(await operator.decideReview(decision)), 'FORBIDDEN');
  assert.is(refusalOf(await auditor.decideReview(decision)), 'FORBIDDEN');
  assert.is(refusalOf(await as('nobody', office.app).reviews()), 'SIGN_IN_REQUIRED');
  assert.is(refusalOf(await as('gate', office.app).reviews()), 'SIGN_IN_REQUIRED');
});

test('a command sent again is the same command; its id with another is refused', async ({ office }) => {
  await filled(office);
  const operator = as('ops-1', office.app);
  const idempotencyKey = randomUUID();
  const first = right(
    await operator.suspendAgency({ params: agency, body: { reason: 'audit' } }, { idempotencyKey }),
  );
  const again = right(
    await operator.suspendAgency({ params: agency, body: { reason: 'audit' } }, { idempotencyKey }),
  );
  assert.equal(again, { ...first, idempotent: true });
  const other = await operator.suspendAgency(
    { params: { agencyCode: 'EX002' }, body: { reason: 'audit' } },
    { idempotencyKey },
  );
  assert.is(refusalOf(other), 'COMMAND_ID_REUSED');
});

test('a page that signs staff in by a cookie needs its origin and its token', async ({ office }) => {
  await filled(office);
  const byCookie = office.serve({
    staff: {
      ...ports.staff,
      authenticate: () => async () => ({ _tag: 'Right', right: { account: 'ops-1', roles: ['operator'] } }),
    },
  });
  const post = async (headers: Record<string, string>): Promise<string | undefined> => {
    const answer = await byCookie.fetch(
      new Request(`${origin}/staff/agencies/EX001/suspension`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
        body: JSON.stringify({ reason: 'audit' }),
      }),
    );
    return ((await answer.json()) as { code?: string }).code;
  };
  assert.is(await post({}), 'ORIGIN_REFUSED');
  assert.is(await post({ origin: 'https://elsewhere.example', 'x-staff-csrf': 'yes' }), 'ORIGIN_REFUSED');
  assert.is(await post({ origin }), 'CSRF_FAILED');
  // Only a bearer token of its own is nothing that a browser adds by itself.
  assert.is(await post({ authorization: 'Basic bearer x' }), 'ORIGIN_REFUSED');
  assert.is(await post({ origin, authorization: 'Basic bearer x' }), 'CSRF_FAILED');
  assert.is(await post({ origin, 'x-staff-csrf': 'yes' }), undefined);
});

test('nothing beside what a command has gets in', async ({ office }) => {
  const post = async (body: unknown): Promise<unknown> => {
    const answer = await office.app.fetch(
      new Request(`${origin}/staff/agencies/EX001/suspension`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer ops-1',
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify(body),
      }),
    );
    return ((await answer.json()) as { code: string }).code;
  };
  for (const extra of [
    { staff: 'boss' },
    { agencyCode: 'EX002' },
    { type: 'PublishTerms' },
    { commandId: randomUUID() },
  ]) {
    assert.is(await post({ reason: 'audit', ...extra }), 'INVALID_INPUT', JSON.stringify(extra));
  }
});

test.run();
