/**
 * Invented agencies and people of the other portals.
 *
 * @packageDocumentation
 */

/** Somebody, with what they may have in hand. */
export interface Person {
  readonly name: string;
  readonly nationalId: string;
  /** 健保卡卡號 and the password that its holder set, where it is registered. */
  readonly healthCard?: { readonly number: string; readonly password: string };
  /** An account of the portal, where there is one. */
  readonly account?: {
    readonly name: string;
    readonly secret: string;
    readonly roles: ReadonlyArray<string>;
  };
}

/** A unit or agency as a portal's records have it. */
export interface Unit {
  readonly code: string;
  readonly name: string;
  /** By which its certificate names it. */
  readonly organisation:
    | { readonly kind: 'oid'; readonly value: string }
    | { readonly kind: 'businessNumber'; readonly value: string };
  readonly responsible?: string;
}

/** The person responsible for the clinic, who registered the own health card. */
export const owner: Person = {
  name: '洪負責',
  nationalId: 'A123456789',
  healthCard: { number: '000012345678', password: 'owner-secret' },
};

export const clerk: Person = { name: '王小明', nationalId: 'B123456780' };

/** A clerk with a registered health card. */
export const nurse: Person = {
  name: '陳護理',
  nationalId: 'C123456781',
  healthCard: { number: '000087654321', password: 'nurse-secret' },
};

/** Whose health card nobody has registered. */
export const novice: Person = { name: '李新手', nationalId: 'D123456782' };

export const officer: Person = {
  name: '趙人事',
  nationalId: 'E123456783',
  account: { name: 'hr-0001', secret: 'hr-secret', roles: ['hr-officer'] },
};

export const colleague: Person = {
  name: '錢同仁',
  nationalId: 'F131104093',
  account: { name: 'staff-0002', secret: 'staff-secret', roles: [] },
};

export const other: Person = {
  name: '孫同仁',
  nationalId: 'A223456781',
  account: { name: 'staff-0003', secret: 'other-secret', roles: [] },
};

/** 承辦人員 of an organisation that signs documents. */
export const author: Person = {
  name: '許承辦',
  nationalId: 'B123456780',
  account: { name: 'P0230', secret: 'author-secret', roles: [] },
};

/** 登記桌 of the same organisation. */
export const desk: Person = {
  name: '吳登記',
  nationalId: 'C123456781',
  account: { name: 'P0001', secret: 'desk-secret', roles: ['registry-desk'] },
};

/** A clinic that is a company of MOEACA. */
export const clinic: Unit = {
  code: '123456789',
  name: '示範診所有限公司',
  organisation: { kind: 'businessNumber', value: '04595257' },
  responsible: owner.nationalId,
};

/** An agency of GCA. */
export const bureau: Unit = {
  code: '301000000A',
  name: '示範縣政府人事處',
  organisation: { kind: 'oid', value: '2.16.886.101.20003.20001' },
};
