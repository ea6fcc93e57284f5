/** How often a renewal's pages may be asked, by address, by card and by person. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Asker, type Counting, renewalLimits } from '../src/renewal/limits.js';
import { deckOf, type Running, runPortal } from './support/portal.js';

const pages = suite<{ running: Running }>('portal: a renewal that is asked for too often');

pages.before(async (context) => {
  context.running = await runPortal({ addressOf: ({ headers }) => headers.get('x-from') ?? undefined });
});
pages.after(({ running }) => running.stop());

type Fields = Readonly<Record<string, string>>;

const shownBy = async (running: Running, id: string): Promise<Fields> => {
  const card = (await deckOf(running)).find((one) => one.id === id)?.card;
  if (card === undefined) throw new Error(`no card ${id}`);
  return {
    certificate: Buffer.from(card.certificate).toString('base64'),
    cardNumber: card.cardNumber,
    ...{ era: 'roc', year: '85', month: '9', day: '23' },
  };
};

const post = (
  { origin, portal }: Running,
  path: string,
  fields: Fields,
  from: string,
  cookie = '',
): Promise<Response> =>
  portal.fetch(
    new Request(`${origin}/renewal/${path}`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'x-from': from, cookie },
      body: new URLSearchParams(fields),
    }),
  );

pages(
  'MOICA-4: whoever tries ID numbers beside a card is stopped after five wrong ones, from whichever address',
  async ({ running }) => {
    const kao = await shownBy(running, 'kao');
    const ids = ['A223456781', 'A123456789', 'F131104093', 'H245678902', 'E129876510'];
    for (const [at, nationalId] of ids.entries()) {
      const refused = await post(
        running,
        'holder',
        // Its number can be said otherwise: it is the same card.
        { ...kao, nationalId, cardNumber: `TP0000000000000${at}` },
        `192.0.2.${at}`,
      );
      assert.is(refused.status, 403);
    }
    const stopped = await post(running, 'holder', { ...kao, nationalId: 'N134567892' }, '198.51.100.1');
    assert.is(stopped.status, 429);
    assert.ok(Number(stopped.headers.get('retry-after')) > 600);
    assert.match(await stopped.text(), /操作過於頻繁,請稍後再試/);
    // 申請展期 asks the same question.
    const apply = await post(running, 'apply', { ...kao, nationalId: 'T200987618' }, '198.51.100.2');
    assert.is(apply.status, 429);
    // Another card is another matter.
    const chou = { ...(await shownBy(running, 'chou')), year: '63' };
    assert.is(
      (await post(running, 'holder', { ...chou, nationalId: 'P109988777' }, '198.51.100.3')).status,
      200,
    );
  },
);

pages('five wrong ones from an address are enough, beside however many cards', async ({ running }) => {
  const cards = ['wang', 'chen', 'tsao', 'tsai', 'lin', 'wu'];
  const statuses: number[] = [];
  for (const [at, id] of cards.entries()) {
    const nationalId = ['B123456780', 'Q224561239', 'V209871239', 'S123456702', 'U223456715', 'D222334458'][
      at
    ];
    const shown = await shownBy(running, id);
    const other = id === 'tsai' ? 'J123987652' : (nationalId ?? '');
    statuses.push((await post(running, 'holder', { ...shown, nationalId: other }, '203.0.113.9')).status);
  }
  assert.equal(statuses, [403, 403, 403, 403, 403, 429]);
});

pages(
  'a card that is read again and again is told to wait; so is a step under a renewal',
  async ({ running }) => {
    const chang = await shownBy(running, 'chang');
    const read = async (at: number): Promise<number> =>
      (await post(running, 'card', chang, `192.0.2.${at}`)).status;
    for (let at = 0; at < 10; at += 1) assert.is(await read(at), 200);
    assert.is(await read(10), 429);

    const cookie = `__Host-renewal=${'a'.repeat(64)}.00000000-0000-4000-8000-000000000001`;
    const step = (path: string, at: number): Promise<Response> =>
      post(running, path, {}, `192.0.2.${at}`, cookie);
    for (let at = 0; at < 30; at += 1) assert.is((await step('submit', at)).status, 404);
    assert.is((await step('cancel', 31)).status, 429);
    const told = await step('announce', 32);
    assert.is(told.status, 429);
    assert.is((await told.json()).code, 'TOO_MANY_REQUESTS');
  },
);

pages.run();

// -------------------------------------------------------------------------------------
const limits = suite('the limits of a renewal');

const limitsAt = (now: () => number) => {
  const { take, give } = renewalLimits({ now });
  return { give, together: take, take: (counting: Counting, asker: Asker) => take([[counting, asker]]) };
};

limits('a refusal takes nothing, and a right answer is given back', () => {
  let now = 0;
  const { take, give } = limitsAt(() => now);
  const asker = { address: '192.0.2.1', card: 'TP01', person: 'A123456789' };
  for (let times = 0; times < 50; times += 1) {
    assert.is(take('guess', asker), undefined);
    give('guess', asker);
  }
  for (let times = 0; times < 5; times += 1) assert.is(take('guess', asker), undefined);
  assert.type(take('guess', asker), 'number');
  // What another rule refused was not counted under the address.
  const other = { address: '192.0.2.1', card: 'TP02', person: 'B123456780' };
  assert.type(take('guess', other), 'number');
  now = 3_600_000;
  assert.is(take('guess', asker), undefined);
});

limits('the case of a letter makes no other person, and what is not known is not counted', () => {
  const { take } = limitsAt(() => 0);
  const typed = (person: string) => ({ address: undefined, card: undefined, person });
  for (const person of ['a123456789', 'A123456789', 'a123456789', 'A123456789', 'a123456789'])
    assert.is(take('guess', typed(person)), undefined);
  assert.type(take('guess', typed('A123456789')), 'number');
  const nobody = { address: undefined, card: '', person: undefined };
  for (let times = 0; times < 200; times += 1) assert.is(take('step', nobody), undefined);
});

limits('a step that counts twice takes nothing where either refuses', () => {
  const { take, together } = limitsAt(() => 0);
  const asker = { address: undefined, card: 'TP01', person: undefined };
  for (let times = 0; times < 5; times += 1) assert.is(take('guess', asker), undefined);
  const both = [
    ['begin', asker],
    ['guess', asker],
  ] as const;
  for (let times = 0; times < 20; times += 1) assert.type(together(both), 'number');
  for (let times = 0; times < 10; times += 1) assert.is(take('begin', asker), undefined);
  assert.type(take('begin', asker), 'number');
});

limits.run();
