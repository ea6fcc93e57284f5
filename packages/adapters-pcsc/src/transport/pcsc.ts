/**
 * PC/SC, through whichever of the two packages is there.
 *
 * @packageDocumentation
 */
import { beside } from '../process/entry.js';
import { startHost } from '../process/host.js';
import { hostedTransport } from './hosted.js';
import { type Deadlines, defaultDeadlines } from './hosted-parts.js';
import type { CardTransport } from './transport.js';

export type PcscPackage = 'pcsc-mini' | 'smartcard';

export interface PcscOptions {
  /** Tried first; the other one where it is not there. `pcsc-mini` unless said otherwise. */
  readonly prefer?: PcscPackage;
  readonly deadlines?: Partial<Deadlines>;
}

const entry = beside('../process/pcsc-main', import.meta.url);

const through = (args: ReadonlyArray<PcscPackage>, given: Partial<Deadlines> = {}): CardTransport => {
  const deadlines = { ...defaultDeadlines, ...given };
  return hostedTransport({
    start: (onEvent, onOver) => startHost({ entry, args, startDeadline: deadlines.start, onEvent, onOver }),
    deadlines,
    worksThere: true,
  });
};

/**
 * Readers of this machine, in processes of their own. Nothing is loaded or started before it is first used; where
 * there is no package, no library or no service, every answer is `NO_PCSC` and says which.
 */
export const pcscTransport = ({ prefer = 'pcsc-mini', deadlines }: PcscOptions = {}): CardTransport =>
  through(prefer === 'pcsc-mini' ? ['pcsc-mini', 'smartcard'] : ['smartcard', 'pcsc-mini'], deadlines);

/** By `pcsc-mini` alone: ready-made binaries, transactions. */
export const pcscMiniTransport = (deadlines?: Partial<Deadlines>): CardTransport =>
  through(['pcsc-mini'], deadlines);

/** By `smartcard` alone: compiled where it is installed. */
export const smartcardTransport = (deadlines?: Partial<Deadlines>): CardTransport =>
  through(['smartcard'], deadlines);
