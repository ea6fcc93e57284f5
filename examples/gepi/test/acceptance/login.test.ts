import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { gepiPolicy, planReplacement } from '@mandate/domain';
import { authorityIndex } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { citizenCard, type PinnedCard, pinned } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  clerkBySerial,
  clerkIdOf,
  confirmed,
  give,
  giveWithForm,
  issuePair,
  ofPerson,
  pairOf,
  registerAgency,
  withoutId,
} from '../support/counter.js';
import { byStaff, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'HCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wangCard = await citizenCard(pki, people.wang);

const registered = async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  return { ...office, office };
};

type Person = (typeof people)[keyof typeof people];

/** A clerk at the login gate: code and card, no ID (GEPI-3). */
const gate = (
  { register }: { readonly register: Parameters<typeof showCards>[0] },
  card: PinnedCard,
  person: Person,
  code = cityOffice.code,
) => showCards(register, 'login', code, [withoutId(card, person)]);

const logIn = async (
  office: { readonly register: Parameters<typeof showCards>[0] },
  card: PinnedCard,
  person: Person,
) => give(office.register, right(await gate(office, card, person)), { type: 'LogIn' });

// -------------------------------------------------------------------------------------
const login = suite('要保機關網路作業登入');

login('GEPI-3: agency code and citizen card: an authorised clerk is let in', async () => {
  const office = await registered();
  await addClerk(office.register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
  right(await logIn(office, wangCard, people.wang));
});

login('GEPI-2: not registered is told from not authorised', async () => {
  const office = await registered();
  assert.is(refusal(await gate(office, wangCard, people.wang, hospital.code)), 'AGENCY_NOT_REGISTERED');
  assert.is(refusal(await gate(office, wangCard, people.wang)), 'NOT_AUTHORIZED');
});

login('GEPI-2: the manager is no clerk unless made one', async () => {
  const office = await registered();
  assert.is(refusal(await gate(office, pair.managerCard, people.lin)), 'NOT_AUTHORIZED');
});

login('GEPI-35: the first login proves a serial that was typed by hand; the second is no event', async () => {
  const office = await registered();
  await addClerk(office.register, pair, clerkBySerial(people.wang, wangCard.card.serial), ['premium-edit']);
  assert.equal(typesOf(right(await logIn(office, wangCard, people.wang))), ['ClerkCredentialProved']);
  const visit = await confirmed(office.register, 'delegation', pair);
  const list = right(await office.register.clerkList(visit.confirmation.id)());
  assert.is(list.clerks[0]?.credential.proof, 'signed');
  assert.equal(typesOf(right(await logIn(office, wangCard, people.wang))), []);
});

login('GEPI-35: a serial that was typed wrongly lets its clerk in no more than a stranger', async () => {
  const office = await registered();
  const { serial } = wangCard.card;
  const wrong = `${serial.slice(0, -1)}${serial.endsWith('0') ? '1' : '0'}`;
  await addClerk(office.register, pair, clerkBySerial(people.wang, wrong), ['premium-edit']);
  const answer = await gate(office, wangCard, people.wang);
  assert.is(refusal(answer), 'CREDENTIAL_REPLACED');
  assert.is(E.isLeft(answer) && answer.left.helper, 'manager');
});

login('GEPI-21: a serial typed for one person does not let in another whose card it is', async () => {
  const office = await registered();
  await addClerk(office.register, pair, clerkBySerial(people.chen, wangCard.card.serial), ['premium-edit']);
  assert.is(refusal(await gate(office, wangCard, people.wang)), 'IDENTITY_MISMATCH');
});

/** A card of somebody whose ID ends like Wang's, under the name given. */
const likeWang = async (name: string): Promise<PinnedCard> =>
  pinned(await pki.issueCitizen({ name, last4: people.wang.nationalId.slice(-4) }), people.wang.pin);

login('GEPI-35: a typed serial of a stranger with the same last four characters proves nothing', async () => {
  const office = await registered();
  const card = await likeWang('吳路人');
  await addClerk(office.register, pair, clerkBySerial(people.wang, card.card.serial), ['premium-edit']);
  const answer = await gate(office, card, people.wang);
  assert.is(refusal(answer), 'NAME_MISMATCH');
  assert.is(E.isLeft(answer) && answer.left.helper, 'manager');
  const visit = await confirmed(office.register, 'delegation', pair);
  const list = right(await office.register.clerkList(visit.confirmation.id)());
  assert.is(list.clerks[0]?.credential.proof, 'typedByHand');
});

login('GEPI-35: the name is compared in its normal form, and as the manager has corrected it', async () => {
  const office = await registered();
  // U+F9F4 is 林 under another code, which NFC undoes; the space on the card is ideographic.
  const card = await likeWang('\uF9F4\u3000示範');
  const typed = (name: string) => ({ ...clerkBySerial(people.wang, card.card.serial), name });
  const added = await addClerk(office.register, pair, typed('林示範'), ['premium-edit']);
  assert.is(refusal(await gate(office, card, people.wang)), 'NAME_MISMATCH');
  const change = { type: 'ChangeClerk', clerkId: clerkIdOf(added), permissions: ['premium-edit'] };
  const visit = await confirmed(office.register, 'delegation', pair);
  right(await give(office.register, visit, { ...change, clerk: typed('林 示範') }));
  assert.equal(typesOf(right(await logIn(office, card, people.wang))), ['ClerkCredentialProved']);
});

login('GEPI-35: a rare character is the same in both only where it has the same code', async () => {
  const office = await registered();
  const card = await likeWang('王\u{2A6A5}');
  const typed = { ...clerkBySerial(people.wang, card.card.serial), name: '王\uE000' };
  const added = await addClerk(office.register, pair, typed, ['premium-edit']);
  assert.is(refusal(await gate(office, card, people.wang)), 'NAME_MISMATCH');
  const visit = await confirmed(office.register, 'delegation', pair);
  // The manager reads the card, whose name is filled in (GEPI-33).
  const clerk = { ...clerkByCard(people.wang, card), name: '王\u{2A6A5}' };
  const command = { type: 'ChangeClerk', clerkId: clerkIdOf(added), clerk, permissions: ['premium-edit'] };
  right(await give(office.register, visit, command));
  right(await logIn(office, card, people.wang));
});

login('X-3: a service that matches the whole ID makes up for a name that differs', async () => {
  const office = await openOffice(pki, { identity: { match: () => TE.right('match') } });
  await registerAgency(office.register, pair);
  const card = await likeWang('王曉明');
  await addClerk(office.register, pair, clerkBySerial(people.wang, card.card.serial), ['premium-edit']);
  right(await logIn(office, card, people.wang));
});

login('GEPI-35: a card that shows no name is not taken for a typed serial', async () => {
  const office = await registered();
  const card = await likeWang('');
  await addClerk(office.register, pair, clerkBySerial(people.wang, card.card.serial), ['premium-edit']);
  const answer = await gate(office, card, people.wang);
  assert.is(refusal(answer), 'IDENTITY_NOT_SHOWN');
  assert.is(E.isLeft(answer) && answer.left.ca, 'MOICA');
});

login('GEPI-35: where names need not be those of the card, the last four characters are enough', async () => {
  const policy = { ...gepiPolicy, clerks: { ...gepiPolicy.clerks, nameFromCard: false } };
  const office = await openOffice(pki, { policy });
  await registerAgency(office.register, pair);
  const card = await likeWang('王曉明');
  await addClerk(office.register, pair, clerkBySerial(people.wang, card.card.serial), ['premium-edit']);
  right(await logIn(office, card, people.wang));
});

login(
  'GEPI-35: a decision by certificate waits for the card itself, a mistyped serial gives nobody anything',
  async () => {
    const office = await registered();
    const { store } = office.settings;
    const index = authorityIndex({ store, sha256: nodeSha256, policy: gepiPolicy });
    const may = async (card: PinnedCard) => {
      right(await index.catchUp()());
      const certificate = { ca: 'MOICA', serial: card.card.serial } as const;
      const at = new Date(office.clock.now()).toISOString();
      const asked = { agency: cityOffice.code, function: 'premium-edit', who: { certificate }, at };
      const decision = index.may(asked);
      return decision.allowed ? 'ALLOWED' : decision.code;
    };
    const strangerCard = await citizenCard(pki, people.stranger);
    const mistyped = clerkBySerial(people.chen, strangerCard.card.serial);
    await addClerk(office.register, pair, mistyped, ['premium-edit']);
    assert.is(await may(strangerCard), 'CREDENTIAL_NOT_PROVED');
    await addClerk(office.register, pair, clerkBySerial(people.wang, wangCard.card.serial), ['premium-edit']);
    assert.is(await may(wangCard), 'CREDENTIAL_NOT_PROVED');
    right(await logIn(office, wangCard, people.wang));
    assert.is(await may(wangCard), 'ALLOWED');
  },
);

login('GEPI-41: who left is deleted, and is let in no more', async () => {
  const office = await registered();
  const added = await addClerk(office.register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
  const open = right(await gate(office, wangCard, people.wang));
  const visit = await confirmed(office.register, 'delegation', pair);
  const command = { type: 'RevokeClerk', clerkId: clerkIdOf(added), confirmed: true };
  right(await give(office.register, visit, command));
  assert.is(refusal(await gate(office, wangCard, people.wang)), 'NOT_AUTHORIZED');
  // Nor does a card that was confirmed a moment before.
  assert.is(refusal(await give(office.register, open, { type: 'LogIn' })), 'NOT_AUTHORIZED');
});

login('an expired card is refused before anything is asked', async () => {
  const office = await registered();
  await addClerk(office.register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
  office.clock.set('2032-01-05T02:00:00.000Z');
  assert.is(refusal(await gate(office, wangCard, people.wang)), 'CERTIFICATE_EXPIRED');
});

login('GEPI-15: clause 9: a suspended agency lets nobody in; an abolished one never again', async () => {
  const office = await registered();
  await addClerk(office.register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
  const agencyCode = cityOffice.code;
  right(await byStaff(office.office, { type: 'SuspendAgency', agencyCode, reason: 'audit' }));
  assert.is(refusal(await gate(office, wangCard, people.wang)), 'AGENCY_SUSPENDED');
  right(await byStaff(office.office, { type: 'ReopenAgency', agencyCode, reason: 'audit-over' }));
  right(await logIn(office, wangCard, people.wang));
  right(await byStaff(office.office, { type: 'DeregisterAgency', agencyCode, reason: 'abolished' }));
  assert.is(refusal(await gate(office, wangCard, people.wang)), 'AGENCY_DEREGISTERED');
});

login('GEPI-15: an agency that registers again begins without clerks', async () => {
  const office = await registered();
  await addClerk(office.register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
  right(
    await byStaff(office.office, {
      type: 'DeregisterAgency',
      agencyCode: cityOffice.code,
      reason: 'abolished',
    }),
  );
  await registerAgency(office.register, pair);
  assert.is(refusal(await gate(office, wangCard, people.wang)), 'NOT_AUTHORIZED');
  await addClerk(office.register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
  right(await logIn(office, wangCard, people.wang));
});

login.run();

// -------------------------------------------------------------------------------------
const renewing = suite('經辦人憑證展期或更換');

for (const [name, next] of [
  ['renewed (展期)', (card: PinnedCard) => pki.renew(card.card)],
  ['reissued (換卡)', (card: PinnedCard) => pki.reissue(card.card, { voidOld: false })],
] as const) {
  renewing(
    `GEPI-42: a ${name} card is locked out, and let in again after the serial was edited`,
    async () => {
      const office = await registered();
      const added = await addClerk(office.register, pair, clerkByCard(people.wang, wangCard), [
        'premium-edit',
      ]);
      const nextCard = pinned(await next(wangCard), people.wang.pin);
      const locked = await gate(office, nextCard, people.wang);
      assert.is(refusal(locked), 'CREDENTIAL_REPLACED');
      const visit = await confirmed(office.register, 'delegation', pair);
      const done = right(
        await give(office.register, visit, {
          type: 'ChangeClerk',
          clerkId: clerkIdOf(added),
          clerk: clerkByCard(people.wang, nextCard),
          permissions: ['premium-edit'],
        }),
      );
      const [replaced] = done.events;
      assert.is(replaced?.type, 'CertificateReplaced');
      assert.match(JSON.stringify(replaced?.data), name.startsWith('renewed') ? '"renewal"' : '"reissue"');
      right(await logIn(office, nextCard, people.wang));
      assert.is(refusal(await gate(office, wangCard, people.wang)), 'CREDENTIAL_REPLACED');
    },
  );
}

renewing(
  'GEPI-43: manager and clerk in one person: the manager’s replacement leaves the clerk locked out',
  async () => {
    const office = await registered();
    const added = await addClerk(office.register, pair, clerkByCard(people.lin, pair.managerCard), [
      'premium-edit',
    ]);
    const nextCard = pinned(await pki.renew(pair.managerCard.card), people.lin.pin);
    const next = pairOf(cityOffice, pair.agencyCard, people.lin, nextCard);
    const plan = planReplacement(gepiPolicy, {
      agency: false,
      manager: true,
      clerk: false,
      managerIsClerk: true,
    });
    assert.equal(
      plan?.operations.map(({ purpose }) => purpose.id),
      ['replace-manager', 'delegation'],
    );
    // Operation 2 before operation 1: the new card is not the manager's yet.
    assert.is(
      refusal(await showCards(office.register, 'delegation', cityOffice.code, next.shown)),
      'MANAGER_CERTIFICATE_NOT_REGISTERED',
    );
    const visit = await confirmed(office.register, 'replace-manager', next);
    right(await giveWithForm(office.register, visit, 'ReplaceManagerCertificate', people.lin));
    assert.is(refusal(await gate(office, nextCard, people.lin)), 'CREDENTIAL_REPLACED');
    right(
      await give(office.register, await confirmed(office.register, 'delegation', next), {
        type: 'ChangeClerk',
        clerkId: clerkIdOf(added),
        clerk: clerkByCard(people.lin, nextCard),
        permissions: ['premium-edit'],
      }),
    );
    right(await logIn(office, nextCard, people.lin));
  },
);

renewing.run();

const shown = suite('GEPI-10: 開卡');
shown('GEPI-10: a card that its CA has not activated (on hold) is not accepted', async () => {
  const office = await registered();
  const fresh = await citizenCard(pki, people.chen);
  pki.hold(fresh.card, new Date('2026-01-01T00:00:00Z'));
  const answer = await showCards(office.register, 'query-serial', undefined, [ofPerson(fresh, people.chen)]);
  assert.is(refusal(answer), 'CERTIFICATE_ON_HOLD');
});
shown.run();
