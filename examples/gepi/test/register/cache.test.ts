import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import { clerkBySerial, confirmed, give, issuePair, registerAgency } from '../support/counter.js';
import { counting } from '../support/faults.js';
import { byStaff, type Office, openOffice, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'HCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const other = await issuePair(pki, hospital, people.chang);

const suspend = (code: string) => ({ type: 'SuspendAgency', agencyCode: code, reason: 'audit' });
const reopen = (code: string) => ({ type: 'ReopenAgency', agencyCode: code, reason: 'audit-over' });

/** An office with two agencies of several events, and a program on it that counts what it reads. */
const counted = async (cacheSize: number) => {
  const office = await openOffice(pki);
  for (const each of [pair, other]) await registerAgency(office.register, each);
  for (const each of [pair, other]) {
    right(await byStaff(office, suspend(each.agency.code)));
    right(await byStaff(office, reopen(each.agency.code)));
  }
  const { store, since } = counting(office.settings.store);
  return { office, program: office.reopened({ store, cacheSize }), since };
};

const toggle = async (program: Office, code: string) => {
  right(await byStaff(program, suspend(code)));
  right(await byStaff(program, reopen(code)));
};

// -------------------------------------------------------------------------------------
const cache = suite('folded streams in memory');

cache('a stream is read once; afterwards its tail alone', async () => {
  const { program, since } = await counted(10);
  await toggle(program, cityOffice.code);
  assert.equal(since(), { rows: 5, reads: 2, appends: 2 });
  await toggle(program, cityOffice.code);
  assert.equal(since(), { rows: 0, reads: 2, appends: 2 });
});

cache('what another program wrote meanwhile is all that is read', async () => {
  const { office, program, since } = await counted(10);
  await toggle(program, cityOffice.code);
  since();
  await toggle(office, cityOffice.code);
  await toggle(program, cityOffice.code);
  assert.equal(since(), { rows: 2, reads: 2, appends: 2 });
});

cache('with the cache off, a stream is read from its beginning each time', async () => {
  const { program, since } = await counted(0);
  await toggle(program, cityOffice.code);
  assert.equal(since(), { rows: 5 + 6, reads: 2, appends: 2 });
});

cache('is bounded: the stream that was not used for longest goes first', async () => {
  const { program, since } = await counted(1);
  await toggle(program, cityOffice.code);
  await toggle(program, hospital.code);
  since();
  await toggle(program, hospital.code);
  assert.is(since().rows, 0);
  await toggle(program, cityOffice.code);
  assert.is(since().rows, 7);
});

cache('a stream longer than a page is read whole', async () => {
  const { office, program, since } = await counted(0);
  for (let index = 0; index < 260; index++) await toggle(office, cityOffice.code);
  right(await byStaff(program, suspend(cityOffice.code)));
  const { rows, reads } = since();
  assert.is(rows, 5 + 2 * 260);
  assert.is(reads, 2);
});

cache('with and without it, and under another program, the same is answered', async () => {
  const office = await openOffice(pki, { cacheSize: 1 });
  await registerAgency(office.register, pair);
  await registerAgency(office.register, other);
  const visit = await confirmed(office.register, 'delegation', pair);
  for (const [person, serial] of [
    [people.wang, 'a'.repeat(32)],
    [people.chen, 'b'.repeat(32)],
  ] as const) {
    const clerk = clerkBySerial(person, serial);
    right(
      await give(office.register, visit, { type: 'AuthorizeClerk', clerk, permissions: ['premium-edit'] }),
    );
    await toggle(office, hospital.code);
  }
  const lists = [];
  for (const program of [office, office.reopened(), office.reopened({ cacheSize: 0 })]) {
    lists.push(right(await program.register.clerkList(visit.confirmation.id)()));
  }
  assert.is(lists[0]?.clerks.length, 2);
  for (const list of lists) assert.equal(list, lists[0]);
});

cache.run();
