/** Whose certificates the entries of an indirect CRL speak of (RFC 5280 5.3.3): each name once, and runs of entries by its number. */
import type { GeneralName } from '../general-name.js';
import { E, type Read, refuse } from './read.js';

/** Where the entries of one certificate issuer begin. */
export interface IssuerRun {
  readonly offset: number;
  /** 0 is the CRL's own issuer. */
  readonly issuer: number;
}

export interface EntryIssuers {
  /** The number of a name in its normal form. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly runs: ReadonlyArray<IssuerRun>;
}

export interface IssuerTable extends EntryIssuers {
  /** The entries from `offset` on are of the one issuer that these names are. */
  readonly begin: (offset: number, names: ReadonlyArray<GeneralName>) => Read<void>;
}

/** How often the issuer may change. */
const maxRuns = 100_000;

/**
 * Characters of one name in normal form, which may have twelve times the octets that it was written with. Longer texts than
 * 16,383 have one hash in V8 when they have one length: to look up thousands of such would take minutes.
 */
const maxNameLength = 4_096;

/** Characters of all names together: many thousands of issuers. */
const maxNamesLength = 4_000_000;

/** The one directory name that a certificate issuer is. None, or two: its entries could be looked for in vain. */
const oneName = (names: ReadonlyArray<GeneralName>): string | undefined => {
  const normals = new Set(names.flatMap((name) => (name.type === 'directory' ? [name.name.normal] : [])));
  const [normal] = normals;
  return normals.size === 1 ? normal : undefined;
};

/** `own`: the normal form of the CRL's issuer, of whom the entries before the first run are. */
export const issuerTable = (own: string): IssuerTable => {
  const numbers = new Map([[own, 0]]);
  const runs: IssuerRun[] = [];
  let kept = 0;

  const numberOf = (name: string): number | undefined => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    kept += name.length;
    if (kept > maxNamesLength) return undefined;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };

  const begin = (offset: number, names: ReadonlyArray<GeneralName>): Read<void> => {
    const name = oneName(names);
    if (name === undefined) return refuse(`certificate issuer of the entry at ${offset} is not one name`);
    const issuer = name.length > maxNameLength ? undefined : numberOf(name);
    if (issuer === undefined)
      return refuse(`certificate issuer of the entry at ${offset}: too long a name, or too many`);
    // Lists repeat it in every entry: what changes nothing is not kept.
    if (runs.at(-1)?.issuer === issuer) return E.right(undefined);
    if (runs.length >= maxRuns) return refuse(`more than ${maxRuns} changes of the certificate issuer`);
    runs.push({ offset, issuer });
    return E.right(undefined);
  };

  return { numbers, runs, begin };
};
