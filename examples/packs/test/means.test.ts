import { createTestPki } from '@mandate/certificates/test-pki';
import {
  type Accounts,
  createRegister,
  ecpaCatalogue,
  ecpaPolicy,
  nhiCatalogue,
  nhiPolicy,
  type RegisteredCards,
} from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bureau, clinic, nurse, officer, owner } from '../src/world/cast.js';
import { account, card, give, healthCard, show } from '../src/world/counter.js';
import { openOffice } from '../src/world/office.js';
import { refusal, right } from './support.js';

const pki = await createTestPki({ keyPool: 2, cas: ['MOEACA', 'GCA'] });
const { code } = clinic;
const unitCard = await pki.issueAgency({ ca: 'MOEACA', name: clinic.name, businessNumber: '04595257' });
const agencyCard = await pki.issueAgency({
  ca: 'GCA',
  name: bureau.name,
  organisationOid: bureau.organisation.value,
});

const nhi = () => openOffice(pki, nhiPolicy, nhiCatalogue, [clinic], [owner, nurse]);
const ecpa = () => openOffice(pki, ecpaPolicy, ecpaCatalogue, [bureau], [officer]);

const down = TE.left({ _tag: 'DependencyFault', dependency: 'identity', detail: 'no answer' } as const);

const test = suite('means: what must not be let in');

test('an answer by means serves once, and not after its time', async () => {
  const { register, clock } = await nhi();
  const challenge = right(await register.issueChallenge({ purpose: 'register', agencyCode: code })());
  const answer = await healthCard(owner)(challenge);
  right(await register.confirmCard(answer)());
  assert.is(refusal(await register.confirmCard(answer)()), 'CHALLENGE_USED');
  const late = right(await register.issueChallenge({ purpose: 'register', agencyCode: code })());
  clock.advance(10 * 60_000);
  assert.is(refusal(await register.confirmCard(await healthCard(owner)(late))()), 'CHALLENGE_EXPIRED');
});

test('a wrong password spends its challenge too, so that none is tried at twice', async () => {
  const { register } = await nhi();
  const challenge = right(await register.issueChallenge({ purpose: 'register', agencyCode: code })());
  assert.is(refusal(await register.confirmCard(await healthCard(owner, 'x')(challenge))()), 'MEANS_REFUSED');
  assert.is(refusal(await register.confirmCard(await healthCard(owner)(challenge))()), 'CHALLENGE_USED');
});

test('a step takes its own means and no others', async () => {
  const { register } = await nhi();
  assert.is(refusal(await show(register, 'register', code, account(officer))), 'MEANS_NOT_ALLOWED');
  const other = await ecpa();
  const { code: agencyCode } = bureau;
  assert.is(refusal(await show(other.register, 'bind', agencyCode, healthCard(owner))), 'MEANS_NOT_ALLOWED');
  const twice = await show(other.register, 'bind', agencyCode, card(agencyCard), card(agencyCard));
  assert.is(refusal(twice), 'MEANS_NOT_ALLOWED');
});

test('a confirmation by means of one portal is unknown in another', async () => {
  const one = await nhi();
  const visit = right(await show(one.register, 'register', code, healthCard(owner)));
  const other = createRegister({ ...one.settings, policy: { ...nhiPolicy, portal: 'other' as never } });
  assert.is(refusal(await give(other, visit, { type: 'RegisterAgency' })), 'CONFIRMATION_UNKNOWN');
});

test('a confirmation by means for one unit serves no other', async () => {
  const office = await openOffice(
    pki,
    nhiPolicy,
    nhiCatalogue,
    [clinic, { ...clinic, code: '987654321', name: '示範藥局' }],
    [owner],
  );
  const visit = right(await show(office.register, 'register', code, healthCard(owner)));
  const command = { type: 'RegisterAgency', agencyCode: '987654321' };
  assert.is(refusal(await give(office.register, visit, command)), 'CONFIRMATION_OTHER_AGENCY');
});

test('a service that fails lets nobody in, and changes nothing', async () => {
  const office = await nhi();
  const before = (await office.events()).length;
  const registeredCards: RegisteredCards = { prove: () => down, find: () => down };
  const broken = createRegister({ ...office.settings, registeredCards });
  assert.is(refusal(await show(broken, 'register', code, healthCard(owner))), 'MEANS_UNAVAILABLE');
  const register = right(await show(broken, 'register', code, card(unitCard)));
  right(await give(broken, register, { type: 'RegisterAgency' }));
  const managers = right(await show(broken, 'managers', code, card(unitCard)));
  const { name, nationalId } = nurse;
  const clerk = { name, nationalId, email: 'n@clinic.example', certificate: { kind: 'registeredCard' } };
  const add = { type: 'AuthorizeClerk', clerk, permissions: [] };
  assert.is(refusal(await give(broken, managers, add)), 'MEANS_UNAVAILABLE');
  assert.is((await office.events()).length, before + 1);
});

test('an account that the service gives to another agency’s officer is asked for with the agency', async () => {
  const asked: Array<string | null> = [];
  const office = await ecpa();
  const accounts: Accounts = {
    prove: ({ agencyCode }) => {
      asked.push(agencyCode);
      return TE.right(undefined);
    },
    find: () => TE.right(undefined),
  };
  const register = createRegister({ ...office.settings, accounts });
  assert.is(
    refusal(await show(register, 'bind', bureau.code, card(agencyCard), account(officer))),
    'MEANS_REFUSED',
  );
  assert.equal(asked, [bureau.code]);
});

test('whatever is sent as an answer, the register answers a value and tells no secret', async () => {
  const { register } = await nhi();
  const secret = 'a-secret-that-is-told-to-nobody';
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record({ nonce: fc.string(), registeredCard: fc.jsonValue() }),
    fc.record({
      nonce: fc.jsonValue(),
      account: fc.record({ name: fc.string(), secret: fc.constant(secret) }),
    }),
    fc.record({
      nonce: fc.string(),
      registeredCard: fc.record({
        nationalId: fc.string(),
        cardNumber: fc.string(),
        password: fc.constant(secret),
        more: fc.string(),
      }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (answer) => {
      const told = await register.confirmCard(answer)();
      assert.ok(E.isLeft(told));
      assert.not.match(JSON.stringify(told.left), secret);
    }),
  );
  const thrower = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error(secret);
      },
    },
  );
  assert.ok(E.isLeft(await register.confirmCard(thrower)()));
});

test('a clerk by means is deleted: the means open nothing any more', async () => {
  const { register } = await nhi();
  const visit = right(await show(register, 'register', code, card(unitCard)));
  right(await give(register, visit, { type: 'RegisterAgency' }));
  const managers = right(await show(register, 'managers', code, card(unitCard)));
  const { name, nationalId } = nurse;
  const clerk = { name, nationalId, email: 'n@clinic.example', certificate: { kind: 'registeredCard' } };
  right(await give(register, managers, { type: 'AuthorizeClerk', clerk, permissions: [] }));
  const session = right(await show(register, 'unit-data', code, healthCard(nurse)));
  const [entry] = right(await register.clerkList(managers.confirmation.id)()).clerks;
  right(await give(register, managers, { type: 'RevokeClerk', clerkId: entry?.id, confirmed: true }));
  // Also under a session that began before.
  const change = { type: 'ChangeAgencyData', changes: [{ field: 'phone', value: '02-23456789' }] };
  assert.is(refusal(await give(register, session, change)), 'NOT_AUTHORIZED');
  assert.is(refusal(await show(register, 'login', code, healthCard(nurse))), 'NOT_AUTHORIZED');
});

test.run();
