import { createTestPki, type TestCard } from '@mandate/certificates/test-pki';
import {
  createRegister,
  type DirectoryEntry,
  meansOf,
  nhiCatalogue,
  nhiPolicy,
  nhiTexts,
  PortalPolicy,
  packProblems,
  planReplacement,
  type StoredEvent,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clerk, clinic, novice, nurse, owner, type Person } from '../src/world/cast.js';
import { card, give, healthCard, type Shown, show } from '../src/world/counter.js';
import { type Office, openOffice } from '../src/world/office.js';
import { fieldsOf, refusal, right, typesOf } from './support.js';

const pki = await createTestPki({ keyPool: 6, cas: ['MOEACA', 'MOICA', 'GCA'] });
const people = [owner, clerk, nurse, novice];
const { code } = clinic;

const unitCard = (businessNumber = '04595257'): Promise<TestCard> =>
  pki.issueAgency({ ca: 'MOEACA', name: clinic.name, businessNumber });
const citizen = (person: Person): Promise<TestCard> =>
  pki.issueCitizen({ name: person.name, last4: person.nationalId.slice(-4) });
const firstCard = await unitCard();
const nextCard = await unitCard();
const wangCard = await citizen(clerk);

const open = (): Promise<Office> => openOffice(pki, nhiPolicy, nhiCatalogue, [clinic], people);

const registerBy = async ({ register }: Office, root: Shown) =>
  right(
    await give(register, right(await show(register, 'register', code, root)), { type: 'RegisterAgency' }),
  );

const entryOf = (person: Person, certificate: object) => ({
  name: person.name,
  nationalId: person.nationalId,
  email: 'clerk@clinic.example',
  certificate,
});
const byCitizenCard = (person: Person, shown: TestCard) =>
  entryOf(person, {
    kind: 'card',
    der: Buffer.from(shown.certificate).toString('base64'),
    cardNumber: shown.cardNumber,
  });
const byHealthCard = (person: Person) => entryOf(person, { kind: 'registeredCard' });

/** A unit that registered by `root`, with these clerks. */
const opened = async (root: Shown, ...clerks: ReadonlyArray<object>) => {
  const office = await open();
  await registerBy(office, root);
  const visit = right(await show(office.register, 'managers', code, root));
  for (const one of clerks) {
    const command = { type: 'AuthorizeClerk', clerk: one, permissions: ['enrolment'] };
    right(await give(office.register, visit, command));
  }
  return { ...office, visit };
};

const at = (office: Office): string => new Date(office.clock.now()).toISOString();

const mayEnrol = async (office: Office, person: Person, when = at(office)) => {
  const pseudonym = right(await office.settings.vault.pseudonym('person', person.nationalId)());
  const answer = (await office.index()).may({
    agency: code,
    function: 'enrolment',
    who: { person: pseudonym },
    at: when,
  });
  return answer.allowed ? 'yes' : answer.code;
};

// -------------------------------------------------------------------------------------
const pack = suite('the pack of NHI');

pack('X-1: it is data, sound, and comes back from JSON with nothing lost', () => {
  assert.equal(packProblems(nhiPolicy), []);
  const back = PortalPolicy.decode(JSON.parse(JSON.stringify(nhiPolicy)));
  assert.ok(E.isRight(back));
  assert.equal(JSON.parse(JSON.stringify(back.right)), JSON.parse(JSON.stringify(nhiPolicy)));
});

pack('NHI-1, NHI-5, NHI-10, NHI-11, NHI-20, NHI-21, NHI-27: it has the words of the manual', () => {
  assert.match(nhiTexts['assign.about'].zh, '授權給承辦人員可使用多憑證之權利');
  assert.match(nhiTexts['managers.swap'].zh, '讀卡機請換承辦人之自然人憑證或健保卡');
  assert.match(nhiTexts['managers.notice.owner'].zh, '負責人欲使用加退保等異動作業');
  assert.match(nhiTexts['managers.notice.serial'].zh, '電子憑證及讀卡機偵測工具');
  assert.match(nhiTexts['unlock.citizen'].zh, '0800-080-117');
  assert.is(nhiTexts['guidance.date'].zh, '中華民國109年5月11日');
  assert.ok(nhiPolicy.helpdesks.some(({ ca }) => ca === 'MOEACA'));
  assert.is(nhiPolicy.helpdesks[0]?.phone, '(02)25232388');
});

pack('NHI-14, NHI-15: code 3003 is told to be the component’s and not the card’s', () => {
  assert.match(nhiTexts['fault.3003'].zh, '憑證元件需更新,並非新憑證有問題');
  const sums = Object.entries(nhiTexts).filter(([key]) => key.startsWith('component.md5.'));
  assert.is(sums.length, 4);
  for (const [, { zh }] of sums) assert.match(zh, /MD5 [0-9A-F]{32}$/);
});

pack('NHI-25: the codes of a later check are explained, each in the words of the table', () => {
  const codes = Object.keys(nhiTexts).filter((key) => key.startsWith('check.code.'));
  assert.equal(codes, ['check.code.0', 'check.code.2', 'check.code.3', 'check.code.5']);
  assert.match(nhiTexts['check.code.2'].zh, '不可相差14歲以內');
  assert.is(nhiTexts['check.ok'].zh, '審核正確');
});

pack('X-1: after a renewal the plan is the pack’s: who is locked out is added again, then replaces', () => {
  const plan = planReplacement(nhiPolicy, {
    agency: true,
    manager: false,
    clerk: true,
    managerIsClerk: false,
  });
  assert.equal(
    plan?.operations.map(({ purpose }) => purpose.id),
    ['managers', 'replace-unit'],
  );
  assert.is(
    planReplacement(nhiPolicy, { agency: false, manager: true, clerk: false, managerIsClerk: false }),
    undefined,
  );
});

pack.run();

// -------------------------------------------------------------------------------------
const root = suite('NHI: who the unit is');

root('NHI-2, NHI-3: a unit registers with its certificate and has no manager', async () => {
  const office = await open();
  const done = await registerBy(office, card(firstCard));
  assert.equal(typesOf(done), ['AgencyRegistered']);
});

root(
  'NHI-2, NHI-4: or with the health card of the person responsible, its password and the unit code',
  async () => {
    const office = await open();
    assert.equal(typesOf(await registerBy(office, healthCard(owner))), ['AgencyRegistered']);
    const [, registered] = (await office.events()) as [StoredEvent, StoredEvent];
    assert.ok(registered.type === 'AgencyRegistered');
    const person = right(await office.settings.vault.pseudonym('person', owner.nationalId)());
    assert.equal(registered.data.credential, meansOf('registeredCard', person));
    assert.is(registered.meta.actor.kind, 'agency');
  },
);

root('NHI-4: the card of anybody else is not the unit’s', async () => {
  const { register } = await open();
  assert.is(refusal(await show(register, 'register', code, healthCard(nurse))), 'NOT_THE_RESPONSIBLE');
});

root('NHI-4: a wrong password is refused, and too many lock; nothing is registered', async () => {
  const office = await open();
  const wrong = healthCard(owner, 'wrong');
  for (let n = 0; n < 3; n++) {
    assert.is(refusal(await show(office.register, 'register', code, wrong)), 'MEANS_REFUSED');
  }
  assert.is(refusal(await show(office.register, 'register', code, healthCard(owner))), 'MEANS_LOCKED');
  assert.is((await office.events()).length, 1);
});

root('NHI-7: a card that is not registered yet is sent to be registered first', async () => {
  const { register } = await open();
  const answer = await show(register, 'register', code, healthCard(novice));
  assert.is(refusal(answer), 'REGISTERED_CARD_UNKNOWN');
  assert.match(E.isLeft(answer) ? answer.left.zh : '', '首次登入請先申請');
});

root('NHI-2: a unit code has nine digits, and another form is told so', async () => {
  const { register } = await open();
  assert.equal(fieldsOf(await show(register, 'register', '10001', card(firstCard))), [
    'agencyCode NHI_UNIT_CODE_FORMAT',
  ]);
});

root('NHI-4: no password stands in events, evidence or what the challenge store keeps', async () => {
  const kept: string[] = [];
  const office = await open();
  const { challenges, evidence } = office.settings;
  const watched: Office = await openOffice(pki, nhiPolicy, nhiCatalogue, [clinic], people, {
    challenges: {
      ...challenges,
      addChallenge: (record, now) => {
        kept.push(JSON.stringify(record));
        return challenges.addChallenge(record, now);
      },
    },
    evidence: {
      ...evidence,
      put: (hash, subject, sealed) => {
        kept.push(JSON.stringify([hash, subject, sealed]));
        return evidence.put(hash, subject, sealed);
      },
    },
  });
  await registerBy(watched, healthCard(owner));
  const events = await watched.events();
  const [hash = ''] = events.at(-1)?.meta.evidence ?? [];
  const found = right(await watched.register.evidence(hash)());
  assert.ok(found._tag === 'Bundle' && found.bundle.format === 'mandate-statement/1');
  assert.is(found.bundle.service, 'registeredCard');
  const all = [...kept, JSON.stringify(events), JSON.stringify(found)].join('\n');
  assert.not.match(all, 'owner-secret');
  assert.not.match(all, Buffer.from('owner-secret').toString('base64'));
  assert.not.match(JSON.stringify(events), owner.nationalId);
});

root('NHI-4: where no service is there, the step says so and changes nothing', async () => {
  const office = await open();
  const { registeredCards: _none, ...settings } = office.settings;
  const answer = await show(createRegister(settings), 'register', code, healthCard(owner));
  assert.is(refusal(answer), 'MEANS_UNAVAILABLE');
});

root.run();

// -------------------------------------------------------------------------------------
const clerks = suite('NHI: 單位管理者登錄作業');

for (const [name, by] of [
  ['the unit’s certificate', card(firstCard)],
  ['the owner’s health card', healthCard(owner)],
] as const) {
  clerks(`NHI-5, NHI-6, NHI-8, NHI-9: under ${name} clerks are added by citizen or health card`, async () => {
    const office = await opened(by, byCitizenCard(clerk, wangCard), byHealthCard(nurse));
    const list = right(await office.register.clerkList(office.visit.confirmation.id)());
    assert.equal(
      list.clerks.map((one) => [one.name, one.nationalId, one.email, one.credential.proof]),
      [
        [clerk.name, clerk.nationalId, 'clerk@clinic.example', 'read'],
        [nurse.name, nurse.nationalId, 'clerk@clinic.example', 'registeredCard'],
      ],
    );
    assert.is(await mayEnrol(office, clerk), 'yes');
    assert.is(await mayEnrol(office, nurse), 'yes');
  });
}

clerks('NHI-6, NHI-7: who has no registered health card cannot be added by one', async () => {
  const { register, visit } = await opened(card(firstCard));
  const command = { type: 'AuthorizeClerk', clerk: byHealthCard(novice), permissions: ['enrolment'] };
  assert.is(refusal(await give(register, visit, command)), 'REGISTERED_CARD_UNKNOWN');
});

clerks('NHI-8, NHI-9: an e-mail address is asked for; a name is that of the card', async () => {
  const { register, visit } = await opened(card(firstCard));
  const { email: _mail, ...without } = byHealthCard(nurse);
  const add = (one: object) => give(register, visit, { type: 'AuthorizeClerk', clerk: one, permissions: [] });
  assert.equal(fieldsOf(await add(without)), ['clerk.email REQUIRED']);
  assert.is(refusal(await add({ ...byHealthCard(nurse), name: '陳別人' })), 'NAME_MISMATCH');
});

clerks('NHI-8, NHI-11: a serial may be typed instead of read', async () => {
  const serial = 'a'.repeat(32);
  const { register, visit } = await opened(card(firstCard), entryOf(clerk, { kind: 'typed', serial }));
  const list = right(await register.clerkList(visit.confirmation.id)());
  assert.is(list.clerks[0]?.credential.proof, 'typedByHand');
});

clerks('NHI-10: the person responsible is no operator until added', async () => {
  const office = await opened(healthCard(owner));
  assert.is(await mayEnrol(office, owner), 'NOT_AUTHORIZED');
  assert.is(refusal(await show(office.register, 'login', code, healthCard(owner))), 'NOT_AUTHORIZED');
  const command = { type: 'AuthorizeClerk', clerk: byHealthCard(owner), permissions: ['enrolment'] };
  right(await give(office.register, office.visit, command));
  assert.is(await mayEnrol(office, owner), 'yes');
  right(await show(office.register, 'login', code, healthCard(owner)));
});

clerks('NHI-12: there is one coarse permission, and a clerk may be without it', async () => {
  const office = await opened(card(firstCard));
  const functions = right(await office.register.catalogue()()).entries;
  assert.equal([...functions.keys()].length, 1);
  const command = { type: 'AuthorizeClerk', clerk: byHealthCard(nurse), permissions: [] };
  right(await give(office.register, office.visit, command));
  assert.is(await mayEnrol(office, nurse), 'PERMISSION_NOT_GRANTED');
});

clerks(
  'NHI-13: an entry is deleted and added again, and never edited; both stay in the history',
  async () => {
    const office = await opened(card(firstCard), byCitizenCard(clerk, wangCard));
    const { register, visit } = office;
    const [entry] = right(await register.clerkList(visit.confirmation.id)()).clerks;
    const clerkId = entry?.id ?? '';
    const one = {
      name: clerk.name,
      nationalId: clerk.nationalId,
      certificate: { kind: 'typed', serial: '1'.repeat(32) },
    };
    const change = { type: 'ChangeClerk', clerkId, clerk: one, permissions: [] };
    assert.is(refusal(await give(register, visit, change)), 'CONFIRMATION_OTHER_PURPOSE');
    right(await give(register, visit, { type: 'RevokeClerk', clerkId, confirmed: true }));
    assert.is(await mayEnrol(office, clerk), 'NOT_AUTHORIZED');
    const again = {
      type: 'AuthorizeClerk',
      clerk: byCitizenCard(clerk, wangCard),
      permissions: ['enrolment'],
    };
    right(await give(register, visit, again));
    assert.is(await mayEnrol(office, clerk), 'yes');
    const told = (await office.events()).map(({ type }) => type);
    assert.is(told.filter((type) => type === 'ClerkAuthorized').length, 2);
    assert.is(told.filter((type) => type === 'ClerkRevoked').length, 1);
  },
);

clerks('X-1: the chain of reasons names means, and no manager where there is none', async () => {
  const office = await opened(healthCard(owner), byHealthCard(nurse));
  const person = right(await office.settings.vault.pseudonym('person', nurse.nationalId)());
  const question = { agency: code, function: 'enrolment', who: { person }, at: at(office) };
  const answer = (await office.index()).may(question);
  assert.ok(answer.allowed);
  const { agency, manager, clerk: entry, grant } = answer.reasons();
  assert.equal([agency?.credential.ca, agency?.credential.proof], ['NHI', 'registeredCard']);
  assert.is(manager, undefined);
  assert.equal([entry.credential.proof, entry.credential.certificate], ['registeredCard', undefined]);
  assert.is(entry.identityProof, 'full');
  assert.is(grant.event.actor.kind, 'agency');
  assert.is(grant.event.evidence.length, 1);
  const { ca, serial } = meansOf('registeredCard', person);
  const byMeans = (await office.index()).may({ ...question, who: { certificate: { ca, serial } } });
  assert.ok(byMeans.allowed);
});

clerks('NHI-6: a clerk signs in with what is on record, and with nothing else', async () => {
  const office = await opened(card(firstCard), byHealthCard(nurse));
  const visit = right(await show(office.register, 'login', code, healthCard(nurse)));
  assert.equal(typesOf(right(await give(office.register, visit, { type: 'LogIn' }))), []);
  const nurseCard = await citizen(nurse);
  assert.is(refusal(await show(office.register, 'login', code, card(nurseCard))), 'CREDENTIAL_REPLACED');
});

clerks.run();

// -------------------------------------------------------------------------------------
const change = suite('NHI: the unit’s certificate, its kind, and a closed unit');

const replace = { type: 'ReplaceAgencyCertificate' } as const;

change('NHI-16, NHI-17: a clerk replaces it with the next card, once its subject was read', async () => {
  const office = await opened(card(firstCard), byCitizenCard(clerk, wangCard));
  const { register } = office;
  const half = right(await show(register, 'replace-unit', code, card(wangCard)));
  assert.is(refusal(await give(register, half, replace)), 'CONFIRMATION_INCOMPLETE');
  const visit = right(await show(register, 'replace-unit', code, card(wangCard), card(nextCard)));
  const [, unit] = visit.confirmation.cards;
  assert.equal([unit?.credential.ca, unit?.shown.displayName], ['MOEACA', clinic.name]);
  assert.is(unit?.credential.serial, nextCard.serial);
  assert.equal(typesOf(right(await give(register, visit, replace))), ['CertificateReplaced']);
  const replaced = (await office.events()).at(-1);
  assert.is(replaced?.meta.actor.kind, 'clerk');
  right(await show(register, 'managers', code, card(nextCard)));
  assert.is(
    refusal(await show(register, 'managers', code, card(firstCard))),
    'AGENCY_CERTIFICATE_NOT_REGISTERED',
  );
});

change(
  'NHI-16: the unit’s card alone does not replace itself, and a stranger’s card is no clerk’s',
  async () => {
    const { register } = await opened(card(firstCard), byCitizenCard(clerk, wangCard));
    const stranger = await citizen(novice);
    assert.is(refusal(await show(register, 'replace-unit', code, card(stranger))), 'NOT_AUTHORIZED');
  },
);

change('NHI-18: the kind of the root does not change by a replacement', async () => {
  const { register } = await opened(healthCard(owner), byCitizenCard(clerk, wangCard));
  assert.is(
    refusal(await show(register, 'replace-unit', code, card(wangCard), card(firstCard))),
    'ROOT_KIND_FIXED',
  );
});

change(
  'NHI-18: staff end the account; the unit registers anew and assigns again; history stays',
  async () => {
    const office = await opened(healthCard(owner), byHealthCard(nurse));
    right(await office.byStaff({ type: 'DeregisterAgency', agencyCode: code, reason: 'root-change' }));
    assert.is(await mayEnrol(office, nurse), 'AGENCY_DEREGISTERED');
    await registerBy(office, card(firstCard));
    assert.is(await mayEnrol(office, nurse), 'NOT_AUTHORIZED');
    assert.is(
      refusal(await show(office.register, 'managers', code, healthCard(owner))),
      'AGENCY_CERTIFICATE_NOT_REGISTERED',
    );
    const visit = right(await show(office.register, 'managers', code, card(firstCard)));
    const command = { type: 'AuthorizeClerk', clerk: byHealthCard(nurse), permissions: ['enrolment'] };
    right(await give(office.register, visit, command));
    assert.is(await mayEnrol(office, nurse), 'yes');
    assert.equal(
      (await office.events()).slice(1).map(({ type }) => type),
      ['AgencyRegistered', 'ClerkAuthorized', 'AgencyDeregistered', 'AgencyRegistered', 'ClerkAuthorized'],
    );
  },
);

change(
  'NHI-4, NHI-18: another person responsible does not get in by the health card of the one before',
  async () => {
    const office = await opened(healthCard(owner));
    const find = office.settings.directory.find;
    const directory: typeof office.settings.directory = {
      find: (unit) =>
        TE.map((entry: DirectoryEntry | undefined) =>
          entry === undefined ? undefined : { ...entry, responsible: nurse.nationalId },
        )(find(unit)),
    };
    const register = createRegister({ ...office.settings, directory });
    assert.is(refusal(await show(register, 'managers', code, healthCard(owner))), 'NOT_THE_RESPONSIBLE');
    assert.is(
      refusal(await show(register, 'managers', code, healthCard(nurse))),
      'AGENCY_CERTIFICATE_NOT_REGISTERED',
    );
  },
);

change('NHI-19: a closed unit is told to ask, and once opened can be used from the next day on', async () => {
  const office = await opened(card(firstCard), byHealthCard(nurse));
  const { register, clock } = office;
  right(await office.byStaff({ type: 'SuspendAgency', agencyCode: code, reason: 'audit' }));
  const closed = await show(register, 'login', code, healthCard(nurse));
  assert.is(refusal(closed), 'AGENCY_SUSPENDED');
  assert.match(E.isLeft(closed) ? closed.left.zh : '', '洽詢承辦人');
  const reopen = { type: 'ReopenAgency', agencyCode: code, reason: 'audit-over' };
  right(await office.byStaff(reopen));
  assert.is(refusal(await office.byStaff(reopen)), 'AGENCY_OPENS_SOON');
  assert.is(refusal(await show(register, 'login', code, healthCard(nurse))), 'AGENCY_SUSPENDED');
  assert.is(await mayEnrol(office, nurse), 'AGENCY_SUSPENDED');
  // The last second of the day in Taipei, then the first of the next.
  clock.set('2026-03-02T15:59:59.000Z');
  assert.is(refusal(await show(register, 'login', code, healthCard(nurse))), 'AGENCY_SUSPENDED');
  assert.is(await mayEnrol(office, nurse), 'AGENCY_SUSPENDED');
  clock.set('2026-03-02T16:00:00.000Z');
  right(await show(register, 'login', code, healthCard(nurse)));
  assert.is(await mayEnrol(office, nurse), 'yes');
});

change.run();
