import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cookieJar, registerClient } from '../../src/client/index.js';
import { memorySessionStore } from '../../src/server/session/memory-store.js';
import { right } from '../support.js';
import { browser, type Cards, refusalOf, show, showAll, signed, testCards } from './support/counter.js';
import { type Office, openOffice, origin } from './support/office.js';

const test = suite<{ office: Office; cards: Cards }>('sessions by cards');

test.before.each(async (context) => {
  context.cards = await testCards();
  context.office = await openOffice();
});

test.after.each(async ({ office }) => {
  await office.close();
});

const first = { purpose: 'first-registration', agencyCode: 'EX001' };

test('GEPI-16…21: a challenge for each card in the policy’s order, and all of them open the session', async ({
  office,
  cards,
}) => {
  const { client } = browser(office.app);
  assert.is(right(await client.session()).state, 'none');

  const challenge = right(await client.issueChallenge({ body: first }));
  assert.equal(challenge.step, { role: 'agency', card: 'presented' });
  assert.equal([challenge.number, challenge.of], [1, 2]);
  assert.is(challenge.session.state, 'begun');

  const { nonce, text } = challenge;
  const one = right(await client.confirmCard({ body: { nonce, cms: await signed(cards.office1, text) } }));
  assert.is(one.state, 'begun');
  assert.equal(one.next, { role: 'manager', card: 'presented' });
  assert.is(one.cards[0]?.displayName, '示範市政府人事處');

  const two = right(await show(client, first, cards.lin));
  assert.is(two.state, 'confirmed');
  assert.equal(
    two.cards.map(({ role, displayName, nationalId }) => [role, displayName, nationalId]),
    [
      ['agency', '示範市政府人事處', null],
      ['manager', '林示範', 'A223456781'],
    ],
  );
  assert.equal(right(await client.session()), two);
});

test('the confirmation, as good as the cards, is in no answer', async ({ office, cards }) => {
  const ids: string[] = [];
  const register = {
    ...office.register,
    confirmCard: (answer: unknown) => async () => {
      const confirmed = await office.register.confirmCard(answer)();
      if (confirmed._tag === 'Right') ids.push(confirmed.right.confirmation.id);
      return confirmed;
    },
  };
  const { client, seen } = browser(office.serve({ register }));
  await showAll(client, first, cards.office1, cards.lin);
  right(await client.session());
  assert.is(ids.length, 2);
  for (const { response } of seen) {
    const told = `${[...response.headers].join('\n')}\n${await response.text()}`;
    for (const id of ids) assert.not.match(told, id);
  }
});

test('the cookie is for this host alone, over TLS, and for no script', async ({ office }) => {
  const { client, cookies } = browser(office.app);
  right(await client.issueChallenge({ body: first }));
  const [cookie = ''] = cookies.received();
  assert.match(cookie, /^__Host-mandate=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
});

test('what the store keeps opens no session', async ({ office, cards }) => {
  const kept: string[] = [];
  const { client, cookies } = browser(office.app);
  await showAll(client, first, cards.office1, cards.lin);
  await office.app.sessions.endWhere((record) => {
    kept.push(JSON.stringify(record));
    return false;
  })();
  assert.is(kept.length, 1);
  const token = cookies.header()?.split('=')[1] ?? '';
  assert.is(token.length, 43);
  assert.not.match(kept[0] ?? '', token);
});

test('each confirmed card brings a new token, and the one before leads nowhere (session fixation)', async ({
  office,
  cards,
}) => {
  const { client, cookies } = browser(office.app);
  right(await client.issueChallenge({ body: first }));
  const before = cookies.header() ?? '';
  right(await show(client, first, cards.office1));
  assert.is.not(cookies.header(), before);
  const thief = browser(office.app, { cookies: cookieJar(before) });
  assert.is(right(await thief.client.session()).state, 'none');
});

test('a token that the register has not given is not adopted (session fixation)', async ({ office }) => {
  const planted = `__Host-mandate=${randomBytes(32).toString('base64url')}`;
  const { client, cookies } = browser(office.app, { cookies: cookieJar(planted) });
  right(await client.issueChallenge({ body: first }));
  assert.is.not(cookies.header(), planted);
});

test('a cookie that stands there twice is nobody’s', async ({ office, cards }) => {
  const { client, cookies } = browser(office.app);
  await showAll(client, first, cards.office1, cards.lin);
  const own = cookies.header() ?? '';
  const other = `__Host-mandate=${randomBytes(32).toString('base64url')}`;
  const answer = await office.app.fetch(
    new Request(`${origin}/session`, { headers: { cookie: `${own}; ${other}`, 'user-agent': 'Test/1.0' } }),
  );
  assert.is(((await answer.json()) as { state: string }).state, 'none');
  assert.is(right(await client.session()).state, 'confirmed');
});

test('a server of pages cannot mend the token of a form by reading the session first', async ({
  office,
  cards,
}) => {
  const { client, cookies } = browser(office.app);
  await showAll(client, first, cards.office1, cards.lin);
  for (const csrf of ['x'.repeat(43), null]) {
    const pages = registerClient({
      base: origin,
      cookies,
      csrf,
      headers: { origin, 'user-agent': 'Test/1.0' },
      fetch: office.app.fetch,
    });
    assert.is(right(await pages.session()).state, 'confirmed');
    assert.is(refusalOf(await pages.endSession()), 'CSRF_FAILED');
  }
  assert.is(right(await client.session()).state, 'confirmed');
});

test('a token in another browser ends its session', async ({ office, cards }) => {
  const { client, cookies } = browser(office.app);
  await showAll(client, first, cards.office1, cards.lin);
  const thief = browser(office.app, { cookies, userAgent: 'Other/2.0' });
  assert.is(right(await thief.client.session()).state, 'none');
  assert.is(right(await client.session()).state, 'none');
});

test('a challenge counts in the session that it was handed out to, and trying it elsewhere does not spend it', async ({
  office,
  cards,
}) => {
  const [one, other] = [browser(office.app), browser(office.app)];
  const { nonce, text } = right(await one.client.issueChallenge({ body: first }));
  right(await other.client.issueChallenge({ body: first }));
  const body = { nonce, cms: await signed(cards.office1, text) };
  assert.is(refusalOf(await other.client.confirmCard({ body })), 'CHALLENGE_OTHER_SESSION');
  assert.is(refusalOf(await browser(office.app).client.confirmCard({ body })), 'SESSION_REQUIRED');
  right(await one.client.confirmCard({ body }));
});

test('of challenges that nobody answered the last eight count, so that no session grows by asking', async ({
  office,
  cards,
}) => {
  const { client } = browser(office.app);
  const issued = [];
  for (let times = 0; times < 9; times++) issued.push(right(await client.issueChallenge({ body: first })));
  const answer = async ({ nonce, text }: { nonce: string; text: string }) =>
    client.confirmCard({ body: { nonce, cms: await signed(cards.office1, text) } });
  const [one, two] = issued;
  if (one === undefined || two === undefined) throw new Error('no challenges');
  assert.is(refusalOf(await answer(one)), 'CHALLENGE_OTHER_SESSION');
  right(await answer(two));
});

test('portals that share a store of sessions have each its own, and end none of another', async ({
  office,
  cards,
}) => {
  const sessions = memorySessionStore({ clock: office.clock });
  const portal = 'other' as typeof office.register.policy.portal;
  const policy = { ...office.register.policy, portal };
  const [own, other] = [
    office.serve({ sessions }),
    office.serve({ sessions, register: { ...office.register, policy } }),
  ];
  const { client, cookies } = browser(own);
  await showAll(client, first, cards.office1, cards.lin);
  const there = browser(other, { cookies });
  assert.is(right(await there.client.session()).state, 'none');
  const stranger = browser(other, { cookies, userAgent: 'Other/1.0' });
  assert.is(right(await stranger.client.session()).state, 'none');
  assert.is(right(await other.sessions.endWhere(() => true)()), 0);
  assert.is(right(await client.session()).state, 'confirmed');
  assert.is(right(await own.sessions.endWhere(() => true)()), 1);
  assert.is(right(await client.session()).state, 'none');
});

test('each use counts, also one that is soon after another', async ({ office, cards }) => {
  const { client } = browser(office.app);
  await showAll(client, first, cards.office1, cards.lin);
  office.clock.advance(11_000);
  assert.is(right(await client.session()).state, 'confirmed');
  office.clock.advance(15 * 60_000 - 1_000);
  assert.is(right(await client.session()).state, 'confirmed');
});

test('a purpose that begins takes the one before with it: neither its token nor its confirmation opens anything', async ({
  office,
  cards,
}) => {
  const { client, cookies } = browser(office.app);
  await showAll(client, first, cards.office1, cards.lin);
  const before = cookies.header() ?? '';
  right(await client.issueChallenge({ body: { purpose: 'query-oid', agencyCode: 'EX001' } }));
  const old = browser(office.app, { cookies: cookieJar(before) });
  assert.is(right(await old.client.session()).state, 'none');
  assert.is(right(await office.app.sessions.endWhere(({ purpose }) => purpose === first.purpose)()), 0);
});

test('what is committed ends a session with its confirmation', async ({ office, cards }) => {
  const ended: unknown[] = [];
  const register = {
    ...office.register,
    endConfirmation: (confirmation: unknown) => {
      ended.push(confirmation);
      return office.register.endConfirmation(confirmation);
    },
  };
  const app = office.serve({ register });
  await showAll(browser(app).client, first, cards.office1, cards.lin);
  await showAll(browser(app).client, first, cards.office1, cards.lin);
  assert.is(right(await app.sessions.endWhere(() => true)()), 2);
  assert.is(new Set(ended).size, 2);
});

test('an answer counts once, also where it comes twice at the same time', async ({ office, cards }) => {
  const { client } = browser(office.app);
  const { nonce, text } = right(await client.issueChallenge({ body: first }));
  const body = { nonce, cms: await signed(cards.office1, text) };
  const answers = await Promise.all([client.confirmCard({ body }), client.confirmCard({ body })]);
  assert.is(answers.filter(({ _tag }) => _tag === 'Right').length, 1);
  assert.is(refusalOf(await client.confirmCard({ body })), 'CHALLENGE_USED');
});

test('two challenges of one step: the card that comes second opens nothing', async ({ office, cards }) => {
  const { client } = browser(office.app);
  const a = right(await client.issueChallenge({ body: first }));
  const b = right(await client.issueChallenge({ body: first }));
  const answer = async ({ nonce, text }: typeof a) => ({ nonce, cms: await signed(cards.office1, text) });
  right(await client.confirmCard({ body: await answer(a) }));
  assert.is(refusalOf(await client.confirmCard({ body: await answer(b) })), 'STEP_OUT_OF_ORDER');
  right(await show(client, first, cards.lin));
});

test('a new purpose ends the session before it; the same one goes on, or begins again where that is asked', async ({
  office,
  cards,
}) => {
  const { client } = browser(office.app);
  right(await show(client, first, cards.office1));
  assert.is(
    right(await client.issueChallenge({ body: { purpose: first.purpose, nationalId: 'A223456781' } })).number,
    2,
  );
  assert.is(right(await client.issueChallenge({ body: { ...first, restart: true } })).number, 1);
  right(await show(client, first, cards.office1));
  const query = right(await client.issueChallenge({ body: { purpose: 'query-oid', agencyCode: 'EX001' } }));
  assert.is(query.session.purpose, 'query-oid');
  assert.equal(query.session.cards, []);
});

test('signing out ends the session and what its cards have opened', async ({ office, cards }) => {
  const ended: unknown[] = [];
  const register = {
    ...office.register,
    endConfirmation: (confirmation: unknown) => {
      ended.push(confirmation);
      return office.register.endConfirmation(confirmation);
    },
  };
  const { client, cookies } = browser(office.serve({ register }));
  await showAll(client, first, cards.office1, cards.lin);
  assert.is(right(await client.endSession()).state, 'none');
  assert.is(ended.length, 1);
  assert.is(cookies.header(), undefined);
  assert.is(right(await client.session()).state, 'none');
  assert.is(right(await client.endSession()).state, 'none');
});

test('a session ends when nobody uses it, and at the latest when its confirmation does', async ({
  office,
  cards,
}) => {
  const idle = browser(office.app);
  await showAll(idle.client, first, cards.office1, cards.lin);
  office.clock.advance(14 * 60_000);
  assert.is(right(await idle.client.session()).state, 'confirmed');
  // Used a minute ago; the confirmation lasts 20 minutes after its last card.
  office.clock.advance(6 * 60_000);
  assert.is(right(await idle.client.session()).state, 'none');

  const left = browser(office.app);
  await showAll(left.client, first, cards.office1, cards.lin);
  office.clock.advance(15 * 60_000);
  assert.is(right(await left.client.session()).state, 'none');
});

test('GEPI-4: outside the opening hours nothing begins, in the manual’s words', async ({ office }) => {
  office.clock.set('2026-03-02T22:30:00Z');
  const { client } = browser(office.app);
  const refused = await client.issueChallenge({ body: first });
  assert.is(refusalOf(refused), 'OUTSIDE_OPENING_HOURS');
});

test('what an agency’s suspension leaves without a right ends, and other agencies’ sessions stand', async ({
  office,
  cards,
}) => {
  const [one, other] = [browser(office.app), browser(office.app)];
  const oid = (agencyCode: string) => ({ purpose: 'query-oid', agencyCode });
  await showAll(one.client, oid('EX001'), cards.office1);
  await showAll(other.client, oid('EX002'), cards.office2);
  const found = await office.app.sessions.endWhere(({ agencyCode }) => agencyCode === 'EX001')();
  assert.is(right(found), 1);
  assert.is(right(await one.client.session()).state, 'none');
  assert.is(right(await other.client.session()).state, 'confirmed');
});

// -------------------------------------------------------------------------------------
// forgery across sites
// -------------------------------------------------------------------------------------

const post = (office: Office, path: string, headers: Record<string, string>, body: unknown = first) =>
  office.app.fetch(
    new Request(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { readonly code: string }).code;

test('without Origin, from another origin, or by a browser’s word from another site nothing begins', async ({
  office,
}) => {
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${origin}.evil.example` },
    { origin: origin.replace('https', 'http') },
    { origin, 'sec-fetch-site': 'cross-site' },
    { origin, 'sec-fetch-site': 'same-site' },
  ] as ReadonlyArray<Record<string, string>>) {
    const answer = await post(office, '/challenges', headers);
    assert.is(answer.status, 403, JSON.stringify(headers));
    assert.is(await codeOf(answer), 'ORIGIN_REFUSED');
    assert.is(answer.headers.get('set-cookie'), null);
  }
  assert.is((await post(office, '/challenges', { origin, 'sec-fetch-site': 'same-origin' })).status, 200);
});

test('under a session the page’s token is needed too: none, another’s and an old one are refused', async ({
  office,
  cards,
}) => {
  const [one, other] = [browser(office.app), browser(office.app)];
  await showAll(one.client, first, cards.office1);
  await showAll(other.client, first, cards.office1);
  const cookie = one.cookies.header() ?? '';
  const foreign = right(await other.client.session()).csrf ?? '';
  const begun = one.seen.find(({ request }) => request.url.endsWith('/challenges'));
  const old = begun?.response.headers.get('mandate-csrf') ?? '';
  const common = { origin, cookie, 'user-agent': 'Test/1.0' };
  for (const token of [undefined, '', foreign, old, 'x'.repeat(43)]) {
    const headers = token === undefined ? common : { ...common, 'x-mandate-csrf': token };
    const answer = await post(office, '/challenges', headers);
    assert.is(answer.status, 403);
    assert.is(await codeOf(answer), 'CSRF_FAILED');
  }
  const own = right(await one.client.session()).csrf ?? '';
  assert.is((await post(office, '/challenges', { ...common, 'x-mandate-csrf': own })).status, 400);
});

test.run();
