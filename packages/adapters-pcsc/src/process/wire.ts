/**
 * What the two processes say to each other, over the channel that Node gives a forked child.
 *
 * @packageDocumentation
 */

/** To the child: one thing to do. They are done in the order in which they come, one at a time. */
export interface Asked {
  readonly id: number;
  readonly request: unknown;
}

/** From the child. */
export type Told =
  /** What it was started for is loaded; said once, before anything else. */
  | { readonly ready: true }
  /** What it was started for is not on this machine; nothing follows. */
  | { readonly absent: string }
  /** The answer to `Asked.id`. */
  | { readonly id: number; readonly answer: unknown }
  /** What was asked ended in an exception that nobody expected. */
  | { readonly id: number; readonly threw: string }
  /** Something happened that nobody asked for. */
  | { readonly event: unknown };
