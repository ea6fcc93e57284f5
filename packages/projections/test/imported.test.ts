import { gepiPolicy } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  authorityIndex,
  builtIn,
  certificateInventory,
  clerkList,
  clerkLists,
  functionHolders,
  people,
  permissionHistories,
  permissionHistory,
} from '../src/index.js';
import {
  agency,
  appointed,
  authorized,
  certificate,
  clerkId,
  imported,
  person,
  proved,
  registered,
  revoked,
  typedSerial,
} from './support/events.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { makeWorld, minute, right, sha256, type World } from './support/world.js';

const test = suite('a clerk who was imported');

const home = agency('10001');

/** A clerk of another system's list, or one whose serial the manager typed: the same person, card and functions. */
const worldOf = async (how: 'imported' | 'typed'): Promise<World> => {
  const world = makeWorld();
  await world.write(home, [registered('10001'), appointed('王管理')], { at: minute(1) });
  const clerk =
    how === 'imported'
      ? imported('甲', ['pay'])
      : authorized('甲', ['pay'], { credential: typedSerial('甲') });
  await world.write(home, [clerk], { at: minute(2), actor: { kind: 'staff', account: 'operator' } });
  return world;
};

test('stands in lists, inventory, menu and among people as one whose serial was typed by hand', async () => {
  const projections = [clerkList, certificateInventory, functionHolders, people];
  const digests = async (how: 'imported' | 'typed') => replayDigests(await worldOf(how), projections);
  assert.equal(await digests('imported'), await digests('typed'));
  const world = await worldOf('imported');
  const runner = await runnerOf(world, [clerkList]);
  right(await runner.catchUp()());
  const shown = right(clerkLists(runner.read, 'gepi').ofAgency('10001'));
  assert.equal(
    shown?.rows.map(({ name, credential, permissions }) => [name, credential, permissions]),
    [['甲', typedSerial('甲'), ['pay']]],
  );
  await runner.close();
});

test('is told apart in the history: the event, its source, who imported it, and no evidence', async () => {
  const world = await worldOf('imported');
  const runner = await runnerOf(world, [permissionHistory]);
  right(await runner.catchUp()());
  const history = permissionHistories(runner.read, 'gepi');
  const last = right(history.list('10001')).at(-1);
  assert.ok(last?.type === 'HistoryImported');
  assert.equal(
    [last.person, last.data.source, last.evidence, last.confirmation],
    [person('甲'), 'former portal', [], null],
  );
  const blame = right(history.blame('10001', clerkId('甲'), 'pay'));
  assert.equal([blame?.granted.event.type, blame?.granted.catalogueVersion], ['HistoryImported', 1]);
  const [clerk] = right(history.asOf('10001', minute(3))).clerks;
  assert.equal([clerk?.identityProof, clerk?.authorized.type], ['typed', 'HistoryImported']);
  await world.write(home, [revoked(clerkId('甲'))], { at: minute(5) });
  right(await runner.catchUp()());
  assert.is(
    right(history.list('10001')).at(-1)?.person,
    person('甲'),
    'a later change of the entry finds its person',
  );
  await runner.close();
});

test('may act as a person; the certificate counts when the card has signed; the reasons name the import', async () => {
  const world = await worldOf('imported');
  const index = authorityIndex({ store: world.store, sha256, policy: gepiPolicy });
  right(await index.catchUp()());
  const ask = (who: Parameters<typeof index.may>[0]['who'], at = minute(60)) =>
    index.may({ agency: '10001', function: 'pay', who, at });
  const byCard = { certificate: { ca: 'MOICA', serial: certificate('MOICA', '甲').serial } } as const;
  assert.is(ask({ person: person('甲') }, minute(1)).allowed, false);
  const answer = ask({ person: person('甲') });
  assert.ok(answer.allowed);
  assert.is(answer.reasons().grant.event.type, 'HistoryImported');
  assert.is(answer.reasons().clerk.identityProof, 'typed');
  const refused = ask(byCard);
  assert.is(refused.allowed ? 'allowed' : refused.code, 'CREDENTIAL_NOT_PROVED');
  await world.write(home, [proved(clerkId('甲'), '甲')], { at: minute(10) });
  right(await index.catchUp()());
  assert.is(ask(byCard).allowed, true);
  assert.is(ask(byCard, minute(9)).allowed, false);
});

test('is forgotten like any other', async () => {
  const world = await worldOf('imported');
  await world.forget(person('甲'));
  const runner = await runnerOf(world, builtIn);
  right(await runner.catchUp()());
  assert.equal(digestsOf(runner, builtIn), await replayDigests(world, builtIn));
  assert.is(right(clerkLists(runner.read, 'gepi').ofAgency('10001'))?.rows[0]?.name, null);
  await runner.close();
});

test.run();
