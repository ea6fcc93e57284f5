/**
 * 公教人員保險網路作業e系統, the portal that the demonstration began with.
 *
 * @packageDocumentation
 */
import { gepiPolicyFor } from '@mandate/domain';
import { dealCards } from '../cards/deck.js';
import { directory } from './directory.js';
import { fillPast } from './past.js';
import type { Scene } from './scene.js';

export const gepiScene: Scene = {
  ...{ policyFor: gepiPolicyFor, directory, deal: dealCards, fillPast },
  renewal: true,
};
