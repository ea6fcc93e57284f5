/**
 * Who of the story's agencies will be locked out, and which cards mend it.
 *
 * @packageDocumentation
 */
import { gepiPolicy, type Lockout } from '@mandate/domain';
import type { HolderOnRecord } from '@mandate/projections';
import { personName } from '../world/names.js';
import { type Reading, readOrThrow } from '../world/reading.js';

/** `name`: the holder's, or the agency's. */
export interface NamedLockout extends Lockout<HolderOnRecord> {
  readonly name: string;
}

const years = 3;

/** From now on, for three years: as long as a certificate can be extended after its end. */
export const foretell = (reading: Reading, now: number): ReadonlyArray<NamedLockout> => {
  const from = new Date(now);
  const to = new Date(now);
  to.setUTCFullYear(from.getUTCFullYear() + years);
  const question = { from: from.toISOString(), to: to.toISOString(), policy: gepiPolicy };
  return readOrThrow(reading.certificates.forecast(question)).lockouts.map((lockout) => {
    const { agencyName, person } = lockout.who;
    return { ...lockout, name: person === null ? agencyName : personName(reading, person) };
  });
};
