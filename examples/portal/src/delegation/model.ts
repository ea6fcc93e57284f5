/**
 * What the pages of the delegation are told of an agency's clerks.
 *
 * @packageDocumentation
 */
import type { MenuEntry } from '../parts/permission-tree.js';

export interface ListedClerk {
  readonly id: string;
  /** `null` where the person was forgotten. */
  readonly name: string | null;
  readonly nationalId: string | null;
  /** Where the portal asks for one (NHI-13). */
  readonly email?: string | undefined;
  readonly credential: { readonly serial: string; readonly proof: string };
  readonly permissions: ReadonlyArray<string>;
}

export interface ClerkList {
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly manager: { readonly name: string | null };
  readonly clerks: ReadonlyArray<ListedClerk>;
}

/** What a page of the delegation knows beside its form. */
export interface Office {
  readonly list: ClerkList;
  readonly entries: ReadonlyArray<MenuEntry>;
  /** Functions that the latest menu has brought and no clerk of the agency has. */
  readonly fresh: ReadonlySet<string>;
}
