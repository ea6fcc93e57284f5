/**
 * What the portal already knows of the agencies it serves: the insurer's own master data.
 *
 * The manual compares an agency's certificate with it ("OID 資料經比對不符", GEPI-23); the register does not own it.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DependencyFault } from './faults.js';

/** How an agency certificate names its organisation: by OID (GCA, XCA, HCA) or by business number (MOEACA). */
export type OrganisationId =
  | { readonly kind: 'oid'; readonly value: string }
  | { readonly kind: 'businessNumber'; readonly value: string };

/** An agency as the portal's own records have it. */
export interface DirectoryEntry {
  readonly code: string;
  readonly name: string;
  /** `undefined` where the records hold none: then every certificate of that agency goes to review. */
  readonly organisation: OrganisationId | undefined;
  /** Region for the helpdesk's routing (GEPI-27), in the manual's words, such as `臺中`. */
  readonly region?: string;
  /** 負責人: the national ID of the person responsible, where the portal lets that person's own card act (NHI-4). */
  readonly responsible?: string;
}

export interface AgencyDirectory {
  /** `undefined` when there is no agency of this code: one that was abolished must not be found any more. */
  readonly find: (code: string) => TaskEither<DependencyFault, DirectoryEntry | undefined>;
}
