/**
 * 使用者憑證登記 as data: people's own credentials, or those of all at the registry desk (DOC-2…12). Which a session may do, its
 * purpose in the pack says; the register refuses the rest.
 *
 * @packageDocumentation
 */
import { CaName, CredentialQuestion, cardCommands, strict, t, Uuid } from '@mandate/domain';
import { describe } from '../description.js';
import type { ErrorCode } from '../problem.js';
import { orNull } from '../rows/credential.js';
import { CommandAnswer } from '../rows/executed.js';
import { bodyOf } from './bodies.js';
import { cardCodes, confirmationCodes, storeCodes } from './codes.js';

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

/** A row of 使用者憑證登記(瀏覽) (DOC-2). Account and name are `null` where the person was forgotten. */
const CredentialRow = t.strict(
  {
    id: t.string,
    account: orNull(t.string),
    name: orNull(t.string),
    kind: t.string,
    cardKind: t.string,
    /** At least 32 digits (DOC-12). */
    serial1: t.string,
    serial2: t.string,
    proof: t.keyof({ read: null, typedByHand: null }),
    /** ISO 8601, UTC: the first instant of 啟用日期, the last of 終止日期; `null`: 不啟用. */
    active: orNull(t.strict({ from: t.string, to: t.string })),
  },
  'CredentialRow',
);

/** Every row that ever was, in the order of registration (DOC-10). */
export const CredentialsAnswer = t.strict({ credentials: t.readonlyArray(CredentialRow) });

/** What both certificates of a card say (DOC-6, DOC-7). */
export const CredentialShown = t.strict({
  ca: CaName,
  serial1: t.string,
  serial2: t.string,
  /** Until when the card is good: ISO 8601, UTC. */
  notAfter: t.string,
  warnings: t.readonlyArray(t.keyof({ CREDENTIAL_ALREADY_REGISTERED: null })),
});

// -------------------------------------------------------------------------------------
// codes
// -------------------------------------------------------------------------------------

const common: ReadonlyArray<ErrorCode> = [...confirmationCodes, ...cardCodes];
const aboutOthers: ReadonlyArray<ErrorCode> = [...common, 'CREDENTIAL_OF_OTHER_PERSON'];
const maintaining: ReadonlyArray<ErrorCode> = [...common, 'CREDENTIAL_NOT_FOUND', 'NOTHING_CHANGED'];

// -------------------------------------------------------------------------------------
// routes
// -------------------------------------------------------------------------------------

const credentials = { tag: 'credentials', access: ['session'] } as const;
const one = {
  params: strict({ credentialId: Uuid }),
  path: '/credentials/{credentialId}/activation',
} as const;

export const credentialRoutes = {
  credentials: describe({
    ...credentials,
    id: 'credentials',
    method: 'GET',
    path: '/credentials',
    summary: {
      zh: '使用者憑證登記(瀏覽)',
      en: 'Registered credentials: one’s own, or those of all at the desk',
    },
    answer: CredentialsAnswer,
    status: 200,
    errors: [...common, ...storeCodes],
  }),
  showCredential: describe({
    ...credentials,
    id: 'showCredential',
    method: 'POST',
    path: '/credential-cards',
    summary: {
      zh: '自動讀取憑證序號',
      en: 'What both certificates of a card say that was read without a PIN',
    },
    body: CredentialQuestion,
    answer: CredentialShown,
    status: 200,
    errors: [...aboutOthers, ...storeCodes],
  }),
  registerCredential: describe({
    ...credentials,
    id: 'registerCredential',
    method: 'POST',
    path: '/credentials',
    summary: { zh: '使用者憑證登記(新增)', en: 'Register a credential, active or not' },
    command: true,
    body: bodyOf(cardCommands.RegisterCredential),
    answer: CommandAnswer,
    status: 201,
    errors: [
      ...aboutOthers,
      'ACCOUNT_UNKNOWN',
      'MEANS_UNAVAILABLE',
      'CREDENTIAL_KIND_UNKNOWN',
      'CREDENTIAL_MUST_BE_READ',
      'CREDENTIAL_ALREADY_REGISTERED',
      'CREDENTIAL_DATES_INVALID',
    ],
  }),
  activateCredential: describe({
    ...credentials,
    ...one,
    id: 'activateCredential',
    method: 'PUT',
    summary: { zh: '啟用', en: 'Make a credential the active one of its holder, or give it other days' },
    command: true,
    body: bodyOf(cardCommands.ActivateCredential, 'credential'),
    answer: CommandAnswer,
    status: 200,
    errors: [...maintaining, 'CREDENTIAL_DATES_INVALID'],
  }),
  deactivateCredential: describe({
    ...credentials,
    ...one,
    id: 'deactivateCredential',
    method: 'DELETE',
    summary: { zh: '不啟用', en: 'Make a credential inactive; its row stays' },
    command: true,
    answer: CommandAnswer,
    status: 200,
    errors: maintaining,
  }),
};
