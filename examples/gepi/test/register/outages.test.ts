import { createTestPki } from '@mandate/certificates/test-pki';
import { type RegisterSettings, storeFault, vaultFault } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { citizenCard } from '../../src/world/drawer.js';
import { addClerk, clerkByCard, confirmed, give, issuePair, registerAgency } from '../support/counter.js';
import { down, failingAt } from '../support/faults.js';
import { byStaff, type Office, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wangCard = await citizenCard(pki, people.wang);
const wang = clerkByCard(people.wang, wangCard);

const noStore = storeFault('STORE_UNAVAILABLE', 'down for a test');
const noVault = vaultFault('VAULT_UNAVAILABLE', 'down for a test');
const noService = (dependency: 'directory' | 'identity') =>
  ({ _tag: 'DependencyFault', dependency, detail: 'down for a test' }) as const;

const registered = async (overrides: Partial<RegisterSettings> = {}): Promise<Office> => {
  const office = await openOffice(pki, overrides);
  await registerAgency(office.register, pair);
  return office;
};

const addWang = { type: 'AuthorizeClerk', clerk: wang, permissions: ['premium-edit'] };

/** Everything that a caller may ask, each with the code of its refusal. */
const answersOf = async (office: Office, broken: Office): Promise<ReadonlyArray<string>> => {
  const session = await confirmed(office.register, 'delegation', pair);
  const challenge = right(
    await office.register.issueChallenge({ purpose: 'delegation', agencyCode: cityOffice.code })(),
  );
  const signed = await pair.agencyCard.card.sign(new TextEncoder().encode(challenge.text));
  const { register } = broken;
  return [
    await register.presentTerms()(),
    await register.catalogue()(),
    await register.issueChallenge({ purpose: 'delegation', agencyCode: cityOffice.code })(),
    await register.confirmCard({ nonce: challenge.nonce, cms: Buffer.from(signed).toString('base64') })(),
    await give(register, session, addWang),
    await byStaff(broken, { type: 'ReopenAgency', agencyCode: cityOffice.code, reason: 'x' }),
    await register.clerkList(session.confirmation.id)(),
  ].map((answer) => (answer._tag === 'Left' ? answer.left.code : 'done'));
};

/** Nothing was appended by what `work` does. */
const unchanged = async <A>(office: Office, work: () => Promise<A>): Promise<A> => {
  const before = right(await office.settings.store.head()());
  const answer = await work();
  assert.is(right(await office.settings.store.head()()), before);
  return answer;
};

// -------------------------------------------------------------------------------------
const outages = suite('a part of the portal that is down');

outages('the event store: STORE_UNAVAILABLE, and nothing was changed', async () => {
  const office = await registered();
  const broken = office.reopened({
    store: { ...office.settings.store, readStream: down(noStore), append: down(noStore) },
  });
  const codes = await unchanged(office, () => answersOf(office, broken));
  assert.equal(codes, [
    'STORE_UNAVAILABLE',
    'STORE_UNAVAILABLE',
    'done',
    'STORE_UNAVAILABLE',
    'STORE_UNAVAILABLE',
    'STORE_UNAVAILABLE',
    'STORE_UNAVAILABLE',
  ]);
});

outages('the event store, for appends alone', async () => {
  const office = await registered();
  const broken = office.reopened({ store: { ...office.settings.store, append: down(noStore) } });
  const session = await confirmed(office.register, 'delegation', pair);
  await unchanged(office, async () => {
    assert.is(refusal(await give(broken.register, session, addWang)), 'STORE_UNAVAILABLE');
  });
  // The same confirmation serves when the store is back.
  right(await give(office.register, session, addWang));
});

outages('the store of challenges', async () => {
  const office = await registered();
  const { challenges } = office.settings;
  for (const part of ['addChallenge', 'consumeChallenge', 'saveConfirmation', 'findConfirmation'] as const) {
    const broken = office.reopened({ challenges: { ...challenges, [part]: down(noStore) } });
    const codes = await unchanged(office, () =>
      part === 'findConfirmation'
        ? answersOf(office, broken).then((all) => [all[4], all[6]])
        : showCards(broken.register, 'delegation', cityOffice.code, pair.shown).then((one) => [refusal(one)]),
    );
    for (const code of codes) assert.is(code, 'STORE_UNAVAILABLE', part);
  }
});

for (const part of ['pseudonym', 'seal', 'open'] as const) {
  outages(`the key vault, for ${part}: VAULT_UNAVAILABLE, and nothing was changed`, async () => {
    const office = await registered();
    const broken = office.reopened({ vault: { ...office.settings.vault, [part]: down(noVault) } });
    const session = await confirmed(office.register, 'delegation', pair);
    await unchanged(office, async () => {
      assert.is(
        refusal(await showCards(broken.register, 'delegation', cityOffice.code, pair.shown)),
        'VAULT_UNAVAILABLE',
      );
      // To authorise a clerk, nothing is opened.
      const answer =
        part === 'open'
          ? await broken.register.clerkList(session.confirmation.id)()
          : await give(broken.register, session, addWang);
      assert.is(refusal(answer), 'VAULT_UNAVAILABLE');
    });
  });
}

outages('the key vault answers again in the middle of a command: nothing half is written', async () => {
  const office = await registered();
  const session = await confirmed(office.register, 'delegation', pair);
  const { vault } = office.settings;
  // Each call in turn fails once; in the end all have worked.
  let refusals = 0;
  for (let failing = 0; ; failing++) {
    const broken = office.reopened({ vault: failingAt(vault, failing) });
    const before = right(await office.settings.store.head()());
    const answer = await give(broken.register, session, addWang);
    if (answer._tag === 'Right') break;
    refusals += 1;
    assert.is(answer.left.code, 'VAULT_UNAVAILABLE');
    assert.is(right(await office.settings.store.head()()), before);
  }
  assert.ok(refusals >= 4, `${refusals} calls of the vault were tried`);
});

outages('the directory of agencies: DIRECTORY_UNAVAILABLE', async () => {
  const office = await registered();
  const broken = office.reopened({ directory: { find: down(noService('directory')) } });
  const codes = await unchanged(office, () => answersOf(office, broken));
  assert.equal(codes.slice(2, 5), [
    'DIRECTORY_UNAVAILABLE',
    'DIRECTORY_UNAVAILABLE',
    'DIRECTORY_UNAVAILABLE',
  ]);
  assert.is(codes[6], 'DIRECTORY_UNAVAILABLE');
});

outages('a revocation source without an answer: the card is not accepted', async () => {
  const office = await registered();
  const silent: RegisterSettings['revocation'] = {
    status: ({ at }) => TE.right({ status: 'unknown', at, source: 'test' }),
  };
  const broken = office.reopened({ revocation: silent });
  await unchanged(office, async () => {
    assert.is(
      refusal(await showCards(broken.register, 'delegation', cityOffice.code, pair.shown)),
      'REVOCATION_UNKNOWN',
    );
  });
});

outages.run();

// -------------------------------------------------------------------------------------
const identity = suite('the identity service (X-3)');

const proofOf = async (office: Office) => {
  const visit = await confirmed(office.register, 'first-registration', pair);
  return visit.confirmation.cards[1]?.identityProof;
};

identity('GEPI-21: without one, the last four characters are the level of proof', async () => {
  assert.is(await proofOf(await openOffice(pki)), 'last4');
});

identity('GEPI-21: where it agrees, the proof is full, and on record as such', async () => {
  const asked: unknown[] = [];
  const office = await openOffice(pki, {
    identity: {
      match: (question) => {
        asked.push(question);
        return TE.right('match');
      },
    },
  });
  assert.is(await proofOf(office), 'full');
  assert.equal(asked, [
    {
      nationalId: people.lin.nationalId,
      subjectSerialNumber: pair.managerCard.card.record.identity.subjectSerialNumber,
      last4: people.lin.nationalId.slice(-4),
    },
  ]);
});

identity('GEPI-21: where it disagrees, the person is refused although the last four agree', async () => {
  const office = await openOffice(pki, { identity: { match: () => TE.right('mismatch') } });
  const answer = await showCards(office.register, 'first-registration', cityOffice.code, pair.shown);
  assert.is(refusal(answer), 'IDENTITY_MISMATCH');
});

identity(
  'GEPI-10: where it knows the card as not opened, the card is refused with a code of its own',
  async () => {
    const office = await registered();
    await addClerk(office.register, pair, wang, ['premium-edit']);
    const early = office.reopened({ identity: { match: () => TE.right('notActivated') } });
    await unchanged(office, async () => {
      const shown = [{ card: wangCard, pin: people.wang.pin }];
      const answer = await showCards(early.register, 'login', cityOffice.code, shown);
      assert.is(refusal(answer), 'CERTIFICATE_NOT_ACTIVATED');
    });
  },
);

identity('GEPI-21: it cannot let in whom the last four do not fit', async () => {
  const office = await openOffice(pki, { identity: { match: () => TE.right('match') } });
  const [agency, manager] = pair.shown;
  assert.ok(agency && manager);
  const shown = [agency, { ...manager, nationalId: people.chang.nationalId }];
  const answer = await showCards(office.register, 'first-registration', cityOffice.code, shown);
  assert.is(refusal(answer), 'IDENTITY_MISMATCH');
});

identity('where it cannot tell, the last four characters do', async () => {
  assert.is(
    await proofOf(await openOffice(pki, { identity: { match: () => TE.right('unsupported') } })),
    'last4',
  );
});

identity('where it is down, IDENTITY_UNAVAILABLE, in a command too', async () => {
  const office = await registered();
  const session = await confirmed(office.register, 'delegation', pair);
  const broken = office.reopened({ identity: { match: down(noService('identity')) } });
  await unchanged(office, async () => {
    assert.is(
      refusal(await showCards(broken.register, 'delegation', cityOffice.code, pair.shown)),
      'IDENTITY_UNAVAILABLE',
    );
    assert.is(refusal(await give(broken.register, session, addWang)), 'IDENTITY_UNAVAILABLE');
  });
});

identity('a clerk at the gate is matched as well', async () => {
  const office = await registered();
  await addClerk(office.register, pair, wang, ['premium-edit']);
  const doubtful = office.reopened({ identity: { match: () => TE.right('mismatch') } });
  const shown = [{ card: wangCard, pin: people.wang.pin }];
  assert.is(
    refusal(await showCards(doubtful.register, 'login', cityOffice.code, shown)),
    'IDENTITY_MISMATCH',
  );
});

identity.run();
