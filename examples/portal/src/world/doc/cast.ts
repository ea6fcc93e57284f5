/**
 * The invented organisation, people and accounts of the document portal.
 *
 * @packageDocumentation
 */
import type { DirectoryEntry } from '@mandate/domain';
import type { TestAccount } from '../test-means.js';

export const academy: DirectoryEntry = {
  code: '393000000C',
  name: '示範文書館',
  organisation: { kind: 'oid', value: '2.16.886.101.90006.20001.20013' },
};

/** Where somebody works whose card is on record in other portals too. */
export const hospital: DirectoryEntry = {
  code: '393000001C',
  name: '示範醫院',
  organisation: { kind: 'oid', value: '2.16.886.101.90006.20001.20014' },
};

export interface Officer extends Pick<TestAccount, 'account' | 'holder' | 'nationalId'> {
  readonly pin: string;
}

/** Whose card was extended, and has other serials now. */
export const author: Officer = {
  ...{ account: 'P0230', holder: '許承辦', nationalId: 'B123456780', pin: '620114' },
};

/** Has registered nothing yet. */
export const colleague: Officer = {
  ...{ account: 'P0231', holder: '孫同仁', nationalId: 'N220001230', pin: '730225' },
};

/** Clerk in GEPI and NHI too, with the same card. */
export const nurse: Officer = {
  ...{ account: 'P0310', holder: '高護理', nationalId: 'T200987618', pin: '850923' },
};

const note = (zh: string, en: string) => ({ zh, en });
const accountOf = (
  { account, holder, nationalId }: Omit<Officer, 'pin'>,
  password: string,
  roles: ReadonlyArray<string>,
  words: TestAccount['note'],
  agencies: ReadonlyArray<string> = [academy.code],
): TestAccount => ({ account, password, holder, nationalId, roles, agencies, note: words });

export const testAccounts: ReadonlyArray<TestAccount> = [
  accountOf(author, 'hsu-6201', [], note('示範文書館(393000000C)承辦人員', 'Officer of 393000000C')),
  accountOf(
    colleague,
    'sun-7302',
    [],
    note('示範文書館承辦人員,尚未登記', 'Officer who has registered nothing yet'),
  ),
  accountOf(
    nurse,
    'kao-8509',
    [],
    note('示範醫院(393000001C)承辦人員,憑證即將到期', 'Officer of 393000001C; the certificate ends soon'),
    [hospital.code],
  ),
  accountOf(
    { account: 'P0001', holder: '吳登記', nationalId: 'L220001014' },
    'desk-8403',
    ['registry-desk'],
    note('示範文書館登記桌', 'Registry desk of 393000000C'),
  ),
];
