import { gepiPolicy, gepiPolicyFor, planReplacement } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Running, runPortal } from './support/portal.js';
import { get, openSite, origin } from './support/site.js';
import { mainOf } from './support/steps.js';
import { type Visitor, visitor } from './support/visitor.js';

interface World {
  running: Running;
  visitor: Visitor;
}

// -------------------------------------------------------------------------------------
// planner
// -------------------------------------------------------------------------------------

const planner = suite('portal: what to bring');

planner('GEPI-45: each row of the table is answered with its cards and its operations in order', async () => {
  const site = await openSite();
  for (const { changed, operations } of gepiPolicy.planner) {
    const query = new URLSearchParams([['asked', '1'], ...changed.map((role) => ['changed', role])]);
    const text = await (await get(site, `/planner?${query}`)).text();
    const answer = /<section class="panel" id="answer"[\s\S]*?<details/.exec(text)?.[0] ?? '';
    const found = [...answer.matchAll(/class="button" href="\/([a-z-]+)"/g)].map(([, id]) => id);
    assert.equal(found, operations, changed.join());
    const plan = planReplacement(gepiPolicy, {
      ...{ agency: changed.includes('agency'), manager: changed.includes('manager') },
      ...{ clerk: changed.includes('clerk'), managerIsClerk: false },
    });
    const bring = /<ul class="bring">([\s\S]*?)<\/ul>/.exec(answer)?.[1] ?? '';
    assert.is(bring.match(/<li>/g)?.length, plan?.cards.length);
  }
});

planner('GEPI-43: a manager who is a clerk does both, the manager first', async () => {
  const site = await openSite();
  const text = await (await get(site, '/planner?asked=1&changed=manager&managerIsClerk=on')).text();
  assert.ok(text.indexOf('href="/replace-manager">前往辦理') < text.indexOf('href="/delegation">前往辦理'));
  assert.ok(text.includes('授權管理者兼經辦人更換憑證時'));
});

planner('nothing ticked is asked for again; words that no box sends are nothing', async () => {
  const site = await openSite();
  for (const query of ['asked=1', 'asked=1&changed=nobody', 'asked=1&changed=__proto__']) {
    const text = await (await get(site, `/planner?${query}`)).text();
    assert.ok(text.includes('請至少勾選一項。'), query);
    assert.not.ok(text.includes('id="answer"'), query);
  }
});

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

const queries = suite<World>('portal: queries and the way in for clerks');

queries.before(async (world) => {
  world.running = await runPortal();
});
queries.after(({ running }) => running.stop());
queries.before.each((world) => {
  world.visitor = visitor(world.running);
});

queries(
  'GEPI-51: the records need no card, and show name, time, item and how the review stands',
  async ({ visitor }) => {
    assert.is((await visitor.get('/query-records')).status, 200);
    const { text } = await visitor.get('/query-records?agencyCode=DM003');
    for (const word of ['示範自來水股份有限公司', '首次註冊', '完成', '收件時間', '註冊項目'])
      assert.ok(text.includes(word), word);
    // Nobody is named to whoever asks without a card.
    assert.not.ok(mainOf(text).includes('許公營'));
    const waiting = await visitor.get('/query-records?agencyCode=DM005');
    assert.ok(waiting.text.includes('審核中'));
    const lower = await visitor.get('/query-records?agencyCode=dm003');
    assert.ok(lower.text.includes('示範自來水股份有限公司'));
  },
);

queries(
  'GEPI-51: an agency without records, and a code that is none, are told apart',
  async ({ visitor }) => {
    const none = await visitor.get('/query-records?agencyCode=DM001');
    assert.is(none.status, 200);
    assert.ok(none.text.includes('查無收件紀錄。'));
    const wrong = await visitor.get('/query-records?agencyCode=%3Cscript%3E');
    assert.is(wrong.status, 400);
    assert.ok(wrong.text.includes('id="f-agencyCode-error"'));
    assert.ok(wrong.text.includes('value="&lt;script&gt;"'));
  },
);

queries('GEPI-52: the OID of an agency card', async ({ visitor }) => {
  await visitor.get('/query-oid/agency');
  const shown = await visitor.card('/query-oid/agency', 'city', { agencyCode: 'DM001' });
  assert.is(shown.location, '/query-oid/result', mainOf(shown.text));
  const { text } = await visitor.get('/query-oid/result');
  assert.ok(text.includes('示範市政府人事處'));
  assert.ok(text.includes('data-copy="2.16.886.101.90003.20001.20005"'));
});

queries(
  'GEPI-53, GEPI-35: the serial of a citizen card, as it is to be copied',
  async ({ visitor, running }) => {
    await visitor.get('/query-serial/clerk');
    const shown = await visitor.card('/query-serial/clerk', 'chen', { nationalId: 'F131104093' });
    assert.is(shown.location, '/query-serial/result', mainOf(shown.text));
    const { text } = await visitor.get('/query-serial/result');
    const played = running.world.office.cards.drawer?.played.find(({ id }) => id === 'chen');
    const serial = (played?.serial ?? '').toUpperCase();
    const printed = /data-copy="([0-9A-F]{32})"/.exec(text)?.[1] ?? '';
    assert.ok(text.includes('陳手打'));
    assert.ok(serial.endsWith(printed) || printed.endsWith(serial), `${serial} ${printed}`);
  },
);

const logIn = async ({ visitor }: World, card: string, agencyCode: string) => {
  await visitor.get('/login/clerk');
  return visitor.card('/login/clerk', card, { agencyCode });
};

queries(
  'GEPI-2, GEPI-3, GEPI-54: a clerk signs in and sees the functions that the manager gave, and opens no other',
  async (world) => {
    const { visitor } = world;
    const shown = await logIn(world, 'tsao', 'DM003');
    assert.is(shown.location, '/business', mainOf(shown.text));
    const { text } = await visitor.get('/business');
    assert.ok(text.includes('要保機關網路作業') && text.includes('曹承辦') && text.includes('DM003'));
    for (const word of ['申報資料傳送', '給付請領作業']) assert.ok(text.includes(word), word);
    assert.not.ok(mainOf(text).includes('年資資料查詢'));
    assert.is((await visitor.get('/business/premium-send')).status, 200);
    const other = await visitor.get('/business/seniority-query');
    assert.is(other.status, 403);
    assert.ok(other.text.includes('不可使用'));
  },
);

queries('GEPI-2: not registered, not authorised, and a renewed card are told apart', async (world) => {
  const unregistered = await logIn(world, 'wang', 'DM001');
  const unauthorised = await logIn(world, 'wu', 'DM003');
  const renewed = await logIn(world, 'kuo-renewed', 'DM003');
  const texts = [unregistered, unauthorised, renewed].map(({ text }) => mainOf(text));
  for (const { status } of [unregistered, unauthorised, renewed]) assert.ok(status >= 400);
  const said = texts.map((text) => /role="alert"[\s\S]*?<p>(.*?)<\/p>/.exec(text)?.[1]);
  assert.is(new Set(said).size, 3, JSON.stringify(said));
});

queries(
  'without a card nobody is shown a function, and no token of the business is told',
  async ({ visitor }) => {
    for (const path of ['/business', '/business/premium-send']) {
      const answer = await visitor.get(path);
      assert.is(answer.status, 303);
      assert.is(answer.location, '/login');
    }
  },
);

queries('a session for another purpose opens neither business nor clerks', async (world) => {
  const { visitor } = world;
  await visitor.get('/query-serial/clerk');
  await visitor.card('/query-serial/clerk', 'tsao', { nationalId: 'J123987652' });
  assert.is((await visitor.get('/business')).location, '/login');
  assert.is((await visitor.get('/clerks')).location, '/delegation/agency');
  assert.is((await visitor.get('/history')).status, 403);
});

queries('nothing was left to chance', ({ running }) => {
  assert.equal(running.faults, []);
});

// -------------------------------------------------------------------------------------
// another pack
// -------------------------------------------------------------------------------------

const others = suite('portal: another pack is another portal');

others('a pack without delegation, planner or staff has no pages for them', async () => {
  const pack = gepiPolicyFor(origin);
  const purposes = pack.purposes.filter(({ id }) => id === 'query-oid');
  const menu = pack.menu.map(({ label, items }) => ({
    label,
    items: items.filter(({ id }) => id === 'query-oid'),
  }));
  const site = await openSite({ pack: { ...pack, purposes, menu, planner: [] } });
  const home = await (await get(site, '/')).text();
  for (const path of ['/planner', '/history', '/forecast', '/unassigned-functions', '/login'])
    assert.not.ok(home.includes(`href="${path}"`), path);
  for (const path of [
    '/clerks',
    '/clerks/add',
    '/history',
    '/business',
    '/staff',
    '/staff/sign-in',
    '/login',
  ])
    assert.is((await get(site, path)).status, 404, path);
});

planner.run();
queries.run();
others.run();
