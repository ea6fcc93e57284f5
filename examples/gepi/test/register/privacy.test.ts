import { randomUUID } from 'node:crypto';
import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people, school } from '../../src/world/cast.js';
import { agreeToTerms, ask, showCards } from '../../src/world/counter.js';
import { citizenCard, pinned } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  clerkBySerial,
  clerkIdOf,
  confirmed,
  contactOf,
  give,
  giveWithForm,
  issuePair,
  ofPerson,
  pairOf,
  registerAgency,
} from '../support/counter.js';
import { openSettings } from '../support/inspect.js';
import { byStaff, openOffice, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4 });
const pair = await issuePair(pki, cityOffice, people.lin);
const applying = await issuePair(pki, school, people.huang);
const wangCard = await citizenCard(pki, people.wang);
const chenCard = await citizenCard(pki, people.chen);

const applicant = { name: '葉申請', phone: '03-9251000', extension: '11' };
const note = '已電話向葉申請確認';

/** A year at the office: every command and every query there is, and refusals on the way. */
const walk = async () => {
  const { overrides, everything } = openSettings();
  const office = await openOffice(pki, overrides);
  const { register } = office;
  const answers: unknown[] = [];

  await registerAgency(register, pair);
  const added = await addClerk(register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
  await addClerk(register, pair, clerkBySerial(people.chen, chenCard.card.serial), ['premium-edit']);
  for (const [card, person] of [
    [wangCard, people.wang],
    [chenCard, people.chen],
  ] as const) {
    const gate = right(await showCards(register, 'login', cityOffice.code, [{ card, pin: person.pin }]));
    right(await give(register, gate, { type: 'LogIn' }));
  }
  const renewed = pinned(await pki.renew(wangCard.card), people.wang.pin);
  const session = await confirmed(register, 'delegation', pair);
  const clerk = { ...clerkByCard(people.wang, renewed) };
  const change = { type: 'ChangeClerk', clerkId: clerkIdOf(added), clerk, permissions: ['premium-send'] };
  right(await give(register, session, change));

  const shown = right(
    await showCards(register, 'query-serial', undefined, [ofPerson(chenCard, people.chen)]),
  );
  right(await register.serialOf(shown.confirmation.id)());

  const changCard = await citizenCard(pki, people.chang);
  const next = pairOf(cityOffice, pair.agencyCard, people.chang, changCard);
  const replacing = await confirmed(register, 'replace-manager', next);
  right(await giveWithForm(register, replacing, 'ReplaceManagerCertificate', people.chang));

  const mismatch = await confirmed(register, 'first-registration', applying);
  const terms = right(await agreeToTerms(register));
  const review = right(await give(register, mismatch, { type: 'RequestReview', terms, applicant }));
  const [, requested] = review.events;
  const reviewId = JSON.parse(JSON.stringify(requested?.data)).review;
  const decide = {
    type: 'DecideReview',
    agencyCode: school.code,
    review: reviewId,
    outcome: 'approved',
    note,
  };
  right(await byStaff(office, decide));

  // Refusals of every kind: what they say goes to a log.
  answers.push(
    await showCards(register, 'delegation', cityOffice.code, [
      ...pair.shown.slice(0, 1),
      { ...ofPerson(chenCard, people.chen), nationalId: people.stranger.nationalId },
    ]),
    await showCards(register, 'delegation', cityOffice.code, pair.shown),
    await give(register, session, { ...change, clerk: { ...clerk, name: '王錯名' } }),
    await give(register, session, { ...change, clerk: { ...clerk, nationalId: 'A123456780' } }),
    await giveWithForm(register, replacing, 'ReplaceManagerCertificate', people.chang),
    await register.execute({ ...change, commandId: people.lin.nationalId, [people.wang.name]: 1 })(),
    await register.issueChallenge({ purpose: people.lin.name, agencyCode: people.lin.nationalId })(),
    await register.confirmCard({ nonce: people.lin.nationalId, cms: people.lin.name })(),
    await ask(register, session, {
      type: 'AuthorizeClerk',
      commandId: randomUUID(),
      clerk: clerkBySerial(people.stranger, 'not a serial'),
      permissions: [people.stranger.name],
    }),
    await byStaff(office, { ...decide, agencyCode: 'DM004' }),
    await byStaff(office, { type: 'ForgetSubject', nationalId: people.stranger.nationalId, legalBasis: 'x' }),
  );
  for (const answer of answers) assert.is((answer as { _tag: string })._tag, 'Left');
  return { stored: await everything(), refusals: JSON.stringify(answers) };
};

const personal: ReadonlyArray<readonly [string, string]> = [
  ...Object.values(people).flatMap(({ name, nationalId }) => [
    ['a name', name] as const,
    ['a national ID', nationalId] as const,
    ['a national ID in lower case', nationalId.toLowerCase()] as const,
    ['nine digits of a national ID', nationalId.slice(1)] as const,
  ]),
  ['a mail address', contactOf(people.lin).email],
  ['a mail address', contactOf(people.chang).email],
  // With the area code: seven digits alone stand in some hash sooner or later.
  ['a telephone number', '04-22289111'],
  ['a telephone number', '0422289111'],
  ['a telephone number', '03-9251000'],
  ['a telephone number', '039251000'],
  ['a name', applicant.name],
  ['a note about an applicant', note],
  ['a wrong name', '王錯名'],
  ['a card number', wangCard.card.cardNumber],
  ['a card number', pair.managerCard.card.cardNumber],
  ['the CA’s number of a person', wangCard.card.record.identity.subjectSerialNumber ?? 'none'],
  ['a certificate', Buffer.from(wangCard.card.certificate).toString('base64').slice(40, 400)],
  ['a certificate', wangCard.card.record.certificate.slice(40, 400)],
];

const spellings = (text: string): ReadonlyArray<string> => [
  text,
  JSON.stringify(text).slice(1, -1),
  Buffer.from(text).toString('hex'),
  encodeURIComponent(text),
];

const privacy = suite('DESIGN 4: personal data');

const walked = await walk();

privacy('DESIGN 4: stand nowhere in clear: not in events, challenges, confirmations or evidence', () => {
  assert.ok(walked.stored.length > 20_000);
  for (const [what, text] of personal) {
    for (const spelled of spellings(text))
      assert.not.ok(walked.stored.includes(spelled), `${what}: ${spelled}`);
    // Base64 of a text inside a longer one has three forms; its middle is common to each.
    for (const before of ['', 'x', 'xx']) {
      const coded = Buffer.from(`${before}${text}`).toString('base64').slice(4, -4);
      if (coded.length >= 12) assert.not.ok(walked.stored.includes(coded), `${what} in base64`);
    }
  }
});

privacy('DESIGN 4: … and in no refusal, which may be logged', () => {
  for (const [what, text] of personal) {
    for (const spelled of spellings(text)) {
      assert.not.ok(walked.refusals.includes(spelled), `${what}: ${spelled} in ${walked.refusals}`);
    }
  }
});

privacy('DESIGN 4: no PIN ever gets here: not into a store, an event or an error', () => {
  const pins = [...Object.values(people), cityOffice, school].map(({ pin }) => pin);
  for (const pin of pins) {
    for (const where of [walked.stored, walked.refusals]) {
      // Six digits may stand inside a longer number or a hash by chance; alone they would be a PIN.
      assert.not.match(where, new RegExp(`(?<![0-9A-Za-z+/=_-])${pin}(?![0-9A-Za-z+/=_-])`));
    }
  }
});

privacy('what is looked for would be found', () => {
  const leak = `${walked.stored}{"name":"${people.wang.name}"}`;
  assert.ok(spellings(people.wang.name).some((spelled) => leak.includes(spelled)));
  assert.ok(walked.stored.includes(cityOffice.name), 'an agency’s name is no secret');
});

privacy.run();
