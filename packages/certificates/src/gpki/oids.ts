/** Object identifiers of the GPKI (docs/gpki.md 3 and 5), as data. */

/** The five CAs whose cards carry authority. */
export type Ca = 'GCA' | 'XCA' | 'MOEACA' | 'HCA' | 'MOICA';

export const cas: ReadonlyArray<Ca> = ['GCA', 'XCA', 'MOEACA', 'HCA', 'MOICA'];

export type SubjectType =
  | 'citizen'
  | 'agency'
  | 'unit'
  | 'company'
  | 'firm'
  | 'branch'
  | 'school'
  | 'medicalInstitution'
  | 'medicalPerson'
  | 'server'
  | 'unknown';

/** Attribute types inside Subject Directory Attributes. */
export const gpkiAttributes = {
  subjectType: '2.16.886.1.100.2.1',
  cardRank: '2.16.886.1.100.2.2',
  last4: '2.16.886.1.100.2.51',
  businessNumber: '2.16.886.1.100.2.101',
  organisationOid: '2.16.886.1.100.2.102',
  /** Also the CMS signed attribute for the card number. */
  cardNumber: '2.16.886.1.100.2.204',
} as const;

/** Subject types by object identifier. .1.9 was seen in test certificates only and stays `unknown`. */
export const subjectTypeOids: Readonly<Record<Exclude<SubjectType, 'unknown'>, string>> = {
  citizen: '2.16.886.1.100.3.1.1',
  medicalPerson: '2.16.886.1.100.3.1.7',
  agency: '2.16.886.1.100.3.2.1.1',
  unit: '2.16.886.1.100.3.2.1.2',
  company: '2.16.886.1.100.3.2.2.1.1',
  firm: '2.16.886.1.100.3.2.3.1',
  branch: '2.16.886.1.100.3.2.3.3.1',
  school: '2.16.886.1.100.3.2.11',
  medicalInstitution: '2.16.886.1.100.3.2.21',
  server: '2.16.886.1.100.3.3.1',
};

const typesByOid: ReadonlyMap<string, SubjectType> = new Map(
  Object.entries(subjectTypeOids).map(([type, oid]) => [oid, type as SubjectType]),
);

export const subjectTypeOf = (oid: string): SubjectType => typesByOid.get(oid) ?? 'unknown';

/**
 * Which CA may say which type. A certificate whose type is not its CA's business is refused by every profile: the
 * card of a company must not name a citizen. `unit` and `school` are seen at two CAs or likely there.
 */
export const issuersOfType: Readonly<Record<SubjectType, ReadonlyArray<Ca>>> = {
  citizen: ['MOICA'],
  agency: ['GCA'],
  unit: ['GCA', 'XCA'],
  company: ['MOEACA'],
  firm: ['MOEACA'],
  branch: ['MOEACA'],
  school: ['XCA', 'GCA'],
  medicalInstitution: ['HCA'],
  medicalPerson: ['HCA'],
  server: ['GCA'],
  unknown: cas,
};

/** Certificate policies: assurance levels 1 to 4, and the one of test certificates. */
export const gpkiPolicies = {
  test: '2.16.886.101.0.3.0',
  level1: '2.16.886.101.0.3.1',
  level2: '2.16.886.101.0.3.2',
  /** The level at which the card CAs work. */
  level3: '2.16.886.101.0.3.3',
  level4: '2.16.886.101.0.3.4',
} as const;
