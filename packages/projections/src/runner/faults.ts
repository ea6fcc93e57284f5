/**
 * Faults of the ports in the words of this package.
 *
 * @packageDocumentation
 */
import type { RegisterError, StoreFault } from '@mandate/domain';
import { type EventPlace, type ProjectionFault, placeOf, projectionFault } from '../fault.js';

export const fromStoreFault = (fault: StoreFault): ProjectionFault =>
  projectionFault(
    fault.code === 'STORE_CORRUPT' ? 'STORE_CORRUPT' : 'STORE_UNAVAILABLE',
    `${fault.code}: ${fault.detail}`,
  );

/** A sealed part could not be opened. */
export const fromOpening = (error: RegisterError, event: EventPlace): ProjectionFault =>
  projectionFault(
    error.code === 'STORE_CORRUPT' ? 'SEALED_CORRUPT' : 'VAULT_UNAVAILABLE',
    error.detail ?? error.en,
    { place: placeOf(event) },
  );
