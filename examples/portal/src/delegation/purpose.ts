/**
 * The purpose under which an agency lets people act for it; another pack may call it otherwise, or have none.
 *
 * @packageDocumentation
 */
import type { PortalPolicy, PurposePolicy } from '@mandate/domain';
import type { Visit } from '../site/visit.js';

const handsOut: ReadonlySet<string> = new Set(['AuthorizeClerk', 'AuthorizePeople']);

export const handingOut = ({ purposes }: PortalPolicy): PurposePolicy | undefined =>
  purposes.find(({ commands }) => commands.some((command) => handsOut.has(command)));

export const delegationOf = ({ settings: { pack } }: Visit): PurposePolicy | undefined => handingOut(pack);
