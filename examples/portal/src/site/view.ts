/**
 * What a page is told of its portal and its reader.
 *
 * @packageDocumentation
 */
import type { CardStep, IssuerName, PortalPolicy, StepRole } from '@mandate/domain';
import type { ShownCard } from '../cards/drawer.js';
import type { TestAccount, TestHealthCard } from '../world/test-means.js';
import type { Words } from './words.js';

/** Test mode, with what lies in the drawer. */
export interface TestMode {
  readonly shown: ReadonlyArray<ShownCard>;
  /** Tells this drawer from that of another data folder, whose cards have other PIN tries left. */
  readonly instance: string;
  /** Where its cards lie. */
  readonly cardsAt: string;
  /** The script that plays the cards. */
  readonly script: string;
  readonly anyHour: boolean;
  /** A card in a reader is chosen before those of the drawer. */
  readonly readerFirst: boolean;
  readonly healthCards: ReadonlyArray<TestHealthCard>;
  readonly testAccounts: ReadonlyArray<TestAccount>;
}

/** A confirmed card, as its holder may see it. */
export interface SessionCard {
  readonly role: StepRole;
  /** Which card of the role: on record, the one to come, or whichever was shown. */
  readonly card: 'registered' | 'next' | 'presented';
  readonly ca: IssuerName;
  readonly serial: string;
  readonly displayName: string;
  /** Of an account: its name. */
  readonly account?: string;
  readonly nationalId: string | null;
  /** Of a certificate; `null` of other means. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
}

/** Who is in. */
export interface SessionPanel {
  /** `review`: the agency's card may be sent to review, and nothing else (GEPI-23). */
  readonly state: 'begun' | 'review' | 'confirmed';
  readonly purpose: string;
  readonly agencyCode: string | null;
  readonly cards: ReadonlyArray<SessionCard>;
  /** The card that comes next. */
  readonly next: CardStep | null;
  /** ISO 8601. */
  readonly until: string;
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
  /** Where the card component listens, if not where they all do. */
  readonly component: string | undefined;
  readonly oldestComponent: string | undefined;
  readonly session: SessionPanel | undefined;
  /** For the hidden field of every form; empty where there is no session. */
  readonly csrf: string;
  /** Names of the assets, which change with what is in them. */
  readonly assets: { readonly style: string; readonly script: string };
  /** Groups of the left column beyond the pack's menu. */
  readonly more: ReadonlyArray<{ readonly label: string; readonly items: ReadonlyArray<MenuLink> }>;
}
