import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { addressKey } from '../../../src/server/rate-limit/address.js';
import { right } from '../../support.js';
import { browser, type Cards, refusalOf, show, testCards } from '../support/counter.js';
import { type Office, openOffice, origin } from '../support/office.js';

const test = suite<{ office: Office; cards: Cards }>('rate limits');

const limited = {
  rateLimiter: undefined as never,
  addressOf: (request: Request) => request.headers.get('x-address') ?? undefined,
};

test.before.each(async (context) => {
  context.cards = await testCards();
  context.office = await openOffice({ app: limited });
});

test.after.each(async ({ office }) => {
  await office.close();
});

/** A browser at an address. */
const at = ({ app }: Office, address: string) =>
  browser({
    fetch: (request) => {
      const headers = new Headers(request.headers);
      headers.set('x-address', address);
      return app.fetch(new Request(request, { headers }));
    },
  });

const wish = { purpose: 'delegation', agencyCode: 'EX001' };

test('ten first challenges a minute from an address, and no more; another address has its own', async ({
  office,
}) => {
  for (let i = 0; i < 10; i++) right(await at(office, '192.0.2.1').client.issueChallenge({ body: wish }));
  const { client, seen } = at(office, '192.0.2.1');
  assert.is(refusalOf(await client.issueChallenge({ body: wish })), 'TOO_MANY_REQUESTS');
  assert.is(seen.at(-1)?.response.headers.get('retry-after'), '6');
  right(await at(office, '192.0.2.2').client.issueChallenge({ body: wish }));
  office.clock.advance(6_000);
  right(await at(office, '192.0.2.1').client.issueChallenge({ body: wish }));
});

test('sixty first challenges a minute for an agency, from wherever', async ({ office }) => {
  let refused = 0;
  for (let i = 0; i < 70; i++) {
    const answer = await at(office, `192.0.2.${i}`).client.issueChallenge({ body: wish });
    if (answer._tag === 'Left') refused++;
  }
  assert.is(refused, 10);
  right(await at(office, '192.0.2.200').client.issueChallenge({ body: { ...wish, agencyCode: 'EX002' } }));
});

test('five wrong guesses of an ID from an address; right ones cost nothing', async ({ office, cards }) => {
  const first = { purpose: 'first-registration', agencyCode: 'EX001' };
  const guess = async (address: string, nationalId: string): Promise<string> => {
    const { client } = at(office, address);
    const agency = await show(client, first, cards.office1);
    if (agency._tag === 'Left') return refusalOf(agency);
    const answer = await show(client, first, { card: cards.lin.card, nationalId });
    office.clock.advance(60_000);
    return answer._tag === 'Right' ? 'right' : refusalOf(answer);
  };
  for (let i = 0; i < 6; i++) assert.is(await guess('192.0.2.1', 'A223456781'), 'right');
  const outcomes: string[] = [];
  for (let i = 0; i < 6; i++) outcomes.push(await guess('192.0.2.1', 'A123456789'));
  assert.equal(outcomes.slice(0, 5), Array(5).fill('IDENTITY_MISMATCH'));
  assert.is(outcomes[5], 'TOO_MANY_REQUESTS');
});

test('GEPI-51: records without a card are asked for thirty times a minute', async ({ office }) => {
  const get = () =>
    office.app.fetch(
      new Request(`${origin}/registrations?agencyCode=EX001`, { headers: { 'x-address': '192.0.2.1' } }),
    );
  const statuses: number[] = [];
  for (let i = 0; i < 31; i++) statuses.push((await get()).status);
  assert.not(statuses.slice(0, 30).includes(429));
  assert.is(statuses[30], 429);
});

test('a request that is refused by one rule counts under no other', async ({ office }) => {
  for (let i = 0; i < 15; i++) await at(office, '192.0.2.1').client.issueChallenge({ body: wish });
  let passed = 0;
  for (let i = 0; i < 70; i++) {
    const answer = await at(office, `192.0.3.${i}`).client.issueChallenge({ body: wish });
    if (answer._tag === 'Right') passed++;
  }
  assert.is(passed, 50);
});

test('without a limiter, and where nobody tells addresses, nothing is counted by address', async ({
  office,
}) => {
  for (const options of [{ rateLimiter: null }, { addressOf: () => undefined }]) {
    const app = office.serve(options);
    for (let i = 0; i < 12; i++) right(await browser(app).client.issueChallenge({ body: wish }));
  }
});

test('a network of IPv6 counts as one, an IPv4 address in IPv6 as what it is', () => {
  assert.is(addressKey('2001:db8:1:2:3:4:5:6'), addressKey('2001:0DB8:1:2::1'));
  assert.is.not(addressKey('2001:db8:1:2::1'), addressKey('2001:db8:1:3::1'));
  assert.is(addressKey('::ffff:192.0.2.1'), '192.0.2.1');
  assert.is(addressKey('[2001:db8::1]'), addressKey('2001:db8::1%eth0'));
  assert.is(addressKey('192.0.2.1'), '192.0.2.1');
});

test('an address is bounded, whatever it is', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.ok(addressKey(text).length <= 100)));
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      assert.ok(addressKey(address).length <= 100);
      assert.is(addressKey(address), addressKey(address.toUpperCase()));
    }),
  );
});

test.run();
