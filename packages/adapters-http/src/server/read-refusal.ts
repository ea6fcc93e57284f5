/**
 * What a caller hears of a fault of the read models.
 *
 * @packageDocumentation
 */
import { invalidInput } from '@mandate/domain';
import { httpRefusal, passing, type Refusal } from './problem.js';
import type { ReadFault } from './reads.js';

/** Codes of a read model that answers in a moment. */
const soon: ReadonlySet<string> = new Set(['WAIT_TIMEOUT', 'NOT_READY']);

/** `TIME_INVALID` is the caller's; what is behind catches up; the rest is ours, and is told to operators. */
export const fromReadFault = ({ code, detail }: ReadFault): Refusal => {
  if (code === 'TIME_INVALID') return invalidInput([{ path: 'at', code: 'INSTANT_FORMAT' }]);
  if (soon.has(code)) return passing('READ_MODEL_BEHIND', 1, code);
  return httpRefusal('UNAVAILABLE', { detail: `${code}: ${detail}` });
};
