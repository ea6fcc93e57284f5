/**
 * What a reviewer sees: how a certificate differs from what is on record, field by field (GEPI-23, GEPI-50).
 *
 * @packageDocumentation
 */
import { type Organisation, sameOrganisationOrNone } from '../agency/organisation.js';
import { maskPersonalIds } from '../values/mask.js';
import { arcs, type Oid } from '../values/oid.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** `oid`: 機關憑證 OID; `businessNumber`: 統一編號; `name`: 機關名稱. */
export type DifferingField = Organisation['kind'] | 'name';

/** Where two OIDs part, by whole arcs. One that has no arcs of its own stands above the other. */
export interface OidParting {
  readonly shared: ReadonlyArray<string>;
  /** What follows on record, and in the certificate. */
  readonly expected: ReadonlyArray<string>;
  readonly found: ReadonlyArray<string>;
}

/** One field that is not what it should be. */
export interface ReviewDifference {
  readonly field: DifferingField;
  /** On record; `null` where nothing is. */
  readonly expected: string | null;
  /** In the certificate; `null` where it does not say. */
  readonly found: string | null;
  /** Of two OIDs; `null` otherwise. */
  readonly parting: OidParting | null;
  /** A person's number stood in it and was masked. */
  readonly masked: boolean;
}

/** What is compared. `names` where the caller has both: events hold the name on record alone. */
export interface Compared {
  readonly expected: Organisation | null;
  readonly presented: Organisation | null;
  readonly names?: { readonly expected: string; readonly found: string };
}

// -------------------------------------------------------------------------------------
// differences
// -------------------------------------------------------------------------------------

/** Compared by arcs and not by text: `…101.2000` shares no more with `…101.20003` than `…101`. */
export const oidParting = (expected: Oid, found: Oid): OidParting => {
  const [a, b] = [arcs(expected), arcs(found)];
  const parts = a.findIndex((arc, index) => arc !== b[index]);
  const shared = parts < 0 ? a.length : parts;
  return { shared: a.slice(0, shared), expected: a.slice(shared), found: b.slice(shared) };
};

const difference = (
  field: DifferingField,
  expected: string | null,
  found: string | null,
  parting: OidParting | null = null,
): ReviewDifference => {
  const [first, second] = [expected, found].map((text) => (text === null ? null : maskPersonalIds(text)));
  const shown = { expected: first ?? null, found: second ?? null };
  const masked = shown.expected !== expected || shown.found !== found;
  return { field, ...shown, parting, masked };
};

const ofOrganisation = ({ expected, presented }: Compared): ReadonlyArray<ReviewDifference> => {
  if (sameOrganisationOrNone(expected, presented)) return [];
  if (expected?.kind === 'oid' && presented?.kind === 'oid') {
    const parting = oidParting(expected.value, presented.value);
    return [difference('oid', expected.value, presented.value, parting)];
  }
  if (expected !== null && expected.kind === presented?.kind) {
    return [difference(expected.kind, expected.value, presented.value)];
  }
  // One names itself by an OID and the other by a business number, or one says nothing.
  return [
    ...(expected === null ? [] : [difference(expected.kind, expected.value, null)]),
    ...(presented === null ? [] : [difference(presented.kind, null, presented.value)]),
  ];
};

const ofNames = ({ names }: Compared): ReadonlyArray<ReviewDifference> =>
  names === undefined || names.expected.normalize('NFC') === names.found.normalize('NFC')
    ? []
    : [difference('name', names.expected, names.found)];

/** Each field that differs; none where the certificate is what is on record. */
export const reviewDifferences = (compared: Compared): ReadonlyArray<ReviewDifference> => [
  ...ofOrganisation(compared),
  ...ofNames(compared),
];
