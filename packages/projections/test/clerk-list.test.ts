import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clerkList, clerkLists } from '../src/index.js';
import {
  agency,
  appointed,
  authorized,
  certificate,
  clerkId,
  contactChanged,
  deregistered,
  detailsChanged,
  permissionsChanged,
  person,
  proved,
  registered,
  reopened,
  replaced,
  revoked,
  suspended,
  termsAccepted,
  typedSerial,
} from './support/events.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { makeWorld, minute, right } from './support/world.js';

const test = suite('clerk list');

const stage = async () => {
  const world = makeWorld();
  await world.write(agency('10001'), [
    termsAccepted(),
    registered('10001', '海風市公所'),
    appointed('王管理'),
  ]);
  const runner = await runnerOf(world, [clerkList]);
  const list = async (code = '10001') => {
    right(await runner.catchUp()());
    return right(clerkLists(runner.read, 'gepi').ofAgency(code));
  };
  return { world, runner, list };
};

test('GEPI-32: the list has code, name and manager, and a numbered row with name and ID for each clerk', async () => {
  const { world, list } = await stage();
  await world.write(agency('10001'), [authorized('李經辦', ['pay', 'join'])]);
  await world.write(agency('10001'), [authorized('陳經辦', ['pay'], { credential: typedSerial('陳經辦') })]);
  const shown = await list();
  assert.is(shown?.agencyCode, '10001');
  assert.is(shown?.agencyName, '海風市公所');
  assert.is(shown?.agencyStatus, 'registered');
  assert.is(shown?.managerName, '王管理');
  assert.equal(
    shown?.rows.map(({ number, name, nationalId, permissions }) => [number, name, nationalId, permissions]),
    [
      [1, '李經辦', 'ID of 李經辦', ['join', 'pay']],
      [2, '陳經辦', 'ID of 陳經辦', ['pay']],
    ],
  );
  assert.equal(shown?.rows[0]?.credential, certificate('MOICA', '李經辦'));
  assert.equal(shown?.rows[1]?.credential, typedSerial('陳經辦'));
});

test('GEPI-32: an agency that was never registered has no list, one without clerks an empty one', async () => {
  const { list } = await stage();
  assert.is(await list('99999'), undefined);
  assert.equal((await list())?.rows, []);
});

test('GEPI-40: a clerk who was deleted leaves the list, and the others are numbered again', async () => {
  const { world, list } = await stage();
  await world.write(agency('10001'), [authorized('甲', ['pay'])]);
  await world.write(agency('10001'), [authorized('乙', ['pay'])]);
  await world.write(agency('10001'), [revoked(clerkId('甲'))]);
  assert.equal(
    (await list())?.rows.map(({ number, name }) => [number, name]),
    [[1, '乙']],
  );
});

test('GEPI-38: changes of permissions, name and certificate stand in the row', async () => {
  const { world, list } = await stage();
  const id = clerkId('甲');
  await world.write(agency('10001'), [authorized('甲', ['pay', 'join'], { credential: typedSerial('甲') })]);
  await world.write(agency('10001'), [permissionsChanged(id, ['leave'], ['pay'])]);
  await world.write(agency('10001'), [detailsChanged(id, '甲', '甲一')]);
  await world.write(agency('10001'), [proved(id, '甲')]);
  const [before] = (await list())?.rows ?? [];
  assert.equal(before?.permissions, ['join', 'leave']);
  assert.is(before?.name, '甲一');
  assert.is(before?.identityProof, 'full');
  assert.equal(before?.credential, certificate('MOICA', '甲'));
  await world.write(agency('10001'), [
    replaced('clerk', certificate('MOICA', '甲'), certificate('MOICA', 'new card of 甲'), id),
  ]);
  const [after] = (await list())?.rows ?? [];
  assert.equal(after?.credential, certificate('MOICA', 'new card of 甲'));
  assert.is(after?.identityProof, 'last4');
});

test('GEPI-49: a new manager takes the place of the old one in the header', async () => {
  const { world, list } = await stage();
  await world.write(agency('10001'), [contactChanged('王管理', '王大管理')]);
  assert.is((await list())?.managerName, '王大管理');
  await world.write(agency('10001'), [appointed('林管理', { previous: '王管理' })]);
  assert.is((await list())?.managerName, '林管理');
});

test('GEPI-15: an agency that left has no manager and no clerks; a suspended one keeps them', async () => {
  const { world, list } = await stage();
  await world.write(agency('10001'), [authorized('甲', ['pay'])]);
  await world.write(agency('10001'), [suspended]);
  assert.is((await list())?.agencyStatus, 'suspended');
  assert.is((await list())?.rows.length, 1);
  await world.write(agency('10001'), [deregistered]);
  const shown = await list();
  assert.equal([shown?.agencyStatus, shown?.managerName, shown?.rows], ['deregistered', null, []]);
});

test('NHI-19: an agency that is opened from the next day on has that day in its list, and a replay gives the same', async () => {
  const { world, runner, list } = await stage();
  const stands = async () => {
    const shown = await list();
    return [shown?.agencyStatus, shown?.opensAt];
  };
  assert.equal(await stands(), ['registered', null]);
  await world.write(agency('10001'), [suspended]);
  assert.equal(await stands(), ['suspended', null]);
  const nextDay = minute(24 * 60);
  await world.write(agency('10001'), [{ ...reopened, effectiveAt: nextDay }]);
  assert.equal(await stands(), ['registered', nextDay]);
  assert.equal(digestsOf(runner, [clerkList]), await replayDigests(world, [clerkList]));
  await world.write(agency('10001'), [suspended]);
  assert.equal(await stands(), ['suspended', null]);
  await world.write(agency('10001'), [reopened]);
  assert.equal(await stands(), ['registered', null]);
});

test('NHI-18: an agency that left while it waited for its day begins its new registration without one', async () => {
  const { world, list } = await stage();
  await world.write(agency('10001'), [suspended]);
  await world.write(agency('10001'), [{ ...reopened, effectiveAt: minute(24 * 60) }]);
  await world.write(agency('10001'), [deregistered]);
  assert.is((await list())?.opensAt, null);
  await world.write(agency('10001'), [registered('10001')]);
  const shown = await list();
  assert.equal([shown?.agencyStatus, shown?.opensAt], ['registered', null]);
});

test('a person who was forgotten has neither name nor ID in any list, and a replay gives the same', async () => {
  const { world, runner, list } = await stage();
  await world.write(agency('10001'), [authorized('甲', ['pay'])]);
  await world.write(agency('10002'), [registered('10002'), appointed('甲'), authorized('乙', ['pay'])]);
  assert.is((await list())?.rows[0]?.name, '甲');
  await world.forget(person('甲'));
  const [row] = (await list())?.rows ?? [];
  assert.equal([row?.name, row?.nationalId, row?.permissions], [null, null, ['pay']]);
  const other = await list('10002');
  assert.equal([other?.managerName, other?.rows[0]?.name], [null, '乙']);
  assert.equal(digestsOf(runner, [clerkList]), await replayDigests(world, [clerkList]));
});

test('a person who comes back after being forgotten is shown again, and a replay gives the same', async () => {
  const { world, runner, list } = await stage();
  await world.write(agency('10001'), [authorized('甲', ['pay'])]);
  right(await runner.catchUp()());
  await world.write(agency('10001'), [revoked(clerkId('甲'))]);
  await world.forget(person('甲'));
  await world.write(agency('10001'), [authorized('甲', ['pay'], { id: clerkId('甲 again') })]);
  assert.is((await list())?.rows[0]?.name, '甲');
  assert.equal(digestsOf(runner, [clerkList]), await replayDigests(world, [clerkList], { batchSize: 2 }));
});

test.run();
