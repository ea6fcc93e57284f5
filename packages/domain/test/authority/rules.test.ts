import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuthorityQuestion, Decision, Who } from '../../src/index.js';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import {
  agencyCode,
  appointed,
  authorized,
  changed,
  deregistered,
  founded,
  hash,
  id,
  indexOf,
  instant,
  manager,
  proved,
  registered,
  reopened,
  replaced,
  revoked,
  seen,
  suspended,
  typed,
} from './support.js';

const rules = suite('may');

const wang: Who = { person: hash('Wang') };
const ask = (at: string, more: Partial<AuthorityQuestion> = {}): AuthorityQuestion => ({
  agency: agencyCode,
  function: 'premium-edit',
  who: wang,
  at: instant(at),
  ...more,
});
const show = (serial: string): Who => ({ certificate: { ca: 'MOICA', serial } });
const codeOf = (decision: Decision): string => (decision.allowed ? 'ALLOWED' : decision.code);

const wangAuthorized = authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit']);

// -------------------------------------------------------------------------------------
// who
// -------------------------------------------------------------------------------------

rules('GEPI-2: an agency that is not registered is told from a clerk who is not authorised', () => {
  const index = indexOf([...founded(), wangAuthorized]);
  assert.is(codeOf(index.may(ask('2022-03-01'))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-03-01', { agency: '99999' }))), 'AGENCY_NOT_REGISTERED');
  assert.is(codeOf(index.may(ask('2022-03-01', { who: { person: hash('Chen') } }))), 'NOT_AUTHORIZED');
  assert.is(codeOf(index.may(ask('2022-03-01', { who: show('FF') }))), 'NOT_AUTHORIZED');
});

rules('GEPI-2: a certificate enters with exactly what its clerk holds', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-send', 'premium-edit']),
  ]);
  const entry = index.functionsOf({ agency: agencyCode, who: show('C1'), at: instant('2022-03-01') });
  assert.ok(entry.allowed);
  assert.equal(entry.allowed && entry.functions, ['premium-edit', 'premium-send']);
  const stranger = index.functionsOf({ agency: agencyCode, who: show('C2'), at: instant('2022-03-01') });
  assert.not(stranger.allowed);
  assert.is(!stranger.allowed && stranger.code, 'NOT_AUTHORIZED');
});

rules('GEPI-30: of many clerks each holds what was granted to that one', () => {
  const names = ['Wang', 'Chen', 'Wu', 'Tsai'];
  const index = indexOf([
    ...founded(),
    ...names.map((name, n) =>
      authorized({ on: '2022-02-01' }, name, [`fn-${n % 2}`], { credential: seen(`C${n}`) }),
    ),
  ]);
  const asOf = { at: instant('2022-03-01') };
  const holding = (fn: string) => index.holders(agencyCode, fn, asOf).map((holder) => holder.person);
  assert.equal(holding('fn-0'), [hash('Wang'), hash('Wu')]);
  assert.equal(holding('fn-1'), [hash('Chen'), hash('Tsai')]);
  assert.equal(holding('fn-2'), []);
});

rules('GEPI-30: an agency without a manager has nobody who acts for it', () => {
  const index = indexOf([registered({ on: '2022-01-01' }), wangAuthorized]);
  assert.is(codeOf(index.may(ask('2022-03-01'))), 'MANAGER_MISSING');
});

rules('GEPI-43: the manager acts as a clerk only where authorised as one', () => {
  const lin: Who = { person: hash('manager Lin') };
  const before = indexOf(founded());
  assert.is(codeOf(before.may(ask('2022-03-01', { who: lin }))), 'NOT_AUTHORIZED');
  assert.is(codeOf(before.may(ask('2022-03-01', { who: show('B1') }))), 'NOT_AUTHORIZED');
  const after = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'entry', ['premium-edit'], {
      person: 'manager Lin',
      credential: seen('B1'),
    }),
  ]);
  assert.is(codeOf(after.may(ask('2022-03-01', { who: lin }))), 'ALLOWED');
});

rules('GEPI-43: a replacement of the manager’s certificate leaves the clerk entry with the old one', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'entry', ['premium-edit'], {
      person: 'manager Lin',
      credential: seen('B1'),
    }),
    replaced({ on: '2022-03-01' }, 'manager', seen('B1'), seen('B2')),
  ]);
  assert.is(codeOf(index.may(ask('2022-04-01', { who: show('B1') }))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-04-01', { who: show('B2') }))), 'NOT_AUTHORIZED');
});

// -------------------------------------------------------------------------------------
// permissions
// -------------------------------------------------------------------------------------

rules('GEPI-39: a change of permissions grants and withdraws, and the rest stays', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit', 'premium-send']),
    changed({ on: '2022-03-01' }, 'Wang', ['benefit-claim'], ['premium-edit']),
  ]);
  assert.is(codeOf(index.may(ask('2022-02-15', { function: 'premium-edit' }))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-03-15', { function: 'premium-edit' }))), 'PERMISSION_NOT_GRANTED');
  assert.is(codeOf(index.may(ask('2022-03-15', { function: 'premium-send' }))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-02-15', { function: 'benefit-claim' }))), 'PERMISSION_NOT_GRANTED');
  assert.is(codeOf(index.may(ask('2022-03-15', { function: 'benefit-claim' }))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-03-15', { function: 'never-heard-of' }))), 'PERMISSION_NOT_GRANTED');
});

rules('GEPI-36: a clerk holds functions beyond the first 31 of a menu as any other', () => {
  const menu = Array.from({ length: 100 }, (_, n) => `fn-${n}`);
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Chen', menu, { credential: seen('C2') }),
    authorized({ on: '2022-02-01' }, 'Wang', ['fn-0', 'fn-30', 'fn-31', 'fn-32', 'fn-64', 'fn-99']),
    changed({ on: '2022-03-01' }, 'Wang', ['fn-63'], ['fn-0', 'fn-99']),
    changed({ on: '2022-04-01' }, 'Wang', ['fn-1'], ['fn-31', 'fn-32', 'fn-63', 'fn-64']),
  ]);
  const held = (at: string) =>
    menu
      .filter((fn) => index.may(ask(at, { function: fn })).allowed)
      .sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)));
  assert.equal(held('2022-02-15'), ['fn-0', 'fn-30', 'fn-31', 'fn-32', 'fn-64', 'fn-99']);
  assert.equal(held('2022-03-15'), ['fn-30', 'fn-31', 'fn-32', 'fn-63', 'fn-64']);
  assert.equal(held('2022-04-15'), ['fn-1', 'fn-30']);
});

rules('GEPI-41: whoever was deleted may not act from then on, by person or by certificate', () => {
  const index = indexOf([...founded(), wangAuthorized, revoked({ on: '2022-03-01' }, 'Wang')]);
  assert.is(codeOf(index.may(ask('2022-02-28T23:59:59.999Z'))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-03-01'))), 'NOT_AUTHORIZED');
  assert.is(codeOf(index.may(ask('2022-03-01', { who: show('C1') }))), 'NOT_AUTHORIZED');
});

// -------------------------------------------------------------------------------------
// certificates
// -------------------------------------------------------------------------------------

rules('GEPI-42: after a replacement the new certificate acts and the old one is told to be replaced', () => {
  const index = indexOf([
    ...founded(),
    wangAuthorized,
    replaced({ on: '2022-03-01' }, 'clerk', seen('C1'), seen('C2'), 'Wang'),
  ]);
  assert.is(codeOf(index.may(ask('2022-02-15', { who: show('C1') }))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-02-15', { who: show('C2') }))), 'NOT_AUTHORIZED');
  assert.is(codeOf(index.may(ask('2022-03-15', { who: show('C1') }))), 'CREDENTIAL_REPLACED');
  assert.is(codeOf(index.may(ask('2022-03-15', { who: show('C2') }))), 'ALLOWED');
});

rules(
  'never by notBefore: the certificate that was put on record later counts, though it begins as early or earlier',
  () => {
    for (const from of ['2021-01-01T00:00:00.000Z', '2012-04-09T00:00:00.000Z']) {
      const index = indexOf([
        ...founded(),
        authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], {
          credential: seen('C1', { from: '2021-01-01T00:00:00.000Z' }),
        }),
        replaced({ on: '2022-03-01' }, 'clerk', seen('C1'), seen('C2', { from }), 'Wang'),
      ]);
      assert.is(codeOf(index.may(ask('2022-03-15', { who: show('C1') }))), 'CREDENTIAL_REPLACED');
      assert.is(codeOf(index.may(ask('2022-03-15', { who: show('C2') }))), 'ALLOWED');
    }
  },
);

rules('GEPI-42: a clerk who shows another certificate than the one on record is locked out', () => {
  const index = indexOf([...founded(), wangAuthorized]);
  const showing = (person: string, serial: string): Who => ({
    person: hash(person),
    certificate: { ca: 'MOICA', serial },
  });
  assert.is(codeOf(index.may(ask('2022-03-01', { who: showing('Wang', 'C1') }))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-03-01', { who: showing('Wang', 'C2') }))), 'CREDENTIAL_REPLACED');
  assert.is(codeOf(index.may(ask('2022-03-01', { who: showing('Chen', 'C1') }))), 'NOT_AUTHORIZED');
});

rules(
  'GEPI-42: a clerk deleted and added again keeps both histories; the old certificate is told to be replaced',
  () => {
    const index = indexOf([
      ...founded(),
      wangAuthorized,
      revoked({ on: '2022-03-01' }, 'Wang'),
      authorized({ on: '2022-04-01' }, 'Wang again', ['premium-edit'], {
        person: 'Wang',
        credential: seen('C2'),
      }),
    ]);
    assert.is(codeOf(index.may(ask('2022-02-15', { who: show('C1') }))), 'ALLOWED');
    assert.is(codeOf(index.may(ask('2022-03-15', { who: show('C1') }))), 'NOT_AUTHORIZED');
    assert.is(codeOf(index.may(ask('2022-04-15', { who: show('C1') }))), 'CREDENTIAL_REPLACED');
    assert.is(codeOf(index.may(ask('2022-04-15', { who: show('C2') }))), 'ALLOWED');
    assert.is(codeOf(index.may(ask('2022-04-15'))), 'ALLOWED');
  },
);

rules('X-2: a serial is nobody without its issuer', () => {
  const index = indexOf([...founded(), wangAuthorized]);
  const other = ask('2022-03-01', { who: { certificate: { ca: 'HCA', serial: 'C1' } } });
  assert.is(codeOf(index.may(other)), 'NOT_AUTHORIZED');
});

rules(
  'GEPI-35: a serial typed by hand lets in nobody who shows it: it may be mistyped, and a stranger’s',
  () => {
    const index = indexOf([
      ...founded(),
      authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: typed('C1') }),
    ]);
    const both: Who = { person: hash('Wang'), certificate: { ca: 'MOICA', serial: 'C1' } };
    assert.is(codeOf(index.may(ask('2022-03-01', { who: show('C1') }))), 'CREDENTIAL_NOT_PROVED');
    assert.is(codeOf(index.may(ask('2022-03-01', { who: both }))), 'CREDENTIAL_NOT_PROVED');
    assert.is(codeOf(index.may(ask('2022-03-01', { who: show('C2') }))), 'NOT_AUTHORIZED');
    const entry = index.functionsOf({ agency: agencyCode, who: show('C1'), at: instant('2022-03-01') });
    assert.is(!entry.allowed && entry.code, 'CREDENTIAL_NOT_PROVED');
    const refused = index.may(ask('2022-03-01', { who: show('C1') }));
    assert.is(!refused.allowed && refused.reasons().clerk?.credential.proof, 'typedByHand');
  },
);

rules('GEPI-35: the person, known from elsewhere, holds what was granted, typed serial or not', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: typed('C1') }),
  ]);
  // Its validity is not known, so that no time is outside it.
  assert.is(codeOf(index.may(ask('2040-01-01'))), 'ALLOWED');
  const holders = index.holders(agencyCode, 'premium-edit', { at: instant('2022-03-01') });
  assert.equal(
    holders.map((holder) => [holder.person, holder.reasons().clerk.credential.proof]),
    [[hash('Wang'), 'typedByHand']],
  );
});

rules(
  'GEPI-35: a typed serial counts from the first signature of its card on, and not for the time before',
  () => {
    const index = indexOf([
      ...founded(),
      authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: typed('C1') }),
      proved({ on: '2022-03-01' }, 'Wang', seen('C1')),
      replaced({ on: '2022-04-01' }, 'clerk', seen('C1'), typed('C2'), 'Wang'),
    ]);
    const on = (day: string, serial: string, knownAt?: string) =>
      codeOf(
        index.may(
          ask(day, { who: show(serial), ...(knownAt === undefined ? {} : { knownAt: instant(knownAt) }) }),
        ),
      );
    assert.is(on('2022-02-28T23:59:59.999Z', 'C1'), 'CREDENTIAL_NOT_PROVED');
    assert.is(on('2022-03-01', 'C1'), 'ALLOWED');
    assert.is(on('2022-03-15', 'C1', '2022-02-15'), 'CREDENTIAL_NOT_PROVED');
    assert.is(on('2022-04-01', 'C2'), 'CREDENTIAL_NOT_PROVED');
    assert.is(on('2022-04-01', 'C1'), 'CREDENTIAL_REPLACED');
  },
);

rules('GEPI-34: a certificate that was read from the card counts before it has signed', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: seen('C1', { proof: 'read' }) }),
  ]);
  assert.is(codeOf(index.may(ask('2022-03-01', { who: show('C1') }))), 'ALLOWED');
});

rules('GEPI-35: once the card has signed, its validity counts', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: typed('C1') }),
    proved({ on: '2022-03-01' }, 'Wang', seen('C1', { to: '2026-01-01T00:00:00.000Z' })),
  ]);
  assert.is(codeOf(index.may(ask('2026-01-01T00:00:00.999Z'))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2026-01-01T00:00:01.000Z'))), 'CREDENTIAL_EXPIRED');
});

rules('architecture 6: a certificate expires by the time asked for, with no event', () => {
  const credential = seen('C1', { from: '2022-05-01T00:00:00.000Z', to: '2023-05-01T00:00:00.000Z' });
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential }),
  ]);
  assert.is(codeOf(index.may(ask('2022-04-30T23:59:59.999Z'))), 'CREDENTIAL_NOT_YET_VALID');
  assert.is(codeOf(index.may(ask('2022-05-01T00:00:00.000Z'))), 'ALLOWED');
  // RFC 5280 4.1.2.5: all of the second that notAfter names belongs to the certificate.
  assert.is(codeOf(index.may(ask('2023-05-01T00:00:00.999Z'))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2023-05-01T00:00:01.000Z'))), 'CREDENTIAL_EXPIRED');
});

rules('X-1: whose expired certificate locks out is the policy’s to say', () => {
  const short = { from: '2022-01-01T00:00:00.000Z', to: '2022-06-01T00:00:00.000Z' };
  const happened = [
    registered({ on: '2022-01-01' }, seen('A1', { ca: 'GCA', ...short })),
    appointed({ on: '2022-01-01' }, 'manager Lin', seen('B1', short)),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: seen('C1', short) }),
  ];
  for (const holder of ['agency', 'manager', 'clerk'] as const) {
    const nobody = { agency: false, manager: false, clerk: false };
    const decided = (locks: typeof nobody) =>
      indexOf(happened, { ...gepiPolicy, expiryLocksOut: locks }).may(ask('2022-07-01'));
    assert.is(codeOf(decided(nobody)), 'ALLOWED');
    const refused = decided({ ...nobody, [holder]: true });
    assert.is(codeOf(refused), 'CREDENTIAL_EXPIRED');
    assert.is(!refused.allowed && refused.reasons().holder, holder);
  }
});

// -------------------------------------------------------------------------------------
// agency
// -------------------------------------------------------------------------------------

rules('NHI-19: a suspended agency refuses until it is opened again', () => {
  const index = indexOf([
    ...founded(),
    wangAuthorized,
    suspended({ on: '2022-03-01' }),
    reopened({ on: '2022-04-01' }),
  ]);
  assert.is(codeOf(index.may(ask('2022-02-15'))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-03-15'))), 'AGENCY_SUSPENDED');
  assert.is(codeOf(index.may(ask('2022-04-15'))), 'ALLOWED');
});

rules('GEPI-15: the end of an agency ends its clerks, and registering again brings none of them back', () => {
  const index = indexOf([
    ...founded(),
    wangAuthorized,
    deregistered({ on: '2022-03-01' }),
    ...founded({ on: '2022-05-01' }),
    authorized({ on: '2022-06-01' }, 'Chen', ['premium-edit'], { credential: seen('C2') }),
  ]);
  assert.is(codeOf(index.may(ask('2022-03-15'))), 'AGENCY_DEREGISTERED');
  assert.is(codeOf(index.may(ask('2022-07-01'))), 'NOT_AUTHORIZED');
  assert.is(codeOf(index.may(ask('2022-07-01', { who: show('C1') }))), 'NOT_AUTHORIZED');
  assert.is(codeOf(index.may(ask('2022-07-01', { who: show('C2') }))), 'ALLOWED');
});

rules('X-1: agencies and portals do not mix', () => {
  const index = indexOf([
    ...founded(),
    wangAuthorized,
    ...founded({ agency: '54321' }),
    authorized({ on: '2022-02-01', stream: `agency-other.${agencyCode}` }, 'Chen', ['premium-edit'], {
      credential: seen('C2'),
    }),
    revoked({ on: '2022-03-01', agency: '54321' }, 'Wang'),
  ]);
  assert.is(codeOf(index.may(ask('2022-04-01'))), 'ALLOWED');
  assert.is(codeOf(index.may(ask('2022-04-01', { agency: '54321' }))), 'NOT_AUTHORIZED');
  assert.is(codeOf(index.may(ask('2022-04-01', { who: { person: hash('Chen') } }))), 'NOT_AUTHORIZED');
});

// -------------------------------------------------------------------------------------
// what callers send
// -------------------------------------------------------------------------------------

rules('a time that is none is refused, whichever of the two it is', () => {
  const index = indexOf([...founded(), wangAuthorized]);
  const wrong = [
    '',
    'yesterday',
    '2022-03-01',
    '2022-02-30T00:00:00.000Z',
    '2022-13-01T00:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
  ];
  for (const time of wrong) {
    const asked = { ...ask('2022-03-01'), at: time };
    const known = { ...ask('2022-03-01'), knownAt: time };
    assert.is(codeOf(index.may(asked)), 'INVALID_INPUT', time);
    assert.is(codeOf(index.may(known)), 'INVALID_INPUT', time);
    const entry = index.functionsOf(asked);
    assert.is(!entry.allowed && entry.code, 'INVALID_INPUT', time);
    assert.equal(index.holders(agencyCode, 'premium-edit', { at: time }), []);
    assert.equal(index.unassignedFunctions(agencyCode, { at: time }), []);
  }
});

rules('a time may be given with seconds or an offset', () => {
  const index = indexOf([...founded(), wangAuthorized, revoked({ on: '2022-03-01T00:00:00.000Z' }, 'Wang')]);
  assert.is(codeOf(index.may({ ...ask('2022-03-01'), at: '2022-03-01T07:59:59+08:00' })), 'ALLOWED');
  assert.is(codeOf(index.may({ ...ask('2022-03-01'), at: '2022-03-01T08:00:00+08:00' })), 'NOT_AUTHORIZED');
});

rules('names that are none find nobody, and those of the language itself are no keys', () => {
  const index = indexOf([...founded(), wangAuthorized]);
  for (const word of [
    '',
    '__proto__',
    'constructor',
    'C1 ',
    '0C1',
    'c1',
    'G1',
    'F'.repeat(41),
    '繁體',
    '\u0000',
  ]) {
    assert.is(codeOf(index.may(ask('2022-03-01', { who: { person: word } }))), 'NOT_AUTHORIZED', word);
    assert.is(codeOf(index.may(ask('2022-03-01', { who: show(word) }))), 'NOT_AUTHORIZED', word);
    assert.is(codeOf(index.may(ask('2022-03-01', { agency: word }))), 'AGENCY_NOT_REGISTERED', word);
    assert.is(codeOf(index.may(ask('2022-03-01', { function: word }))), 'PERMISSION_NOT_GRANTED', word);
  }
});

rules('the position is that of the last event, of whatever kind', () => {
  const index = indexOf([]);
  assert.is(index.position(), undefined);
  const other = authorized({ on: '2022-02-01', stream: 'agency-other.1', actor: manager }, 'Wang', []);
  index.apply(other);
  assert.is(index.position(), other.meta.position);
  assert.equal({ ...index.size(), bytes: 0 }, { events: 0, agencies: 0, clerks: 0, bytes: 0 });
  index.apply(wangAuthorized);
  assert.is(index.position(), wangAuthorized.meta.position);
  const { bytes, ...counts } = index.size();
  assert.equal(counts, { events: 1, agencies: 1, clerks: 1 });
  assert.ok(bytes > 0);
});

rules('a clerk id that is none names no clerk', () => {
  const happened = authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit']);
  const broken = { ...happened, data: { ...happened.data, clerk: id('Wang').slice(1) } } as typeof happened;
  assert.is(codeOf(indexOf([...founded(), broken]).may(ask('2022-03-01'))), 'NOT_AUTHORIZED');
});

rules.run();
