/**
 * The invented agencies and people of the story. No agency or person of these names and numbers exists on purpose.
 *
 * @packageDocumentation
 */
import type { DirectoryEntry } from '@mandate/domain';

/** A person with a citizen certificate. */
export interface Person {
  readonly name: string;
  /** 身分證統一編號, valid by its checksum. */
  readonly nationalId: string;
  readonly pin: string;
}

/** An agency with an organisation certificate. */
export interface Agency {
  readonly code: string;
  readonly name: string;
  readonly ca: 'GCA' | 'XCA' | 'MOEACA' | 'HCA';
  /** As its certificate says. */
  readonly oid?: string;
  readonly businessNumber?: string;
  /** As the insurer's own records say; differs where the story needs a review. */
  readonly recorded: DirectoryEntry['organisation'];
  readonly region: string;
  readonly pin: string;
}

/** 示範市政府人事處: everything goes well here. */
export const cityOffice: Agency = {
  code: 'DM001',
  name: '示範市政府人事處',
  ca: 'GCA',
  oid: '2.16.886.101.90003.20001.20005',
  recorded: { kind: 'oid', value: '2.16.886.101.90003.20001.20005' },
  region: '臺中',
  pin: '731052',
};

/** 示範國民小學: its certificate names an OID that the records do not know, so it goes to review. */
export const school: Agency = {
  code: 'DM002',
  name: '示範市示範國民小學',
  ca: 'XCA',
  oid: '2.16.886.111.90003.90003.100123',
  recorded: { kind: 'oid', value: '2.16.886.111.90003.90003.100099' },
  region: '宜蘭',
  pin: '204816',
};

/** 示範公營事業: identified by its business number. */
export const company: Agency = {
  code: 'DM003',
  name: '示範自來水股份有限公司',
  ca: 'MOEACA',
  businessNumber: '04595257',
  recorded: { kind: 'businessNumber', value: '04595257' },
  region: '高雄',
  pin: '918273',
};

/** 示範醫院. */
export const hospital: Agency = {
  code: 'DM004',
  name: '示範市立醫院',
  ca: 'HCA',
  oid: '2.16.886.112.90003.20001',
  recorded: { kind: 'oid', value: '2.16.886.112.90003.20001' },
  region: '花蓮',
  pin: '555012',
};

export const agencies: ReadonlyArray<Agency> = [cityOffice, school, company, hospital];

const person = (name: string, nationalId: string, pin: string): Person => ({ name, nationalId, pin });

export const people = {
  /** Manager of the city office. */
  lin: person('林示範', 'A223456781', '680412'),
  /** Manager after her. */
  chang: person('張接任', 'B123456780', '701130'),
  /** Clerk; her card is renewed in the story. */
  wang: person('王小明', 'A123456789', '800101'),
  /** Clerk whose card cannot be read, so that the serial is typed. */
  chen: person('陳手打', 'F131104093', '750520'),
  /** Manager and clerk of the school in one person. */
  huang: person('黃兼任', 'H245678902', '690909'),
  /** Clerk who leaves, and is forgotten later. */
  liu: person('劉離職', 'S123456702', '770707'),
  /** Manager of the company. */
  hsu: person('許公營', 'E129876510', '660315'),
  /** Manager of the hospital. */
  tsai: person('蔡醫管', 'U223456715', '720218'),
  /** Clerk of the hospital until its end. */
  kao: person('高護理', 'T200987618', '850923'),
  /** Nobody's clerk. */
  stranger: person('吳路人', 'N134567892', '881231'),
} as const satisfies Readonly<Record<string, Person>>;

export type PersonKey = keyof typeof people;
