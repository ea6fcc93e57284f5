import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { openDirectory } from '../support/backing.js';
import { clerkBySerial, confirmed, give, issuePair, registerAgency } from '../support/counter.js';
import { byStaff, openOffice, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);

/** Runs the child to its end and answers how it ended. */
const killedAfterAppend = (
  directory: string,
  command: object,
  account = '',
): Promise<NodeJS.Signals | null> => {
  const child = fileURLToPath(new URL('../support/crash-child.ts', import.meta.url));
  const options = ['--conditions=mandate-source', '--import', 'tsx', child];
  const program = spawn(process.execPath, [...options, directory, JSON.stringify(command), account], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => program.on('exit', (_code, signal) => resolve(signal)));
};

const crash = suite('a program that is killed (kill -9) between append and answer, on sqlite');

crash('the retry finds what was done, for card holders and for staff, and does nothing twice', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'mandate-crash-'));
  try {
    const first = await openDirectory(directory);
    const office = await openOffice(pki, first.ports);
    await registerAgency(office.register, pair);
    const session = await confirmed(office.register, 'delegation', pair);
    const before = right(await first.ports.store.readAll('start', 1000)()).events.length;
    await first.close();

    const byCards = {
      type: 'AuthorizeClerk',
      commandId: randomUUID(),
      agencyCode: cityOffice.code,
      confirmation: session.confirmation.id,
      clerk: clerkBySerial(people.wang, 'a'.repeat(32)),
      permissions: ['premium-edit'],
    };
    const ofStaff = {
      type: 'SuspendAgency',
      commandId: randomUUID(),
      agencyCode: cityOffice.code,
      reason: 'audit',
    };
    assert.is(await killedAfterAppend(directory, byCards), 'SIGKILL');
    assert.is(await killedAfterAppend(directory, ofStaff, 'ops-1'), 'SIGKILL');

    const second = await openDirectory(directory);
    const later = office.reopened(second.ports);
    const count = async () => right(await second.ports.store.readAll('start', 1000)()).events.length;
    assert.is(await count(), before + 2);
    const retried = right(await give(later.register, session, byCards));
    assert.ok(retried.idempotent);
    assert.equal(typesOf(retried), ['ClerkAuthorized']);
    assert.ok(right(await byStaff(later, ofStaff)).idempotent);
    assert.is(await count(), before + 2);
    // And life goes on.
    right(await byStaff(later, { type: 'ReopenAgency', agencyCode: cityOffice.code, reason: 'audit-over' }));
    const list = right(await later.register.clerkList(session.confirmation.id)());
    assert.is(list.clerks.length, 1);
    await second.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

crash.run();
