import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import {
  type Forecast,
  type ForecastCertificate,
  type ForecastHolder,
  type ForecastSpan,
  forecast,
  type Lockout,
} from '../../src/renewal/index.js';
import { certificate, instant } from './support.js';

const shown = (from: string, to: string, rest: Partial<ForecastCertificate> = {}): ForecastCertificate => ({
  ...certificate(from, to, { card: `card of ${rest.serial ?? `${from}${to}`}` }),
  knownFrom: instant('2026-01-05T00:00:00Z'),
  ...rest,
});

// One agency: 王管理 is its manager, 甲 and 乙 are clerks. In 2026 only what a test changes ends.
const gca = shown('2025-01-01', '2030-01-01', { ca: 'GCA', serial: 'A0' });
const ofManager = shown('2025-01-01', '2030-01-01', { serial: 'B0' });
const ofClerk = shown('2025-01-01', '2030-01-01', { serial: 'C0' });

const agency = (of: ForecastCertificate | null = gca): ForecastHolder => ({
  agencyCode: '10001',
  holder: 'agency',
  clerk: null,
  person: null,
  certificate: of,
});
const manager = (of: ForecastCertificate | null = ofManager, person = 'wang'): ForecastHolder => ({
  agencyCode: '10001',
  holder: 'manager',
  clerk: null,
  person,
  certificate: of,
});
const clerk = (of: ForecastCertificate | null = ofClerk, person = 'jia'): ForecastHolder => ({
  agencyCode: '10001',
  holder: 'clerk',
  clerk: `clerk ${person}`,
  person,
  certificate: of,
});

const year: ForecastSpan = {
  from: instant('2026-01-01T00:00:00+08:00'),
  to: instant('2027-01-01T00:00:00+08:00'),
  policy: gepiPolicy,
};
const ask = (holders: ReadonlyArray<ForecastHolder>, span: Partial<ForecastSpan> = {}): Forecast =>
  forecast(holders, { ...year, ...span });

const only = (holders: ReadonlyArray<ForecastHolder>, span: Partial<ForecastSpan> = {}): Lockout => {
  const { lockouts } = ask(holders, span);
  const [first] = lockouts;
  if (first === undefined || lockouts.length !== 1) throw new Error(`${lockouts.length} lockouts`);
  return first;
};

const operations = ({ mending }: Lockout): ReadonlyArray<string> =>
  mending?.operations.map(({ order, purpose }) => `${order}.${purpose}`) ?? [];
const cards = ({ mending }: Lockout): ReadonlyArray<string> =>
  mending?.cards.map(({ which, role }) => `${which} ${role}`) ?? [];

const june = { from: '2021-06-30', to: '2026-06-30' };
const endsInJune = (rest: Partial<ForecastCertificate> = {}): ForecastCertificate =>
  shown(june.from, june.to, rest);

// -------------------------------------------------------------------------------------
// when and why
// -------------------------------------------------------------------------------------

const when = suite('forecast: when, why, and until when');

when('GEPI-42: a clerk is out from midnight in Taipei after the last day', () => {
  const lockout = only([agency(), manager(), clerk(endsInJune())]);
  assert.equal(
    [lockout.who.clerk, lockout.cause, lockout.at, lockout.day],
    ['clerk jia', 'expiry', '2026-06-30T16:00:00.000Z', '2026-07-01'],
  );
});

when('MOICA-5…8: until when the certificate can still be extended', () => {
  const { remedy, window } = only([clerk(endsInJune())]);
  assert.equal([remedy, window?.opens, window?.closes], ['renew', '2026-05-01', '2029-06-30']);
});

when(
  'MOICA-6: a card that was extended needs a new one, whether its length or an earlier certificate tells it',
  () => {
    const long = shown('2018-06-30', '2026-06-30');
    assert.equal([only([clerk(long)]).remedy, only([clerk(long)]).window], ['newCard', null]);
    const before = shown('2021-06-30', '2023-06-30', { serial: 'EA', card: 'same' });
    const after = endsInJune({ serial: 'EB', card: 'same' });
    assert.is(only([clerk(after)]).remedy, 'renew');
    assert.is(only([clerk(after)], { seen: [{ person: 'jia', certificate: before }] }).remedy, 'newCard');
    assert.is(only([clerk({ ...after, renewals: 1 })]).remedy, 'newCard');
  },
);

when('X-4: an agency card is exchanged online within 60 days before its end, and not after it', () => {
  const lockout = only([agency(shown('2021-06-30', '2026-06-30', { ca: 'GCA' }))]);
  assert.equal(
    [lockout.remedy, lockout.window?.opens, lockout.window?.closes, lockout.uncertain],
    ['newCard', '2026-05-01', '2026-06-30', false],
  );
});

when('X-4: of a CA whose rules are not known the forecast says that it guesses', () => {
  const lockout = only([agency(shown('2021-06-30', '2026-06-30', { ca: 'XCA' }))]);
  assert.equal([lockout.remedy, lockout.window, lockout.uncertain], ['newCard', null, true]);
});

when('X-4: a card that nobody opened in time is out before it ends', () => {
  const issuedAt = instant('2026-01-05T02:00:00Z');
  const fresh = { ...gca, activation: { issuedAt, activatedAt: null } };
  const lockout = only([agency(fresh)]);
  assert.equal(
    [lockout.cause, lockout.at, lockout.remedy, lockout.window?.closes],
    ['activationOverdue', '2026-04-05T16:00:00.000Z', 'open', '2026-04-05'],
  );
  const opened = { ...gca, activation: { issuedAt, activatedAt: instant('2026-02-01T00:00:00Z') } };
  assert.equal(ask([agency(opened)]).lockouts, []);
  const justThen = { ...gca, activation: { issuedAt, activatedAt: lockout.at } };
  assert.equal(ask([agency(justThen)]).lockouts, []);
});

when('GEPI-42: who shows a later card at another agency is out here from then on', () => {
  const elsewhere = shown('2026-03-01', '2031-03-01', {
    serial: 'D0',
    knownFrom: instant('2026-03-05T01:00:00Z'),
  });
  const other = { ...manager(elsewhere, 'jia'), agencyCode: '10002' };
  const lockout = only([agency(), manager(), clerk(), other]);
  assert.equal(
    [lockout.who.agencyCode, lockout.cause, lockout.at, lockout.remedy, lockout.supersededBy],
    ['10001', 'superseded', '2026-03-05T01:00:00.000Z', 'enterNew', { ca: 'MOICA', serial: 'D0' }],
  );
  assert.is(only([clerk()], { seen: [{ person: 'jia', certificate: elsewhere }] }).cause, 'superseded');
});

when('the first cause counts, and each holder stands once', () => {
  const elsewhere = shown('2026-03-01', '2031-03-01', {
    serial: 'D0',
    knownFrom: instant('2026-03-05T01:00:00Z'),
  });
  const seen = [{ person: 'jia', certificate: elsewhere }];
  assert.is(only([clerk(endsInJune())], { seen }).cause, 'superseded');
  const early = shown('2021-02-01', '2026-02-01');
  assert.is(only([clerk(early)], { seen }).cause, 'expiry');
});

when(
  'of two causes at one instant, a later card goes before a missed opening, and that before the end',
  () => {
    const issuedAt = instant('2026-01-05T02:00:00Z');
    const unopened = { issuedAt, activatedAt: null };
    const ends = { ...shown('2026-01-05', '2026-04-05', { ca: 'GCA' }), activation: unopened };
    const lockout = only([agency(ends)]);
    assert.equal([lockout.cause, lockout.at], ['activationOverdue', '2026-04-05T16:00:00.000Z']);
    const knownFrom = instant('2026-06-30T16:00:00Z');
    const elsewhere = shown('2026-03-01', '2031-03-01', { serial: 'D0', knownFrom });
    const later = only([clerk(endsInJune())], { seen: [{ person: 'jia', certificate: elsewhere }] });
    assert.equal([later.cause, later.at], ['superseded', knownFrom]);
  },
);

when('never by notBefore: the renewed certificate with the old beginning is the one that counts', () => {
  const before = shown('2021-06-30', '2026-06-30', { serial: 'EA', card: 'same' });
  const after = shown('2021-06-30', '2029-06-30', {
    serial: 'EB',
    card: 'same',
    knownFrom: instant('2026-05-10T00:00:00Z'),
  });
  const seen = [{ person: 'jia', certificate: before }];
  assert.equal(ask([clerk(after)], { seen }).lockouts, []);
  const lockout = only([clerk(before)], { seen: [{ person: 'jia', certificate: after }] });
  assert.equal([lockout.cause, lockout.at], ['superseded', '2026-05-10T00:00:00.000Z']);
});

when('the span has its beginning and not its end; who is out before it stands apart', () => {
  const holders = [clerk(endsInJune())];
  const at = instant('2026-06-30T16:00:00.000Z');
  assert.is(ask(holders, { to: at }).lockouts.length, 0);
  assert.is(ask(holders, { from: at }).lockouts.length, 1);
  const later = ask(holders, { from: instant('2026-06-30T16:00:00.001Z') });
  assert.equal([later.lockouts.length, later.already.length], [0, 1]);
});

when('GEPI-35: of a serial that was typed by hand nobody knows the end, and that is said', () => {
  const { undated, lockouts } = ask([clerk(null), clerk(endsInJune(), 'yi')]);
  assert.equal([undated.map(({ person }) => person), lockouts.length], [['jia'], 1]);
});

when(
  'whether functions close is for the policy: with GEPI a clerk’s expired certificate, and no other',
  () => {
    const lockouts = ask([
      agency(endsInJune({ ca: 'GCA' })),
      manager(endsInJune()),
      clerk(endsInJune()),
    ]).lockouts;
    assert.equal(
      lockouts.map(({ who, closesFunctions }) => [who.holder, closesFunctions]),
      [
        ['agency', false],
        ['manager', false],
        ['clerk', true],
      ],
    );
  },
);

when.run();

// -------------------------------------------------------------------------------------
// which cards
// -------------------------------------------------------------------------------------

const bring = suite('forecast: which cards to bring');

bring('GEPI-45: only the manager: the agency’s card and the new card of the manager', () => {
  const lockout = only([agency(), manager(endsInJune()), clerk()]);
  assert.equal(operations(lockout), ['1.replace-manager']);
  assert.equal(cards(lockout), ['current agency', 'new manager']);
});

bring('GEPI-45: only a clerk: the cards of agency, manager and clerk', () => {
  const lockout = only([agency(), manager(), clerk(endsInJune()), clerk(ofClerk, 'yi')]);
  assert.equal(operations(lockout), ['1.delegation']);
  assert.equal(cards(lockout), ['current agency', 'current manager', 'new clerk']);
});

bring('GEPI-43, GEPI-45: a manager who is a clerk too: two operations, the manager’s first', () => {
  const lockouts = ask([agency(), manager(endsInJune()), clerk(endsInJune(), 'wang')]).lockouts;
  assert.is(lockouts.length, 2);
  for (const lockout of lockouts) {
    assert.equal(operations(lockout), ['1.replace-manager', '2.delegation']);
    assert.equal(cards(lockout), ['current agency', 'new manager', 'new clerk']);
  }
});

bring('GEPI-43: after the first operation alone, the second is what is missing', () => {
  const next = shown('2026-03-01', '2031-03-01', {
    serial: 'D0',
    knownFrom: instant('2026-03-05T01:00:00Z'),
  });
  const lockout = only([agency(), manager(next), clerk(ofManager, 'wang')]);
  assert.equal([lockout.who.holder, lockout.cause], ['clerk', 'superseded']);
  assert.equal(operations(lockout), ['1.delegation']);
  assert.equal(cards(lockout), ['current agency', 'current manager', 'new clerk']);
});

bring('GEPI-45: a clerk who is out when the manager is out already: the manager first', () => {
  const early = shown('2021-03-01', '2026-03-01');
  const [first, second] = ask([agency(), manager(early), clerk(endsInJune())]).lockouts;
  assert.ok(first !== undefined && second !== undefined);
  assert.equal(operations(first), ['1.replace-manager']);
  assert.equal(operations(second), ['1.replace-manager', '2.delegation']);
});

bring('GEPI-46: the agency’s certificate: the new card of the agency and the manager’s', () => {
  const lockout = only([agency(endsInJune({ ca: 'GCA' })), manager(), clerk()]);
  assert.equal(operations(lockout), ['1.replace-agency']);
  assert.equal(cards(lockout), ['new agency', 'current manager']);
});

bring('GEPI-48: both: both cards new, in one operation', () => {
  for (const lockout of ask([agency(endsInJune({ ca: 'GCA' })), manager(endsInJune()), clerk()]).lockouts) {
    assert.equal(operations(lockout), ['1.replace-both']);
    assert.equal(cards(lockout), ['new agency', 'new manager']);
  }
});

bring('GEPI-48: whose certificate ends later is told in the later one what is out by then', () => {
  const [first, second] = ask([
    agency(shown('2021-03-01', '2026-03-01', { ca: 'GCA' })),
    manager(endsInJune()),
  ]).lockouts;
  assert.ok(first !== undefined && second !== undefined);
  assert.equal([operations(first), operations(second)], [['1.replace-agency'], ['1.replace-both']]);
});

bring(
  'GEPI-44: what can still be done: with the manager out, the replacement of the manager or of both',
  () => {
    assert.equal(only([agency(), manager(endsInJune())]).stillPossible, ['replace-manager', 'replace-both']);
    assert.equal(only([agency(endsInJune({ ca: 'GCA' })), manager()]).stillPossible, [
      'replace-agency',
      'replace-both',
    ]);
    assert.equal(only([agency(), manager(), clerk(endsInJune())]).stillPossible, [
      'delegation',
      'replace-agency',
      'replace-manager',
      'replace-both',
    ]);
    const [both] = ask([agency(endsInJune({ ca: 'GCA' })), manager(endsInJune())]).lockouts;
    assert.equal(both?.stillPossible, ['replace-both']);
  },
);

bring('another agency’s certificates are another matter', () => {
  const other = { ...manager(endsInJune(), 'lin'), agencyCode: '10002' };
  const lockouts = ask([agency(), manager(), clerk(endsInJune()), other]).lockouts;
  assert.equal(
    lockouts.map((lockout) => [lockout.who.agencyCode, operations(lockout)]),
    [
      ['10001', ['1.delegation']],
      ['10002', ['1.replace-manager']],
    ],
  );
});

bring('a portal whose table has no row says nothing of cards', () => {
  const lockout = only([clerk(endsInJune())], { policy: { ...gepiPolicy, planner: [] } });
  assert.is(lockout.mending, null);
});

bring.run();

// -------------------------------------------------------------------------------------
// how much is looked at
// -------------------------------------------------------------------------------------

const counted = suite('forecast: how much is looked at');

/** One agency with so many clerks, who count how often anybody asks what they are. */
const crowd = (clerks: number, of: ForecastCertificate) => {
  let looks = 0;
  const holders = Array.from({ length: clerks }, (_, n): ForecastHolder => {
    const { holder, ...rest } = clerk({ ...of, serial: `C${n}`, card: `card ${n}` }, `person ${n}`);
    return {
      ...rest,
      get holder() {
        looks += 1;
        return holder;
      },
    };
  });
  return { holders, looks: () => looks };
};

counted('each of an agency’s clerks is looked at a few times, however many there are', () => {
  const { holders, looks } = crowd(2000, endsInJune());
  assert.is(ask([manager(endsInJune()), ...holders]).lockouts.length, 2001);
  assert.ok(looks() <= 20 * holders.length, String(looks()));
});

counted('whose certificate outlasts the span is not looked at', () => {
  const { holders, looks } = crowd(2000, ofClerk);
  assert.equal(ask(holders).lockouts, []);
  assert.is(looks(), 0);
});

counted('the portal’s table is read once for each kind of mending, and not for each holder', () => {
  let reads = 0;
  const policy = {
    ...gepiPolicy,
    get planner() {
      reads += 1;
      return gepiPolicy.planner;
    },
  };
  const { holders } = crowd(100, endsInJune());
  assert.is(ask(holders, { policy }).lockouts.length, 100);
  assert.is(reads, 1);
});

counted.run();
