import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { right } from '../support.js';
import { browser, showAll } from './support/counter.js';
import { person, registered } from './support/filled.js';
import { type Office, openOffice } from './support/office.js';
import { as, ports } from './support/staff.js';

const test = suite<{ office: Office }>('the forecast over HTTP');

test.before(async (context) => {
  context.office = await openOffice({ app: ports });
});
test.after(async ({ office }) => {
  await office.close();
});

const query = { from: '2026-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' };

test('X-2, GEPI-42: a later card that another agency has on record is that agency’s to tell', async ({
  office,
}) => {
  const wang = await person(office, '王小明', 'A123456789');
  const renewed = { ...wang, card: await office.pki.renew(wang.card) };
  const first = await registered(office, 'EX001', await person(office, '林示範', 'A223456781'));
  await first.authorize(wang, ['premium-edit']);
  const second = await registered(office, 'EX002', await person(office, '許示範', 'E129876510'));
  const { executed } = await second.authorize(renewed, ['premium-edit']);
  const after = executed.position ?? '';

  // An auditor, who sees both agencies, is told which card came after.
  const params = { agencyCode: 'EX001' };
  const whole = right(await as('aud-1', office.app).agencyForecast({ params, query }, { after }));
  const laterOf = (rows: typeof whole.lockouts) =>
    rows.filter(({ who }) => who.holder === 'clerk').map(({ supersededBy }) => supersededBy?.serial ?? null);
  assert.equal(laterOf([...whole.already, ...whole.lockouts]), [renewed.card.serial]);

  const manager = browser(office.app);
  await showAll(manager.client, { purpose: 'delegation', agencyCode: 'EX001' }, first, {
    card: first.manager.card,
    nationalId: first.manager.nationalId,
  });
  const own = right(await manager.client.forecast({ query }, { after }));
  assert.equal(laterOf([...own.already, ...own.lockouts]), [null]);
  assert.not.match(JSON.stringify(own), new RegExp(renewed.card.serial));
});

test.run();
