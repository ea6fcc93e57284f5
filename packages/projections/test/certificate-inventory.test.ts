import { type Forecast, gepiPolicy, gpkiCaRules, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  certificateInventory,
  certificates,
  clerkList,
  type HolderOnRecord,
  isActiveIn,
} from '../src/index.js';
import { vaultDown } from './support/broken.js';
import {
  agency,
  appointed,
  authorized,
  certificate,
  clerkId,
  deregistered,
  person,
  proved,
  registered,
  replaced,
  revoked,
  typedSerial,
} from './support/events.js';
import { runnerOf } from './support/runner.js';
import { left, makeWorld, minute, right } from './support/world.js';

const test = suite('certificate inventory');

const stage = async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [certificateInventory]);
  const inventory = async () => {
    right(await runner.catchUp()());
    return certificates(runner.read, 'gepi');
  };
  return { world, runner, inventory };
};

const home = agency('10001');
const short = { from: '2025-01-01T00:00:00.000Z', to: '2026-06-30T15:59:59.000Z' };

test('X-2: every certificate is on record with issuer and serial, holder, validity and proof', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001', '海風市公所'), appointed('王管理')], { at: minute(1) });
  await world.write(home, [authorized('甲', ['pay'], { credential: typedSerial('甲') })]);
  const held = right((await inventory()).ofAgency('10001'));
  assert.equal(
    held.map(({ holder, ca, proof, status }) => [holder, ca, proof, status]),
    [
      ['agency', 'GCA', 'signed', 'current'],
      ['manager', 'MOICA', 'signed', 'current'],
      ['clerk', 'MOICA', 'typedByHand', 'current'],
    ],
  );
  const [own, , clerk] = held;
  const { serial, card, generation, subjectType, fingerprint, notBefore, notAfter } = certificate(
    'GCA',
    'agency 10001',
  );
  assert.equal(own, {
    agencyCode: '10001',
    agencyName: '海風市公所',
    holder: 'agency',
    clerk: null,
    person: null,
    ca: 'GCA',
    serial,
    proof: 'signed',
    identityProof: null,
    certificate: { card, generation, subjectType, fingerprint, notBefore, notAfter },
    heldFrom: minute(1),
    heldTo: null,
    status: 'current',
  });
  assert.equal([clerk?.certificate, clerk?.person, clerk?.clerk], [null, person('甲'), clerkId('甲')]);
});

test('X-2: after a renewal the old serial is replaced and the new one current; a proved serial gets its validity', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [authorized('甲', ['pay'], { credential: typedSerial('甲') })]);
  await world.write(home, [proved(clerkId('甲'), '甲')]);
  await world.write(
    home,
    [replaced('clerk', certificate('MOICA', '甲'), certificate('MOICA', '甲 2'), clerkId('甲'))],
    { at: minute(50) },
  );
  const clerks = right((await inventory()).ofAgency('10001')).filter(({ holder }) => holder === 'clerk');
  assert.equal(
    clerks.map(({ serial, status, proof, person: who, heldTo }) => [serial, status, proof, who, heldTo]),
    [
      [certificate('MOICA', '甲').serial, 'replaced', 'signed', person('甲'), minute(50)],
      [certificate('MOICA', '甲 2').serial, 'current', 'signed', person('甲'), null],
    ],
  );
  assert.equal(
    clerks.map(({ identityProof }) => identityProof),
    ['full', 'last4'],
  );
  assert.ok(clerks[0]?.certificate?.notAfter);
});

test('GEPI-21: each certificate says how well it is shown to be the person’s', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [authorized('甲', ['pay'], { credential: typedSerial('甲') })]);
  await world.write(home, [
    replaced('manager', certificate('MOICA', '王管理'), certificate('MOICA', '王管理 2')),
    replaced('agency', certificate('GCA', 'agency 10001'), certificate('GCA', 'second')),
  ]);
  assert.equal(
    right((await inventory()).ofAgency('10001')).map(({ holder, identityProof }) => [holder, identityProof]),
    [
      ['agency', null],
      ['manager', 'full'],
      ['clerk', 'typed'],
      ['manager', 'last4'],
      ['agency', null],
    ],
  );
});

test('GEPI-41, GEPI-49: certificates of a deleted clerk, a former manager and an agency that left have no holder', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [authorized('甲', ['pay'])]);
  await world.write(home, [revoked(clerkId('甲'))]);
  await world.write(home, [appointed('林管理', { previous: '王管理' })]);
  const statuses = async () =>
    right((await inventory()).ofAgency('10001')).map(({ holder, status }) => [holder, status]);
  assert.equal(await statuses(), [
    ['agency', 'current'],
    ['manager', 'holder-gone'],
    ['clerk', 'holder-gone'],
    ['manager', 'current'],
  ]);
  await world.write(home, [deregistered]);
  assert.ok((await statuses()).every(([, status]) => status === 'holder-gone'));
});

test('GEPI-42: who is locked out at an instant is known before, then and afterwards', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [authorized('甲', ['pay'], { credential: certificate('MOICA', '甲', short) })]);
  await world.write(home, [authorized('乙', ['pay'], { credential: typedSerial('乙') })]);
  await world.write(
    home,
    [replaced('clerk', certificate('MOICA', '甲', short), certificate('MOICA', '甲 2'), clerkId('甲'))],
    { at: '2026-07-15T00:00:00.000Z' },
  );
  const lists = await inventory();
  const locked = (at: string) => right(lists.lockedOut(at)).map(({ clerk, reason }) => [clerk, reason]);
  assert.equal(locked('2026-06-30T23:59:59+08:00'), []);
  assert.equal(locked('2026-06-30T15:59:59.999Z'), []);
  assert.equal(locked('2026-07-01T00:00:00+08:00'), [[clerkId('甲'), 'CREDENTIAL_EXPIRED']]);
  assert.equal(locked('2026-07-15T00:00:00Z'), []);
  assert.equal(right(lists.lockedOut('2026-07-01T00:00:00Z', ['agency', 'manager'])), []);
  assert.is(left(lists.lockedOut('yesterday')).code, 'TIME_INVALID');
});

test('GEPI-42: a certificate that is not valid yet keeps out as well', async () => {
  const { world, inventory } = await stage();
  const early = certificate('MOICA', '甲', { from: '2026-03-01T00:00:00.000Z' });
  await world.write(home, [
    registered('10001'),
    appointed('王管理'),
    authorized('甲', ['pay'], { credential: early }),
  ]);
  assert.equal(
    right((await inventory()).lockedOut('2026-02-01T00:00:00Z')).map(({ reason }) => reason),
    ['CREDENTIAL_NOT_YET_VALID'],
  );
});

test('certificates on record that expire between two instants are told, the first to expire first', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  for (const [name, to] of [
    ['乙', '2026-08-01T00:00:00.000Z'],
    ['甲', '2026-07-01T00:00:00.000Z'],
    ['丙', '2026-09-01T00:00:00.000Z'],
  ] as const) {
    await world.write(home, [authorized(name, ['pay'], { credential: certificate('MOICA', name, { to }) })]);
  }
  const lists = await inventory();
  const expiring = (from: string, to: string) =>
    right(lists.expiringBetween(from, to)).map(({ clerk }) => clerk);
  assert.equal(expiring('2026-07-01T00:00:00Z', '2026-09-01T00:00:00Z'), [clerkId('甲'), clerkId('乙')]);
  assert.is(left(lists.expiringBetween('2026', '2027')).code, 'TIME_INVALID');
});

const quarter = { from: '2026-06-01T00:00:00+08:00', to: '2026-09-01T00:00:00+08:00', policy: gepiPolicy };
const told = ({ lockouts }: Forecast<HolderOnRecord>) =>
  lockouts.map(({ who, cause, day, mending }) => [
    `${who.agencyCode} ${who.holder} ${who.clerk ?? ''}`.trim(),
    cause,
    day,
    mending?.operations.map(({ purpose }) => purpose).join() ?? '',
  ]);

test('GEPI-42…48: the forecast names who will be locked out, the first first, and which operations mend it', async () => {
  const { world, inventory } = await stage();
  const august = { from: '2025-01-01T00:00:00.000Z', to: '2026-08-15T15:59:59.000Z' };
  await world.write(home, [
    registered('10001', '海風市公所'),
    {
      ...appointed('王管理'),
      data: { ...appointed('王管理').data, credential: certificate('MOICA', '王', short) },
    },
    authorized('甲', ['pay'], { credential: certificate('MOICA', '甲', august) }),
    authorized('乙', ['pay'], { credential: typedSerial('乙') }),
    authorized('丙', ['pay']),
  ]);
  const answer = right((await inventory()).forecast(quarter));
  assert.equal(told(answer), [
    ['10001 manager', 'expiry', '2026-07-01', 'replace-manager'],
    [`10001 clerk ${clerkId('甲')}`, 'expiry', '2026-08-16', 'replace-manager,delegation'],
  ]);
  assert.equal(
    answer.undated.map(({ agencyName, clerk, serial }) => [agencyName, clerk, serial]),
    [['海風市公所', clerkId('乙'), typedSerial('乙').serial]],
  );
  // What is foretold is what will be: nobody is out a moment before, and everybody at the instant named.
  const lists = await inventory();
  const isOut = (serial: string, at: string) =>
    right(lists.lockedOut(at)).some((held) => held.serial === serial);
  for (const { who, at } of answer.lockouts) {
    const before = new Date(Date.parse(at) - 1).toISOString();
    assert.equal([isOut(who.serial, before), isOut(who.serial, at)], [false, true]);
  }
  const [manager] = answer.lockouts;
  assert.equal([manager?.remedy, manager?.window?.closes], ['renew', '2029-06-30']);
});

test('GEPI-43: whose manager’s entry got the new card, and the clerk’s did not, is out as a clerk from then on', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理'), authorized('王管理', ['pay'])]);
  await world.write(
    home,
    [replaced('manager', certificate('MOICA', '王管理'), certificate('MOICA', '王管理 2'))],
    {
      at: '2026-07-10T02:00:00.000Z',
    },
  );
  assert.equal(told(right((await inventory()).forecast(quarter))), [
    [`10001 clerk ${clerkId('王管理')}`, 'superseded', '2026-07-10', 'delegation'],
  ]);
});

test('GEPI-42: a later card shown at another agency, on record no more, still tells that the one here is void', async () => {
  const { world, inventory } = await stage();
  const other = agency('10002');
  await world.write(home, [registered('10001'), appointed('王管理'), authorized('甲', ['pay'])]);
  await world.write(other, [registered('10002'), appointed('林管理')]);
  await world.write(
    other,
    [authorized('甲', ['pay'], { credential: certificate('MOICA', '甲 2'), id: clerkId('甲 2') })],
    {
      at: '2026-06-20T02:00:00.000Z',
    },
  );
  await world.write(other, [revoked(clerkId('甲 2'))], { at: '2026-06-21T02:00:00.000Z' });
  assert.equal(told(right((await inventory()).forecast(quarter))), [
    [`10001 clerk ${clerkId('甲')}`, 'superseded', '2026-06-20', 'delegation'],
  ]);
});

test('GEPI-42: the forecast of one agency is that of all for its holders, by what is known of them anywhere', async () => {
  const { world, inventory } = await stage();
  const other = agency('10002');
  const august = { from: '2025-01-01T00:00:00.000Z', to: '2026-08-15T15:59:59.000Z' };
  await world.write(home, [registered('10001'), appointed('王管理'), authorized('甲', ['pay'])]);
  await world.write(home, [authorized('乙', ['pay'], { credential: typedSerial('乙') })]);
  await world.write(other, [registered('10002'), appointed('林管理')]);
  await world.write(
    other,
    [
      authorized('甲', ['pay'], { credential: certificate('MOICA', '甲 2'), id: clerkId('甲 2') }),
      authorized('丙', ['pay'], { credential: certificate('MOICA', '丙', august) }),
      authorized('丁', ['pay'], { credential: typedSerial('丁') }),
    ],
    { at: '2026-06-20T02:00:00.000Z' },
  );
  const lists = await inventory();
  const all = right(lists.forecast(quarter));
  for (const code of ['10001', '10002', '10003']) {
    const one = right(lists.forecast({ ...quarter, agencyCode: code }));
    const of = <A extends { readonly who: HolderOnRecord }>(rows: ReadonlyArray<A>): ReadonlyArray<A> =>
      rows.filter(({ who }) => who.agencyCode === code);
    assert.equal(one.lockouts, of(all.lockouts));
    assert.equal(one.already, of(all.already));
    assert.equal(
      one.undated,
      all.undated.filter(({ agencyCode }) => agencyCode === code),
    );
  }
  assert.equal(told(right(lists.forecast({ ...quarter, agencyCode: '10001' }))), [
    [`10001 clerk ${clerkId('甲')}`, 'superseded', '2026-06-20', 'delegation'],
  ]);
});

test('GEPI-35: a serial that was typed counts as a later card only once that card has signed', async () => {
  const { world, inventory } = await stage();
  const other = agency('10002');
  await world.write(home, [registered('10001'), appointed('王管理')]);
  await world.write(home, [authorized('甲', ['pay'], { credential: typedSerial('甲') })]);
  await world.write(other, [registered('10002'), appointed('林管理')]);
  await world.write(other, [
    authorized('甲', ['pay'], { credential: certificate('MOICA', '甲 2'), id: clerkId('甲 2') }),
  ]);
  assert.equal(told(right((await inventory()).forecast(quarter))), []);
  // The card of the first agency signs after the other was shown: it is the later one, though it was on record before.
  await world.write(home, [proved(clerkId('甲'), '甲')], { at: '2026-06-20T02:00:00.000Z' });
  assert.equal(told(right((await inventory()).forecast(quarter))), [
    [`10002 clerk ${clerkId('甲 2')}`, 'superseded', '2026-06-20', 'delegation'],
  ]);
});

test('X-4: a forecast goes by the rules of the CAs that it is given, and refuses what is no time', async () => {
  const { world, inventory } = await stage();
  await world.write(home, [registered('10001'), appointed('王管理'), authorized('甲', ['pay'])]);
  await world.write(home, [
    replaced('manager', certificate('MOICA', '王管理'), certificate('MOICA', '甲 2')),
  ]);
  const lists = await inventory();
  const rules = { ...gpkiCaRules, MOICA: { ...gpkiCaRules.MOICA, renewal: null } };
  const until2030 = { from: '2029-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z', policy: gepiPolicy };
  assert.ok(right(lists.forecast(until2030)).lockouts.some(({ remedy }) => remedy === 'renew'));
  assert.ok(
    right(lists.forecast({ ...until2030, rules })).lockouts.every(({ remedy }) => remedy === 'newCard'),
  );
  assert.is(left(lists.forecast({ ...quarter, to: 'tomorrow' })).code, 'TIME_INVALID');
});

test('a person is active as manager or clerk of any agency, from the last event of the store on', async () => {
  const { world, runner } = await stage();
  const isActive = isActiveIn(runner, world.store);
  assert.is(right(await isActive(person('王管理'))()), false);
  await world.write(home, [registered('10001'), appointed('王管理'), authorized('甲', ['pay'])]);
  assert.is(right(await isActive(person('王管理'))()), true);
  assert.is(right(await isActive(person('甲'))()), true);
  await world.write(agency('10002'), [registered('10002'), appointed('甲')]);
  await world.write(home, [revoked(clerkId('甲'))]);
  assert.is(right(await isActive(person('甲'))()), true);
  await world.write(agency('10002'), [appointed('乙', { previous: '甲' })]);
  assert.is(right(await isActive(person('甲'))()), false);
  assert.is(right(await isActive(person('乙'))()), true);
});

test('whether a person is active is answered while the vault is down, and is a fault while the store is', async () => {
  const world = makeWorld();
  await world.write(home, [registered('10001'), appointed('王管理')]);
  const { vault } = vaultDown(world.vault, () => true);
  const runner = await runnerOf({ ...world, vault }, [clerkList, certificateInventory]);
  assert.is(right(await isActiveIn(runner, world.store)(person('王管理'))()), true);
  const down = { ...world.store, head: () => async () => E.left(storeFault('STORE_UNAVAILABLE', 'off')) };
  assert.is(left(await isActiveIn(runner, down)(person('王管理'))()).dependency, 'directory');
});

test.run();
