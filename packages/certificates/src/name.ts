/** Distinguished names: structure, text, and the comparison of RFC 5280 section 7.1. */

/** One attribute of a name. `value` is undefined when it is not a string type. */
export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

export interface Name {
  /** Relative names in the order of the certificate; each is a set, nearly always of one. */
  readonly rdns: ReadonlyArray<ReadonlyArray<NameAttribute>>;
  /** `C=TW,O=行政院,OU=內政部憑證管理中心`: in the order of the certificate, escaped as RFC 4514 section 2.4. */
  readonly text: string;
  /** Two names are the same name when this is equal: case folded, spaces collapsed, string type ignored. */
  readonly normal: string;
  readonly der: Uint8Array;
}

const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'street'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'GN'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['1.2.840.113549.1.9.1', 'E'],
]);

/** Object identifiers of the name attributes that this package reads. */
export const nameTypes = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  organisation: '2.5.4.10',
  organisationalUnit: '2.5.4.11',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

const escapeValue = (value: string): string =>
  value
    .replace(/[\\",+;<>=]/g, '\\$&')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being escaped
    .replace(/[\u0000-\u001f\u007f]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');

const foldValue = (value: string): string =>
  value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Text form of a name. */
export const nameText = (rdns: Name['rdns']): string =>
  rdns
    .map((rdn) =>
      rdn.map(({ type, value }) => `${shortNames.get(type) ?? type}=${escapeValue(value)}`).join('+'),
    )
    .join(',');

/** Comparison form of a name. The set inside one relative name has no order. */
export const nameNormal = (rdns: Name['rdns']): string =>
  JSON.stringify(rdns.map((rdn) => rdn.map(({ type, value }) => `${type}=${foldValue(value)}`).sort()));

/** All values of one attribute type, in the order of the name. */
export const nameValues = (name: Name, type: string): ReadonlyArray<string> =>
  name.rdns.flatMap((rdn) => rdn.filter((attribute) => attribute.type === type).map(({ value }) => value));
