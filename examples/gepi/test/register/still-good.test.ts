import type { RevocationSource } from '@mandate/certificates';
import { createTestPki } from '@mandate/certificates/test-pki';
import { type CardConfirmed, PortalPolicy, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { showCard, showCards } from '../../src/world/counter.js';
import { agencyCard, citizenCard } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  clerkIdOf,
  confirmed,
  give,
  giveWithForm,
  issuePair,
  ofPerson,
  type Pair,
  pairOf,
  registerAgency,
} from '../support/counter.js';
import { down } from '../support/faults.js';
import { openOffice, refusal, right } from '../support/office.js';

const minute = 60_000;

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });

/** Cards of its own for each test: what is revoked in one is good in the others. */
const world = async () => {
  const pair = await issuePair(pki, cityOffice, people.lin);
  const wang = await citizenCard(pki, people.wang);
  const office = await openOffice(pki);
  const addWang = {
    type: 'AuthorizeClerk',
    clerk: clerkByCard(people.wang, wang),
    permissions: ['premium-edit'],
  };
  return { pair, office, addWang };
};

/** A source that counts, and may be out of reach. */
const counting = (inner: RevocationSource) => {
  const asked: string[] = [];
  let reachable = true;
  const source: RevocationSource = {
    status: (question) => {
      asked.push(question.certificate.serialNumber);
      return reachable
        ? inner.status(question)
        : TE.left({ _tag: 'CertificateError', code: 'REVOCATION_UNKNOWN', detail: 'down for a test' });
    },
  };
  return {
    source,
    since: () => asked.splice(0),
    reach: (able: boolean) => {
      reachable = able;
    },
  };
};

const secondCard = (register: Parameters<typeof showCard>[0], first: CardConfirmed, { managerCard }: Pair) =>
  showCard(
    register,
    { purpose: 'delegation', confirmation: first.confirmation.id },
    ofPerson(managerCard, people.lin),
  );

// -------------------------------------------------------------------------------------
const revoked = suite('a card that is revoked after it was shown');

revoked('GEPI-20: is refused when the next card is shown', async () => {
  const { pair, office } = await world();
  await registerAgency(office.register, pair);
  const first = await confirmed(office.register, 'delegation', pair, pair.shown.slice(0, 1));
  pki.revoke(pair.agencyCard.card, new Date(office.clock.now()));
  office.clock.advance(1000);
  const second = await secondCard(office.register, first, pair);
  assert.is(refusal(second), 'CERTIFICATE_REVOKED');
  assert.is(E.isLeft(second) ? second.left.ca : undefined, 'GCA');
});

revoked('GEPI-33: hands out no authority a minute later, and takes authority away still', async () => {
  const { pair, office, addWang } = await world();
  const { register, clock } = office;
  await registerAgency(register, pair);
  const other = await citizenCard(pki, people.stranger);
  const clerkId = clerkIdOf(
    await addClerk(register, pair, clerkByCard(people.stranger, other), ['premium-edit']),
  );
  const visit = await confirmed(register, 'delegation', pair);
  pki.revoke(pair.managerCard.card, new Date(clock.now()));
  clock.advance(minute);
  const answer = await give(register, visit, addWang);
  assert.is(refusal(answer), 'CERTIFICATE_REVOKED');
  assert.is(E.isLeft(answer) ? answer.left.ca : undefined, 'MOICA');
  const change = { type: 'ChangeClerk', clerkId, clerk: clerkByCard(people.stranger, other) };
  assert.is(
    refusal(await give(register, visit, { ...change, permissions: ['premium-send'] })),
    'CERTIFICATE_REVOKED',
  );
  right(await give(register, visit, { type: 'RevokeClerk', clerkId, confirmed: true }));
});

revoked('GEPI-22: registers nothing', async () => {
  const { pair, office } = await world();
  const visit = await confirmed(office.register, 'first-registration', pair);
  pki.hold(pair.agencyCard.card, new Date(office.clock.now()));
  office.clock.advance(minute);
  assert.is(
    refusal(await giveWithForm(office.register, visit, 'RegisterAgency', people.lin)),
    'CERTIFICATE_ON_HOLD',
  );
});

for (const [purpose, type] of [
  ['replace-agency', 'ReplaceAgencyCertificate'],
  ['replace-manager', 'ReplaceManagerCertificate'],
  ['replace-both', 'ReplaceBothCertificates'],
] as const) {
  revoked(`GEPI-46…48: replaces nothing (${type})`, async () => {
    const { pair, office } = await world();
    await registerAgency(office.register, pair);
    const nextAgency = purpose === 'replace-manager' ? pair.agencyCard : await agencyCard(pki, cityOffice);
    const nextManager = purpose === 'replace-agency' ? pair.managerCard : await citizenCard(pki, people.lin);
    const next = pairOf(cityOffice, nextAgency, people.lin, nextManager);
    const visit = await confirmed(office.register, purpose, next);
    pki.revoke(nextManager.card, new Date(office.clock.now()));
    office.clock.advance(minute);
    assert.is(refusal(await giveWithForm(office.register, visit, type, people.lin)), 'CERTIFICATE_REVOKED');
  });
}

revoked.run();

// -------------------------------------------------------------------------------------
const asking = suite('asking again whether cards are revoked');

asking('is done once in so many seconds, also for commands that come together', async () => {
  const { pair, office, addWang } = await world();
  await registerAgency(office.register, pair);
  const { source, since } = counting(pki.revocation);
  const asked = office.reopened({ revocation: source });
  const visit = await confirmed(asked.register, 'delegation', pair);
  const cards = [pair.agencyCard.card.serial, pair.managerCard.card.serial];
  const askedOf = () => since().filter((serial) => cards.includes(serial));
  since();
  const dry = () =>
    asked.register.execute(
      {
        ...addWang,
        commandId: crypto.randomUUID(),
        agencyCode: cityOffice.code,
        confirmation: visit.confirmation.id,
      },
      { dryRun: true },
    )();
  office.clock.advance(minute - 1);
  right(await dry());
  assert.equal(askedOf(), []);
  office.clock.advance(1);
  for (const one of await Promise.all([dry(), dry(), dry()])) right(one);
  assert.equal(askedOf().sort(), [...cards].sort());
  office.clock.advance(minute - 1);
  right(await dry());
  assert.equal(askedOf(), []);
});

asking('each time where the policy says so, and at once in a program that has not asked yet', async () => {
  const { pair, office, addWang } = await world();
  await registerAgency(office.register, pair);
  const visit = await confirmed(office.register, 'delegation', pair);
  const { source, since } = counting(pki.revocation);
  const policy = right(PortalPolicy.decode({ ...office.settings.policy, revocationSeconds: 0 }));
  const strict = office.reopened({ revocation: source, policy });
  right(await give(strict.register, visit, { ...addWang }));
  assert.ok(since().includes(pair.managerCard.card.serial));
  assert.is(refusal(await give(strict.register, visit, { ...addWang })), 'CLERK_ALREADY_AUTHORIZED');
  assert.ok(since().includes(pair.managerCard.card.serial));
});

asking('no answer is a no, and is not remembered', async () => {
  const { pair, office, addWang } = await world();
  await registerAgency(office.register, pair);
  const { source, reach } = counting(pki.revocation);
  const asked = office.reopened({ revocation: source });
  const first = await confirmed(asked.register, 'delegation', pair, pair.shown.slice(0, 1));
  reach(false);
  assert.is(refusal(await secondCard(asked.register, first, pair)), 'REVOCATION_UNKNOWN');
  reach(true);
  const visit = right(await showCards(asked.register, 'delegation', cityOffice.code, pair.shown));
  office.clock.advance(minute);
  reach(false);
  assert.is(refusal(await give(asked.register, visit, addWang)), 'REVOCATION_UNKNOWN');
  reach(true);
  right(await give(asked.register, visit, addWang));
});

asking('needs the evidence of the cards, and is a no without it', async () => {
  const { pair, office, addWang } = await world();
  await registerAgency(office.register, pair);
  const visit = await confirmed(office.register, 'delegation', pair);
  office.clock.advance(minute);
  const { evidence } = office.settings;
  const gone = office.reopened({ evidence: { ...evidence, get: () => TE.right(undefined) } });
  assert.is(refusal(await give(gone.register, visit, addWang)), 'REVOCATION_UNKNOWN');
  const fault = storeFault('STORE_UNAVAILABLE', 'down for a test');
  const broken = office.reopened({ evidence: { ...evidence, get: down(fault) } });
  assert.is(refusal(await give(broken.register, visit, addWang)), 'STORE_UNAVAILABLE');
  right(await give(office.register, visit, addWang));
});

asking.run();

// -------------------------------------------------------------------------------------
const dates = suite('a certificate whose time ends in a session');

dates('GEPI-20: opens nothing from then on, neither commands nor the list', async () => {
  const { pair, office, addWang } = await world();
  const { register, clock } = office;
  const card = await citizenCard(pki, people.lin, { notAfter: new Date('2026-03-02T02:05:00Z') });
  const brief = pairOf(cityOffice, pair.agencyCard, people.lin, card);
  await registerAgency(register, brief);
  const visit = await confirmed(register, 'delegation', brief);
  const half = await confirmed(register, 'delegation', brief, brief.shown.slice(0, 1));
  clock.set('2026-03-02T02:05:00.999Z');
  right(await register.clerkList(visit.confirmation.id)());
  clock.set('2026-03-02T02:05:01.000Z');
  const revoke = { type: 'RevokeClerk', clerkId: crypto.randomUUID(), confirmed: true };
  for (const command of [addWang, revoke]) {
    const answer = await give(register, visit, command);
    assert.is(refusal(answer), 'CERTIFICATE_EXPIRED');
    assert.is(E.isLeft(answer) ? answer.left.ca : undefined, 'MOICA');
  }
  assert.is(refusal(await register.clerkList(visit.confirmation.id)()), 'CERTIFICATE_EXPIRED');
  assert.is(refusal(await secondCard(register, half, brief)), 'CERTIFICATE_EXPIRED');
});

dates('GEPI-20: of the first card, asked before the second signs', async () => {
  const { pair, office } = await world();
  const { register, clock } = office;
  const card = await agencyCard(pki, cityOffice, { notAfter: new Date('2026-03-02T02:05:00Z') });
  const brief = pairOf(cityOffice, card, people.lin, pair.managerCard);
  const first = await confirmed(register, 'first-registration', brief, brief.shown.slice(0, 1));
  clock.set('2026-03-02T02:06:00.000Z');
  const next = { purpose: 'first-registration', confirmation: first.confirmation.id };
  const { nationalId } = people.lin;
  assert.is(refusal(await register.issueChallenge({ ...next, nationalId })()), 'CERTIFICATE_EXPIRED');
});

dates('a clock that is a little behind does not make a card valid before its time', async () => {
  const { pair, office, addWang } = await world();
  const { register, clock } = office;
  const card = await citizenCard(pki, people.lin, { notBefore: new Date('2026-03-02T02:00:01Z') });
  const fresh = pairOf(cityOffice, pair.agencyCard, people.lin, card);
  await registerAgency(register, fresh);
  const visit = await confirmed(register, 'delegation', fresh);
  clock.advance(-500);
  assert.is(refusal(await give(register, visit, addWang)), 'CERTIFICATE_NOT_YET_VALID');
});

dates.run();
