/**
 * The readers that the agent works with: the port that a card adapter fills.
 *
 * @packageDocumentation
 */
import type { CardFault, CardReader } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

export interface AgentSlot {
  /** As PC/SC names the reader; no two slots have the same. */
  readonly slotDescription: string;
  /** Where it has `signRaw`, pages that ask for `PKCS1` are served. */
  readonly reader: CardReader;
}

/** Asked each time anew: readers come and go. */
export interface AgentSlots {
  readonly list: () => TaskEither<CardFault, ReadonlyArray<AgentSlot>>;
}
