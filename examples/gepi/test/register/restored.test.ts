import { randomUUID } from 'node:crypto';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { createChainCheck, createRegisterCodec, type EventStore, gepiCatalogue } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import { backings, on } from '../support/backing.js';
import { clerkBySerial, confirmed, give, issuePair, registerAgency } from '../support/counter.js';
import { copyInto, exchangeable } from '../support/faults.js';
import { byStaff, type Office, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'HCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const other = await issuePair(pki, hospital, people.chang);
const codec = createRegisterCodec(nodeSha256);

const suspend = (code: string) => ({ type: 'SuspendAgency', agencyCode: code, reason: 'audit' });
const reopen = (code: string) => ({ type: 'ReopenAgency', agencyCode: code, reason: 'audit-over' });

const toggle = async (program: Office, code: string) => {
  right(await byStaff(program, suspend(code)));
  right(await byStaff(program, reopen(code)));
};

/** The chains of a store hold from their beginnings to their ends. */
const assertWhole = async (store: EventStore): Promise<void> => {
  const check = createChainCheck(nodeSha256);
  for (const recorded of right(await store.readAll('start', 10_000)()).events) {
    const decoded = codec.decode(recorded);
    assert.ok(decoded._tag === 'Event');
    assert.is(check(recorded, decoded.event.meta.chain.previous), undefined);
  }
};

for (const [name, open] of backings) {
  const restored = suite(`a store that is set back to a backup under a running program, on ${name}`);

  /** An office with two agencies, of whose store `backup` copies what it holds then; `restore` puts that in its place. */
  const inOffice = (
    test: (at: {
      readonly office: Office;
      readonly backup: () => Promise<void>;
      readonly restore: () => Promise<Office>;
    }) => Promise<void>,
  ) =>
    on(open, (backing) =>
      on(open, async (spare) => {
        const { store, become } = exchangeable(backing.ports.store);
        const office = await openOffice(pki, { ...backing.ports, store });
        for (const each of [pair, other]) await registerAgency(office.register, each);
        await test({
          office,
          backup: () => copyInto(store, spare.ports.store),
          restore: async () => {
            become(spare.ports.store);
            return office.reopened();
          },
        });
        await assertWhole(spare.ports.store);
      }),
    );

  restored('the next command is carried out on what is there, in every stream', () =>
    inOffice(async ({ office, backup, restore }) => {
      await backup();
      await toggle(office, cityOffice.code);
      await toggle(office, hospital.code);
      await restore();
      assert.equal(typesOf(right(await byStaff(office, suspend(cityOffice.code)))), ['AgencySuspended']);
      assert.equal(typesOf(right(await byStaff(office, suspend(hospital.code)))), ['AgencySuspended']);
      right(await byStaff(office, reopen(cityOffice.code)));
    }),
  );

  restored('also where another program wrote more to it meanwhile than was lost', () =>
    inOffice(async ({ office, backup, restore }) => {
      await backup();
      await toggle(office, cityOffice.code);
      const elsewhere = await restore();
      await toggle(elsewhere, cityOffice.code);
      right(await byStaff(elsewhere, suspend(cityOffice.code)));
      assert.equal(typesOf(right(await byStaff(office, reopen(cityOffice.code)))), ['AgencyReopened']);
    }),
  );

  restored('a command that was lost with it is carried out when it is given again', () =>
    inOffice(async ({ office, backup, restore }) => {
      await backup();
      const commandId = randomUUID();
      right(await byStaff(office, { ...suspend(cityOffice.code), commandId }));
      await restore();
      for (const idempotent of [false, true]) {
        const again = right(await byStaff(office, { ...suspend(cityOffice.code), commandId }));
        assert.equal(typesOf(again), ['AgencySuspended']);
        assert.is(again.idempotent, idempotent);
      }
    }),
  );

  restored('where something else stands in its place, that is what it is decided on', () =>
    inOffice(async ({ office, backup, restore }) => {
      await backup();
      const commandId = randomUUID();
      right(await byStaff(office, { ...suspend(cityOffice.code), commandId }));
      const elsewhere = await restore();
      right(await byStaff(elsewhere, suspend(cityOffice.code)));
      const again = await byStaff(office, { ...suspend(cityOffice.code), commandId });
      assert.is(refusal(again), 'AGENCY_SUSPENDED');
      right(await byStaff(office, reopen(cityOffice.code)));
    }),
  );

  restored(
    'what was found out in one stream counts for all: clerks and menu are shown as they are there',
    () =>
      inOffice(async ({ office, backup, restore }) => {
        const visit = await confirmed(office.register, 'delegation', pair);
        const add = (serial: string, person: (typeof people)['wang']) =>
          give(office.register, visit, {
            type: 'AuthorizeClerk',
            clerk: clerkBySerial(person, serial.repeat(32)),
            permissions: ['premium-edit'],
          });
        right(await add('a', people.wang));
        await backup();
        right(await add('b', people.chen));
        right(await byStaff(office, { type: 'PublishCatalogue', version: 2, entries: gepiCatalogue }));
        await toggle(office, hospital.code);
        assert.is(right(await office.register.catalogue()()).version, 2);
        const anew = await restore();
        right(await byStaff(office, suspend(hospital.code)));
        assert.is(right(await office.register.catalogue()()).version, 1);
        const list = right(await office.register.clerkList(visit.confirmation.id)());
        assert.equal(list.clerks.length, 1);
        assert.equal(list, right(await anew.register.clerkList(visit.confirmation.id)()));
      }),
  );

  restored.run();
}
