import { certificateInventory } from './certificate-inventory/projection.js';
import { clerkList } from './clerk-list/projection.js';
import { functionHolders } from './function-holders/projection.js';
import { people } from './people/projection.js';
import { permissionHistory } from './permission-history/projection.js';
import type { Projection } from './projection.js';
import { registrationHistory } from './registration-history/projection.js';
import { reviewQueue } from './review-queue/projection.js';

/** Every projection of this package. */
export const builtIn: ReadonlyArray<Projection> = [
  clerkList,
  registrationHistory,
  permissionHistory,
  reviewQueue,
  certificateInventory,
  functionHolders,
  people,
];
