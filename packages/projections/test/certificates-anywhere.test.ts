import { docPolicy, gepiPolicy, meansOf, nhiPolicy, planEverywhere } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificateInventory, certificates, certificatesAnywhere, isActiveIn } from '../src/index.js';
import {
  agency,
  appointed,
  authorized,
  certificate,
  clerkId,
  deregistered,
  person,
  registered,
  replaced,
  revoked,
} from './support/events.js';
import { runnerOf } from './support/runner.js';
import { makeWorld, right, uuid } from './support/world.js';

const test = suite('certificates in every portal');

const card = certificate('MOICA', '甲');
const days = { from: '2026-01-01T00:00:00.000Z', to: '2031-01-01T15:59:59.000Z' };

const active = (row: string, serial1: string, name = '甲') =>
  ({
    type: 'CredentialActivated',
    data: { credential: uuid(row), person: person(name), ca: 'MOICA', serial1, ...days },
  }) as const;

/** One person with one card: clerk of two portals, and registered for signing documents. */
const stage = async () => {
  const world = makeWorld();
  await world.write(agency('10001'), [registered('10001', '海風市公所'), appointed('王管理')]);
  await world.write(agency('10001'), [authorized('甲', ['pay'], { credential: card })]);
  await world.write('agency-nhi.123456789', [registered('10001', '示範診所')]);
  await world.write('agency-nhi.123456789', [authorized('甲', [], { credential: card })]);
  await world.write('agency-doc.301000000A', [active('first', card.serial)]);
  const runner = await runnerOf(world, [certificateInventory]);
  const anywhere = async () => {
    right(await runner.catchUp()());
    return certificatesAnywhere(runner.read);
  };
  return { world, runner, anywhere };
};

test('X-2, MOICA-16: who holds this serial, anywhere', async () => {
  const { anywhere } = await stage();
  const found = right((await anywhere()).ofCertificate('MOICA', `00${card.serial.toLowerCase()}`));
  assert.equal(
    found.map((held) => [held.portal, held.agencyCode, held.agencyName, held.holder, held.status]),
    [
      ['doc', '301000000A', '', 'clerk', 'current'],
      ['gepi', '10001', '海風市公所', 'clerk', 'current'],
      ['nhi', '123456789', '示範診所', 'clerk', 'current'],
    ],
  );
  assert.equal(right((await anywhere()).ofCertificate('GCA', card.serial)), []);
});

test('MOICA-16: what is on record of a person anywhere says what to do after a renewal', async () => {
  const { anywhere } = await stage();
  const places = right((await anywhere()).ofPerson(person('甲')));
  const plans = planEverywhere([gepiPolicy, nhiPolicy, docPolicy], places);
  assert.equal(
    plans.map(({ policy, plan }) => [policy.portal, plan?.operations.map(({ purpose }) => purpose.id)]),
    [
      ['gepi', ['delegation']],
      ['nhi', ['managers']],
      ['doc', ['credentials']],
    ],
  );
});

test('DOC-9, DOC-10: a credential that is no longer active stays in the list, and holds nobody', async () => {
  const { world, runner, anywhere } = await stage();
  const next = certificate('MOICA', '甲二');
  await world.write('agency-doc.301000000A', [
    { type: 'CredentialDeactivated', data: { credential: uuid('first'), cause: 'otherActivated' } },
    active('second', next.serial),
  ]);
  const [old] = right((await anywhere()).ofCertificate('MOICA', card.serial));
  assert.equal([old?.portal, old?.status], ['doc', 'replaced']);
  const [now] = right((await anywhere()).ofCertificate('MOICA', next.serial));
  assert.equal([now?.status, now?.certificate?.notAfter], ['current', days.to]);
  const own = right(certificates(runner.read, 'gepi').ofAgency('10001'));
  assert.is(own.length, 3);
});

test('NHI-6: means that are no certificate are in no inventory, but who acts by them is active until deleted', async () => {
  const { world, runner, anywhere } = await stage();
  const means = meansOf('registeredCard', person('乙'));
  const isActive = async () => right(await isActiveIn(runner, world.store)(person('乙'))());
  await world.write('agency-nhi.123456789', [authorized('乙', [], { credential: means })]);
  assert.equal(right((await anywhere()).ofPerson(person('乙'))), []);
  assert.is(await isActive(), true);
  await world.write('agency-nhi.123456789', [revoked(clerkId('乙'))]);
  assert.is(await isActive(), false);
  await world.write('agency-nhi.123456789', [authorized('乙', [], { credential: means })]);
  assert.is(await isActive(), true);
  await world.write('agency-nhi.123456789', [deregistered]);
  assert.is(await isActive(), false);
});

test('NHI-4: neither is the person responsible forgotten whose card is the unit’s own', async () => {
  const { world, runner } = await stage();
  const own = registered('10001', '示範藥局');
  const data = { ...own.data, credential: meansOf('registeredCard', person('丙')) };
  const isActive = async () => right(await isActiveIn(runner, world.store)(person('丙'))());
  await world.write('agency-nhi.987654321', [{ ...own, data }]);
  assert.is(await isActive(), true);
  await world.write('agency-nhi.987654321', [registered('10001', '示範藥局')]);
  assert.is(await isActive(), false);
});

test('ECPA-2: neither is the officer to whom an agency’s certificate is tied, until another is', async () => {
  const { world, runner } = await stage();
  const bound = (name: string) =>
    ({
      type: 'OfficerBound',
      data: { person: person(name) },
      personal: { nationalId: 'A123456789', name, account: 'hr' },
      subject: person(name),
    }) as const;
  const isActive = async (name: string) => right(await isActiveIn(runner, world.store)(person(name))());
  await world.write('agency-ecpa.301000000A', [registered('10001', '示範人事處'), bound('戊')]);
  assert.is(await isActive('戊'), true);
  await world.write('agency-ecpa.301000000A', [bound('己')]);
  assert.equal([await isActive('戊'), await isActive('己')], [false, true]);
  await world.write('agency-ecpa.301000000A', [deregistered]);
  assert.is(await isActive('己'), false);
});

test('GEPI-42: who goes from means to a certificate is on record with it', async () => {
  const { world, anywhere } = await stage();
  const means = meansOf('account', person('丁'));
  await world.write('agency-nhi.123456789', [authorized('丁', [], { credential: means })]);
  const next = certificate('MOICA', '丁');
  await world.write('agency-nhi.123456789', [replaced('clerk', means, next, clerkId('丁'))]);
  const [held] = right((await anywhere()).ofPerson(person('丁')));
  assert.equal([held?.serial, held?.holder], [next.serial, 'clerk']);
});

test.run();
