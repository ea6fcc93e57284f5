/**
 * The invented agencies and people of the drawer. No agency or person of these names and numbers exists on purpose.
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
  /** As its certificate says: an OID, or a business number (MOEACA). */
  readonly organisation: { readonly kind: 'oid' | 'businessNumber'; readonly value: string };
  /** As the insurer's own records say, where that is something else (GEPI-23). */
  readonly recorded?: DirectoryEntry['organisation'];
  readonly region: string;
  readonly pin: string;
}

const oid = (value: string) => ({ kind: 'oid', value }) as const;

/** Not registered: the first thing that a newcomer does. */
export const city: Agency = {
  code: 'DM001',
  name: '示範市政府人事處',
  ca: 'GCA',
  organisation: oid('2.16.886.101.90003.20001.20005'),
  region: '臺中',
  pin: '731052',
};

/** Its certificate names an OID that the records do not have: it goes to review. */
export const school: Agency = {
  code: 'DM002',
  name: '示範市示範國民小學',
  ca: 'XCA',
  organisation: oid('2.16.886.111.90003.90003.100123'),
  recorded: oid('2.16.886.111.90003.90003.100099'),
  region: '宜蘭',
  pin: '204816',
};

/** Registered some weeks ago; its clerks have changed since. */
export const water: Agency = {
  code: 'DM003',
  name: '示範自來水股份有限公司',
  ca: 'MOEACA',
  organisation: { kind: 'businessNumber', value: '04595257' },
  region: '高雄',
  pin: '918273',
};

/** Registered too; the certificate of one clerk ends soon. */
export const hospital: Agency = {
  code: 'DM004',
  name: '示範市立醫院',
  ca: 'HCA',
  organisation: oid('2.16.886.112.90003.20001'),
  region: '花蓮',
  pin: '555012',
};

/** Applied for a review, which waits for staff. */
export const township: Agency = {
  code: 'DM005',
  name: '示範縣示範鄉公所',
  ca: 'GCA',
  organisation: oid('2.16.886.101.90004.20001.20007'),
  recorded: oid('2.16.886.101.90004.20001.20002'),
  region: '屏東',
  pin: '660215',
};

export const agencies: ReadonlyArray<Agency> = [city, school, water, hospital, township];

const person = (name: string, nationalId: string, pin: string): Person => ({ name, nationalId, pin });

export const people = {
  /** Manager of the city office to be. */
  lin: person('林示範', 'A223456781', '680412'),
  /** Clerk of nobody yet. */
  wang: person('王小明', 'A123456789', '800101'),
  /** Another. */
  chen: person('陳手打', 'F131104093', '750520'),
  /** Manager of the school to be. */
  huang: person('黃兼任', 'H245678902', '690909'),
  /** Manager of the company. */
  hsu: person('許公營', 'E129876510', '660315'),
  /** Who may take the manager's place. */
  chang: person('張接任', 'B123456780', '701130'),
  /** Clerk of the company; the card was renewed and the register does not know. */
  kuo: person('郭展期', 'D222334458', '770318'),
  /** Clerk of the company; permissions changed. */
  tsao: person('曹承辦', 'J123987652', '810626'),
  /** Was a clerk of the company. */
  liu: person('劉離職', 'S123456702', '770707'),
  /** Manager of the hospital. */
  tsai: person('蔡醫管', 'U223456715', '720218'),
  /** Clerk of the hospital; the certificate ends in some weeks. */
  kao: person('高護理', 'T200987618', '850923'),
  /** The card is expired. */
  chou: person('周過期', 'P109988777', '630404'),
  /** The card was reported lost and revoked. */
  cheng: person('鄭遺失', 'Q224561239', '740815'),
  /** A good card of somebody whom nobody has authorised. */
  wu: person('吳路人', 'N134567892', '881231'),
  /** Of another PKI that calls itself by the same names. */
  fake: person('假卡人', 'V209871239', '900101'),
} as const satisfies Readonly<Record<string, Person>>;
