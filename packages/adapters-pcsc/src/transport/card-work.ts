import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { CardStep } from '../drivers/steps.js';
import type { TransportFault } from './transport.js';

/** A card held alone, with the drivers beside the native code: a step is one question, whatever is exchanged in it. */
export interface CardWork {
  /**
   * One step (`CardStep`); those that are asked for without waiting are done in order. What the other process answered is
   * handed on as it came. Each exchange in it has the deadline of one.
   *
   * Errors: those of the connection, with the first step; those of an exchange that only a process's end can tell.
   */
  readonly ask: (step: CardStep) => TaskEither<TransportFault, unknown>;
  /** As a session's: always with a RESET, after the steps that were asked for. May be called twice; never fails. */
  readonly end: () => Promise<void>;
}
