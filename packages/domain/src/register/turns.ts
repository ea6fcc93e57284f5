/**
 * Taking turns inside one program.
 *
 * @packageDocumentation
 */

/** Runs the works of one key one after the other, in the order in which they were asked for; others beside them. */
export type Turns = <A>(key: string, work: () => Promise<A>) => Promise<A>;

export const createTurns = (): Turns => {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    const leave = (): void => {
      // What is kept is bounded by what waits.
      if (last.get(key) === mine) last.delete(key);
    };
    last.set(key, mine);
    mine.then(leave, leave);
    return mine;
  };
};
