/**
 * What to do about a certificate that keeps somebody out: which cards to bring, which operations, in which order
 * (GEPI-43…48), and what can still be done without them.
 *
 * @packageDocumentation
 */
import { type PlannedCard, planReplacement } from '../policy/planner.js';
import type { PortalPolicy, PurposePolicy, Role } from '../policy/policy.js';

/** Whose certificate on record is of no use at a time. */
export type OutRoles = Readonly<Record<Role, boolean>>;

/** One operation of the portal, by the id of its purpose. */
export interface MendingStep {
  readonly order: number;
  readonly purpose: string;
  readonly cards: ReadonlyArray<PlannedCard>;
}

export interface Mending {
  readonly operations: ReadonlyArray<MendingStep>;
  /** Every card that must be at hand, each once. */
  readonly cards: ReadonlyArray<PlannedCard>;
}

/**
 * The row of the portal's table for these holders, `null` where it has none. That the manager is a clerk too is said by
 * `out`: both are.
 */
export const mendingOf = (policy: PortalPolicy, out: OutRoles): Mending | null => {
  const plan = planReplacement(policy, { ...out, managerIsClerk: false });
  if (plan === undefined) return null;
  return {
    operations: plan.operations.map(({ order, purpose, cards }) => ({ order, purpose: purpose.id, cards })),
    cards: plan.cards,
  };
};

const needsRecord = ({ steps }: PurposePolicy): boolean => steps.some(({ card }) => card !== 'presented');

/**
 * Operations on the registration whose cards are all there: one that must be on record is of use, one that shall be
 * (更換後) can be brought. With the manager's certificate expired, only its replacement is left, alone or with the
 * agency's.
 */
export const stillPossible = (policy: PortalPolicy, out: OutRoles): ReadonlyArray<string> =>
  policy.purposes
    .filter(needsRecord)
    .filter(({ steps }) =>
      steps.every(({ role, card }) => card !== 'registered' || role === 'officer' || !out[role]),
    )
    .map(({ id }) => id);
