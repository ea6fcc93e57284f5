import { randomUUID } from 'node:crypto';
import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import { citizenCard } from '../../src/world/drawer.js';
import { type Backing, backings, on } from '../support/backing.js';
import { clerkByCard, confirmed, give, giveWithForm, issuePair, registerAgency } from '../support/counter.js';
import { losingAnswers } from '../support/faults.js';
import { byStaff, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'HCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wang = clerkByCard(people.wang, await citizenCard(pki, people.wang));

/** An office with a registered agency, an open session, and a command that was not given yet. */
const ready = async (backing: Backing) => {
  const office = await openOffice(pki, backing.ports);
  await registerAgency(office.register, pair);
  const visit = await confirmed(office.register, 'delegation', pair);
  const command = {
    type: 'AuthorizeClerk',
    commandId: randomUUID(),
    clerk: wang,
    permissions: ['premium-edit'],
  } as const;
  const count = async () => right(await backing.ports.store.readAll('start', 1000)()).events.length;
  return { office, visit, command, count };
};

for (const [name, open] of backings) {
  const retry = suite(`a command given again, on ${name}`);

  retry('is answered with the same events, and appends nothing', () =>
    on(open, async (backing) => {
      const { office, visit, command, count } = await ready(backing);
      const first = right(await give(office.register, visit, command));
      const before = await count();
      const again = right(await give(office.register, visit, command));
      assert.is(await count(), before);
      assert.not(first.idempotent);
      assert.ok(again.idempotent);
      assert.equal({ ...again, idempotent: false }, first);
    }),
  );

  retry('also with the cache off, and by a program that starts anew', () =>
    on(open, async (backing) => {
      const { office, visit, command, count } = await ready(backing);
      const first = right(await give(office.register, visit, command));
      const before = await count();
      const uncached = office.reopened({ cacheSize: 0 });
      assert.equal(right(await give(uncached.register, visit, command)).events, first.events);
      assert.is(await count(), before);
      const later = office.reopened(await backing.reopened());
      assert.equal(right(await give(later.register, visit, command)).events, first.events);
    }),
  );

  retry('also long after its confirmation is gone', () =>
    on(open, async (backing) => {
      const { office, visit, command } = await ready(backing);
      const first = right(await give(office.register, visit, command));
      office.clock.set('2026-03-04T02:00:00.000Z');
      assert.is(
        refusal(await give(office.register, visit, { ...command, commandId: randomUUID() })),
        'CONFIRMATION_EXPIRED',
      );
      assert.equal(right(await give(office.register, visit, command)).events, first.events);
    }),
  );

  retry('also where the first answer was lost after the append', () =>
    on(open, async (backing) => {
      const { office, visit, command, count } = await ready(backing);
      const unlucky = office.reopened({ store: losingAnswers(backing.ports.store, 1) });
      const before = await count();
      assert.is(refusal(await give(unlucky.register, visit, command)), 'STORE_UNAVAILABLE');
      assert.is(await count(), before + 1);
      const again = right(await give(unlucky.register, visit, command));
      assert.ok(again.idempotent);
      assert.is(again.events[0]?.type, 'ClerkAuthorized');
      assert.is(await count(), before + 1);
    }),
  );

  retry('several at the same moment are carried out once', () =>
    on(open, async (backing) => {
      const { office, visit, command, count } = await ready(backing);
      const elsewhere = office.reopened();
      const before = await count();
      const answers = await Promise.all(
        [office, elsewhere, office, elsewhere].map(({ register }) => give(register, visit, command)),
      );
      const [first, ...others] = answers.map(right);
      assert.is(await count(), before + 1);
      for (const other of others) assert.equal(other.events, first?.events);
      // Nothing that was answered has spoiled what either program keeps in memory.
      for (const { register } of [office, elsewhere]) {
        const list = right(await register.clerkList(visit.confirmation.id)());
        assert.is(list.clerks.length, 1);
      }
    }),
  );

  retry('the id of a command serves no other command: not in its stream, and not in another', () =>
    on(open, async (backing) => {
      const { office, visit, command, count } = await ready(backing);
      right(await give(office.register, visit, command));
      const before = await count();
      const other = { ...command, permissions: ['benefit-query'] };
      assert.is(refusal(await give(office.register, visit, other)), 'COMMAND_ID_REUSED');
      const { commandId } = command;
      const suspend = { type: 'SuspendAgency', commandId, agencyCode: cityOffice.code, reason: 'audit' };
      assert.is(refusal(await byStaff(office, suspend)), 'COMMAND_ID_REUSED');
      const elsewhere = await issuePair(pki, hospital, people.lin);
      const begun = await confirmed(office.register, 'first-registration', elsewhere);
      assert.is(
        refusal(await giveWithForm(office.register, begun, 'RegisterAgency', people.lin, { commandId })),
        'COMMAND_ID_REUSED',
      );
      assert.is(await count(), before);
    }),
  );

  retry('two commands under one id at the same moment: one is carried out, the other is told', () =>
    on(open, async (backing) => {
      const { office, visit, command, count } = await ready(backing);
      const elsewhere = office.reopened();
      const before = await count();
      const other = { ...command, permissions: ['benefit-query'] };
      const answers = await Promise.all([
        give(office.register, visit, command),
        give(elsewhere.register, visit, other),
      ]);
      assert.equal(answers.map((answer) => (answer._tag === 'Left' ? answer.left.code : 'done')).sort(), [
        'COMMAND_ID_REUSED',
        'done',
      ]);
      assert.is(await count(), before + 1);
    }),
  );

  retry('the same command in another spelling is the same command', () =>
    on(open, async (backing) => {
      const { office, visit, command } = await ready(backing);
      right(await give(office.register, visit, command));
      const spelled = {
        ...command,
        commandId: command.commandId.toUpperCase(),
        clerk: { ...wang, nationalId: ` ${people.wang.nationalId.toLowerCase()}` },
      };
      assert.ok(right(await give(office.register, visit, spelled)).idempotent);
    }),
  );

  retry.run();
}
