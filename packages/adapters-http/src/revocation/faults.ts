/**
 * Faults of addresses, remembered for a moment: an outage costs its deadline once in that time, and not with each log-in.
 *
 * @packageDocumentation
 */
import type { MaterialFault } from '@mandate/certificates';
import { createRecent } from '@mandate/domain';

export interface RecentFaults {
  /** The fault that an address had lately, `undefined` where it may be asked. */
  readonly recall: (key: string, now: number) => MaterialFault | undefined;
  /** The last one, however long ago; `undefined` where the address answered since. */
  readonly last: (key: string) => MaterialFault | undefined;
  readonly remember: (key: string, fault: MaterialFault, now: number) => void;
  readonly forget: (key: string) => void;
}

/** A fault is small, and who is forgotten is asked. */
const maxFaults = 10_000;

export const recentFaults = (milliseconds: number): RecentFaults => {
  const faults = createRecent<{ readonly fault: MaterialFault; readonly at: number }>(maxFaults);
  return {
    recall: (key, now) => {
      const last = faults.get(key);
      // A clock that was put back must not prolong an outage by as much.
      return last !== undefined && Math.abs(now - last.at) < milliseconds ? last.fault : undefined;
    },
    last: (key) => faults.get(key)?.fault,
    remember: (key, fault, now) => faults.put(key, { fault, at: now }),
    forget: faults.drop,
  };
};
