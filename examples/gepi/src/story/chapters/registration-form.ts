/**
 * 四、首次註冊作業 (三) 首次註冊資訊確認: terms, form, and what follows (GEPI-12…14, 22, 28, 29).
 *
 * @packageDocumentation
 */

import { randomUUID } from 'node:crypto';
import { type Instant, printRocDateTime } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { cityOffice } from '../../world/cast.js';
import { agreeToTerms } from '../../world/counter.js';
import { isRecord } from '../../world/files.js';
import { answer, answered, done, refused, refusedOutcome, repeated, wouldDo } from '../outcome.js';
import { orElse, refusal } from '../scene.js';
import { type Step, steps } from '../step.js';
import { agencyStep, both, contact, registered } from './registration-cards.js';
import { say } from './shared.js';

const step = steps('registration', cityOffice);

export const form: ReadonlyArray<Step> = [
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

export const afterwards: ReadonlyArray<Step> = [
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
