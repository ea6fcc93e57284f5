/**
 * The helpdesks of the CAs, which are the same whichever portal their cards are shown at (GEPI-8, GEPI-9, NHI-20, NHI-21).
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '../policy.js';
import { gepiHelpdesks } from './gepi-helpdesks.js';

export const caHelpdesks: PortalPolicy['helpdesks'] = gepiHelpdesks.filter(({ ca }) => ca !== null);
