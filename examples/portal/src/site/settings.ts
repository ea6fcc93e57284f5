/**
 * What the pages of a portal are given.
 *
 * @packageDocumentation
 */
import type { TrustStoreInput } from '@mandate/certificates';
import type { PortalPolicy } from '@mandate/domain';
import type { Drawer } from '../cards/drawer.js';
import type { StaffDesk } from '../staff/desk.js';
import type { Attachments } from '../world/attachments.js';
import type { Place, RenewalDesk } from '../world/renewal-desk.js';
import type { TestAccount, TestHealthCard } from '../world/test-means.js';
import type { Assets } from './assets.js';

export interface SiteSettings {
  readonly pack: PortalPolicy;
  /** The register over HTTP, under `/api`. */
  readonly api: { readonly fetch: (request: Request) => Promise<Response> };
  readonly assets: Assets;
  /** In test mode: the cards, and what tells this data folder from another. */
  readonly test?: {
    readonly drawer: Drawer;
    /** Where the drawer's script finds the cards. @defaultValue `/test-mode/cards` */
    readonly cardsAt?: string;
    readonly instance: string;
    readonly anyHour: boolean;
    /** A card in a reader is chosen before those of the drawer. */
    readonly readerFirst: boolean;
    /** What is in hand where a step asks for no certificate. */
    readonly healthCards?: ReadonlyArray<TestHealthCard>;
    readonly testAccounts?: ReadonlyArray<TestAccount>;
  };
  /** Where the card component listens. @defaultValue `http://localhost:61161` */
  readonly component?: string;
  /** The oldest version of it that the pages take (NHI-14), such as `1.3.4.103321`. @defaultValue any */
  readonly oldestComponent?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The business system's token: it asks for decisions. */
  readonly business?: string;
  /** Without it there are no pages for staff. */
  readonly staff?: StaffDesk;
  /** What evidence is judged by: the pinned anchors, and nothing of the register's. */
  readonly anchors?: TrustStoreInput['anchors'];
  /** 自然人憑證線上展期; without it there are no pages for it. */
  readonly renewal?: RenewalDesk;
  /** The portals beside this one, itself among them, which an auditor may ask where a certificate is on record. */
  readonly anywhere?: () => ReadonlyArray<Place>;
  /** Where documents are kept that prove a change (NHI-23); without it none are taken. */
  readonly attachments?: Attachments;
  /** Whose request it is; without it nothing is counted by address. */
  readonly addressOf?: (request: Request) => string | undefined;
  /** Told of what nobody foresaw. */
  readonly onFault?: (fault: { readonly reference: string; readonly error: unknown }) => void;
}
