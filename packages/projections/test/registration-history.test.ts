import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { registrationHistories, registrationHistory } from '../src/index.js';
import {
  agency,
  appointed,
  authorized,
  certificate,
  clerkId,
  deregistered,
  registered,
  replaced,
  reviewDecided,
  reviewRequested,
  through,
} from './support/events.js';
import { runnerOf } from './support/runner.js';
import { makeWorld, minute, right, uuid } from './support/world.js';

const test = suite('registration history');

const stage = async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [registrationHistory], { batchSize: 1 });
  const history = async (code = '10001') => {
    right(await runner.catchUp()());
    return right(registrationHistories(runner.read, 'gepi').ofAgency(code));
  };
  const items = async () =>
    (await history())?.items.map(({ item, status, newManager }) => [item, status, newManager]);
  return { world, history, items };
};

const home = agency('10001');
const agencyCard = certificate('GCA', 'agency 10001');
const managerCard = certificate('MOICA', '王管理');

test('GEPI-51: an agency code gives the name, the time of receipt and the item, without any card', async () => {
  const { world, history } = await stage();
  await world.write(home, [registered('10001', '海風市公所'), appointed('王管理')], { at: minute(90) });
  assert.equal(await history(), {
    agencyCode: '10001',
    agencyName: '海風市公所',
    items: [
      {
        receivedAt: minute(90),
        item: 'first-registration',
        newManager: false,
        status: 'completed',
        review: null,
        decidedAt: null,
        validFrom: null,
      },
    ],
  });
  assert.is(await history('99999'), undefined);
});

test('GEPI-51: the three replacements and a new manager are items of their own', async () => {
  const { world, items } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [replaced('agency', agencyCard, certificate('GCA', 'second'))]);
  await world.write(home, [replaced('manager', managerCard, certificate('MOICA', 'second'))]);
  await world.write(home, [
    replaced('agency', certificate('GCA', 'second'), certificate('GCA', 'third')),
    replaced('manager', certificate('MOICA', 'second'), certificate('MOICA', 'third')),
  ]);
  await world.write(home, [appointed('林管理', { previous: '王管理' })]);
  assert.equal(await items(), [
    ['first-registration', 'completed', false],
    ['replace-agency', 'completed', false],
    ['replace-manager', 'completed', false],
    ['replace-both', 'completed', false],
    ['new-manager', 'completed', true],
  ]);
});

test('GEPI-48: both certificates at once are one item, also with another person as manager', async () => {
  const { world, items } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [
    replaced('agency', agencyCard, certificate('GCA', 'second')),
    appointed('林管理', { previous: '王管理' }),
  ]);
  assert.equal((await items())?.slice(1), [['replace-both', 'completed', true]]);
});

test('GEPI-51: what a manager does with clerks is no item', async () => {
  const { world, items } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [authorized('甲', ['pay'])]);
  await world.write(home, [
    replaced('clerk', certificate('MOICA', '甲'), certificate('MOICA', '甲 2'), clerkId('甲')),
  ]);
  assert.is((await items())?.length, 1);
});

test('GEPI-25: an application waits as pending, is approved with its day, and the registration follows', async () => {
  const { world, history, items } = await stage();
  await world.write(home, [reviewRequested('A', '10001')]);
  assert.equal(await items(), [['first-registration', 'pending', false]]);
  assert.is((await history())?.agencyName, '機關10001');
  await world.write(home, [reviewDecided('A', 'approved')], { at: minute(60) });
  assert.equal(await items(), [['first-registration', 'approved', false]]);
  await world.write(home, [through('A', registered('10001')), appointed('王管理')]);
  assert.equal(await items(), [
    ['first-registration', 'used', false],
    ['first-registration', 'completed', false],
  ]);
  const [application, registration] = (await history())?.items ?? [];
  assert.equal([application?.decidedAt, application?.validFrom], [minute(60), '2026-02-01T00:00:00.000Z']);
  assert.is(registration?.review, uuid('review A'));
});

test('GEPI-26: a rejected application stays on record as rejected', async () => {
  const { world, items } = await stage();
  await world.write(home, [reviewRequested('A', '10001')]);
  await world.write(home, [reviewDecided('A', 'rejected')]);
  await world.write(home, [reviewRequested('B', '10001')]);
  assert.equal(await items(), [
    ['first-registration', 'rejected', false],
    ['first-registration', 'pending', false],
  ]);
});

test('GEPI-50: an approval that a replacement used is told from one that it made pointless', async () => {
  const { world, items } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  for (const words of ['A', 'B', 'C']) {
    await world.write(home, [reviewRequested(words, '10001', 'replace-both')]);
  }
  for (const words of ['A', 'B']) await world.write(home, [reviewDecided(words, 'approved')]);
  await world.write(home, [
    through('B', replaced('agency', agencyCard, certificate('GCA', 'presented B'))),
    replaced('manager', managerCard, certificate('MOICA', 'second')),
  ]);
  assert.equal(await items(), [
    ['first-registration', 'completed', false],
    ['replace-both', 'superseded', false],
    ['replace-both', 'used', false],
    ['replace-both', 'superseded', false],
    ['replace-both', 'completed', false],
  ]);
});

test('GEPI-50: a review of a replacement is an application too, superseded when it becomes pointless', async () => {
  const { world, items } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [reviewRequested('A', '10001', 'replace-agency')]);
  await world.write(home, [replaced('agency', agencyCard, certificate('GCA', 'second'))]);
  await world.write(home, [reviewRequested('B', '10001', 'replace-both')]);
  await world.write(home, [deregistered]);
  assert.equal(await items(), [
    ['first-registration', 'completed', false],
    ['replace-agency', 'superseded', false],
    ['replace-agency', 'completed', false],
    ['replace-both', 'superseded', false],
  ]);
});

test.run();
