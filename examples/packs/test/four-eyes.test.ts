/**
 * Patterns of agencies' own rules (X-7) in a pack of an invented portal: 初審 and 複審 by two people, a deputy with period and
 * reason, 註銷 before its end. All of it is data over commands that other portals have.
 */
import { createTestPki } from '@mandate/certificates/test-pki';
import { docPolicy, PortalPolicy, packProblems } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bureau, type Person } from '../src/world/cast.js';
import { account, give, show } from '../src/world/counter.js';
import { openOffice } from '../src/world/office.js';
import { refusal, right, typesOf } from './support.js';

const pki = await createTestPki({ keyPool: 3, cas: ['MOICA'] });
const { code } = bureau;
const text = (zh: string, en: string) => ({ zh, en });

const person = (name: string, nationalId: string, login: string, roles: ReadonlyArray<string>): Person => ({
  ...{ name, nationalId, account: { name: login, secret: `${login}-secret`, roles } },
});
const head = person('杜主管', 'B123456780', 'head', ['unit-head']);
const keeper = person('夏管理', 'C123456781', 'keeper', ['account-manager']);
const both = person('康兼任', 'D123456782', 'both', ['unit-head', 'account-manager']);
const deputy = person('尤代理', 'E123456783', 'deputy', []);

const step = (role: 'clerk' | 'officer', accountRole: string) => ({
  ...{ role, card: 'presented' as const, means: ['account' as const], accountRole },
});

const purpose = {
  id: 'deputies',
  label: text('代理人登記', 'Register a deputy'),
  terms: false,
  // 單位主管初審, 帳號管理者複審.
  steps: [step('clerk', 'unit-head'), step('officer', 'account-manager')],
  reuse: 'session',
  evidence: 'session',
  commands: ['RegisterCredential', 'ActivateCredential', 'DeactivateCredential'],
  persons: 'different',
} as const satisfies PortalPolicy['purposes'][number];

const policy: PortalPolicy = {
  ...docPolicy,
  portal: 'acting' as PortalPolicy['portal'],
  name: text('職務代理登記', 'Register of deputies'),
  purposes: [{ ...purpose, steps: [...purpose.steps], commands: [...purpose.commands] }],
  credentials: {
    kinds: [{ id: 'deputy', label: text('職務代理人', 'Deputy'), entry: 'any' }],
    // The reason of a deputy.
    cardKinds: [
      { id: 'leave', label: text('請假', 'Leave') },
      { id: 'official-trip', label: text('公差', 'Official trip') },
    ],
    function: 'act-for-head',
  },
  planner: [],
  menu: [],
};

const opened = async () => {
  const office = await openOffice(pki, policy, [], [bureau], [head, keeper, both, deputy]);
  const { register } = office;
  const register_ = {
    type: 'RegisterCredential',
    ...{ nationalId: deputy.nationalId, kind: 'deputy', cardKind: 'leave', active: true },
    serials: { kind: 'typed', serial1: '1'.repeat(32), serial2: '2'.repeat(32) },
    ...{ from: '115/03/09', to: '115/03/13' },
  };
  const pseudonym = right(await office.settings.vault.pseudonym('person', deputy.nationalId)());
  const may = async (at: string): Promise<string> => {
    const index = await office.index();
    const answer = index.may({ agency: code, function: 'act-for-head', who: { person: pseudonym }, at });
    return answer.allowed ? 'yes' : 'no';
  };
  return { ...office, register, command: register_, may };
};

const eyes = suite('X-7: four eyes and deputies, as data');

eyes('X-7: the pack is sound, and comes back from JSON with nothing lost', () => {
  assert.equal(packProblems(policy), []);
  const back = PortalPolicy.decode(JSON.parse(JSON.stringify(policy)));
  assert.ok(E.isRight(back));
  assert.equal(JSON.parse(JSON.stringify(back.right)), JSON.parse(JSON.stringify(policy)));
  const other = { ...policy, purposes: [{ ...purpose, persons: 'same' }] };
  assert.ok(E.isLeft(PortalPolicy.decode(JSON.parse(JSON.stringify(other)))));
});

eyes('X-7: 初審 alone gives nothing, and 複審 does not come first', async () => {
  const { register, command, events } = await opened();
  const first = right(await show(register, 'deputies', code, account(head)));
  assert.is(refusal(await give(register, first, command)), 'CONFIRMATION_INCOMPLETE');
  assert.is(refusal(await show(register, 'deputies', code, account(keeper))), 'ACCOUNT_ROLE_MISSING');
  const twice = await show(register, 'deputies', code, account(head), account(head));
  assert.is(refusal(twice), 'ACCOUNT_ROLE_MISSING');
  assert.equal(await events(), []);
});

eyes('X-7: 初審 and 複審 are two people, also where one account has both roles', async () => {
  const { register, command } = await opened();
  assert.is(refusal(await show(register, 'deputies', code, account(both), account(both))), 'PERSON_TWICE');
  for (const [one, two] of [
    [both, keeper],
    [head, both],
  ] as const) {
    const visit = right(await show(register, 'deputies', code, account(one), account(two)));
    assert.is(visit.confirmation.complete, true);
  }
  const visit = right(await show(register, 'deputies', code, account(head), account(keeper)));
  assert.equal(typesOf(right(await give(register, visit, command))), [
    'CredentialRegistered',
    'CredentialActivated',
  ]);
});

eyes(
  'X-7: a deputy acts from the first to the last day, and both who agreed stand in the events',
  async () => {
    const { register, command, may, events } = await opened();
    const visit = right(await show(register, 'deputies', code, account(head), account(keeper)));
    right(await give(register, visit, command));
    assert.is(await may('2026-03-08T15:59:59.000Z'), 'no');
    assert.is(await may('2026-03-08T16:00:00.000Z'), 'yes');
    assert.is(await may('2026-03-13T15:59:59.000Z'), 'yes');
    assert.is(await may('2026-03-13T16:00:00.000Z'), 'no');
    const [registered] = await events();
    assert.is(registered?.meta.evidence.length, 2);
    assert.match(JSON.stringify(registered?.data), /"cardKind":"leave"/);
  },
);

eyes(
  'X-7: a reason that the pack does not know, and a period that ends before it begins, are refused',
  async () => {
    const { register, command } = await opened();
    const visit = right(await show(register, 'deputies', code, account(head), account(keeper)));
    const without = await give(register, visit, { ...command, cardKind: 'because' });
    assert.is(refusal(without), 'CREDENTIAL_KIND_UNKNOWN');
    const backwards = await give(register, visit, { ...command, from: '115/03/13', to: '115/03/09' });
    assert.is(refusal(backwards), 'CREDENTIAL_DATES_INVALID');
  },
);

eyes('X-7: 註銷 before the last day ends it from then on, and leaves what was in the past', async () => {
  const { register, command, may, clock, events } = await opened();
  const visit = right(await show(register, 'deputies', code, account(head), account(keeper)));
  right(await give(register, visit, command));
  const [row] = right(await register.credentialList(visit.confirmation.id)());
  clock.set('2026-03-11T02:00:00.000Z');
  const later = right(await show(register, 'deputies', code, account(head), account(keeper)));
  right(await give(register, later, { type: 'DeactivateCredential', credential: row?.id }));
  assert.is(await may('2026-03-10T02:00:00.000Z'), 'yes');
  assert.is(await may('2026-03-12T02:00:00.000Z'), 'no');
  assert.equal(
    (await events()).map(({ type }) => type),
    ['CredentialRegistered', 'CredentialActivated', 'CredentialDeactivated'],
  );
});

eyes.run();
