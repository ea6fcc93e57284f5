/**
 * 四、首次註冊作業: the city office, with everything that can go wrong at the counter (GEPI-2…4, 10, 12…29).
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { type Instant, printRocDateTime } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { cityOffice, people } from '../../world/cast.js';
import { agreeToTerms, showCard } from '../../world/counter.js';
import { isRecord } from '../../world/files.js';
import { deskOfCa } from '../help.js';
import {
  answer,
  answered,
  cardOutcome,
  cardSays,
  done,
  refused,
  refusedOutcome,
  repeated,
  wouldDo,
} from '../outcome.js';
import { agencyShown, loginShown, orElse, personShown, refusal, type Scene, tryPins } from '../scene.js';
import { type Chapter, steps } from '../step.js';
import { hospitalRegistration } from './registration-hospital.js';
import { reviewSteps } from './registration-review.js';
import { contactOf, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

const step = steps('registration', cityOffice);
const purpose = 'first-registration';

const office = (scene: Scene) =>
  issueAgencyCard(scene, 'city', cityOffice, validity('2021-04-20', '2026-04-20'));
const lin = (scene: Scene) =>
  issueCitizenCard(scene, 'lin', people.lin, validity('2021-06-15', '2026-06-15'));

const contact = contactOf(people.lin, 'lin', '04-22289111', '5312');
const registered = { text: say('message.agencyRegistered') };

/** Only the first of the two cards. */
const agencyStep = (scene: Scene, card: string) =>
  scene.show(purpose, cityOffice, [agencyShown(scene, cityOffice, card)]);

const both = async (scene: Scene) => scene.show(purpose, cityOffice, [await office(scene), await lin(scene)]);

/** The agency's card passed; the manager's step with whatever is shown. */
const managerStep = async (scene: Scene, card: string, nationalId: string, pin: string) =>
  scene.show(purpose, cityOffice, [
    await office(scene),
    { card: scene.world.box.card(card), pin, nationalId },
  ]);

const gate = [
  step(
    'login-before',
    '2026-01-05T06:30',
    '尚未到開放時間即插卡',
    'A card shown before opening hours',
    'GEPI-4',
    refused('OUTSIDE_OPENING_HOURS'),
    async (scene) => {
      await office(scene);
      return refusal(await agencyStep(scene, 'city'));
    },
  ),
  step(
    'login-unregistered',
    '2026-01-05T08:40',
    '機關尚未註冊,承辦人即想登入',
    'A clerk signs in before the agency is registered',
    'GEPI-2',
    refused('AGENCY_NOT_REGISTERED'),
    async (scene) => {
      await issueCitizenCard(scene, 'wang', people.wang, validity('2021-04-01', '2026-04-01'));
      return refusal(await scene.show('login', cityOffice, [loginShown(scene, people.wang, 'wang')]));
    },
  ),
  step(
    'code-short',
    '2026-01-05T08:50',
    '機關代號只輸入四碼',
    'An agency code of four characters',
    'GEPI-3 GEPI-16',
    refused('INVALID_INPUT', 'AGENCY_CODE_FORMAT'),
    async (scene) =>
      refusal(
        await scene.show(purpose, { ...cityOffice, code: 'DM01' }, [agencyShown(scene, cityOffice, 'city')]),
      ),
  ),
  step(
    'code-unknown',
    '2026-01-05T08:52',
    '機關代號輸入錯誤',
    'An agency code that nobody has',
    'GEPI-16',
    refused('AGENCY_UNKNOWN'),
    async (scene) =>
      refusal(
        await scene.show(purpose, { ...cityOffice, code: 'ZZ999' }, [agencyShown(scene, cityOffice, 'city')]),
      ),
  ),
];

const agencyCards = [
  step(
    'citizen-first',
    '2026-01-05T09:00',
    '機關憑證步驟插入自然人憑證(順序顛倒)',
    'The citizen card first: cards in the wrong order',
    'GEPI-20',
    refused('ISSUER_NOT_ACCEPTED'),
    async (scene) => {
      const shown = await lin(scene);
      return refusal(await scene.show(purpose, cityOffice, [{ card: shown.card, pin: shown.pin }]));
    },
  ),
  step(
    'look-alike',
    '2026-01-05T09:04',
    '名稱相同但非政府簽發的憑證',
    'A look-alike PKI: same names, other keys',
    'GEPI-16',
    refused('CERTIFICATE_SIGNATURE_INVALID'),
    async (scene) => {
      const { box } = scene.world;
      const { pin, name, oid } = cityOffice;
      await box.issue('city-forged', pin, async () =>
        (await box.pki.stranger()).issueAgency({
          ca: 'GCA',
          name,
          ...(oid === undefined ? {} : { organisationOid: oid }),
        }),
      );
      return refusal(await agencyStep(scene, 'city-forged'));
    },
  ),
  step(
    'expired',
    '2026-01-05T09:06',
    '已逾期的機關憑證',
    'An agency card that has expired',
    'GEPI-16',
    refused('CERTIFICATE_EXPIRED'),
    async (scene) => {
      await issueAgencyCard(scene, 'city-expired', cityOffice, validity('2020-12-31', '2025-12-31'));
      return refusal(await agencyStep(scene, 'city-expired'));
    },
  ),
  step(
    'revoked',
    '2026-01-05T09:08',
    '已廢止的機關憑證',
    'An agency card that was revoked',
    'GEPI-16',
    refused('CERTIFICATE_REVOKED'),
    async (scene) => {
      const { card } = await issueAgencyCard(
        scene,
        'city-revoked',
        cityOffice,
        validity('2024-01-01', '2029-01-01'),
      );
      scene.world.box.pki.revoke(card.card, new Date('2025-12-01T00:00:00Z'), 'keyCompromise');
      scene.world.box.keepRevocations();
      return refusal(await agencyStep(scene, 'city-revoked'));
    },
  ),
  step(
    'on-hold',
    '2026-01-05T09:10',
    '停用中的機關憑證',
    'An agency card that is suspended',
    'GEPI-16',
    refused('CERTIFICATE_ON_HOLD'),
    async (scene) => {
      const { card } = await issueAgencyCard(
        scene,
        'city-held',
        cityOffice,
        validity('2024-01-01', '2029-01-01'),
      );
      scene.world.box.pki.hold(card.card, new Date('2025-12-20T00:00:00Z'));
      scene.world.box.keepRevocations();
      return refusal(await agencyStep(scene, 'city-held'));
    },
  ),
  step(
    'pin-wrong',
    '2026-01-05T09:12',
    '機關憑證PIN碼輸入錯誤一次',
    'A wrong PIN: the card says so, the register never hears of it',
    'GEPI-17',
    cardSays('PIN_WRONG'),
    async (scene) => {
      const fault = await tryPins(scene.world.box.card('city'), ['000000']);
      return fault === undefined
        ? answer(false, 'PIN碼未被拒絕', 'The PIN was not refused')
        : cardOutcome(fault, { zh: 'PIN碼錯誤,尚可再試2次。', en: 'Wrong PIN; two tries left.' });
    },
  ),
  step(
    'pin-locked',
    '2026-01-05T09:13',
    '連續三次輸入錯誤,之後輸入正確也無效',
    'Three wrong PINs lock the card, also for the right one',
    'GEPI-8 GEPI-17',
    cardSays('PIN_LOCKED'),
    async (scene) => {
      const pins = ['000000', '111111', '222222', cityOffice.pin];
      const fault = await tryPins(scene.world.box.card('city'), pins);
      return fault === undefined
        ? answer(false, '卡片未鎖', 'The card is not locked')
        : cardOutcome(fault, say('lock.agency'), deskOfCa(cityOffice.ca));
    },
  ),
  step(
    'agency-passes',
    '2026-01-05T09:40',
    '至憑證管理中心鎖卡解碼後再試',
    'Unlocked by its CA, the card passes',
    'GEPI-16 GEPI-17',
    answered,
    async (scene) => {
      scene.world.box.card('city').unlock();
      return orElse(await agencyStep(scene, 'city'), (confirmed) =>
        answer(
          confirmed.next?.role === 'manager',
          '機關憑證通過認證,接續自然人憑證。',
          'Passed; the citizen card is next.',
        ),
      );
    },
  ),
];

const managerCards = [
  step(
    'agency-again',
    '2026-01-05T09:43',
    '自然人憑證步驟仍插著機關憑證',
    'The agency card again in the second step',
    'GEPI-18 GEPI-20',
    refused('ISSUER_NOT_ACCEPTED'),
    async (scene) => refusal(await managerStep(scene, 'city', people.lin.nationalId, cityOffice.pin)),
  ),
  step(
    'id-checksum',
    '2026-01-05T09:46',
    '身分證統一編號輸入錯一碼',
    'A national ID with one wrong digit',
    'GEPI-18 GEPI-21',
    refused('INVALID_INPUT', 'PERSONAL_ID_CHECKSUM'),
    async (scene) => {
      await lin(scene);
      return refusal(await managerStep(scene, 'lin', 'A223456782', people.lin.pin));
    },
  ),
  step(
    'id-mismatch',
    '2026-01-05T09:49',
    '插入他人的自然人憑證,與身分證統一編號不符',
    "Somebody else's card with the manager's ID",
    'GEPI-21',
    refused('IDENTITY_MISMATCH'),
    async (scene) => {
      await issueCitizenCard(scene, 'chang', people.chang, validity('2023-09-01', '2028-09-01'));
      return refusal(await managerStep(scene, 'chang', people.lin.nationalId, people.chang.pin));
    },
  ),
  step(
    'citizen-locked',
    '2026-01-05T09:52',
    '自然人憑證PIN碼連續三次錯誤',
    'Three wrong PINs lock the citizen card',
    'GEPI-9 GEPI-19',
    cardSays('PIN_LOCKED'),
    async (scene) => {
      await lin(scene);
      const card = scene.world.box.card('lin');
      const fault = await tryPins(card, ['000000', '111111', '222222']);
      card.unlock();
      return fault === undefined
        ? answer(false, '卡片未鎖', 'The card is not locked')
        : cardOutcome(fault, say('lock.citizen'), deskOfCa('MOICA'));
    },
  ),
  step(
    'only-one-card',
    '2026-01-05T10:20',
    '只確認機關憑證就想註冊',
    'Registering with the agency card alone',
    'GEPI-20',
    refused('CONFIRMATION_INCOMPLETE'),
    async (scene) =>
      orElse(await agencyStep(scene, 'city'), (confirmed) =>
        scene.sendWithTerms(confirmed, { type: 'RegisterAgency', contact }, registered),
      ),
  ),
];

const challenges = [
  step(
    'replayed',
    '2026-01-05T10:24',
    '重送先前的簽章(重放)',
    'The same signed answer sent twice',
    'GEPI-20',
    refused('CHALLENGE_USED'),
    async (scene) => {
      const { register } = scene;
      const { card, pin } = await office(scene);
      const challenge = await register.issueChallenge({ purpose, agencyCode: cityOffice.code })();
      if (E.isLeft(challenge)) return refusedOutcome(challenge.left);
      const signed = await card.sign(new TextEncoder().encode(challenge.right.text), pin)();
      if (E.isLeft(signed)) return cardOutcome(signed.left, { zh: '卡片拒絕', en: 'The card refused' });
      const sent = { nonce: challenge.right.nonce, cms: Buffer.from(signed.right).toString('base64') };
      await register.confirmCard(sent)();
      return refusal(await register.confirmCard(sent)());
    },
  ),
  step(
    'too-late',
    '2026-01-05T10:26',
    '超過十分鐘才簽章',
    'An answer that comes after ten minutes',
    'GEPI-20',
    refused('CHALLENGE_EXPIRED'),
    async (scene) => {
      const { register } = scene;
      const { card, pin } = await office(scene);
      const challenge = await register.issueChallenge({ purpose, agencyCode: cityOffice.code })();
      if (E.isLeft(challenge)) return refusedOutcome(challenge.left);
      const signed = await card.sign(new TextEncoder().encode(challenge.right.text), pin)();
      if (E.isLeft(signed)) return cardOutcome(signed.left, { zh: '卡片拒絕', en: 'The card refused' });
      scene.world.clock.pass(11 * 60);
      const cms = Buffer.from(signed.right).toString('base64');
      return refusal(await register.confirmCard({ nonce: challenge.right.nonce, cms })());
    },
  ),
  step(
    'third-card',
    '2026-01-05T10:40',
    '兩張憑證都確認後又回上一步',
    'A step back after both cards were confirmed',
    'GEPI-20',
    refused('STEP_OUT_OF_ORDER'),
    async (scene) => {
      const confirmed = await both(scene);
      if (E.isLeft(confirmed)) return refusedOutcome(confirmed.left);
      const shown = personShown(scene, people.lin, 'lin');
      const request = { purpose, agencyCode: cityOffice.code, confirmation: confirmed.right.confirmation.id };
      return refusal(await showCard(scene.register, request, shown));
    },
  ),
];

const form = [
  step(
    'terms-shown',
    '2026-01-05T10:50',
    '顯示用戶約定條款',
    'The terms are shown, with the time of the page',
    'GEPI-12 GEPI-13 GEPI-14',
    answered,
    async (scene) =>
      orElse(await scene.register.presentTerms()(), ({ terms, presentedAt }) => {
        const time = printRocDateTime(presentedAt as Instant);
        return answer(
          terms.version === 1,
          `${say('screen.terms.downloadedAt').zh}${time}`,
          `Version ${terms.version}`,
        );
      }),
  ),
  step(
    'terms-forged',
    '2026-01-05T10:52',
    '自行竄改條款閱讀時間後送出',
    'A page-download time that the portal never printed',
    'GEPI-13',
    refused('TERMS_RECEIPT_INVALID'),
    async (scene) => {
      const terms = await agreeToTerms(scene.register);
      if (E.isLeft(terms)) return refusedOutcome(terms.left);
      const changed = { ...terms.right, presentedAt: '2026-01-04T10:00:00.000Z' };
      return orElse(await both(scene), (confirmed) =>
        scene.send(confirmed, { type: 'RegisterAgency', terms: changed, contact }, registered),
      );
    },
  ),
  step(
    'form-wrong',
    '2026-01-05T10:56',
    '電子信箱格式錯誤、連絡電話內含分機',
    'A wrong e-mail address, and an extension in the phone field',
    'GEPI-28',
    refused('INVALID_INPUT', 'EMAIL_FORMAT', 'PHONE_HAS_EXTENSION'),
    async (scene) => {
      const wrong = { ...contact, email: 'lin.example.gov.tw', phone: '04-22289111#5312' };
      return orElse(await both(scene), (confirmed) =>
        scene.sendWithTerms(confirmed, { type: 'RegisterAgency', contact: wrong }, registered),
      );
    },
  ),
  step(
    'dry-run',
    '2026-01-05T11:00',
    '試算:送出前先看會發生什麼(不儲存)',
    'A dry run: what would happen, and nothing is kept',
    'GEPI-28',
    wouldDo('TermsAccepted', 'AgencyRegistered', 'ManagerAppointed'),
    async (scene) =>
      orElse(await both(scene), (confirmed) =>
        scene.sendWithTerms(
          confirmed,
          { type: 'RegisterAgency', contact },
          { text: { zh: '可以註冊。', en: 'It would be registered.' }, dryRun: true },
        ),
      ),
  ),
  step(
    'registered',
    '2026-01-05T11:05',
    '確認首次註冊資訊',
    'First registration confirmed',
    'GEPI-22 GEPI-28 GEPI-29',
    done('TermsAccepted', 'AgencyRegistered', 'ManagerAppointed'),
    async (scene) => {
      const confirmed = await both(scene);
      if (E.isLeft(confirmed)) return refusedOutcome(confirmed.left);
      return scene.sendWithTerms(confirmed.right, { type: 'RegisterAgency', contact }, registered);
    },
  ),
];

const afterwards = [
  step(
    'retried',
    '2026-01-05T11:08',
    '網路中斷,瀏覽器重送同一筆申請',
    'The same command sent again after a broken connection',
    'GEPI-29',
    repeated('TermsAccepted', 'AgencyRegistered', 'ManagerAppointed'),
    (scene) =>
      scene.sendAgain(scene.sentBy('registration/registered'), {
        zh: '與第一次相同的答覆,未重複登記。',
        en: 'The same answer; nothing is written twice.',
      }),
  ),
  step(
    'id-reused',
    '2026-01-05T11:09',
    '以相同作業代號送出不同內容',
    'Another command under the same command id',
    'GEPI-29',
    refused('COMMAND_ID_REUSED'),
    (scene) => {
      const sent = scene.sentBy('registration/registered');
      const changed = { ...(isRecord(sent) ? sent : {}), contact: { ...contact, extension: '9' } };
      return scene.sendAgain(changed, { zh: '已登記', en: 'Registered' });
    },
  ),
  step(
    'confirmation-used',
    '2026-01-05T11:10',
    '以用過的憑證確認再送一次',
    'Another command under a confirmation that was used',
    'GEPI-20',
    refused('CONFIRMATION_USED'),
    (scene) => {
      const sent = scene.sentBy('registration/registered');
      const other = { ...(isRecord(sent) ? sent : {}), commandId: randomUUID() };
      return scene.sendAgain(other, { zh: '已登記', en: 'Registered' });
    },
  ),
  step(
    'registered-already',
    '2026-01-05T11:15',
    '再次辦理首次註冊',
    'First registration once more',
    'GEPI-22',
    refused('AGENCY_ALREADY_REGISTERED'),
    async (scene) => refusal(await agencyStep(scene, 'city')),
  ),
];

export const registration: Chapter = {
  id: 'registration',
  title: { zh: '四、首次註冊作業', en: 'First registration' },
  steps: [
    ...gate,
    ...agencyCards,
    ...managerCards,
    ...challenges,
    ...form,
    ...afterwards,
    ...hospitalRegistration,
    ...reviewSteps,
  ],
};
