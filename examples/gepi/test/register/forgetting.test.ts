import { randomUUID } from 'node:crypto';
import { createTestPki } from '@mandate/certificates/test-pki';
import { type RegisterSettings, vaultFault } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { citizenCard } from '../../src/world/drawer.js';
import { type Backing, backings, on } from '../support/backing.js';
import {
  addClerk,
  clerkByCard,
  clerkIdOf,
  confirmed,
  give,
  issuePair,
  registerAgency,
} from '../support/counter.js';
import { down } from '../support/faults.js';
import { readEverything } from '../support/inspect.js';
import { byStaff, type Office, openOffice, refusal, right, staff, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wang = clerkByCard(people.wang, await citizenCard(pki, people.wang));

/** An office with a clerk who was added and deleted again. */
const withFormerClerk = async (backing: Backing, overrides: Partial<RegisterSettings> = {}) => {
  const office = await openOffice(pki, { ...backing.ports, ...overrides });
  await registerAgency(office.register, pair);
  const clerkId = clerkIdOf(await addClerk(office.register, pair, wang, ['premium-edit']));
  const session = await confirmed(office.register, 'delegation', pair);
  right(await give(office.register, session, { type: 'RevokeClerk', clerkId, confirmed: true }));
  return office;
};

const forget = { type: 'ForgetSubject', nationalId: people.wang.nationalId, legalBasis: '個資法第11條' };

const evidenceOf = async (office: Office, type: string) => {
  const event = (await readEverything(office)).find((one) => one.type === type);
  assert.ok(event);
  const found = [];
  for (const hash of event.meta.evidence) found.push(right(await office.register.evidence(hash)())._tag);
  return found;
};

for (const [name, open] of backings) {
  const forgets = suite(`forgetting a person, on ${name}`);

  forgets('architecture 4: name and ID are gone for good; history, hashes and chain stay', () =>
    on(open, async (backing) => {
      const office = await withFormerClerk(backing);
      const before = await readEverything(office);
      assert.equal(before.find((event) => event.type === 'ClerkAuthorized')?.personal, {
        nationalId: people.wang.nationalId,
        name: people.wang.name,
      });
      assert.equal(await evidenceOf(office, 'ClerkAuthorized'), ['Bundle', 'Bundle', 'Bundle']);
      assert.equal(typesOf(right(await byStaff(office, forget))), ['SubjectForgotten']);
      const after = await readEverything(office);
      const authorised = after.find((event) => event.type === 'ClerkAuthorized');
      assert.is(authorised?.personal, undefined);
      assert.equal(authorised?.data, before.find((event) => event.type === 'ClerkAuthorized')?.data);
      assert.is(after.length, before.length + 1);
      // What the clerk's card proved is gone; what agency and manager proved stays.
      assert.equal(await evidenceOf(office, 'ClerkAuthorized'), ['Bundle', 'Bundle', 'Forgotten']);
      const later = office.reopened(await backing.reopened());
      assert.is(
        (await readEverything(later)).find((event) => event.type === 'ClerkAuthorized')?.personal,
        undefined,
      );
    }),
  );

  forgets('first the event, then the key: what was cut off in between is finished by the retry', () =>
    on(open, async (backing) => {
      const office = await withFormerClerk(backing);
      const fault = vaultFault('VAULT_UNAVAILABLE', 'down for a test');
      const broken = office.reopened({ vault: { ...backing.ports.vault, forget: down(fault) } });
      const command = { ...forget, commandId: randomUUID() };
      assert.is(refusal(await byStaff(broken, command)), 'VAULT_UNAVAILABLE');
      const halfway = await readEverything(office);
      assert.is(halfway.at(-1)?.type, 'SubjectForgotten');
      assert.ok(halfway.find((event) => event.type === 'ClerkAuthorized')?.personal);
      assert.ok(right(await byStaff(office, command)).idempotent);
      const done = await readEverything(office);
      assert.is(done.length, halfway.length);
      assert.is(done.find((event) => event.type === 'ClerkAuthorized')?.personal, undefined);
    }),
  );

  forgets('a retry that comes late spares who has come back', () =>
    on(open, async (backing) => {
      const office = await withFormerClerk(backing);
      const command = { ...forget, commandId: randomUUID() };
      right(await byStaff(office, command));
      await addClerk(office.register, pair, wang, ['premium-edit']);
      assert.ok(right(await byStaff(office, command)).idempotent);
      const session = await confirmed(office.register, 'delegation', pair);
      const [listed] = right(await office.register.clerkList(session.confirmation.id)()).clerks;
      assert.is(listed?.name, people.wang.name);
    }),
  );

  forgets.run();
}

// -------------------------------------------------------------------------------------
const rules = suite('who can be forgotten');

const inMemory = backings[0]?.[1];
const offices = async (overrides: Partial<RegisterSettings> = {}) => {
  assert.ok(inMemory);
  return withFormerClerk(await inMemory(), overrides);
};

rules('not who is still active', async () => {
  const office = await offices({ isActive: () => TE.right(true) });
  assert.is(refusal(await byStaff(office, forget)), 'PERSON_STILL_ACTIVE');
  assert.is.not((await readEverything(office)).at(-1)?.type, 'SubjectForgotten');
});

rules('the question is asked by pseudonym', async () => {
  const asked: string[] = [];
  const office = await offices({
    isActive: (person) => {
      asked.push(person);
      return TE.right(false);
    },
  });
  right(await byStaff(office, forget));
  assert.equal(asked, [right(await office.settings.vault.pseudonym('person', people.wang.nationalId)())]);
});

rules('not where nobody can tell', async () => {
  const office = await offices({
    isActive: () => TE.left({ _tag: 'DependencyFault', dependency: 'directory', detail: 'down' }),
  });
  assert.is(refusal(await byStaff(office, forget)), 'DIRECTORY_UNAVAILABLE');
});

rules('not who is not known, nor twice', async () => {
  const office = await offices();
  const stranger = { ...forget, nationalId: people.stranger.nationalId };
  assert.is(refusal(await byStaff(office, stranger)), 'PERSON_UNKNOWN');
  right(await byStaff(office, forget));
  assert.is(refusal(await byStaff(office, forget)), 'PERSON_UNKNOWN');
});

rules('the legal basis is required and on record', async () => {
  const office = await offices();
  const { legalBasis, ...without } = forget;
  assert.is(refusal(await byStaff(office, without)), 'INVALID_INPUT');
  right(await byStaff(office, forget));
  const last = (await readEverything(office)).at(-1);
  assert.ok(last?.type === 'SubjectForgotten');
  assert.is(last.data.legalBasis, legalBasis);
  assert.equal(last.meta.actor, { kind: 'staff', account: staff.staff });
});

rules('a list that holds a forgotten manager shows no name', async () => {
  const office = await offices();
  const session = await confirmed(office.register, 'delegation', pair);
  right(await byStaff(office, { ...forget, nationalId: people.lin.nationalId }));
  const list = right(await office.register.clerkList(session.confirmation.id)());
  assert.equal(list.manager, { name: null, contact: null });
});

rules.run();
