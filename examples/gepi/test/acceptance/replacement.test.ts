import { createTestPki } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { agencyCard, citizenCard, pinned } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  confirmed,
  contactOf,
  giveWithForm,
  issuePair,
  type Pair,
  pairOf,
  registerAgency,
} from '../support/counter.js';
import { openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);

const registered = async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  return office;
};

type Register = Awaited<ReturnType<typeof registered>>['register'];

const delegation = async (register: Register, of: Pair) =>
  showCards(register, 'delegation', cityOffice.code, of.shown);

const renewedAgency = pinned(await pki.renew(pair.agencyCard.card), cityOffice.pin);
const reissuedAgency = pinned(await pki.reissue(pair.agencyCard.card), cityOffice.pin);
const renewedManager = pinned(await pki.renew(pair.managerCard.card), people.lin.pin);
const changCard = await citizenCard(pki, people.chang);

// -------------------------------------------------------------------------------------
const agency = suite('更換機關憑證');

for (const [name, card, cause] of [
  ['展期', renewedAgency, 'renewal'],
  ['換卡', reissuedAgency, 'reissue'],
] as const) {
  agency(`GEPI-46: ${name}: new agency card, manager's current card, the form again`, async () => {
    const { register } = await registered();
    const next = pairOf(cityOffice, card, people.lin, pair.managerCard);
    const visit = await confirmed(register, 'replace-agency', next);
    const done = right(await giveWithForm(register, visit, 'ReplaceAgencyCertificate', people.lin));
    assert.equal(typesOf(done), ['TermsAccepted', 'CertificateReplaced']);
    assert.match(JSON.stringify(done.events[1]?.data), `"cause":"${cause}"`);
    right(await delegation(register, next));
    // the old card is valid until it expires, but it is not the registered one any more.
    assert.is(refusal(await delegation(register, pair)), 'AGENCY_CERTIFICATE_NOT_REGISTERED');
  });
}

agency('GEPI-46: contact data that were corrected on the way are recorded too', async () => {
  const { register } = await registered();
  const next = pairOf(cityOffice, renewedAgency, people.lin, pair.managerCard);
  const visit = await confirmed(register, 'replace-agency', next);
  const contact = { ...contactOf(people.lin), email: 'lin.new@agency.example' };
  const done = right(
    await giveWithForm(register, visit, 'ReplaceAgencyCertificate', people.lin, { contact }),
  );
  assert.equal(typesOf(done), ['TermsAccepted', 'CertificateReplaced', 'ContactChanged']);
});

agency('GEPI-46: the registered card does not replace itself', async () => {
  const { register } = await registered();
  const answer = await showCards(register, 'replace-agency', cityOffice.code, pair.shown);
  assert.is(refusal(answer), 'CERTIFICATE_UNCHANGED');
});

agency(
  'X-4: a card that was replaced, though still valid, does not come back in any replacement',
  async () => {
    const { register } = await registered();
    const next = pairOf(cityOffice, reissuedAgency, people.lin, pair.managerCard);
    const visit = await confirmed(register, 'replace-agency', next);
    right(await giveWithForm(register, visit, 'ReplaceAgencyCertificate', people.lin));
    for (const purpose of ['replace-agency', 'replace-both']) {
      const answer = await showCards(register, purpose, cityOffice.code, pair.shown);
      assert.is(refusal(answer), 'CERTIFICATE_ALREADY_REPLACED');
      assert.is(E.isLeft(answer) && answer.left.ca, 'GCA');
    }
  },
);

agency('GEPI-46: it takes the manager on record', async () => {
  const { register } = await registered();
  const next = pairOf(cityOffice, renewedAgency, people.chang, changCard);
  assert.is(
    refusal(await showCards(register, 'replace-agency', cityOffice.code, next.shown)),
    'MANAGER_PERSON_DIFFERS',
  );
});

agency('an agency that is not registered has nothing to replace', async () => {
  const { register } = await openOffice(pki);
  for (const purpose of ['replace-agency', 'replace-manager', 'replace-both']) {
    assert.is(
      refusal(await showCards(register, purpose, cityOffice.code, pair.shown)),
      'AGENCY_NOT_REGISTERED',
    );
  }
});

agency.run();

// -------------------------------------------------------------------------------------
const manager = suite('更換授權管理者自然人憑證');

manager('GEPI-47: current agency card, the manager’s next card, the form typed again', async () => {
  const { register } = await registered();
  const next = pairOf(cityOffice, pair.agencyCard, people.lin, renewedManager);
  const visit = await confirmed(register, 'replace-manager', next);
  const done = right(await giveWithForm(register, visit, 'ReplaceManagerCertificate', people.lin));
  assert.equal(typesOf(done), ['TermsAccepted', 'CertificateReplaced']);
  right(await delegation(register, next));
  assert.is(refusal(await delegation(register, pair)), 'MANAGER_CERTIFICATE_NOT_REGISTERED');
});

manager('GEPI-49: another person on this screen becomes the manager: a new appointment', async () => {
  const { register } = await registered();
  const next = pairOf(cityOffice, pair.agencyCard, people.chang, changCard);
  const visit = await confirmed(register, 'replace-manager', next);
  const done = right(await giveWithForm(register, visit, 'ReplaceManagerCertificate', people.chang));
  assert.equal(typesOf(done), ['TermsAccepted', 'ManagerAppointed']);
  right(await delegation(register, next));
  assert.is(refusal(await delegation(register, pair)), 'MANAGER_PERSON_DIFFERS');
});

manager('GEPI-49: clerks whom the manager before authorised stay', async () => {
  const { register } = await registered();
  const wang = clerkByCard(people.wang, await citizenCard(pki, people.wang));
  await addClerk(register, pair, wang, ['premium-edit']);
  const next = pairOf(cityOffice, pair.agencyCard, people.chang, changCard);
  const visit = await confirmed(register, 'replace-manager', next);
  right(await giveWithForm(register, visit, 'ReplaceManagerCertificate', people.chang));
  const session = right(await delegation(register, next));
  const list = right(await register.clerkList(session.confirmation.id)());
  assert.is(list.manager.name, people.chang.name);
  assert.equal(
    list.clerks.map(({ name }) => name),
    [people.wang.name],
  );
});

manager('GEPI-49: a session of the manager before ends with the appointment', async () => {
  const { register } = await registered();
  const open = right(await delegation(register, pair));
  const next = pairOf(cityOffice, pair.agencyCard, people.chang, changCard);
  const visit = await confirmed(register, 'replace-manager', next);
  right(await giveWithForm(register, visit, 'ReplaceManagerCertificate', people.chang));
  assert.is(refusal(await register.clerkList(open.confirmation.id)()), 'MANAGER_PERSON_DIFFERS');
});

manager('GEPI-49: a manager who comes back brings the card of before: it is the person’s own', async () => {
  const { register } = await registered();
  const replace = async (of: Pair) => {
    const visit = await confirmed(register, 'replace-manager', of);
    return typesOf(right(await giveWithForm(register, visit, 'ReplaceManagerCertificate', of.manager)));
  };
  const away = pairOf(cityOffice, pair.agencyCard, people.chang, changCard);
  assert.equal(await replace(away), ['TermsAccepted', 'ManagerAppointed']);
  assert.equal(await replace(pair), ['TermsAccepted', 'ManagerAppointed']);
  right(await delegation(register, pair));
});

manager('GEPI-47: it takes the agency card on record, and a card that is new', async () => {
  const { register } = await registered();
  const show = async (of: Pair) =>
    refusal(await showCards(register, 'replace-manager', cityOffice.code, of.shown));
  const other = pairOf(cityOffice, reissuedAgency, people.lin, renewedManager);
  assert.is(await show(other), 'AGENCY_CERTIFICATE_NOT_REGISTERED');
  assert.is(await show(pair), 'CERTIFICATE_UNCHANGED');
});

manager.run();

// -------------------------------------------------------------------------------------
const both = suite('更換機關憑證和更換授權管理者自然人憑證');

both('GEPI-48: both at once, in one command', async () => {
  const { register } = await registered();
  const next = pairOf(cityOffice, reissuedAgency, people.lin, renewedManager);
  const visit = await confirmed(register, 'replace-both', next);
  const done = right(await giveWithForm(register, visit, 'ReplaceBothCertificates', people.lin));
  assert.equal(typesOf(done), ['TermsAccepted', 'CertificateReplaced', 'CertificateReplaced']);
  right(await delegation(register, next));
});

both('GEPI-48: both, with a new manager', async () => {
  const { register } = await registered();
  const next = pairOf(cityOffice, reissuedAgency, people.chang, changCard);
  const visit = await confirmed(register, 'replace-both', next);
  const done = right(await giveWithForm(register, visit, 'ReplaceBothCertificates', people.chang));
  assert.equal(typesOf(done), ['TermsAccepted', 'CertificateReplaced', 'ManagerAppointed']);
});

both('GEPI-48: atomically: where one of the two is not new, neither is replaced', async () => {
  const { register } = await registered();
  const onlyAgency = pairOf(cityOffice, reissuedAgency, people.lin, pair.managerCard);
  const onlyManager = pairOf(cityOffice, pair.agencyCard, people.lin, renewedManager);
  for (const of of [onlyAgency, onlyManager]) {
    assert.is(
      refusal(await showCards(register, 'replace-both', cityOffice.code, of.shown)),
      'CERTIFICATE_UNCHANGED',
    );
  }
  right(await delegation(register, pair));
});

both('GEPI-12: each of the three replacements begins with the terms', async () => {
  const { register } = await registered();
  for (const [purpose, type, of] of [
    [
      'replace-agency',
      'ReplaceAgencyCertificate',
      pairOf(cityOffice, renewedAgency, people.lin, pair.managerCard),
    ],
    [
      'replace-manager',
      'ReplaceManagerCertificate',
      pairOf(cityOffice, pair.agencyCard, people.lin, renewedManager),
    ],
    [
      'replace-both',
      'ReplaceBothCertificates',
      pairOf(cityOffice, renewedAgency, people.lin, renewedManager),
    ],
  ] as const) {
    const visit = await confirmed(register, purpose, of);
    const answer = await giveWithForm(register, visit, type, people.lin, { terms: undefined });
    assert.equal(E.isLeft(answer) && answer.left.fields?.map(({ path }) => path), ['terms']);
  }
});

both('a confirmation of one replacement serves no other, and serves once', async () => {
  const { register } = await registered();
  const next = pairOf(cityOffice, pair.agencyCard, people.chang, changCard);
  const visit = await confirmed(register, 'replace-manager', next);
  assert.is(
    refusal(await giveWithForm(register, visit, 'ReplaceBothCertificates', people.chang)),
    'CONFIRMATION_OTHER_PURPOSE',
  );
  right(await giveWithForm(register, visit, 'ReplaceManagerCertificate', people.chang));
  assert.is(
    refusal(await giveWithForm(register, visit, 'ReplaceManagerCertificate', people.chang)),
    'CONFIRMATION_USED',
  );
});

both('GEPI-46: a card of another agency is no next card, unless reviewed', async () => {
  const { register } = await registered();
  const foreign = await agencyCard(pki, { ...cityOffice, oid: '2.16.886.101.90003.20001.29999' });
  const next = pairOf(cityOffice, foreign, people.lin, pair.managerCard);
  const visit = await confirmed(register, 'replace-agency', next, next.shown.slice(0, 1));
  assert.is(visit.reviewNeeded?.code, 'ORGANISATION_MISMATCH');
  assert.is(visit.next, undefined);
});

both.run();
