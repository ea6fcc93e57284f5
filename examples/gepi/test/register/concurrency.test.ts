import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { backings, on } from '../support/backing.js';
import { clerkBySerial, confirmed, give, issuePair, registerAgency } from '../support/counter.js';
import { conflicting } from '../support/faults.js';
import { byStaff, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);

const suspend = { type: 'SuspendAgency', agencyCode: cityOffice.code, reason: 'audit' };

// -------------------------------------------------------------------------------------
const retries = suite('a command that meets somebody quicker');

/** An office whose next `conflicts` appends fail that way. */
const beaten = async (conflicts: number, options: { readonly retries?: number } = {}) => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const { store, tries } = conflicting(office.settings.store, conflicts);
  return { office: office.reopened({ store, ...options }), tries };
};

retries('is decided anew and appended, up to three times', async () => {
  const { office, tries } = await beaten(3);
  right(await byStaff(office, suspend));
  assert.is(tries(), 4);
});

retries('is refused with CONFLICT after that, and has changed nothing', async () => {
  const { office, tries } = await beaten(4);
  const before = right(await office.settings.store.head()());
  assert.is(refusal(await byStaff(office, suspend)), 'CONFLICT');
  assert.is(tries(), 4);
  assert.is(right(await office.settings.store.head()()), before);
  right(await byStaff(office, suspend));
});

retries('as often as the portal says', async () => {
  const none = await beaten(1, { retries: 0 });
  assert.is(refusal(await byStaff(none.office, suspend)), 'CONFLICT');
  assert.is(none.tries(), 1);
  const many = await beaten(9, { retries: 9 });
  right(await byStaff(many.office, suspend));
  assert.is(many.tries(), 10);
});

retries('is decided on what the quicker one left behind', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const { store } = office.settings;
  let first = true;
  const slow = office.reopened({
    store: {
      ...store,
      append: (stream, expected, events) => async () => {
        if (first) {
          first = false;
          right(await byStaff(office, suspend));
        }
        return store.append(stream, expected, events)();
      },
    },
  });
  assert.is(refusal(await byStaff(slow, suspend)), 'AGENCY_SUSPENDED');
});

retries.run();

// -------------------------------------------------------------------------------------
const serialOf = (index: number) => (0xabc000 + index).toString(16).padStart(32, '5');
const idOf = (index: number): string => {
  // Invented people: a letter, then 1, seven digits and the check digit of the rule.
  const digits = `1${String(index).padStart(7, '0')}`;
  const weights = [8, 7, 6, 5, 4, 3, 2, 1];
  const sum =
    1 + 0 * 9 + [...digits].reduce((total, digit, i) => total + Number(digit) * (weights[i] ?? 0), 0);
  return `A${digits}${(10 - (sum % 10)) % 10}`;
};

for (const [name, open] of backings) {
  const crowd = suite(`sixteen commands at once on one agency, on ${name}`);

  crowd('all end right, in one program', () =>
    on(open, async ({ ports }) => {
      const office = await openOffice(pki, ports);
      await registerAgency(office.register, pair);
      const visit = await confirmed(office.register, 'delegation', pair);
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          give(office.register, visit, {
            type: 'AuthorizeClerk',
            clerk: clerkBySerial({ name: '王小明', nationalId: idOf(index), pin: '' }, serialOf(index)),
            permissions: ['premium-edit'],
          }),
        ),
      );
      for (const answer of answers) right(answer);
      const list = right(await office.register.clerkList(visit.confirmation.id)());
      assert.is(list.clerks.length, 16);
    }),
  );

  crowd('all for the same person: one is carried out, fifteen are told', () =>
    on(open, async ({ ports }) => {
      const office = await openOffice(pki, ports);
      await registerAgency(office.register, pair);
      const visit = await confirmed(office.register, 'delegation', pair);
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          give(office.register, visit, {
            type: 'AuthorizeClerk',
            clerk: clerkBySerial(people.wang, serialOf(index)),
            permissions: ['premium-edit'],
          }),
        ),
      );
      const codes = answers.map((answer) => (answer._tag === 'Left' ? answer.left.code : 'done'));
      assert.is(codes.filter((code) => code === 'done').length, 1);
      assert.is(codes.filter((code) => code === 'CLERK_ALREADY_AUTHORIZED').length, 15);
    }),
  );

  crowd('from four programs, with as many retries as it takes', () =>
    on(open, async ({ ports }) => {
      const office = await openOffice(pki, { ...ports, retries: 64 });
      await registerAgency(office.register, pair);
      const visit = await confirmed(office.register, 'delegation', pair);
      const programs = [office, office.reopened(), office.reopened({ cacheSize: 0 }), office.reopened()];
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          give((programs[index % 4] ?? office).register, visit, {
            type: 'AuthorizeClerk',
            clerk: clerkBySerial({ name: '王小明', nationalId: idOf(index), pin: '' }, serialOf(index)),
            permissions: ['premium-edit'],
          }),
        ),
      );
      for (const answer of answers) right(answer);
      for (const { register } of programs) {
        assert.is(right(await register.clerkList(visit.confirmation.id)()).clerks.length, 16);
      }
    }),
  );

  crowd.run();
}
