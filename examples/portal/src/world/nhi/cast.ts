/**
 * The invented units, people and health cards of the NHI portal. None of these names and numbers is anybody's.
 *
 * @packageDocumentation
 */
import type { DirectoryEntry } from '@mandate/domain';
import type { TestHealthCard } from '../test-means.js';

/** Somebody with a citizen certificate. */
export interface Citizen {
  readonly name: string;
  readonly nationalId: string;
  readonly pin: string;
}

/** A unit as the portal's records have it, with the PIN of its card. */
export interface Unit extends DirectoryEntry {
  readonly organisation: { readonly kind: 'businessNumber'; readonly value: string };
  readonly pin: string;
}

const business = (value: string) => ({ kind: 'businessNumber', value }) as const;

const owner = { name: '洪負責', nationalId: 'A120000114' };
const shopkeeper = { name: '葉老闆', nationalId: 'C120000330' };

/** Not registered yet: the first thing that a newcomer does, by either means. */
export const shop: Unit = {
  code: '310000038',
  name: '示範商行有限公司',
  organisation: business('90358063'),
  responsible: shopkeeper.nationalId,
  pin: '246801',
};

/** Registered by the health card of the person responsible. */
export const clinic: Unit = {
  code: '310000012',
  name: '示範診所有限公司',
  organisation: business('90345716'),
  responsible: owner.nationalId,
  pin: '135791',
};

/** Registered by its certificate. */
export const company: Unit = {
  code: '310000025',
  name: '示範科技有限公司',
  organisation: business('90037041'),
  pin: '864209',
};

/** Closed for the time being (NHI-19). */
export const closed: Unit = {
  code: '310000041',
  name: '示範文教有限公司',
  organisation: business('90666738'),
  pin: '975310',
};

export const units: ReadonlyArray<Unit> = [shop, clinic, company, closed];

export const citizens = {
  wang: { name: '王小明', nationalId: 'E120000556', pin: '112233' },
  ho: { name: '何承辦', nationalId: 'F220000666', pin: '223344' },
  /** Clerk in GEPI too, with the same card. */
  kao: { name: '高護理', nationalId: 'T200987618', pin: '850923' },
  chien: { name: '簡文教', nationalId: 'G120000772', pin: '334455' },
} as const satisfies Readonly<Record<string, Citizen>>;

const note = (zh: string, en: string) => ({ zh, en });

export const healthCards: ReadonlyArray<TestHealthCard> = [
  {
    ...{ id: 'owner', holder: owner.name, nationalId: owner.nationalId },
    ...{ cardNumber: '000012345678', password: 'owner-2468' },
    note: note('示範診所(310000012)負責人', 'Responsible for the clinic 310000012'),
  },
  {
    ...{ id: 'shopkeeper', holder: shopkeeper.name, nationalId: shopkeeper.nationalId },
    ...{ cardNumber: '000023456789', password: 'shop-1357' },
    note: note('示範商行(310000038)負責人', 'Responsible for the shop 310000038'),
  },
  {
    ...{ id: 'nurse', holder: '陳護理', nationalId: 'D220000440' },
    ...{ cardNumber: '000034567890', password: 'nurse-9753' },
    note: note('示範診所承辦人', 'Clerk of the clinic'),
  },
  {
    ...{ id: 'novice', holder: '李新手', nationalId: 'H220000882' },
    ...{ cardNumber: '000045678901', password: undefined },
    note: note('尚未註冊', 'Not registered by its holder yet'),
  },
];
