/** Distinguished names: structure, text, and the comparison of RFC 5280 section 7.1. */

/** One attribute of a name. */
export interface NameAttribute {
  readonly type: string;
  /** The text; of a value that is of no string type, `#` and the lower-case hexadecimal of its DER. */
  readonly value: string;
  /** There where `value` is no text: a text may begin with `#` as well, and is another value. */
  readonly encoded?: true;
}

export interface Name {
  /** Relative names in the order of the certificate; each is a set, nearly always of one. */
  readonly rdns: ReadonlyArray<ReadonlyArray<NameAttribute>>;
  /** `C=TW,O=行政院,OU=內政部憑證管理中心`: in the order of the certificate, escaped as RFC 4514 section 2.4. */
  readonly text: string;
  /** Two names are the same name when this is equal: prepared as RFC 4518 has it, string type ignored. */
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

/**
 * What nobody sees and RFC 4518 2.2 maps to nothing: soft hyphens, joiners, variation selectors, marks of direction, control
 * characters. A subtree that excludes a name would otherwise miss the same name with one of them in it.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is left out
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u06dd\u070f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2063\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/gu;

/** `toLowerCase` writes a sigma by its place in the word; here a letter must be one letter wherever it stands. */
const foldCase = (text: string): string =>
  text.toLowerCase().replaceAll('ς', 'σ').replaceAll('ß', 'ss').normalize('NFKC');

/** Mapping, normalisation, spaces (RFC 4518 2.2, 2.3, 2.6.1). */
const foldValue = (value: string): string =>
  foldCase(value.replace(unseen, '').normalize('NFKC'))
    .replace(/[\s\u0085]+/g, ' ')
    .trim();

/** Text form of a name. */
export const nameText = (rdns: Name['rdns']): string =>
  rdns
    .map((rdn) =>
      rdn
        .map(
          ({ type, value, encoded }) =>
            `${shortNames.get(type) ?? type}=${encoded === true ? value : escapeValue(value)}`,
        )
        .join('+'),
    )
    .join(',');

/** Comparison form of a name. The set inside one relative name has no order. */
export const nameNormal = (rdns: Name['rdns']): string =>
  JSON.stringify(
    rdns.map((rdn) =>
      rdn
        .map(({ type, value, encoded }) =>
          encoded === true ? `${type}${value}` : `${type}=${foldValue(value)}`,
        )
        .sort(),
    ),
  );

/** All values of one attribute type, in the order of the name. */
export const nameValues = (name: Name, type: string): ReadonlyArray<string> =>
  name.rdns.flatMap((rdn) => rdn.filter((attribute) => attribute.type === type).map(({ value }) => value));
