/**
 * Having a command signed by the card in the reader, as data: for purposes of the policy with `evidence: 'command'`.
 *
 * @packageDocumentation
 */
import {
  CardStep,
  CommandToSign,
  cardCommands,
  type Fields,
  type StrictC,
  strict,
  t,
  tagged,
} from '@mandate/domain';
import { describe } from '../description.js';
import { cardCodes, confirmationCodes, storeCodes } from './codes.js';

type ByCards = {
  readonly agencyCode: (typeof cardCommands.LogIn.required)['agencyCode'];
  readonly confirmation: (typeof cardCommands.LogIn.required)['confirmation'];
} & Fields;

/** A command without what the session says; `commandId` is the `Idempotency-Key` with which it will be given. */
const signable = <R extends ByCards, O extends Fields>({
  required: { agencyCode: _session, confirmation: _secret, ...required },
  optional,
}: StrictC<R, O>): StrictC<Omit<R, 'agencyCode' | 'confirmation'>, O> => strict(required, optional);

/** Any command of card holders, by its `type`. */
const SignableCommand = tagged('type', {
  RegisterAgency: signable(cardCommands.RegisterAgency),
  RequestReview: signable(cardCommands.RequestReview),
  AuthorizeClerk: signable(cardCommands.AuthorizeClerk),
  ChangeClerk: signable(cardCommands.ChangeClerk),
  RevokeClerk: signable(cardCommands.RevokeClerk),
  ReplaceAgencyCertificate: signable(cardCommands.ReplaceAgencyCertificate),
  ReplaceManagerCertificate: signable(cardCommands.ReplaceManagerCertificate),
  ReplaceBothCertificates: signable(cardCommands.ReplaceBothCertificates),
  LogIn: signable(cardCommands.LogIn),
});

/** What the card in the reader must sign. Its answer goes to `/confirmations`, as that of a card that is shown. */
export const CommandChallengeAnswer = t.strict({
  nonce: t.string,
  /** UTF-8, to the letter. */
  text: t.string,
  expiresAt: t.string,
  /** Whose card. */
  step: CardStep,
  /** What is signed, as the register has read it: the text names SHA-256 of its canonical JSON (RFC 8785). */
  command: CommandToSign,
});

export const signingRoutes = {
  issueCommandChallenge: describe({
    id: 'issueCommandChallenge',
    method: 'POST',
    path: '/command-challenges',
    tag: 'session',
    summary: {
      zh: '取得讀卡機中憑證須簽署之作業內容',
      en: 'What the card in the reader must sign before a command is given, where each is signed',
    },
    access: ['session'],
    body: strict({ command: SignableCommand }),
    answer: CommandChallengeAnswer,
    status: 200,
    errors: [...confirmationCodes, ...cardCodes, ...storeCodes],
  }),
};
