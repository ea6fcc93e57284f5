/**
 * What one portal of the demonstration has that another has not: its pack, the agencies on its records, the cards of its drawer,
 * what is behind its ports, and a little past.
 *
 * @packageDocumentation
 */
import type { Ca } from '@mandate/certificates';
import type { TestPki } from '@mandate/certificates/test-pki';
import type { Accounts, AgencyDirectory, PortalPolicy, Register, RegisteredCards } from '@mandate/domain';
import type { DrawerCard } from '../cards/deck.js';
import type { PastClock } from './past-scene.js';
import type { TestAccount, TestHealthCard } from './test-means.js';

export interface Scene {
  readonly policyFor: (origin: string) => PortalPolicy;
  readonly directory: AgencyDirectory;
  /** Whose certificates are needed; fewer make a quicker first start. */
  readonly cas?: ReadonlyArray<Ca>;
  /** `lent` are the cards of a portal beside it: who acts in both has one card. */
  readonly deal: (
    pki: TestPki,
    now: number,
    lent: ReadonlyArray<DrawerCard>,
  ) => Promise<ReadonlyArray<DrawerCard>>;
  readonly fillPast: (register: Register, deck: ReadonlyArray<DrawerCard>, clock: PastClock) => Promise<void>;
  /** Whether 自然人憑證線上展期 is offered beside it. */
  readonly renewal: boolean;
  readonly registeredCards?: RegisteredCards;
  readonly accounts?: Accounts;
  readonly healthCards?: ReadonlyArray<TestHealthCard>;
  readonly testAccounts?: ReadonlyArray<TestAccount>;
}
