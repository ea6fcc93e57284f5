/** A server under load, as the process that runs it sees it. */
import type { AloneParams } from './alone.js';
import type { LoadFigures } from './gauge.js';
import type { Targets } from './targets.js';

export interface Served {
  readonly port: number;
  /** What there is to ask for; `undefined` where there is nothing. */
  readonly targets: Targets | undefined;
  /** Commands without HTTP, in this process; `undefined` where there is no register. */
  readonly alone: ((params: AloneParams) => Promise<LoadFigures>) | undefined;
  /** Events in the store; `undefined` where there is none. */
  readonly events: (() => Promise<number>) | undefined;
  readonly stop: () => Promise<void>;
}
