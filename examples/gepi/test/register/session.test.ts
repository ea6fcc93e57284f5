import { randomUUID } from 'node:crypto';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { type CardConfirmed, confirmationHash, createRegisterCodec } from '@mandate/domain';
import { createProjectionRunner, permissionHistories, permissionHistory } from '@mandate/projections';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { citizenCard, type PinnedCard } from '../../src/world/drawer.js';
import { backings, on } from '../support/backing.js';
import {
  addClerk,
  clerkByCard,
  confirmed,
  give,
  giveWithForm,
  issuePair,
  registerAgency,
  withoutId,
} from '../support/counter.js';
import { type Office, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wangCard = await citizenCard(pki, people.wang);
const addWang = {
  type: 'AuthorizeClerk',
  clerk: clerkByCard(people.wang, wangCard),
  permissions: ['premium-edit'],
};

const registered = async (overrides: Parameters<typeof openOffice>[1] = {}): Promise<Office> => {
  const office = await openOffice(pki, overrides);
  await registerAgency(office.register, pair);
  return office;
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A manager's answer to the second step, signed and not yet sent. */
const signedStep = async (
  { register }: Office,
  purpose: string,
  confirmation: string,
  nationalId: string,
  card: PinnedCard,
) => {
  const challenge = right(await register.issueChallenge({ purpose, confirmation, nationalId })());
  const cms = await card.card.sign(new TextEncoder().encode(challenge.text), { withCardNumber: true });
  return { nonce: challenge.nonce, cms: base64(cms) };
};

// -------------------------------------------------------------------------------------
const secret = suite('the id of a confirmation');

secret('is in no event, no evidence and no read model: they name it by its hash', async () => {
  const office = await registered();
  const visit = await confirmed(office.register, 'delegation', pair);
  right(await give(office.register, visit, addWang));
  const { id } = visit.confirmation;
  const hash = confirmationHash(nodeSha256, id);
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.is.not(hash, nodeSha256(id));

  const codec = createRegisterCodec(nodeSha256);
  const page = right(await office.settings.store.readAll('start', 1000)());
  const named = page.events.filter((event) => {
    assert.not.match(event.body, id);
    const decoded = codec.decode(event);
    return decoded._tag === 'Event' && decoded.event.meta.confirmation === hash;
  });
  assert.equal(
    named.map((event) => event.type),
    ['ClerkAuthorized'],
  );
  for (const card of visit.confirmation.cards) {
    const found = right(await office.register.evidence(card.evidence)());
    assert.ok(found._tag === 'Bundle');
    assert.not.match(JSON.stringify(found.bundle), id);
    assert.match(found.bundle.challenge ?? '', /"confirmation":"[0-9a-f]{64}"/);
  }

  const { store, vault } = office.settings;
  const runner = right(
    await createProjectionRunner({
      file: ':memory:',
      ...{ store, vault, sha256: nodeSha256, projections: [permissionHistory] },
    })(),
  );
  right(await runner.catchUp()());
  const changes = right(permissionHistories(runner.read, 'gepi').list(cityOffice.code));
  assert.not.match(JSON.stringify(changes), id);
  assert.match(JSON.stringify(changes), hash);
  await runner.close();
});

secret.run();

// -------------------------------------------------------------------------------------
const racing = suite('answers to one step that are in flight together');

for (const [name, open] of backings) {
  racing(`of several in two programs one counts, and what its screen shows is what holds (${name})`, () =>
    on(open, async ({ ports }) => {
      const office = await openOffice(pki, ports);
      const other = office.reopened();
      const first = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
      const { id } = first.confirmation;
      const step = (person: typeof people.lin, card: PinnedCard) =>
        signedStep(office, 'first-registration', id, person.nationalId, card);
      const answers = [
        await step(people.lin, pair.managerCard),
        await step(people.wang, wangCard),
        await step(people.lin, pair.managerCard),
        await step(people.wang, wangCard),
      ];
      const said = await Promise.all(
        answers.map((answer, index) => (index % 2 === 0 ? office : other).register.confirmCard(answer)()),
      );
      const winners = said.filter((one) => one._tag === 'Right');
      assert.is(winners.length, 1);
      for (const one of said) if (one._tag === 'Left') assert.is(one.left.code, 'STEP_OUT_OF_ORDER');
      const shown = right(winners[0] ?? { _tag: 'Left', left: 'nobody' });
      const name = shown.confirmation.cards[1]?.shown.displayName;
      const winner = name === people.lin.name ? people.lin : people.wang;
      const executed = right(await giveWithForm(office.register, shown, 'RegisterAgency', winner));
      const appointed = executed.events.find((event) => event.type === 'ManagerAppointed');
      assert.match(JSON.stringify(appointed?.data), shown.confirmation.cards[1]?.person ?? 'nobody');
    }),
  );
}

racing('one that comes late never replaces a complete confirmation', async () => {
  let gate: Promise<void> | undefined;
  let letGo = (): void => undefined;
  const office = await openOffice(pki, {
    revocation: {
      status: (question) => async () => {
        if (question.certificate.serialNumber === wangCard.card.serial) await gate;
        return pki.revocation.status(question)();
      },
    },
  });
  const { register } = office;
  const first = await confirmed(register, 'first-registration', pair, pair.shown.slice(0, 1));
  const { id } = first.confirmation;
  const slow = await signedStep(office, 'first-registration', id, people.wang.nationalId, wangCard);
  const quick = await signedStep(office, 'first-registration', id, people.lin.nationalId, pair.managerCard);
  gate = new Promise((resolve) => {
    letGo = resolve;
  });
  const waiting = register.confirmCard(slow)();
  const lin = right(await register.confirmCard(quick)());
  assert.ok(lin.confirmation.complete);
  letGo();
  assert.is(refusal(await waiting), 'STEP_OUT_OF_ORDER');
  right(await giveWithForm(register, lin, 'RegisterAgency', people.lin));
  right(await showCards(register, 'delegation', cityOffice.code, pair.shown));
});

racing.run();

// -------------------------------------------------------------------------------------
const kept = suite('what the challenge store keeps');

/** The same office over a challenge store that gives every confirmation back changed. */
const changing = (office: Office, change: (record: Record<string, unknown>) => void): Office => {
  const { challenges } = office.settings;
  return office.reopened({
    challenges: {
      ...challenges,
      findConfirmation: (key) => async () => {
        const found = right(await challenges.findConfirmation(key)());
        if (found === undefined) return { _tag: 'Right', right: undefined };
        const record: Record<string, unknown> = JSON.parse(found.text);
        change(record);
        return { _tag: 'Right', right: { ...found, text: JSON.stringify(record) } };
      },
    },
  });
};

const changes: ReadonlyArray<readonly [string, (record: Record<string, unknown>) => void]> = [
  ['startedAt', (record) => Object.assign(record, { startedAt: '2026-03-02T02:00:02.000Z' })],
  ['expiresAt', (record) => Object.assign(record, { expiresAt: '2026-03-02T02:20:02.000Z' })],
  ['spentBy', (record) => Object.assign(record, { spentBy: 'somebody' })],
  [
    'person of a card',
    (record) => {
      const cards = record['cards'] as ReadonlyArray<Record<string, unknown>>;
      for (const card of cards) if (card['person'] !== null) card['person'] = '0'.repeat(64);
    },
  ],
  [
    'order of the cards',
    (record) => {
      record['cards'] = [...(record['cards'] as ReadonlyArray<unknown>)].reverse();
    },
  ],
];

kept('a confirmation of which anything in clear was changed does not open, for no command', async () => {
  const office = await registered();
  const visit = await confirmed(office.register, 'delegation', pair);
  for (const [what, change] of changes) {
    const broken = changing(office, change);
    assert.is(refusal(await give(broken.register, visit, addWang)), 'STORE_CORRUPT', what);
    assert.is(refusal(await broken.register.clerkList(visit.confirmation.id)()), 'STORE_CORRUPT', what);
  }
  right(await give(changing(office, () => undefined).register, visit, addWang));
});

kept('a confirmation is not moved to another purpose or agency in the store', async () => {
  const office = await registered();
  const query = await confirmed(office.register, 'query-oid', pair, pair.shown.slice(0, 1));
  const purpose = changing(office, (record) => Object.assign(record, { purpose: 'delegation' }));
  assert.is(refusal(await give(purpose.register, query, addWang)), 'STORE_CORRUPT');
  const visit = await confirmed(office.register, 'delegation', pair);
  const { code } = hospital;
  const agency = changing(office, (record) => Object.assign(record, { agencyCode: code }));
  assert.is(refusal(await give(agency.register, visit, { ...addWang, agencyCode: code })), 'STORE_CORRUPT');
});

kept('an incomplete confirmation does not become complete in the store', async () => {
  const office = await registered();
  const half = await confirmed(office.register, 'delegation', pair, pair.shown.slice(0, 1));
  assert.is(refusal(await give(office.register, half, addWang)), 'CONFIRMATION_INCOMPLETE');
  const broken = changing(office, (record) => Object.assign(record, { complete: true }));
  assert.is(refusal(await give(broken.register, half, addWang)), 'STORE_CORRUPT');
  assert.is(refusal(await broken.register.clerkList(half.confirmation.id)()), 'STORE_CORRUPT');
});

kept('a confirmation that is put under another key serves nobody', async () => {
  const office = await registered();
  const visit = await confirmed(office.register, 'delegation', pair);
  const { challenges } = office.settings;
  const found = right(await challenges.findConfirmation(visit.confirmation.id)());
  const key = randomUUID();
  right(await challenges.saveConfirmation({ text: '', expiresAt: '', ...found, key }, undefined)());
  assert.is(refusal(await office.register.clerkList(key)()), 'STORE_CORRUPT');
});

kept('a challenge that was changed is answered by no card', async () => {
  const office = await registered();
  const { challenges } = office.settings;
  const first = await confirmed(office.register, 'delegation', pair, pair.shown.slice(0, 1));
  const answer = (): Promise<{ readonly nonce: string; readonly cms: string }> => {
    const { id } = first.confirmation;
    return signedStep(office, 'delegation', id, people.lin.nationalId, pair.managerCard);
  };
  for (const [field, value] of [
    ['purpose', 'replace-manager'],
    ['person', '0'.repeat(64)],
    ['agencyCode', 'DM004'],
    ['expiresAt', '2026-03-02T02:10:02.000Z'],
  ]) {
    const broken = office.reopened({
      challenges: {
        ...challenges,
        consumeChallenge: (nonce) => async () => {
          const consumed = right(await challenges.consumeChallenge(nonce)());
          if (consumed._tag !== 'Fresh') return { _tag: 'Right', right: consumed };
          const text = JSON.stringify({ ...JSON.parse(consumed.text), [field ?? '']: value });
          return { _tag: 'Right', right: { ...consumed, text } };
        },
      },
    });
    assert.is(refusal(await broken.register.confirmCard(await answer())()), 'CONTENT_MISMATCH', field);
  }
  right(await office.register.confirmCard(await answer())());
});

kept(
  'a session is opened once and not for each of its commands, and again when its record changes',
  async () => {
    const office = await registered();
    const visit = await confirmed(office.register, 'delegation', pair);
    let opened = 0;
    const { vault } = office.settings;
    const counted = office.reopened({
      vault: {
        ...vault,
        open: (subject, aad, sealed) => {
          if (subject === 'transient') opened += 1;
          return vault.open(subject, aad, sealed);
        },
      },
    });
    const added = right(await give(counted.register, visit, addWang));
    assert.is(opened, 1);
    const data = added.events[0]?.data as { readonly clerk: string };
    const clerkId = data.clerk;
    right(await give(counted.register, visit, { type: 'RevokeClerk', clerkId, confirmed: true }));
    assert.is(opened, 1);
  },
);

kept.run();

// -------------------------------------------------------------------------------------
const once = suite('a confirmation that serves once');

const logIn = async ({ register }: Office): Promise<CardConfirmed> =>
  right(await showCards(register, 'login', cityOffice.code, [withoutId(wangCard, people.wang)]));

/** An office whose clerk has logged in before: a login more leaves no event. */
const withClerk = async (overrides: Parameters<typeof openOffice>[1] = {}): Promise<Office> => {
  const office = await registered(overrides);
  await addClerk(office.register, pair, addWang.clerk, addWang.permissions);
  right(await give(office.register, await logIn(office), { type: 'LogIn' }));
  return office;
};

for (const [name, open] of backings) {
  once(`GEPI-3: is spent by a login that leaves no event; its retry is answered again (${name})`, () =>
    on(open, async ({ ports }) => {
      const office = await withClerk(ports);
      const visit = await logIn(office);
      const commandId = randomUUID();
      const again = { type: 'LogIn', commandId };
      assert.equal(typesOf(right(await give(office.register, visit, again))), []);
      assert.is(refusal(await give(office.register, visit, { type: 'LogIn' })), 'CONFIRMATION_USED');
      assert.equal(typesOf(right(await give(office.register, visit, again))), []);
      assert.equal(typesOf(right(await give(office.reopened().register, visit, again))), []);
    }),
  );
}

once('of two logins at once one succeeds, of one that is sent twice both', async () => {
  const office = await withClerk();
  const visit = await logIn(office);
  const other = office.reopened();
  const codes = await Promise.all(
    [office, other].map((one) => give(one.register, visit, { type: 'LogIn' })),
  ).then((all) => all.map((one) => (one._tag === 'Left' ? one.left.code : 'done')).sort());
  assert.equal(codes, ['CONFIRMATION_USED', 'done']);
  const second = await logIn(office);
  const same = { type: 'LogIn', commandId: randomUUID() };
  const both = await Promise.all([office, other].map((one) => give(one.register, second, same)));
  for (const one of both) assert.equal(typesOf(right(one)), []);
});

once('is not spent by a dry run, nor where the store does not answer', async () => {
  const office = await withClerk();
  const visit = await logIn(office);
  const command = { type: 'LogIn', agencyCode: cityOffice.code, confirmation: visit.confirmation.id };
  right(await office.register.execute({ ...command, commandId: randomUUID() }, { dryRun: true })());
  const { challenges } = office.settings;
  const fault = { _tag: 'StoreFault', code: 'STORE_UNAVAILABLE', detail: 'down for a test' } as const;
  const broken = office.reopened({
    challenges: { ...challenges, saveConfirmation: () => async () => ({ _tag: 'Left', left: fault }) },
  });
  const commandId = randomUUID();
  assert.is(refusal(await give(broken.register, visit, { type: 'LogIn', commandId })), 'STORE_UNAVAILABLE');
  right(await give(office.register, visit, { type: 'LogIn', commandId }));
  assert.is(refusal(await give(office.register, visit, { type: 'LogIn' })), 'CONFIRMATION_USED');
});

once.run();

// -------------------------------------------------------------------------------------
const leaving = suite('leaving before a session is over');

for (const [name, open] of backings) {
  leaving(`${name}: a confirmation that was ended serves nobody, and to end it again is right`, () =>
    on(open, async ({ ports }) => {
      const office = await registered(ports);
      const visit = await confirmed(office.register, 'delegation', pair);
      right(await give(office.register, visit, addWang));
      const id = visit.confirmation.id;
      right(await office.register.endConfirmation(id)());
      assert.is(
        refusal(await give(office.register, visit, { ...addWang, permissions: [] })),
        'CONFIRMATION_UNKNOWN',
      );
      assert.is(refusal(await office.register.clerkList(id)()), 'CONFIRMATION_UNKNOWN');
      right(await office.register.endConfirmation(id)());
    }),
  );
}

leaving('another card cannot go on with it, nor an answer that was on its way', async () => {
  const office = await registered();
  const first = await showCards(office.register, 'delegation', cityOffice.code, [
    { card: pair.agencyCard, pin: cityOffice.pin },
  ]);
  const { id } = right(first).confirmation;
  const onItsWay = await signedStep(office, 'delegation', id, people.lin.nationalId, pair.managerCard);
  right(await office.register.endConfirmation(id)());
  assert.is(refusal(await office.register.confirmCard(onItsWay)()), 'CONFIRMATION_UNKNOWN');
  const next = { purpose: 'delegation', confirmation: id, nationalId: people.lin.nationalId };
  assert.is(refusal(await office.register.issueChallenge(next)()), 'CONFIRMATION_UNKNOWN');
});

leaving(
  'what is no confirmation is told so; one that nobody knows, or that is over, is ended already',
  async () => {
    const office = await registered();
    for (const garbage of [undefined, null, 7, '', 'x'.repeat(100_000), { id: randomUUID() }]) {
      assert.is(refusal(await office.register.endConfirmation(garbage)()), 'CONFIRMATION_UNKNOWN');
    }
    right(await office.register.endConfirmation(randomUUID())());
    const visit = await confirmed(office.register, 'delegation', pair);
    office.clock.set('2026-03-02T23:30:00+08:00');
    right(await office.register.endConfirmation(visit.confirmation.id)());
  },
);

leaving.run();
