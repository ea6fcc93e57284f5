import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { type EventStore, reapplyForgetting, vaultFault } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { citizenCard } from '../../src/world/drawer.js';
import { inMemory, openDirectory } from '../support/backing.js';
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
import { byStaff, type Office, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wang = clerkByCard(people.wang, await citizenCard(pki, people.wang));
const chen = clerkByCard(people.chen, await citizenCard(pki, people.chen));
const portal = 'gepi';

const reapply = ({ settings: { store, vault } }: Office, dryRun = false) =>
  reapplyForgetting({ portal, store, vault, sha256: nodeSha256, dryRun })();

/** Somebody comes and leaves again. */
const visit = async ({ register }: Office, clerk: typeof wang): Promise<void> => {
  const clerkId = clerkIdOf(await addClerk(register, pair, clerk, ['premium-edit']));
  const session = await confirmed(register, 'delegation', pair);
  right(await give(register, session, { type: 'RevokeClerk', clerkId, confirmed: true }));
};

const forget = (person: { readonly nationalId: string }) => ({
  type: 'ForgetSubject',
  nationalId: person.nationalId,
  legalBasis: '個資法第11條',
});

/** Names in the authorisations of clerks, in order; `undefined` where they open no more. */
const names = async (office: Office): Promise<ReadonlyArray<string | undefined>> =>
  (await readEverything(office)).flatMap((event) =>
    event.type === 'ClerkAuthorized' ? [event.personal?.name] : [],
  );

const restored = suite('a vault that does not know of a forgetting');

restored('DESIGN 4: restored from before it, has the key again until the promises are kept', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'mandate-restored-'));
  const vaultFile = join(directory, 'vault.db');
  const older = join(directory, 'older-vault.db');
  try {
    let opened = await openDirectory(directory);
    let office = await openOffice(pki, opened.ports);
    await registerAgency(office.register, pair);
    await visit(office, wang);
    await visit(office, chen);
    await opened.close();
    copyFileSync(vaultFile, older);

    opened = await openDirectory(directory);
    office = office.reopened(opened.ports);
    right(await byStaff(office, forget(people.wang)));
    assert.equal(await names(office), [undefined, people.chen.name]);
    await opened.close();
    rmSync(vaultFile);
    copyFileSync(older, vaultFile);

    opened = await openDirectory(directory);
    office = office.reopened(opened.ports);
    assert.equal(right(await reapply(office, true)), { forgettings: 1, keys: 1 }, 'a dry run counts');
    assert.equal(await names(office), [people.wang.name, people.chen.name], 'and touches none');
    assert.equal(right(await reapply(office)), { forgettings: 1, keys: 1 });
    assert.equal(await names(office), [undefined, people.chen.name]);
    assert.equal(right(await reapply(office, true)), { forgettings: 1, keys: 0 });
    assert.equal(right(await reapply(office)), { forgettings: 1, keys: 0 });
    await opened.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

restored('since it was cut off: the promise is kept, and who came back is spared', async () => {
  const { ports } = await inMemory();
  const office = await openOffice(pki, ports);
  await registerAgency(office.register, pair);
  await visit(office, wang);
  const fault = vaultFault('VAULT_UNAVAILABLE', 'down for a test');
  const broken = office.reopened({ vault: { ...ports.vault, forget: down(fault) } });
  assert.is(refusal(await byStaff(broken, forget(people.wang))), 'VAULT_UNAVAILABLE');
  await visit(office, wang);
  assert.equal(await names(office), [people.wang.name, people.wang.name]);
  assert.is(refusal(await reapply(broken)), 'VAULT_UNAVAILABLE');
  // Retired and not deleted is there still; who came back has another key, which does not count.
  assert.equal(right(await reapply(office, true)), { forgettings: 1, keys: 1 });
  const deaf = office.reopened({ vault: { ...ports.vault, retiredKeysOf: down(fault) } });
  assert.is(refusal(await reapply(deaf, true)), 'VAULT_UNAVAILABLE');
  assert.equal(right(await reapply(office)), { forgettings: 1, keys: 1 });
  assert.equal(await names(office), [undefined, people.wang.name]);
});

restored('a portal where nobody was forgotten has nothing to keep', async () => {
  const { ports } = await inMemory();
  assert.equal(right(await reapply(await openOffice(pki, ports))), { forgettings: 0, keys: 0 });
});

restored('no key is touched where the stream was tampered with', async () => {
  const { ports } = await inMemory();
  const office = await openOffice(pki, ports);
  await registerAgency(office.register, pair);
  await visit(office, wang);
  const key = right(
    await ports.vault.keyOf(right(await ports.vault.pseudonym('person', people.lin.nationalId)()))(),
  );
  right(await byStaff(office, { ...forget(people.wang), commandId: randomUUID() }));
  const forged: EventStore = {
    ...ports.store,
    readStream: (stream, from, limit) => async () => {
      const page = await ports.store.readStream(stream, from, limit)();
      if (page._tag === 'Left') return page;
      const events = page.right.events.map((event) => ({
        ...event,
        body: event.body.replace(/"keys":\["[^"]+"\]/, `"keys":["${key}"]`),
      }));
      return { ...page, right: { ...page.right, events } };
    },
  };
  assert.is(refusal(await reapply(office.reopened({ store: forged }))), 'STORE_CORRUPT');
  const session = await confirmed(office.register, 'delegation', pair);
  const list = right(await office.register.clerkList(session.confirmation.id)());
  assert.is(list.manager.name, people.lin.name);
});

restored.run();
