/**
 * What the two processes say to each other, over the channel that Node gives a forked child.
 *
 * @packageDocumentation
 */

/** To the child: one thing to do, or several at once as an array, in order. They are done in the order in which they come, one at a time. */
export interface Asked {
  readonly id: number;
  readonly request: unknown;
  /** More was asked at once behind it: its answer may come with that one's, or so many milliseconds late as `tellAliveEvery`. */
  readonly isFollowed?: true;
}

/** From the child; several at once are an array of them, in order. */
export type Told =
  /** What it was started for is loaded; said once, before anything else. */
  | { readonly ready: true }
  /** What it was started for is not on this machine; nothing follows. */
  | { readonly absent: string }
  /** The answer to `Asked.id`. */
  | { readonly id: number; readonly answer: unknown }
  /** What was asked goes on: the card has answered, and is asked again. Said every `tellAliveEvery` milliseconds at most. */
  | { readonly alive: number }
  /** What was asked ended in an exception that nobody expected. */
  | { readonly id: number; readonly threw: string }
  /** Something happened that nobody asked for. */
  | { readonly event: unknown };

/** A card that answers at once is not spoken of each time. */
export const tellAliveEvery = 250;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * What came over the channel, if it is of one of these forms. Whatever else writes into it, a card library for one, must not
 * bring down the program that listens.
 */
export const toldOf = (value: unknown): Told | undefined => {
  if (!isObject(value)) return undefined;
  if ('ready' in value) return { ready: true };
  if ('absent' in value) return typeof value.absent === 'string' ? { absent: value.absent } : undefined;
  if ('alive' in value) return typeof value.alive === 'number' ? { alive: value.alive } : undefined;
  if ('event' in value) return { event: value.event };
  if (!('id' in value) || typeof value.id !== 'number') return undefined;
  if ('answer' in value) return { id: value.id, answer: value.answer };
  return 'threw' in value && typeof value.threw === 'string'
    ? { id: value.id, threw: value.threw }
    : undefined;
};
