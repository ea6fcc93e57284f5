/**
 * Changes of authority in words, one line each.
 *
 * @packageDocumentation
 */
import { gepiPolicy, purposeOf } from '@mandate/domain';
import type { AuthorityChange } from '@mandate/projections';
import { actorName, personName } from '../world/names.js';
import type { Reading } from '../world/reading.js';
import type { FunctionNames } from './lists.js';
import { shortSerial } from './serial.js';

const holders = { agency: '機關', manager: '授權管理者', clerk: '經辦人' } as const;
const causes = { renewal: '展期', reissue: '換卡', unknown: '更換' } as const;
const proofs = {
  signed: '已簽章',
  read: '已讀卡',
  typedByHand: '手輸序號',
  registeredCard: '健保卡',
  account: '帳號',
} as const;

const signed = (sign: string, names: string): string => (names === '' ? '' : `${sign}${names}`);

const detailOf = (change: AuthorityChange, reading: Reading, namesOf: FunctionNames): string => {
  switch (change.type) {
    case 'TermsAccepted':
      return `第${change.data.version}版(${purposeOf(gepiPolicy, change.data.purpose)?.label.zh ?? ''})`;
    case 'AgencyRegistered':
      return `${change.data.name}  ${shortSerial(change.data.credential)}`;
    case 'ManagerAppointed': {
      const { previous } = change.data;
      return previous === null
        ? shortSerial(change.data.credential)
        : `接替 ${personName(reading, previous)}`;
    }
    case 'CertificateReplaced': {
      const { cause, holder, next, previous } = change.data;
      return `${holders[holder]}${causes[cause]}  ${shortSerial(previous)} → ${shortSerial(next)}`;
    }
    case 'ClerkAuthorized':
    case 'HistoryImported':
      return `${namesOf(change.data.permissions)}(${proofs[change.data.credential.proof]})`;
    case 'ClerkPermissionsChanged':
      return [signed('+', namesOf(change.data.granted)), signed('−', namesOf(change.data.revoked))]
        .filter((part) => part !== '')
        .join('  ');
    case 'ClerkCredentialProved':
      return shortSerial(change.data.credential);
    case 'CredentialRegistered':
    case 'CredentialActivated':
      return shortSerial({ ca: change.data.ca, serial: change.data.serial1 });
    case 'CredentialDeactivated':
      return change.data.cause;
    case 'ClerkRevoked':
      return change.data.cause === 'personChanged' ? '改為他人' : '';
    case 'AgencySuspended':
    case 'AgencyReopened':
    case 'AgencyDeregistered':
      return change.data.reason;
  }
};

const names: Readonly<Record<AuthorityChange['type'], string>> = {
  TermsAccepted: '同意條款',
  AgencyRegistered: '首次註冊',
  ManagerAppointed: '設定授權管理者',
  CertificateReplaced: '更換憑證',
  ClerkAuthorized: '新增經辦人',
  HistoryImported: '匯入經辦人',
  ClerkPermissionsChanged: '修改權限',
  ClerkRevoked: '刪除經辦人',
  ClerkCredentialProved: '憑證經證實',
  AgencySuspended: '暫時關閉',
  AgencyReopened: '重新開放',
  AgencyDeregistered: '終止服務',
  CredentialRegistered: '登記憑證',
  CredentialActivated: '憑證啟用',
  CredentialDeactivated: '憑證不啟用',
};

/** What happened, to whom, in what way, by whom: the cells of a row. */
export const changeCells = (
  change: AuthorityChange,
  reading: Reading,
  namesOf: FunctionNames,
): ReadonlyArray<string> => [
  names[change.type],
  change.person === null ? '' : personName(reading, change.person),
  actorName(reading, change.actor),
  detailOf(change, reading, namesOf),
];
