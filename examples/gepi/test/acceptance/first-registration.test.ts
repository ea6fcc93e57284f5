import { createTestPki } from '@mandate/certificates/test-pki';
import { singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, company, hospital, people, school } from '../../src/world/cast.js';
import { agreeToTerms, showCard, showCards } from '../../src/world/counter.js';
import { agencyCard, citizenCard } from '../../src/world/drawer.js';
import {
  confirmed,
  contactOf,
  give,
  giveWithForm,
  issuePair,
  ofAgency,
  ofPerson,
  registerAgency,
} from '../support/counter.js';
import { emptyOffice, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4 });
const pair = await issuePair(pki, cityOffice, people.lin);

// -------------------------------------------------------------------------------------
const flow = suite('首次註冊');

flow('GEPI-22: terms, agency card, manager card, form: the agency is registered in one command', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair);
  const done = right(await giveWithForm(register, visit, 'RegisterAgency', people.lin));
  assert.equal(typesOf(done), ['TermsAccepted', 'AgencyRegistered', 'ManagerAppointed']);
  assert.type(done.position, 'string');
});

flow(
  'GEPI-29: success is told, and delegation may follow at once; failure is told with its reason',
  async () => {
    const { register } = await openOffice(pki);
    assert.equal(
      refusal(await showCards(register, 'delegation', cityOffice.code, pair.shown)),
      'AGENCY_NOT_REGISTERED',
    );
    await registerAgency(register, pair);
    assert.ok((await confirmed(register, 'delegation', pair)).confirmation.complete);
    assert.is(
      refusal(await showCards(register, 'first-registration', cityOffice.code, pair.shown)),
      'AGENCY_ALREADY_REGISTERED',
    );
  },
);

flow('GEPI-28: the screen shows both certificates and who holds them, before the form is sent', async () => {
  const { register } = await openOffice(pki);
  const { confirmation } = await confirmed(register, 'first-registration', pair);
  const [agency, manager] = confirmation.cards;
  assert.is(agency?.shown.displayName, cityOffice.name);
  assert.equal(agency?.organisation, cityOffice.recorded);
  assert.is(agency?.credential.serial, pair.agencyCard.card.serial);
  assert.is(manager?.shown.displayName, people.lin.name);
  assert.is(manager?.shown.nationalId, people.lin.nationalId);
});

for (const field of ['name', 'email', 'phone'] as const) {
  flow(`GEPI-28: ${field} is required, and an empty box is told by its path`, async () => {
    const { register } = await openOffice(pki);
    const visit = await confirmed(register, 'first-registration', pair);
    const terms = right(await agreeToTerms(register));
    const contact = { ...contactOf(people.lin), [field]: '' };
    const answer = await give(register, visit, { type: 'RegisterAgency', terms, contact });
    assert.is(refusal(answer), 'INVALID_INPUT');
    assert.equal(E.isLeft(answer) && answer.left.fields?.map(({ path }) => path), [`contact.${field}`]);
  });
}

flow('GEPI-28: the extension may be left out', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair);
  const { extension: _, ...contact } = contactOf(people.lin);
  right(await giveWithForm(register, visit, 'RegisterAgency', people.lin, { contact }));
  const list = right(
    await register.clerkList((await confirmed(register, 'delegation', pair)).confirmation.id)(),
  );
  assert.is(list.manager.contact?.extension, null);
});

for (const agency of [company, hospital]) {
  flow(`GEPI-8: an agency with a card of ${agency.ca} registers like any other`, async () => {
    const { register } = await openOffice(pki);
    await registerAgency(register, await issuePair(pki, agency, people.lin));
  });
}

flow('GEPI-30: each agency has one manager of its own; one person may manage two', async () => {
  const { register } = await openOffice(pki);
  await registerAgency(register, pair);
  await registerAgency(register, await issuePair(pki, hospital, people.lin));
});

flow('an agency that the portal does not know cannot begin', async () => {
  const { register } = await openOffice(pki);
  const begun = register.issueChallenge({ purpose: 'first-registration', agencyCode: 'ZZ999' });
  assert.is(refusal(await begun()), 'AGENCY_UNKNOWN');
});

flow.run();

// -------------------------------------------------------------------------------------
const terms = suite('用戶約定條款');

terms('GEPI-12: nothing is registered without the terms', async () => {
  const { register } = emptyOffice(pki);
  assert.is(refusal(await register.presentTerms()()), 'TERMS_MISSING');
  const visit = await confirmed(register, 'first-registration', pair);
  const forged = { hash: '0'.repeat(64), presentedAt: '2026-03-02T01:00:00.000Z', receipt: '0'.repeat(64) };
  const answer = await give(register, visit, {
    type: 'RegisterAgency',
    terms: forged,
    contact: contactOf(people.lin),
  });
  assert.is(refusal(answer), 'TERMS_RECEIPT_INVALID');
});

terms('GEPI-13: the page-download time, the time of agreement and the exact text are on record', async () => {
  const office = await openOffice(pki);
  const { register, clock } = office;
  const agreed = right(await agreeToTerms(register));
  clock.advance(90_000);
  const visit = await confirmed(register, 'first-registration', pair);
  const done = right(
    await give(register, visit, { type: 'RegisterAgency', terms: agreed, contact: contactOf(people.lin) }),
  );
  assert.equal(done.events[0]?.data, {
    purpose: 'first-registration',
    version: 1,
    hash: agreed.hash,
    presentedAt: '2026-03-02T02:00:01.000Z',
    acceptedAt: '2026-03-02T02:01:31.000Z',
  });
});

terms('GEPI-13: a time that this portal did not hand out is refused', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair);
  const agreed = right(await agreeToTerms(register));
  for (const forged of [
    { ...agreed, presentedAt: '2026-03-02T02:00:00.500Z' },
    { ...agreed, hash: '1'.repeat(64) },
    { ...agreed, receipt: 'f'.repeat(64) },
  ]) {
    const command = { type: 'RegisterAgency', terms: forged, contact: contactOf(people.lin) };
    assert.is(refusal(await give(register, visit, command)), 'TERMS_RECEIPT_INVALID');
  }
});

terms('GEPI-14: there is no way on without agreeing: a form without terms is refused', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair);
  const answer = await give(register, visit, { type: 'RegisterAgency', contact: contactOf(people.lin) });
  assert.is(refusal(answer), 'INVALID_INPUT');
  assert.equal(E.isLeft(answer) && answer.left.fields?.map(({ path, code }) => [path, code]), [
    ['terms', 'REQUIRED'],
  ]);
});

terms('GEPI-12: terms that changed since the page was handed out must be read again', async () => {
  const office = await openOffice(pki);
  const { register } = office;
  const visit = await confirmed(register, 'first-registration', pair);
  const old = right(await agreeToTerms(register));
  office.clock.advance(1000);
  right(
    await register.execute(
      { type: 'PublishTerms', commandId: crypto.randomUUID(), version: 2, title: '新約定條款', text: '新版' },
      { staff: 'ops-1' },
    )(),
  );
  const command = { type: 'RegisterAgency', contact: contactOf(people.lin) };
  assert.is(refusal(await give(register, visit, { ...command, terms: old })), 'TERMS_OUTDATED');
  right(await give(register, visit, { ...command, terms: right(await agreeToTerms(register)) }));
});

terms.run();

// -------------------------------------------------------------------------------------
const cards = suite('機關憑證確認與自然人憑證確認');

cards('GEPI-20: the manager’s card does not come first', async () => {
  const { register } = await openOffice(pki);
  const challenge = right(
    await register.issueChallenge({ purpose: 'first-registration', agencyCode: cityOffice.code })(),
  );
  assert.equal(challenge.step, { role: 'agency', card: 'presented' });
  const first = await showCard(
    register,
    { purpose: 'first-registration', agencyCode: cityOffice.code },
    ofPerson(pair.managerCard, people.lin),
  );
  assert.is(refusal(first), 'ISSUER_NOT_ACCEPTED');
});

cards('GEPI-20: both cards are needed each time: with one, nothing is registered', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair, pair.shown.slice(0, 1));
  assert.not(visit.confirmation.complete);
  assert.equal(visit.next, { role: 'manager', card: 'presented' });
  assert.is(
    refusal(await giveWithForm(register, visit, 'RegisterAgency', people.lin)),
    'CONFIRMATION_INCOMPLETE',
  );
});

cards('GEPI-18: the manager’s ID is required for the second card', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair, pair.shown.slice(0, 1));
  const answer = await register.issueChallenge({
    purpose: 'first-registration',
    confirmation: visit.confirmation.id,
  })();
  assert.is(refusal(answer), 'INVALID_INPUT');
  assert.equal(E.isLeft(answer) && answer.left.fields?.map(({ path }) => path), ['nationalId']);
});

cards('GEPI-16: the agency code is required for the first card', async () => {
  const { register } = await openOffice(pki);
  const answer = await register.issueChallenge({ purpose: 'first-registration' })();
  assert.equal(E.isLeft(answer) && answer.left.fields?.map(({ path }) => path), ['agencyCode']);
});

cards('GEPI-21: an ID that does not end like the certificate’s is refused', async () => {
  const { register } = await openOffice(pki);
  const answer = await showCards(register, 'first-registration', cityOffice.code, [
    ofAgency(pair.agencyCard, cityOffice),
    { card: pair.managerCard, pin: people.lin.pin, nationalId: people.chang.nationalId },
  ]);
  assert.is(refusal(answer), 'IDENTITY_MISMATCH');
});

cards('GEPI-9: a manager uses a citizen certificate and no other', async () => {
  const { register } = await openOffice(pki);
  const agencyAsManager = await showCards(register, 'first-registration', cityOffice.code, [
    ofAgency(pair.agencyCard, cityOffice),
    { card: pair.agencyCard, pin: cityOffice.pin, nationalId: people.lin.nationalId },
  ]);
  assert.is(refusal(agencyAsManager), 'ISSUER_NOT_ACCEPTED');
});

cards(
  'an expired, a revoked, a suspended and a strange card are refused, each for its own reason',
  async () => {
    const { register } = await openOffice(pki);
    const show = async (card: Awaited<ReturnType<typeof agencyCard>>) =>
      refusal(await showCards(register, 'first-registration', cityOffice.code, [ofAgency(card, cityOffice)]));
    const past = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2026-03-01T15:59:59Z') };
    assert.is(await show(await agencyCard(pki, cityOffice, past)), 'CERTIFICATE_EXPIRED');
    const revoked = await agencyCard(pki, cityOffice);
    pki.revoke(revoked.card, new Date('2026-02-01T00:00:00Z'));
    assert.is(await show(revoked), 'CERTIFICATE_REVOKED');
    const held = await agencyCard(pki, cityOffice);
    pki.hold(held.card, new Date('2026-02-01T00:00:00Z'));
    assert.is(await show(held), 'CERTIFICATE_ON_HOLD');
    const strange = await agencyCard(await pki.stranger(), cityOffice);
    assert.is(await show(strange), 'CERTIFICATE_SIGNATURE_INVALID');
  },
);

cards('GEPI-8: a refused card names the CA that issued it, whichever step it was shown in', async () => {
  const { register } = await openOffice(pki);
  const show = async (...shown: ReadonlyArray<ReturnType<typeof ofAgency>>) => {
    const answer = await showCards(register, 'first-registration', cityOffice.code, shown);
    return E.isLeft(answer) ? [answer.left.code, answer.left.helper, answer.left.ca] : [];
  };
  const past = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2026-03-01T15:59:59Z') };
  const expired = ofAgency(await agencyCard(pki, cityOffice, past), cityOffice);
  assert.equal(await show(expired), ['CERTIFICATE_EXPIRED', 'issuingCa', 'GCA']);
  const lost = await citizenCard(pki, people.lin);
  pki.revoke(lost.card, new Date('2026-02-01T00:00:00Z'));
  const agency = ofAgency(pair.agencyCard, cityOffice);
  assert.equal(await show(agency, ofPerson(lost, people.lin)), ['CERTIFICATE_REVOKED', 'issuingCa', 'MOICA']);
  const citizenFirst = { card: pair.managerCard, pin: people.lin.pin };
  // Its CA is known, but need not be asked: the card is good, and another one is wanted.
  assert.equal(await show(citizenFirst), ['ISSUER_NOT_ACCEPTED', 'none', 'MOICA']);
  const strange = ofAgency(await agencyCard(await pki.stranger(), cityOffice), cityOffice);
  assert.equal(await show(strange), ['CERTIFICATE_SIGNATURE_INVALID', 'issuingCa', undefined]);
});

cards('GEPI-17: three wrong PINs lock the card; the register never hears of them', async () => {
  const card = await agencyCard(pki, cityOffice);
  const content = new Uint8Array([1]);
  for (const triesLeft of [2, 1, 0]) {
    const answer = await card.sign(content, singleUsePin('000000'))();
    assert.is(E.isLeft(answer) && answer.left.triesLeft, triesLeft);
  }
  const locked = await card.sign(content, singleUsePin(cityOffice.pin))();
  assert.is(E.isLeft(locked) && locked.left.code, 'PIN_LOCKED');
});

cards('the XCA card of a school registers too where the records agree', async () => {
  const { register } = await openOffice(pki);
  const agency = { ...school, oid: '2.16.886.111.90003.90003.100099' };
  await registerAgency(register, await issuePair(pki, agency, people.huang));
});

cards.run();
