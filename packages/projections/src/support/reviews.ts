/**
 * What rows about reviews have in common.
 *
 * @packageDocumentation
 */
import type { ProjectionTx } from '../projection.js';
import type { AgencyKey } from './rows.js';

/**
 * As the fold of the domain has it: the approval that an event names (`used`) was used, and nothing else of the agency stays
 * open. `table` has columns `portal`, `agency`, `review` and `status`.
 */
export const closeReviews = (
  tx: ProjectionTx,
  table: '{items}' | '{reviews}',
  { portal, agency }: AgencyKey,
  used: string | null,
): void => {
  tx.run(
    `UPDATE ${table} SET status = CASE WHEN review = ? THEN 'used' ELSE 'superseded' END
     WHERE portal = ? AND agency = ? AND status IN ('pending', 'approved')`,
    used,
    portal,
    agency,
  );
};
