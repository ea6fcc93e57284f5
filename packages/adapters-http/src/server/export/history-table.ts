/**
 * The history as a table: a row for each change, its columns in the reader's language.
 *
 * @packageDocumentation
 */
import type { AuthorityChange, AuthorityEventType } from '../rows/history.js';
import type { Cell } from './csv.js';

export type Language = 'zh' | 'en';

export const historyHeading: Readonly<Record<Language, ReadonlyArray<string>>> = {
  zh: [
    '序號',
    '記錄時間',
    '生效時間',
    '異動',
    '經辦人代號',
    '姓名',
    '授予',
    '取消',
    '憑證',
    '說明',
    '執行者',
    '執行者姓名',
    '憑據雜湊',
    '事件代號',
  ],
  en: [
    'number',
    'recorded',
    'effective',
    'change',
    'clerk',
    'name',
    'granted',
    'revoked',
    'certificate',
    'detail',
    'by',
    'by name',
    'evidence',
    'event',
  ],
};

const labels: Readonly<Record<Language, Readonly<Record<AuthorityEventType, string>>>> = {
  zh: {
    TermsAccepted: '同意條款',
    AgencyRegistered: '首次註冊',
    AgencySuspended: '暫時關閉',
    AgencyReopened: '重新開放',
    AgencyDeregistered: '終止使用',
    ManagerAppointed: '設定授權管理者',
    CertificateReplaced: '更換憑證',
    ClerkAuthorized: '新增經辦人',
    ClerkPermissionsChanged: '修改權限',
    ClerkRevoked: '刪除經辦人',
    ClerkCredentialProved: '憑證經驗證',
    HistoryImported: '匯入經辦人',
    CredentialRegistered: '登記憑證',
    CredentialActivated: '憑證啟用',
    CredentialDeactivated: '憑證不啟用',
  },
  en: {
    TermsAccepted: 'terms accepted',
    AgencyRegistered: 'agency registered',
    AgencySuspended: 'agency suspended',
    AgencyReopened: 'agency reopened',
    AgencyDeregistered: 'agency deregistered',
    ManagerAppointed: 'manager appointed',
    CertificateReplaced: 'certificate replaced',
    ClerkAuthorized: 'clerk authorised',
    ClerkPermissionsChanged: 'permissions changed',
    ClerkRevoked: 'clerk revoked',
    ClerkCredentialProved: 'certificate proved',
    HistoryImported: 'clerk imported',
    CredentialRegistered: 'credential registered',
    CredentialActivated: 'credential activated',
    CredentialDeactivated: 'credential deactivated',
  },
};

const certificate = ({ ca, serial }: { readonly ca: string; readonly serial: string }): string =>
  `${ca}:${serial}`;

interface Particulars {
  readonly granted?: ReadonlyArray<string>;
  readonly revoked?: ReadonlyArray<string>;
  readonly certificate?: string;
  readonly detail?: string;
}

const particularsOf = (change: AuthorityChange): Particulars => {
  switch (change.type) {
    case 'AgencyRegistered':
      return { certificate: certificate(change.data.credential), detail: change.data.name };
    case 'ManagerAppointed':
      return { certificate: certificate(change.data.credential) };
    case 'ClerkAuthorized':
      return { granted: change.data.permissions, certificate: certificate(change.data.credential) };
    case 'HistoryImported': {
      const { permissions, credential, source } = change.data;
      return { granted: permissions, certificate: certificate(credential), detail: source };
    }
    case 'ClerkPermissionsChanged':
      return { granted: change.data.granted, revoked: change.data.revoked };
    case 'ClerkCredentialProved':
      return { certificate: certificate(change.data.credential) };
    case 'CertificateReplaced': {
      const { previous, next, cause } = change.data;
      return { certificate: `${certificate(previous)} > ${certificate(next)}`, detail: cause };
    }
    case 'CredentialRegistered': {
      const { ca, serial1, serial2, kind, cardKind } = change.data;
      return { certificate: `${ca}:${serial1} ${ca}:${serial2}`, detail: `${kind} ${cardKind}` };
    }
    case 'CredentialActivated': {
      const { ca, serial1, from, to } = change.data;
      return { certificate: `${ca}:${serial1}`, detail: `${from} ${to}` };
    }
    case 'CredentialDeactivated':
      return { detail: change.data.cause };
    case 'TermsAccepted':
      return { detail: `${change.data.purpose} ${change.data.version}` };
    case 'AgencySuspended':
    case 'AgencyReopened':
    case 'AgencyDeregistered':
      return { detail: change.data.reason };
    case 'ClerkRevoked':
      return { detail: change.data.cause };
  }
};

const actorOf = ({ actor }: AuthorityChange): string =>
  actor.kind === 'staff' ? `${actor.kind}:${actor.account}` : actor.kind;

/** `nameOf` a pseudonym: blank for those who may not see names. */
export const historyCells =
  (language: Language, nameOf: (person: string) => string) =>
  (change: AuthorityChange): ReadonlyArray<Cell> => {
    const { granted = [], revoked = [], certificate = '', detail = '' } = particularsOf(change);
    const { actor } = change;
    return [
      change.revision,
      change.recordedAt,
      change.effectiveAt,
      labels[language][change.type],
      change.clerk,
      change.person === null ? '' : nameOf(change.person),
      granted.join(' '),
      revoked.join(' '),
      certificate,
      detail,
      actorOf(change),
      'person' in actor ? nameOf(actor.person) : '',
      change.evidence.join(' '),
      change.eventId,
    ];
  };
