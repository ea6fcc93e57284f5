/**
 * Clerks from a list of another system: the lowest level of evidence, all rows of an agency or none.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { AgencyState } from '../agency/state.js';
import type { CatalogueState } from '../catalogue/state.js';
import type { TypedCredential } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { NewEvent } from '../events/table.js';
import type { PortalPolicy } from '../policy/policy.js';
import { checkPermissions, checkUnique } from './decide.js';
import type { ClerkDetails } from './events.js';
import type { Clerk, ClerkState } from './state.js';

/** A row of the list. */
export interface ImportedClerk {
  readonly id: string;
  /** As a spreadsheet counts. */
  readonly row: number;
  /** Keyed digest of what the row says. */
  readonly digest: string;
  readonly person: string;
  readonly credential: TypedCredential;
  readonly permissions: ReadonlyArray<string>;
  readonly details: ClerkDetails;
}

/** Where the rows come from. */
export interface ImportSource {
  /** In the operator's words. */
  readonly source: string;
  /** SHA-256 of the file. */
  readonly file: string;
}

const closed = {
  unregistered: 'AGENCY_NOT_REGISTERED',
  suspended: 'AGENCY_SUSPENDED',
  deregistered: 'AGENCY_DEREGISTERED',
} as const;

const atRow =
  (row: number) =>
  (error: RegisterError): RegisterError => ({ ...error, detail: `row ${row}` });

/** The clerk as the rows after it see it. */
const asClerk = ({ id, person, credential, permissions }: ImportedClerk): Clerk => ({
  id,
  person,
  credential,
  identityProof: 'typed',
  permissions: new Set(permissions),
  details: { subject: person, text: '', aad: '' },
});

/** Makes clerks of all rows that were not imported before; a refusal names its row, and nothing is imported then. */
export const importClerks = (
  state: {
    readonly agency: AgencyState;
    readonly clerks: ClerkState;
    readonly imported: ReadonlySet<string>;
  },
  policy: PortalPolicy,
  catalogue: CatalogueState,
  from: ImportSource,
  rows: ReadonlyArray<ImportedClerk>,
): E.Either<RegisterError, ReadonlyArray<NewEvent>> => {
  const { status } = state.agency;
  if (status !== 'registered') return E.left(registerError(closed[status]));
  const clerks = new Map(state.clerks);
  const events: Array<NewEvent> = [];
  for (const one of rows) {
    const { id, row, digest, person, credential, details } = one;
    if (state.imported.has(digest)) continue;
    const unique = checkUnique(clerks, one, undefined);
    if (E.isLeft(unique)) return E.left(atRow(row)(unique.left));
    const permissions = checkPermissions(policy, catalogue, one.permissions, new Set());
    if (E.isLeft(permissions)) return E.left(atRow(row)(permissions.left));
    clerks.set(id, asClerk(one));
    events.push({
      type: 'HistoryImported',
      data: {
        clerk: id,
        person,
        credential,
        permissions: permissions.right,
        catalogueVersion: catalogue.current?.version ?? 0,
        source: from.source,
        file: from.file,
        row,
        digest,
      },
      personal: details,
      subject: person,
    });
  }
  return E.right(events);
};
