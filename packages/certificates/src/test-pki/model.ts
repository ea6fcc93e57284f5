/** What the test PKI offers and takes. */
import type { Ca } from '../gpki/oids.js';
import type { TrustStore, TrustStoreInput } from '../path/trust-store.js';
import type { MemoryRevocation, RevocationEntry } from '../revocation/memory.js';
import type { AuthorityId } from './addresses.js';
import type { SavedAuthorities, TestAuthority } from './authorities.js';
import type { TestCard } from './card.js';
import type { SavedKey } from './keys.js';
import type { Random } from './numbers.js';
import type { Publications, PublishOptions } from './published.js';
import type { Defects, SubscriberIdentity } from './subscriber.js';

export interface TestPkiOptions {
  /** What `save()` gave: the same roots, CAs and revocations again. */
  readonly saved?: unknown;
  /** Where a card's validity begins unless told otherwise. Default 2026-01-01T00:00:00Z: a test needs no clock. */
  readonly now?: Date;
  /** Octets for serials and numbers. Default: WebCrypto. Keys are always WebCrypto's. */
  readonly random?: Random;
  /** CAs to make. Default: all five. Fewer are faster. */
  readonly cas?: ReadonlyArray<Ca>;
  /** At most so many keys are shared by all cards, instead of one for each. For tests that need many cards. */
  readonly keyPool?: number;
}

export interface IssueOptions {
  readonly cardNumber?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly generation?: string;
  /** Wrong on purpose. */
  readonly defects?: Defects;
}

export interface CitizenSpec extends IssueOptions {
  readonly name: string;
  /** Last four characters of the national ID. */
  readonly last4: string;
  /** The CA's 16-digit pseudonym of the person; give the same for each card of one person. */
  readonly subjectSerialNumber?: string;
  readonly cardRank?: 'primary' | 'secondary' | 'mobile';
}

export interface AgencySpec extends IssueOptions {
  readonly ca: Exclude<Ca, 'MOICA'>;
  readonly name: string;
  readonly units?: ReadonlyArray<string>;
  readonly localities?: ReadonlyArray<string>;
  readonly organisationOid?: string;
  readonly businessNumber?: string;
  /** Default `primary`. */
  readonly cardRank?: 'primary' | 'secondary' | 'mobile';
  /** Default: agency (GCA), school (XCA), company (MOEACA), medicalInstitution (HCA). */
  readonly subjectType?: SubscriberIdentity['subjectType'];
}

export interface RenewOptions {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface ReissueOptions extends RenewOptions {
  readonly cardNumber?: string;
  /** Whether the old certificates are revoked when the new card begins. Default: yes for MOICA, no for the others. */
  readonly voidOld?: boolean;
}

/** A small GPKI. Everything it makes is a test: names say 測試用, addresses end in `.invalid`. */
export interface TestPki {
  /** Both roots pinned, the CAs, and the link. */
  readonly trust: TrustStore;
  readonly trustInput: TrustStoreInput;
  /** Good until told otherwise through `revoke`, `hold` and `release`. */
  readonly revocation: MemoryRevocation;
  readonly issueCitizen: (spec: CitizenSpec) => Promise<TestCard>;
  readonly issueAgency: (spec: AgencySpec) => Promise<TestCard>;
  /** 展期: same card, number and key; new serials; notBefore stays, notAfter three years later. */
  readonly renew: (card: TestCard, options?: RenewOptions) => Promise<TestCard>;
  /** 換卡: same holder; new card, number, key and serials. */
  readonly reissue: (card: TestCard, options?: ReissueOptions) => Promise<TestCard>;
  /** Both certificates of the card. */
  readonly revoke: (card: TestCard, when: Date, reason?: string) => void;
  readonly hold: (card: TestCard, when: Date) => void;
  readonly release: (card: TestCard, when: Date) => void;
  /** Lists and responders that tell what `revocation` knows, now and later: `revocationSource` asks them. */
  readonly publish: (options?: PublishOptions) => Publications;
  /** The same names and key identifiers with other keys: everything it issues must be refused. */
  readonly stranger: () => Promise<TestPki>;
  /** A CA with its key, to make certificates of any shape under. */
  readonly authority: (id: AuthorityId) => TestAuthority;
  readonly restore: (saved: unknown) => TestCard;
  /** JSON-serialisable, with all private keys. Cards save themselves. */
  readonly save: () => SavedTestPki;
}

export interface SavedTestPki {
  readonly version: 1;
  readonly authorities: SavedAuthorities;
  readonly encryptionKey: SavedKey;
  readonly revocation: ReadonlyArray<RevocationEntry>;
}
