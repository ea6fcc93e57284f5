/**
 * What somebody has to do in every portal after a card was renewed or replaced (GEPI-44, NHI-13, NHI-16, MOICA-16).
 *
 * @packageDocumentation
 */
import { type Changed, type Plan, planReplacement } from './planner.js';
import type { PortalPolicy } from './policy.js';

/** Where a certificate stands on record: whose it is there. */
export interface StandsAs {
  readonly portal: string;
  readonly agencyCode: string;
  readonly holder: 'agency' | 'manager' | 'clerk';
}

/** What is to be done for one agency of one portal. */
export interface PlannedThere {
  readonly policy: PortalPolicy;
  readonly agencyCode: string;
  readonly changed: Changed;
  /** `undefined` where the portal's table has no row for it: then its helpdesk has to be asked. */
  readonly plan: Plan | undefined;
}

/**
 * Plans for every agency in which one card's certificate stands, in the order of the packs and then of the codes. A place
 * in a portal whose pack is not among these is passed over.
 */
export const planEverywhere = (
  policies: ReadonlyArray<PortalPolicy>,
  places: ReadonlyArray<StandsAs>,
): ReadonlyArray<PlannedThere> =>
  policies.flatMap((policy) => {
    const here = places.filter(({ portal }) => portal === policy.portal);
    const codes = [...new Set(here.map(({ agencyCode }) => agencyCode))].sort();
    return codes.map((agencyCode): PlannedThere => {
      const holders = new Set(
        here.filter((place) => place.agencyCode === agencyCode).map(({ holder }) => holder),
      );
      const [manager, clerk] = [holders.has('manager'), holders.has('clerk')];
      const changed = { agency: holders.has('agency'), manager, clerk, managerIsClerk: manager && clerk };
      return { policy, agencyCode, changed, plan: planReplacement(policy, changed) };
    });
  });
