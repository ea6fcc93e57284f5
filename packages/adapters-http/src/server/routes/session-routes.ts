/**
 * Beginning, seeing and ending a session by cards, as data.
 *
 * @packageDocumentation
 */
import {
  AccountAnswer,
  Base64,
  CardStep,
  Flag,
  PersonalId,
  ReasonCode,
  RegisteredCardAnswer,
  ShortText,
  strict,
  t,
  UnitCode,
} from '@mandate/domain';
import { describe } from '../description.js';
import { SessionView } from '../session/view.js';
import { cardCodes, confirmationCodes, meansCodes, storeCodes } from './codes.js';

const tag = 'session';

/** What the next card must sign. */
export const ChallengeAnswer = t.strict({
  nonce: t.string,
  /** UTF-8, to the letter. */
  text: t.string,
  expiresAt: t.string,
  step: CardStep,
  /** From 1, of so many. */
  number: t.number,
  of: t.number,
  session: SessionView,
});

export const sessionRoutes = {
  session: describe({
    id: 'session',
    method: 'GET',
    path: '/session',
    tag,
    summary: { zh: '目前的憑證確認狀態', en: 'The session of this browser, whatever its state' },
    access: ['public'],
    answer: SessionView,
    status: 200,
    errors: [],
  }),
  issueChallenge: describe({
    id: 'issueChallenge',
    method: 'POST',
    path: '/challenges',
    tag,
    summary: {
      zh: '取得下一張憑證須簽署的驗證資料',
      en: 'What the next card must sign; the first of a purpose begins a session',
    },
    access: ['public'],
    body: strict(
      { purpose: ReasonCode },
      {
        agencyCode: UnitCode,
        nationalId: PersonalId,
        /** Begin with the first card again, although some are confirmed. */
        restart: Flag,
      },
    ),
    answer: ChallengeAnswer,
    status: 200,
    errors: [...confirmationCodes, ...cardCodes, ...storeCodes, 'SESSION_REQUIRED'],
  }),
  confirmCard: describe({
    id: 'confirmCard',
    method: 'POST',
    path: '/confirmations',
    tag,
    summary: {
      zh: '確認憑證',
      en: 'What the card made of the challenge: it is shown, or has signed a command; or other means, as the step says',
    },
    access: ['public'],
    // One of the three: a card's signature, a registered card with its password, an account. The register says which is missing.
    body: strict(
      { nonce: ShortText },
      {
        cms: Base64,
        registeredCard: RegisteredCardAnswer.required.registeredCard,
        account: AccountAnswer.required.account,
      },
    ),
    answer: SessionView,
    status: 200,
    errors: [
      ...confirmationCodes,
      ...cardCodes,
      ...storeCodes,
      'CHALLENGE_UNKNOWN',
      'CHALLENGE_USED',
      'CHALLENGE_EXPIRED',
      'COMMAND_SIGNED_BY_OTHER_CARD',
      'COMMAND_SIGNATURE_OTHER',
      'CHALLENGE_OTHER_SESSION',
      'SESSION_REQUIRED',
      ...meansCodes,
    ],
  }),
  endSession: describe({
    id: 'endSession',
    method: 'DELETE',
    path: '/session',
    tag,
    summary: { zh: '登出', en: 'Sign out' },
    access: ['public'],
    answer: SessionView,
    status: 200,
    errors: [],
  }),
};
