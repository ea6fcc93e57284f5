import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { functionHolders, knownPeople, people, unassignedFunctions } from '../src/index.js';
import {
  agency,
  appointed,
  authorized,
  catalogueOf,
  cataloguePublished,
  clerkId,
  contactChanged,
  credentialRegistered,
  deregistered,
  permissionsChanged,
  person,
  registered,
  revoked,
} from './support/events.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { makeWorld, right } from './support/world.js';

const test = suite('function holders and people');

test('X-6: a new function reaches nobody by itself, and is reported for every agency until a clerk has it', async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [functionHolders]);
  const unassigned = async (page = {}) => {
    right(await runner.catchUp()());
    return right(unassignedFunctions(runner.read, 'gepi', page)).map(({ agencyCode, functions }) => [
      agencyCode,
      functions.map(({ code }) => code),
    ]);
  };
  await world.write(catalogueOf, [cataloguePublished(1, ['pay', 'join'])]);
  await world.write(agency('10001'), [
    registered('10001', '海風市公所'),
    appointed('王管理'),
    authorized('甲', ['pay']),
  ]);
  await world.write(agency('10002'), [
    registered('10002'),
    appointed('林管理'),
    authorized('乙', ['pay', 'join']),
  ]);
  assert.equal(await unassigned(), [['10001', ['join']]]);
  await world.write(catalogueOf, [cataloguePublished(2, ['report', 'pay', 'join'])]);
  assert.equal(await unassigned(), [
    ['10001', ['report', 'join']],
    ['10002', ['report']],
  ]);
  assert.equal(await unassigned({ since: 2 }), [
    ['10001', ['report']],
    ['10002', ['report']],
  ]);
  assert.equal(await unassigned({ limit: 1 }), [['10001', ['report', 'join']]]);
  assert.equal(await unassigned({ limit: 1, after: '10001' }), [['10002', ['report']]]);
  await world.write(agency('10001'), [permissionsChanged(clerkId('甲'), ['report', 'join'], [], 2)]);
  await world.write(agency('10002'), [revoked(clerkId('乙'))]);
  assert.equal(await unassigned(), [['10002', ['report', 'pay', 'join']]]);
  assert.equal(right(unassignedFunctions(runner.read, 'gepi', { agencyCode: '10002', since: 2 })), [
    {
      agencyCode: '10002',
      agencyName: '機關10002',
      functions: [{ code: 'report', zh: '功能 report', en: 'function report', since: 2 }],
    },
  ]);
});

test('X-6: a function that left the menu is not missed, and an agency that left misses nothing', async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [functionHolders]);
  await world.write(catalogueOf, [cataloguePublished(1, ['pay', 'join'])]);
  await world.write(agency('10001'), [registered('10001'), appointed('王管理'), authorized('甲', ['pay'])]);
  await world.write(catalogueOf, [cataloguePublished(2, ['pay'])]);
  right(await runner.catchUp()());
  assert.equal(right(unassignedFunctions(runner.read, 'gepi')), []);
  await world.write(catalogueOf, [cataloguePublished(3, ['pay', 'join'])]);
  right(await runner.catchUp()());
  assert.is(right(unassignedFunctions(runner.read, 'gepi'))[0]?.functions[0]?.since, 3);
  await world.write(agency('10001'), [deregistered]);
  right(await runner.catchUp()());
  assert.equal(right(unassignedFunctions(runner.read, 'gepi')), []);
});

test('names of clerks who were deleted can be found until they are forgotten, and a replay gives the same', async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [people]);
  const find = async (name: string) => {
    right(await runner.catchUp()());
    return right(knownPeople(runner.read).find(person(name)));
  };
  await world.write(agency('10001'), [registered('10001'), appointed('王管理'), authorized('甲', ['pay'])]);
  await world.write(agency('10001'), [revoked(clerkId('甲')), contactChanged('王管理', '王大管理')]);
  assert.equal(await find('甲'), { person: person('甲'), name: '甲', nationalId: 'ID of 甲' });
  assert.equal(await find('王管理'), {
    person: person('王管理'),
    name: '王大管理',
    nationalId: 'ID of 王管理',
  });
  await world.write('agency-doc.301000000A', [credentialRegistered('first', '許')]);
  assert.equal(await find('許'), { person: person('許'), name: '許', nationalId: 'ID of 許' });
  await world.forget(person('甲'));
  assert.equal(await find('甲'), { person: person('甲'), name: null, nationalId: null });
  assert.is(await find('nobody'), undefined);
  assert.equal(digestsOf(runner, [people]), await replayDigests(world, [people]));
});

test.run();
