/**
 * 四、首次註冊作業 (一) 機關憑證確認: the gate, and agency cards that are not accepted (GEPI-2…4, 16, 17, 20).
 *
 * @packageDocumentation
 */
import { cityOffice, people } from '../../world/cast.js';
import { answer, answered, cardSays, refused } from '../outcome.js';
import { agencyShown, cardRefusal, loginShown, orElse, refusal, tryPins } from '../scene.js';
import { type Step, steps } from '../step.js';
import { agencyStep, lin, office, purpose } from './registration-cards.js';
import { issueAgencyCard, issueCitizenCard, validity } from './shared.js';

const step = steps('registration', cityOffice);

export const gate: ReadonlyArray<Step> = [
  step(
    'before-opening',
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
    'not-registered',
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

export const agencyCards: ReadonlyArray<Step> = [
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
        : cardRefusal(fault, { kind: 'agency', ca: cityOffice.ca });
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
        : cardRefusal(fault, { kind: 'agency', ca: cityOffice.ca });
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
