/**
 * What a page is told of its portal and its reader.
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '@mandate/domain';
import type { ShownCard } from '../cards/drawer.js';
import type { Words } from './words.js';

/** Test mode, with what lies in the drawer. */
export interface TestMode {
  readonly shown: ReadonlyArray<ShownCard>;
  /** Tells this drawer from that of another data folder, whose cards have other PIN tries left. */
  readonly instance: string;
  /** The script that plays the cards. */
  readonly script: string;
  readonly anyHour: boolean;
}

/** Who is in, as far as the page tells. */
export interface SessionPanel {
  readonly purpose: string;
  readonly agencyCode: string | undefined;
  /** Names on the cards that were confirmed. */
  readonly holders: ReadonlyArray<string>;
  /** ISO 8601. */
  readonly until: string;
  /** Every card of the purpose was shown. */
  readonly complete: boolean;
}

/** A line of the left column that is no purpose of the pack. */
export interface MenuLink {
  readonly href: string;
  readonly label: string;
}

export interface View {
  readonly pack: PortalPolicy;
  readonly words: Words;
  /** Of this page, with the query. */
  readonly path: string;
  readonly test: TestMode | undefined;
  readonly session: SessionPanel | undefined;
  /** For the hidden field of every form; empty where there is no session. */
  readonly csrf: string;
  /** Names of the assets, which change with what is in them. */
  readonly assets: { readonly style: string; readonly script: string };
  /** Groups of the left column beyond the pack's menu. */
  readonly more: ReadonlyArray<{ readonly label: string; readonly items: ReadonlyArray<MenuLink> }>;
}
