import { t } from '../schema.js';
import { BusinessNumber, Oid } from '../values/index.js';
import { equals as sameOid } from '../values/oid.js';

/** How a certificate or the portal's records name an organisation. */
export const Organisation = t.union(
  [
    t.strict({ kind: t.literal('oid'), value: Oid }),
    t.strict({ kind: t.literal('businessNumber'), value: BusinessNumber }),
  ],
  'Organisation',
);
export type Organisation = t.TypeOf<typeof Organisation>;

/** Equal by arcs or by number; an OID never equals a business number. */
export const sameOrganisation = (a: Organisation, b: Organisation): boolean => {
  if (a.kind === 'oid' && b.kind === 'oid') return sameOid(a.value, b.value);
  return a.kind === b.kind && a.value === b.value;
};

/** The same, where a certificate or the records may name none. */
export const sameOrganisationOrNone = (a: Organisation | null, b: Organisation | null): boolean =>
  a === null || b === null ? a === b : sameOrganisation(a, b);
