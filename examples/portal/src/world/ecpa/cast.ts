/**
 * The invented agencies, people and accounts of the eCPA portal.
 *
 * @packageDocumentation
 */
import type { DirectoryEntry } from '@mandate/domain';
import type { TestAccount } from '../test-means.js';

export interface Bureau extends DirectoryEntry {
  readonly organisation: { readonly kind: 'oid'; readonly value: string };
  readonly pin: string;
}

const oid = (value: string) => ({ kind: 'oid', value }) as const;

/** Its certificate is not bound to an account yet. */
export const county: Bureau = {
  code: '391000000A',
  name: '示範縣政府人事處',
  organisation: oid('2.16.886.101.90004.20001.20011'),
  pin: '314159',
};

/** Bound, with colleagues who were let in. */
export const town: Bureau = {
  code: '392000000B',
  name: '示範市政府人事處',
  organisation: oid('2.16.886.101.90005.20001.20012'),
  pin: '271828',
};

export const bureaus: ReadonlyArray<Bureau> = [county, town];

const note = (zh: string, en: string) => ({ zh, en });
const officers = ['hr-officer'];

export const testAccounts: ReadonlyArray<TestAccount> = [
  {
    ...{ account: 'hr-county', password: 'county-4826', holder: '趙人事', nationalId: 'K120000999' },
    ...{ roles: officers, agencies: [county.code] },
    note: note('示範縣政府(391000000A)人事人員', 'HR officer of the county 391000000A'),
  },
  {
    ...{ account: 'hr-town', password: 'town-5937', holder: '周人事', nationalId: 'L220001014' },
    ...{ roles: officers, agencies: [town.code] },
    note: note('示範市政府(392000000B)人事人員', 'HR officer of the town 392000000B'),
  },
  {
    ...{ account: 'chien01', password: 'chien-6048', holder: '錢同仁', nationalId: 'M120001120' },
    ...{ roles: [], agencies: [county.code] },
    note: note('示範縣政府同仁,不是人事人員', 'Of the county, and no HR officer'),
  },
  {
    ...{ account: 'sun02', password: 'sun-7159', holder: '孫同仁', nationalId: 'N220001230' },
    ...{ roles: [], agencies: [county.code] },
    note: note('示範縣政府同仁', 'Of the county'),
  },
  {
    ...{ account: 'lee03', password: 'lee-8260', holder: '李同仁', nationalId: 'B220000224' },
    ...{ roles: [], agencies: [town.code] },
    note: note('示範市政府同仁,已獲授權', 'Of the town, and let in already'),
  },
];
