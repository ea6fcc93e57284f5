import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type AuthorityAt,
  type AuthorityChange,
  all,
  applyDiff,
  permissionHistories,
  permissionHistory,
} from '../src/index.js';
import {
  agency,
  appointed,
  authorized,
  certificate,
  clerkId,
  contactChanged,
  credentialActivated,
  credentialDeactivated,
  credentialRegistered,
  deregistered,
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
import { runnerOf } from './support/runner.js';
import { left, makeWorld, minute, right, sha256, uuid } from './support/world.js';

const test = suite('permission history');

const home = agency('10001');
const manager = (name: string) => ({ kind: 'manager', person: person(name) }) as const;

const stage = async () => {
  const world = makeWorld();
  await world.write(home, [termsAccepted(1), registered('10001', '海風市公所'), appointed('王管理')], {
    at: minute(0),
  });
  const runner = await runnerOf(world, [permissionHistory]);
  const history = async () => {
    right(await runner.catchUp()());
    return permissionHistories(runner.read, 'gepi');
  };
  const held = async (at: string, knownAt?: string) => {
    const { clerks } = right((await history()).asOf('10001', at, knownAt));
    return clerks.map(({ clerk, permissions }) => [clerk, permissions.map((each) => each.function)]);
  };
  return { world, history, held };
};

const unit = 'agency-doc.301000000A';

/** A person with two credentials, one after the other, and none at the end. */
const credentialStage = async () => {
  const world = makeWorld();
  await world.write(unit, [credentialRegistered('first', '許')], { at: minute(5) });
  await world.write(unit, [credentialActivated('first', '許')], { at: minute(10) });
  await world.write(unit, [credentialRegistered('second', '許')], { at: minute(15) });
  const other = [credentialDeactivated('first', 'otherActivated'), credentialActivated('second', '許')];
  await world.write(unit, other, { at: minute(20) });
  await world.write(unit, [credentialDeactivated('second', 'byHand')], { at: minute(30) });
  const runner = await runnerOf(world, [permissionHistory]);
  const history = async () => {
    right(await runner.catchUp()());
    return permissionHistories(runner.read, 'doc');
  };
  return { world, history };
};

// -------------------------------------------------------------------------------------
// list
// -------------------------------------------------------------------------------------

test('every change of authority is listed for ever, for the agency, the clerk and the person', async () => {
  const { world, history } = await stage();
  await world.write(home, [authorized('甲', ['pay'])]);
  await world.write(home, [authorized('乙', ['pay']), contactChanged('王管理')]);
  await world.write(home, [permissionsChanged(clerkId('甲'), ['join'], [])]);
  await world.write(home, [revoked(clerkId('甲'))]);
  await world.write(home, [
    replaced('manager', certificate('MOICA', '王管理'), certificate('MOICA', '王管理 2')),
  ]);
  await world.write(agency('10002'), [registered('10002'), appointed('甲')]);
  const lists = await history();
  const types = (changes: ReadonlyArray<{ readonly type: string; readonly revision: number }>) =>
    changes.map(({ type, revision }) => [type, revision]);
  assert.equal(types(right(lists.list('10001'))), [
    ['TermsAccepted', 0],
    ['AgencyRegistered', 1],
    ['ManagerAppointed', 2],
    ['ClerkAuthorized', 3],
    ['ClerkAuthorized', 4],
    ['ClerkPermissionsChanged', 6],
    ['ClerkRevoked', 7],
    ['CertificateReplaced', 8],
  ]);
  assert.equal(types(right(lists.list('10001', { clerk: clerkId('甲') }))), [
    ['ClerkAuthorized', 3],
    ['ClerkPermissionsChanged', 6],
    ['ClerkRevoked', 7],
  ]);
  assert.equal(types(right(lists.list('10001', { after: 3, limit: 2 }))), [
    ['ClerkAuthorized', 4],
    ['ClerkPermissionsChanged', 6],
  ]);
  assert.equal(
    right(lists.ofPerson(person('甲'))).map(({ agencyCode, type }) => [agencyCode, type]),
    [
      ['10001', 'ClerkAuthorized'],
      ['10001', 'ClerkPermissionsChanged'],
      ['10001', 'ClerkRevoked'],
      ['10002', 'ManagerAppointed'],
    ],
  );
  assert.equal(
    right(lists.ofPerson(person('王管理'))).map(({ type }) => type),
    ['ManagerAppointed', 'CertificateReplaced'],
  );
});

// -------------------------------------------------------------------------------------
// as of
// -------------------------------------------------------------------------------------

test('who could do what then: clerks, functions, manager, terms and status of any instant', async () => {
  const { world, history, held } = await stage();
  await world.write(home, [authorized('甲', ['pay'])], { at: minute(10) });
  await world.write(home, [permissionsChanged(clerkId('甲'), ['join'], ['pay'])], { at: minute(20) });
  await world.write(home, [suspended], { at: minute(25) });
  await world.write(home, [reopened, revoked(clerkId('甲'))], { at: minute(30) });
  await world.write(home, [deregistered], { at: minute(40) });
  assert.equal(await held(minute(9)), []);
  assert.equal(await held(minute(10)), [[clerkId('甲'), ['pay']]]);
  assert.equal(await held(minute(20)), [[clerkId('甲'), ['join']]]);
  assert.equal(await held(minute(30)), []);
  const lists = await history();
  const status = (at: string) => right(lists.asOf('10001', at)).agency?.status;
  assert.equal(
    [-1, 0, 25, 30, 40].map((at) => status(minute(at))),
    [undefined, 'registered', 'suspended', 'registered', 'deregistered'],
  );
  assert.is(right(lists.asOf('10001', minute(30))).manager?.person, person('王管理'));
  assert.is(right(lists.asOf('10001', minute(40))).manager, null);
  assert.is(right(lists.asOf('10001', minute(0))).terms?.hash, sha256('terms 1'));
  assert.is(left(lists.asOf('10001', '2026-01-01')).code, 'TIME_INVALID');
  assert.is(left(lists.asOf('10001', minute(0), 'then')).code, 'TIME_INVALID');
});

test('GEPI-42: deleting and adding a clerk again loses no history', async () => {
  const { world, history, held } = await stage();
  await world.write(home, [authorized('甲', ['pay'])], { at: minute(10) });
  await world.write(home, [revoked(clerkId('甲'))], { at: minute(20) });
  await world.write(home, [authorized('甲', ['pay'], { id: clerkId('甲 again') })], { at: minute(21) });
  assert.equal(await held(minute(15)), [[clerkId('甲'), ['pay']]]);
  assert.equal(await held(minute(25)), [[clerkId('甲 again'), ['pay']]]);
  assert.is(right((await history()).ofPerson(person('甲'))).length, 3);
});

test('what takes effect later is not in force before, and what was not recorded yet was not known', async () => {
  const { world, held } = await stage();
  await world.write(home, [authorized('甲', ['pay'], { effectiveAt: minute(100) })], { at: minute(10) });
  await world.write(home, [authorized('乙', ['pay'], { effectiveAt: minute(5) })], { at: minute(50) });
  assert.equal(await held(minute(20)), [[clerkId('乙'), ['pay']]]);
  assert.equal(await held(minute(20), minute(20)), []);
  assert.equal(await held(minute(100), minute(49)), [[clerkId('甲'), ['pay']]]);
  assert.equal(await held(minute(100)), [
    [clerkId('乙'), ['pay']],
    [clerkId('甲'), ['pay']],
  ]);
});

// -------------------------------------------------------------------------------------
// blame
// -------------------------------------------------------------------------------------

test('blame names the event that granted it, by whom, with which cards, under which menu and terms', async () => {
  const { world, history } = await stage();
  await world.write(home, [authorized('甲', ['pay'])], { at: minute(10) });
  await world.write(home, [
    termsAccepted(2),
    replaced('agency', certificate('GCA', 'agency 10001'), certificate('GCA', 'second')),
  ]);
  const evidence = [sha256('bundle 1'), sha256('bundle 2')];
  await world.write(home, [permissionsChanged(clerkId('甲'), ['join'], [], 3)], {
    at: minute(30),
    actor: manager('王管理'),
    evidence,
    confirmation: 'c-30',
  });
  // What comes later changes nothing about it.
  await world.write(home, [replaced('agency', certificate('GCA', 'second'), certificate('GCA', 'third'))]);
  await world.write(home, [appointed('林管理', { previous: '王管理' }), termsAccepted(3)]);
  const blame = right((await history()).blame('10001', clerkId('甲'), 'join'));
  assert.equal(blame?.ended, null);
  assert.is(blame?.person, person('甲'));
  const granted = blame?.granted;
  assert.equal(
    [granted?.event.type, granted?.event.recordedAt, granted?.event.actor, granted?.event.evidence],
    ['ClerkPermissionsChanged', minute(30), manager('王管理'), evidence],
  );
  assert.is(granted?.event.confirmation, 'c-30');
  assert.is(granted?.catalogueVersion, 3);
  assert.equal(granted?.agencyCredential, certificate('GCA', 'second'));
  assert.equal(granted?.manager, {
    person: person('王管理'),
    credential: certificate('MOICA', '王管理'),
  });
  assert.equal(granted?.terms, { purpose: 'first-registration', version: 2, hash: sha256('terms 2') });
  const first = right((await history()).blame('10001', clerkId('甲'), 'pay'));
  assert.equal([first?.granted.event.type, first?.granted.terms?.version], ['ClerkAuthorized', 1]);
});

test('blame of a permission that is no longer held names also what took it away', async () => {
  const { world, history } = await stage();
  await world.write(home, [authorized('甲', ['pay', 'join'])], { at: minute(10) });
  await world.write(home, [permissionsChanged(clerkId('甲'), [], ['pay'])], { at: minute(20) });
  await world.write(home, [revoked(clerkId('甲'))], { at: minute(30), actor: manager('王管理') });
  const lists = await history();
  const ended = (fn: string, asOf = {}) =>
    right(lists.blame('10001', clerkId('甲'), fn, asOf))?.ended?.event.type;
  assert.is(ended('pay'), 'ClerkPermissionsChanged');
  assert.is(ended('join'), 'ClerkRevoked');
  assert.is(ended('join', { at: minute(29) }), undefined);
  assert.is(right(lists.blame('10001', clerkId('甲'), 'join', { at: minute(29) }))?.ended, null);
  assert.is(right(lists.blame('10001', clerkId('甲'), 'leave')), undefined);
  assert.is(right(lists.blame('10001', clerkId('甲'), 'pay', { knownAt: minute(9) })), undefined);
  assert.is(left(lists.blame('10001', clerkId('甲'), 'pay', { at: '' })).code, 'TIME_INVALID');
});

// -------------------------------------------------------------------------------------
// diff
// -------------------------------------------------------------------------------------

test('the difference of two instants: granted, revoked, joined, left, certificates, manager', async () => {
  const { world, history } = await stage();
  await world.write(home, [authorized('甲', ['pay', 'join'])], { at: minute(10) });
  await world.write(home, [authorized('乙', ['pay'])], { at: minute(11) });
  await world.write(home, [authorized('丁', ['pay'], { credential: typedSerial('丁') })], { at: minute(12) });
  await world.write(home, [permissionsChanged(clerkId('甲'), ['leave'], ['join'])], { at: minute(20) });
  await world.write(home, [revoked(clerkId('乙'))], { at: minute(21) });
  await world.write(home, [authorized('丙', ['pay'])], { at: minute(22) });
  await world.write(home, [proved(clerkId('丁'), '丁')], { at: minute(23) });
  await world.write(
    home,
    [
      replaced('agency', certificate('GCA', 'agency 10001'), certificate('GCA', 'second')),
      appointed('林管理', { previous: '王管理' }),
    ],
    { at: minute(24) },
  );
  const lists = await history();
  const diff = right(lists.diff('10001', minute(15), minute(30)));
  const codes = (changes: typeof diff.granted) => changes.map((change) => [change.clerk, change.function]);
  assert.equal(codes(diff.granted), [
    [clerkId('甲'), 'leave'],
    [clerkId('丙'), 'pay'],
  ]);
  assert.equal(codes(diff.revoked), [
    [clerkId('甲'), 'join'],
    [clerkId('乙'), 'pay'],
  ]);
  assert.equal(
    [diff.joined, diff.left].map((clerks) => clerks.map(({ person: who }) => who)),
    [[person('丙')], [person('乙')]],
  );
  assert.equal(
    diff.certificates.map(({ holder, kind, clerk }) => [holder, kind, clerk]),
    [
      ['agency', 'replaced', null],
      ['clerk', 'proved', clerkId('丁')],
    ],
  );
  assert.equal([diff.manager?.from?.person, diff.manager?.to?.person], [person('王管理'), person('林管理')]);
  assert.equal([diff.agency, diff.terms], [null, null]);
  const from: AuthorityAt = right(lists.asOf('10001', minute(15)));
  assert.equal(applyDiff(from, diff), right(lists.asOf('10001', minute(30))));
});

test('GEPI-21: a replaced certificate of the manager is a difference, with how well it is shown to be theirs', async () => {
  const { world, history } = await stage();
  const next = certificate('MOICA', '王管理 2');
  await world.write(home, [replaced('manager', certificate('MOICA', '王管理'), next)], { at: minute(20) });
  const lists = await history();
  const diff = right(lists.diff('10001', minute(15), minute(30)));
  assert.equal(
    diff.certificates.map(({ holder, kind, identityProof }) => [holder, kind, identityProof]),
    [['manager', 'replaced', 'last4']],
  );
  const from = right(lists.asOf('10001', minute(15)));
  const to = right(lists.asOf('10001', minute(30)));
  assert.equal([from.manager?.identityProof, to.manager?.identityProof], ['full', 'last4']);
  assert.equal(applyDiff(from, diff), to);
});

test('between two instants at which all is the same there is no difference', async () => {
  const { world, history } = await stage();
  await world.write(home, [authorized('甲', ['pay'])], { at: minute(10) });
  const diff = right((await history()).diff('10001', minute(10), minute(11)));
  assert.equal(diff, {
    agencyCode: '10001',
    granted: [],
    revoked: [],
    joined: [],
    left: [],
    certificates: [],
    activated: [],
    deactivated: [],
    manager: null,
    agency: null,
    terms: null,
  });
});

test('DOC-9, DOC-10: activations of credentials are changes, listed for their row and their person, also those of another', async () => {
  const { history, world } = await credentialStage();
  await world.write(unit, [credentialActivated('first', '許')], { at: minute(40) });
  const lists = await history();
  const told = (changes: ReadonlyArray<AuthorityChange>) =>
    changes.map(({ type, clerk, person: who }) => [type, clerk, who]);
  const [first, second] = [uuid('first'), uuid('second')];
  assert.equal(told(right(lists.list('301000000A'))), [
    ['CredentialRegistered', first, person('許')],
    ['CredentialActivated', first, person('許')],
    ['CredentialRegistered', second, person('許')],
    ['CredentialDeactivated', first, person('許')],
    ['CredentialActivated', second, person('許')],
    ['CredentialDeactivated', second, person('許')],
    ['CredentialActivated', first, person('許')],
  ]);
  assert.equal(
    right(lists.list('301000000A', { clerk: second })).map(({ type }) => type),
    ['CredentialRegistered', 'CredentialActivated', 'CredentialDeactivated'],
  );
  assert.is(right(lists.ofPerson(person('許'))).length, 7);
});

test('DOC-8, DOC-9: which credential was active then: none before 啟用, and never two of one person', async () => {
  const { history } = await credentialStage();
  const lists = await history();
  const active = (at: number) =>
    right(lists.asOf('301000000A', minute(at))).credentials.map(({ credential }) => credential);
  assert.equal([5, 10, 15, 20, 30].map(active), [[], [uuid('first')], [uuid('first')], [uuid('second')], []]);
  const [row] = right(lists.asOf('301000000A', minute(20))).credentials;
  const { data } = credentialActivated('second', '許');
  assert.equal(
    [row?.person, row?.ca, row?.serial, row?.from, row?.to],
    [person('許'), 'MOICA', data.serial1, data.from, data.to],
  );
});

test('DOC-9: what was made active and what was not any more are a difference that leads from one to the other', async () => {
  const { history } = await credentialStage();
  const lists = await history();
  const at = (minutes: number) => right(lists.asOf('301000000A', minute(minutes)));
  const diff = right(lists.diff('301000000A', minute(15), minute(20)));
  assert.equal(
    [diff.activated, diff.deactivated].map((rows) => rows.map(({ credential }) => credential)),
    [[uuid('second')], [uuid('first')]],
  );
  assert.equal(applyDiff(at(15), diff), at(20));
  for (const [from, to] of [
    [5, 30],
    [10, 20],
    [20, 30],
    [10, 15],
  ] as const)
    assert.equal(applyDiff(at(from), right(lists.diff('301000000A', minute(from), minute(to)))), at(to));
});

test('an agency that nobody knows has an empty history', async () => {
  const { history } = await stage();
  const lists = await history();
  assert.equal(right(lists.list('99999')), []);
  assert.equal(right(lists.asOf('99999', minute(0))), {
    agencyCode: '99999',
    agency: null,
    manager: null,
    terms: null,
    clerks: [],
    credentials: [],
  });
});

test('on SQLite its rows lie in the order in which they were written, whatever agency they are of', async () => {
  const { world } = await stage();
  await world.write(home, [authorized('甲', ['pay'])], { at: minute(10) });
  await world.write(agency('10000'), [registered('10000'), appointed('林管理')], { at: minute(11) });
  const runner = await runnerOf(world, [permissionHistory]);
  right(await runner.catchUp()());
  // No index has `data`, and nobody asks for an order: the table is read as it lies.
  const rows = right(
    runner.read.ask(permissionHistory, () =>
      all<{ agency: string; data: string }>('SELECT agency, data FROM {changes}'),
    ),
  );
  assert.is(rows.at(-1)?.agency, '10000');
  assert.ok(rows.some(({ agency: code }) => code === '10001'));
  await runner.close();
});

test.run();
