import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Running, runPortal } from './support/portal.js';
import { agree, fieldsOf, mainOf } from './support/steps.js';
import { type Shown, type Visitor, visitor as visitorOf } from './support/visitor.js';

interface World {
  running: Running;
  visitor: Visitor;
}

const replacing = suite<World>('portal: the three replacements, page by page');

// One portal for all: what one test replaces, the next finds replaced.
replacing.before(async (world) => {
  world.running = await runPortal();
});
replacing.after(({ running }) => running.stop());
replacing.before.each((world) => {
  world.visitor = visitorOf(world.running);
});
replacing.after.each(({ running }) => assert.equal(running.faults, []));

const contactOf = (name: string) => ({
  'contact.name': name,
  'contact.email': 'manager@agency.example',
  'contact.phone': '07-5550123',
});

/** Terms, both cards, and the form with the contact. */
const replace = async (
  { visitor }: World,
  purpose: string,
  [agency, agencyCode]: readonly [string, string],
  [manager, nationalId, name]: readonly [string, string, string],
): Promise<Shown> => {
  await agree(visitor, purpose);
  await visitor.get(`/${purpose}/agency`);
  const first = await visitor.card(`/${purpose}/agency`, agency, { agencyCode });
  assert.is(first.location, `/${purpose}/manager`, mainOf(first.text));
  await visitor.get(`/${purpose}/manager`);
  const second = await visitor.card(`/${purpose}/manager`, manager, { nationalId });
  if (second.status >= 400) return second;
  assert.is(second.location, `/${purpose}/confirm`, mainOf(second.text));
  const page = await visitor.get(`/${purpose}/confirm`);
  assert.ok(page.text.includes('機關(組織)憑證資訊') && page.text.includes('授權管理者自然人憑證資訊'));
  const sent = await visitor.post(`/${purpose}/confirm`, { ...fieldsOf(page.text), ...contactOf(name) });
  return sent.location === null ? sent : visitor.get(sent.location);
};

const renewed = ['hsu-renewed', 'E129876510', '許公營'] as const;
const chang = ['chang', 'B123456780', '張接任'] as const;
const tsai = ['tsai', 'U223456715', '蔡醫管'] as const;
const huang = ['huang', 'H245678902', '黃兼任'] as const;

/** Whether a card is refused at the door of the delegation. */
const isOut = async (
  visitor: Visitor,
  agencyCode: string,
  cards: ReadonlyArray<readonly [step: string, card: string, fields: Readonly<Record<string, string>>]>,
): Promise<boolean> => {
  let last = 0;
  for (const [step, card, fields] of cards) {
    await visitor.get(`/delegation/${step}`);
    last = (await visitor.card(`/delegation/${step}`, card, { agencyCode, ...fields })).status;
  }
  return last >= 400;
};

replacing('GEPI-46: the card of another manager does not replace the agency’s', async (world) => {
  const refused = await replace(world, 'replace-agency', ['water-new', 'DM003'], chang);
  assert.ok(refused.status >= 400, mainOf(refused.text));
  assert.ok(refused.text.includes('role="alert"'));
});

replacing(
  'GEPI-50: a card of another organisation goes to review, from a replacement too',
  async ({ visitor }) => {
    await agree(visitor, 'replace-agency');
    await visitor.get('/replace-agency/agency');
    const other = await visitor.card('/replace-agency/agency', 'city', { agencyCode: 'DM003' });
    assert.is(other.location, '/replace-agency/review', mainOf(other.text));
    const page = await visitor.get('/replace-agency/review');
    assert.ok(page.text.includes('因申請資料比對不符,需進行審核'));
    const sent = await visitor.post('/replace-agency/review', {
      ...fieldsOf(page.text),
      ...{ 'applicant.name': '許公營', 'applicant.phone': '07-5550123' },
    });
    assert.ok(sent.text.includes('申請資料審核中'), mainOf(sent.text));
    const records = mainOf((await visitor.get('/query-records?agencyCode=DM003')).text);
    assert.ok(records.includes('更換機關憑證') && records.includes('審核中'));
  },
);

replacing(
  'GEPI-46: the new agency card and the manager’s present one replace the agency certificate; the old one is out',
  async (world) => {
    const { visitor } = world;
    const done = await replace(world, 'replace-agency', ['hospital-new', 'DM004'], tsai);
    assert.ok(done.text.includes('更換機關憑證成功!'), mainOf(done.text));
    assert.ok(done.text.includes('作業收執聯'));
    const records = await visitor.get('/query-records?agencyCode=DM004');
    assert.ok(mainOf(records.text).includes('更換機關憑證'));
    assert.ok(await isOut(visitor, 'DM004', [['agency', 'hospital', {}]]));
  },
);

replacing(
  'GEPI-47, GEPI-49: a renewed card of the same manager is told from a new manager',
  async (world) => {
    const done = await replace(world, 'replace-manager', ['water', 'DM003'], renewed);
    assert.ok(done.text.includes('更換授權管理者自然人憑證成功!'), mainOf(done.text));
    assert.ok(done.text.includes('同一人換發或展期憑證'));
    const records = mainOf((await world.visitor.get('/query-records?agencyCode=DM003')).text);
    assert.not.ok(records.includes('授權管理者換人'));
  },
);

replacing(
  'GEPI-47, GEPI-49: another person becomes the manager, and the one before is out',
  async (world) => {
    const { visitor } = world;
    const inOffice = visitorOf(world.running);
    const tsaisCard = ['manager', 'tsai', { nationalId: tsai[1] }] as const;
    assert.not(await isOut(inOffice, 'DM004', [['agency', 'hospital-new', {}], tsaisCard]));
    assert.is((await inOffice.get('/clerks')).status, 200);
    const done = await replace(world, 'replace-manager', ['hospital-new', 'DM004'], huang);
    assert.ok(done.text.includes('更換授權管理者自然人憑證成功!'), mainOf(done.text));
    assert.ok(done.text.includes('更換授權管理者</'), mainOf(done.text));
    const records = mainOf((await visitor.get('/query-records?agencyCode=DM004')).text);
    assert.ok(records.includes('授權管理者換人'));
    assert.ok(await isOut(visitor, 'DM004', [['agency', 'hospital-new', {}], tsaisCard]));
    // What was committed is followed: whoever was at work is signed out in a moment.
    let at = await inOffice.get('/clerks');
    while (at.status === 200) at = await inOffice.get('/clerks');
    assert.is(at.location, '/delegation/agency');
    assert.not.ok((await inOffice.get('/')).text.includes('class="session"'));
  },
);

replacing('GEPI-48: both at once', async (world) => {
  const done = await replace(world, 'replace-both', ['water-new', 'DM003'], chang);
  assert.ok(done.text.includes('更換機關憑證和更換授權管理者自然人憑證成功!'), mainOf(done.text));
});

replacing.run();
