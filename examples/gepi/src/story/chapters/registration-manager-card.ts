/**
 * 四、首次註冊作業 (二) 授權管理者自然人憑證確認: citizen cards, order, and challenges (GEPI-18…21).
 *
 * @packageDocumentation
 */
import { singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { cityOffice, people } from '../../world/cast.js';
import { showCard } from '../../world/counter.js';
import { answer, cardSays, refused, refusedOutcome } from '../outcome.js';
import { cardRefusal, orElse, personShown, refusal, tryPins } from '../scene.js';
import { type Step, steps } from '../step.js';
import {
  agencyStep,
  both,
  contact,
  lin,
  managerStep,
  office,
  purpose,
  registered,
} from './registration-cards.js';
import { issueCitizenCard, validity } from './shared.js';

const step = steps('registration', cityOffice);

export const managerCards: ReadonlyArray<Step> = [
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
        : cardRefusal(fault, { kind: 'citizen' });
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

export const challenges: ReadonlyArray<Step> = [
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
      const signed = await card.sign(new TextEncoder().encode(challenge.right.text), singleUsePin(pin))();
      if (E.isLeft(signed)) return cardRefusal(signed.left, { kind: 'agency', ca: cityOffice.ca });
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
      const signed = await card.sign(new TextEncoder().encode(challenge.right.text), singleUsePin(pin))();
      if (E.isLeft(signed)) return cardRefusal(signed.left, { kind: 'agency', ca: cityOffice.ca });
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
