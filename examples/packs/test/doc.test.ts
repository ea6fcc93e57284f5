import { createTestPki, type TestCard } from '@mandate/certificates/test-pki';
import { docPolicy, docTexts, PortalPolicy, packProblems, planReplacement } from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { author, bureau, desk, other, type Person } from '../src/world/cast.js';
import { account, give, show } from '../src/world/counter.js';
import { openOffice } from '../src/world/office.js';
import { fieldsOf, refusal, right, typesOf } from './support.js';

const pki = await createTestPki({ keyPool: 4, cas: ['MOICA'] });
const { code } = bureau;
const people = [author, desk, other];
const days = { from: '115/03/02', to: '120/03/02' };

const issue = (person: Person): Promise<TestCard> =>
  pki.issueCitizen({ name: person.name, last4: person.nationalId.slice(-4) });
const firstCard = await issue(author);
const otherCard = await issue(other);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const byCard = ({ certificate, encryptionCertificate }: TestCard) => ({
  kind: 'read',
  signing: base64(certificate),
  encryption: base64(encryptionCertificate),
});
const typed = (serial1: string, serial2: string) => ({ kind: 'typed', serial1, serial2 });

const opened = async () => {
  const office = await openOffice(pki, docPolicy, [], [bureau], people);
  const { register } = office;
  const own = right(await show(register, 'credentials', code, account(author)));
  const registry = right(await show(register, 'registry', code, account(desk)));
  const add = (serials: object, more: object = {}, by = own) =>
    give(register, by, {
      type: 'RegisterCredential',
      nationalId: author.nationalId,
      kind: 'electronic-id',
      cardKind: 'regular',
      serials,
      active: true,
      ...days,
      ...more,
    });
  const list = async (by = own) => right(await register.credentialList(by.confirmation.id)());
  const maySign = async (who: object, at = new Date(office.clock.now()).toISOString()) => {
    const index = await office.index();
    const answer = index.may({ agency: code, function: 'sign-off', who: who as { person: string }, at });
    return answer.allowed ? 'yes' : answer.code;
  };
  const person = right(await office.settings.vault.pseudonym('person', author.nationalId)());
  return { ...office, own, registry, add, list, maySign, person };
};

const pack = suite('the pack of document sign-off');

pack('X-1: it is data, sound, and comes back from JSON with nothing lost', () => {
  assert.equal(packProblems(docPolicy), []);
  const back = PortalPolicy.decode(JSON.parse(JSON.stringify(docPolicy)));
  assert.ok(E.isRight(back));
  assert.equal(JSON.parse(JSON.stringify(back.right)), JSON.parse(JSON.stringify(docPolicy)));
});

pack('DOC-1, DOC-2, DOC-4, DOC-8, DOC-13: it has the words of the manual', () => {
  assert.equal(
    docPolicy.menu.map(({ label, items }) => [label.zh, items[0]?.label.zh]),
    [['基本資料', '使用者憑證登記']],
  );
  for (const [key, zh] of [
    ['column.userCode', '使用者代碼'],
    ['column.serial1', '憑證序號1'],
    ['column.serial2', '憑證序號2'],
    ['column.active', '啟用狀態'],
    ['column.cardKind', '卡別'],
  ] as const) {
    assert.is(docTexts[key].zh, zh);
  }
  assert.match(docTexts['list.pick'].zh, '請點選代碼進行維護');
  assert.match(docTexts['form.first'].zh, '請先輸入承辦人資料');
  assert.match(docTexts['form.second'].zh, '在執行存檔之前');
  assert.is(docPolicy.helpdesks[0]?.phone, '(04)2293-7399');
});

pack('MOICA-16, DOC-10: who has a renewed card registers it here', () => {
  const changed = { agency: false, manager: false, clerk: true, managerIsClerk: false };
  const plan = planReplacement(docPolicy, changed);
  assert.equal(
    plan?.operations.map(({ purpose, cards }) => [purpose.id, cards.at(-1)?.which]),
    [['credentials', 'new']],
  );
});

pack.run();

const form = suite('document sign-off: registering a card');

form('DOC-5, DOC-6, DOC-7: both certificates of an electronic ID card are read from it', async () => {
  const { add, list, own } = await opened();
  assert.equal(typesOf(right(await add(byCard(firstCard)))), ['CredentialRegistered', 'CredentialActivated']);
  const [row] = await list(own);
  assert.equal(
    [row?.account, row?.name, row?.kind, row?.cardKind, row?.proof],
    ['P0230', author.name, 'electronic-id', 'regular', 'read'],
  );
  assert.is(row?.serial1, firstCard.serial.padStart(32, '0'));
  assert.is.not(row?.serial2, row?.serial1);
  assert.equal(row?.active, { from: '2026-03-01T16:00:00.000Z', to: '2031-03-02T15:59:59.000Z' });
});

form('DOC-7: serials of such a card are not typed; those of another kind may be', async () => {
  const { add } = await opened();
  const serials = typed('1'.repeat(32), '2'.repeat(32));
  assert.is(refusal(await add(serials)), 'CREDENTIAL_MUST_BE_READ');
  right(await add(serials, { kind: 'citizen' }));
});

form('DOC-5, DOC-8: every field is needed; the days once it shall be active', async () => {
  const { add } = await opened();
  const { from: _from, to: _to, ...none } = days;
  const without = await add(byCard(firstCard), { ...none, from: undefined, to: undefined });
  assert.equal(fieldsOf(without), ['from REQUIRED', 'to REQUIRED']);
  assert.equal(fieldsOf(await add(byCard(firstCard), { cardKind: undefined })), ['cardKind REQUIRED']);
  right(await add(byCard(firstCard), { active: false, from: undefined, to: undefined }));
});

form('DOC-5: an end before the beginning is refused', async () => {
  const { add } = await opened();
  const backwards = { from: '115/03/02', to: '115/03/01' };
  assert.is(refusal(await add(byCard(firstCard), backwards)), 'CREDENTIAL_DATES_INVALID');
});

form('DOC-11: a kind of card that the pack does not know is refused', async () => {
  const { add } = await opened();
  assert.is(refusal(await add(byCard(firstCard), { cardKind: 'gold' })), 'CREDENTIAL_KIND_UNKNOWN');
  right(await add(byCard(firstCard), { cardKind: 'temporary' }));
});

form('DOC-7: a card of somebody else, or half of one, is not registered', async () => {
  const { add } = await opened();
  assert.is(refusal(await add(byCard(otherCard))), 'IDENTITY_MISMATCH');
  const mixed = { ...byCard(firstCard), encryption: base64(otherCard.encryptionCertificate) };
  assert.is(refusal(await add(mixed)), 'IDENTITY_MISMATCH');
});

form('DOC-12: 32 and 34 digits are one serial, 35 are none', async () => {
  const { add, list } = await opened();
  const [one, two] = ['F6EB44677B7CBFBE84B8F7B7633A1D95', '67FE1CE7C795A2DC17B5073BCCFC8666'];
  const odd = await add(typed('00C6BC8F2937F7F4990804F5FEA8202162C', two), { kind: 'citizen' });
  assert.equal(fieldsOf(odd), ['serials.serial1 CERTIFICATE_SERIAL_LENGTH']);
  right(await add(typed(`00${one}`, two.toLowerCase()), { kind: 'citizen' }));
  assert.equal(
    (await list()).map((row) => [row.serial1, row.serial2]),
    [[one, two]],
  );
  const again = await add(typed(one, '3'.repeat(32)), { kind: 'citizen' });
  assert.is(refusal(again), 'CREDENTIAL_ALREADY_REGISTERED');
});

form('DOC-6: one serial twice is no pair', async () => {
  const { add } = await opened();
  const serials = typed('4'.repeat(32), '4'.repeat(32));
  assert.is(refusal(await add(serials, { kind: 'citizen' })), 'CREDENTIAL_ALREADY_REGISTERED');
});

form.run();

const roles = suite('document sign-off: who may');

roles('DOC-3: people add their own alone, and the desk anybody’s', async () => {
  const { add, register, own, registry, list } = await opened();
  const theirs = { nationalId: other.nationalId };
  assert.is(refusal(await add(byCard(otherCard), theirs)), 'CREDENTIAL_OF_OTHER_PERSON');
  right(await add(byCard(otherCard), theirs, registry));
  assert.equal(await list(own), []);
  assert.is((await list(registry)).length, 1);
  const [row] = await list(registry);
  const off = { type: 'DeactivateCredential', credential: row?.id };
  assert.is(refusal(await give(register, own, off)), 'CONFIRMATION_OTHER_PURPOSE');
  right(await give(register, registry, off));
});

roles('DOC-3: who is not of the desk does not get in as the desk', async () => {
  const { register } = await opened();
  assert.is(refusal(await show(register, 'registry', code, account(author))), 'ACCOUNT_ROLE_MISSING');
  assert.is(refusal(await show(register, 'credentials', code, account(author, 'guess'))), 'MEANS_REFUSED');
});

roles('DOC-3, DOC-8: whose an ID is, people ask of themselves, and the desk of anybody', async () => {
  const { register, own, registry } = await opened();
  const asked = (by: typeof own, { nationalId }: Person) =>
    register.findPerson(by.confirmation.id, { nationalId })();
  assert.equal(right(await asked(own, author)), { name: author.name, account: 'P0230' });
  assert.is(refusal(await asked(own, other)), 'CREDENTIAL_OF_OTHER_PERSON');
  assert.equal(right(await asked(registry, other)), { name: other.name, account: 'staff-0003' });
});

roles('DOC-3, DOC-7: a card is shown to its holder and to the desk before it is registered', async () => {
  const { register, own, registry, add, list } = await opened();
  const shown = (by: typeof own, { nationalId }: Person, { certificate, encryptionCertificate }: TestCard) =>
    register.showCredential(by.confirmation.id, {
      nationalId,
      signing: base64(certificate),
      encryption: base64(encryptionCertificate),
    })();
  const serials = {
    serial1: firstCard.serial.padStart(32, '0'),
    serial2: firstCard.encryptionSerial.padStart(32, '0'),
  };
  const mine = right(await shown(own, author, firstCard));
  assert.equal(mine, { ca: 'MOICA', ...serials, notAfter: mine.notAfter, warnings: [] });
  assert.equal(right(await shown(registry, author, firstCard)), mine);
  assert.is(refusal(await shown(own, author, otherCard)), 'IDENTITY_MISMATCH');
  assert.is(refusal(await shown(own, other, otherCard)), 'CREDENTIAL_OF_OTHER_PERSON');
  assert.equal(await list(registry), []);
  right(await add(byCard(firstCard)));
  assert.equal(right(await shown(own, author, firstCard)).warnings, ['CREDENTIAL_ALREADY_REGISTERED']);
});

roles.run();

const active = suite('document sign-off: one is active');

active(
  'DOC-9, DOC-10: activating another deactivates the first in one append, and the row stays',
  async () => {
    const { add, events, list, maySign, person } = await opened();
    right(await add(byCard(firstCard)));
    const nextCard = await issue(author);
    const done = right(await add(byCard(nextCard)));
    assert.equal(typesOf(done), ['CredentialRegistered', 'CredentialDeactivated', 'CredentialActivated']);
    assert.is(new Set((await events()).slice(-3).map(({ meta }) => meta.commandId)).size, 1);
    assert.equal(
      (await list()).map((row) => [row.serial1, row.active !== null]),
      [
        [firstCard.serial.padStart(32, '0'), false],
        [nextCard.serial.padStart(32, '0'), true],
      ],
    );
    assert.is(await maySign({ person }), 'yes');
    assert.is(await maySign({ certificate: { ca: 'MOICA', serial: nextCard.serial } }), 'yes');
    assert.is(
      await maySign({ certificate: { ca: 'MOICA', serial: firstCard.serial } }),
      'CREDENTIAL_REPLACED',
    );
  },
);

active('DOC-9: the desk gives the first its turn again', async () => {
  const { add, register, registry, list } = await opened();
  right(await add(byCard(firstCard)));
  right(await add(byCard(await issue(author))));
  const [first] = await list();
  const on = { type: 'ActivateCredential', credential: first?.id, ...days };
  const done = right(await give(register, registry, on));
  assert.equal(typesOf(done), ['CredentialDeactivated', 'CredentialActivated']);
  assert.equal(
    (await list()).map((row) => row.active !== null),
    [true, false],
  );
  assert.is(refusal(await give(register, registry, on)), 'NOTHING_CHANGED');
  const none = '00000000-0000-4000-8000-000000000000';
  assert.is(refusal(await give(register, registry, { ...on, credential: none })), 'CREDENTIAL_NOT_FOUND');
});

active('DOC-9: of one person several rows may be, and never two are active', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 6 }), async (turns) => {
      const { add, register, registry, list } = await opened();
      for (let n = 0; n < 4; n++) {
        const serials = typed(`${n + 1}`.repeat(32), `${n + 5}`.repeat(32));
        right(await add(serials, { kind: 'citizen', active: n === 0, ...days }));
      }
      for (const turn of turns) {
        const row = (await list())[turn];
        await give(register, registry, { type: 'ActivateCredential', credential: row?.id, ...days });
        const actives = (await list()).filter((one) => one.active !== null);
        assert.equal(
          actives.map(({ id }) => id),
          [row?.id],
        );
      }
    }),
    { numRuns: 8 },
  );
});

active('DOC-5: from the first instant of its first day to the last second of its last', async () => {
  const { add, maySign, person } = await opened();
  right(await add(byCard(firstCard), { from: '115/03/05', to: '115/03/06' }));
  const at = (instant: string) => maySign({ person }, instant);
  assert.is(await at('2026-03-04T15:59:59.999Z'), 'CREDENTIAL_NOT_YET_VALID');
  assert.is(await at('2026-03-04T16:00:00.000Z'), 'yes');
  assert.is(await at('2026-03-06T15:59:59.999Z'), 'yes');
  assert.is(await at('2026-03-06T16:00:00.000Z'), 'CREDENTIAL_EXPIRED');
});

active('DOC-9: what is not active opens nothing, and neither does another function', async () => {
  const { add, maySign, person, index, clock } = await opened();
  assert.is(await maySign({ person }), 'NOT_AUTHORIZED');
  right(await add(byCard(firstCard), { active: false, from: undefined, to: undefined }));
  assert.is(await maySign({ person }), 'NOT_AUTHORIZED');
  right(await add(typed('7'.repeat(32), '8'.repeat(32)), { kind: 'citizen' }));
  const at = new Date(clock.now()).toISOString();
  const answer = (await index()).may({ agency: code, function: 'other', who: { person }, at });
  assert.is(answer.allowed ? 'yes' : answer.code, 'PERMISSION_NOT_GRANTED');
});

active('DOC-2: names, IDs and accounts stand in no event in clear', async () => {
  const { add, settings } = await opened();
  right(await add(byCard(firstCard)));
  const page = right(await settings.store.readAll('start', 1000)());
  const all = page.events.map((event) => event.body).join('\n');
  for (const secret of [author.name, author.nationalId, 'P0230', 'author-secret'])
    assert.not.match(all, secret);
});

active.run();
