/**
 * The portal that `--portal` names: one of the packs that come with the domain. A portal with a pack of its own calls
 * `judgeRows` and `importClerkRows`.
 *
 * @packageDocumentation
 */
import { docPolicy, ecpaPolicy, gepiPolicy, nhiPolicy, type PortalPolicy } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Given } from '../command.js';
import { type CliFault, cliFault } from '../fault.js';

const packs: ReadonlyArray<PortalPolicy> = [gepiPolicy, docPolicy, nhiPolicy, ecpaPolicy];

/** Its policy; `OPTION_WRONG` where there is no such pack. */
export const packOf = (given: Given): E.Either<CliFault, PortalPolicy> => {
  const found = packs.find(({ portal }) => portal === given.needed('portal'));
  return found === undefined ? E.left(cliFault('OPTION_WRONG', '--portal: no such pack')) : E.right(found);
};
