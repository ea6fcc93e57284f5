/** A server under load, as the process that runs it sees it. */
import type { Targets } from './targets.js';

export interface Served {
  readonly port: number;
  /** What there is to ask for; `undefined` where there is nothing. */
  readonly targets: Targets | undefined;
  readonly stop: () => Promise<void>;
}
