/**
 * Asking once for all who want to know in the same turn of the event loop.
 *
 * @packageDocumentation
 */

let turn = 0;
let isCounted = false;

/** The number of the turn that the event loop is in; counted only while somebody asks. */
const currentTurn = (): number => {
  if (!isCounted) {
    isCounted = true;
    setImmediate(() => {
      turn += 1;
      isCounted = false;
    });
  }
  return turn;
};

/**
 * Asks at most once in a turn of the event loop. Many calls of one turn (a command opens several texts, and many
 * commands wait for one commit) are as good as one call that looked at its beginning.
 */
export const oncePerTurn = <A>(ask: () => A): (() => A) => {
  let answer: { readonly value: A; readonly turn: number } | undefined;
  return () => {
    const now = currentTurn();
    if (answer?.turn !== now) answer = { value: ask(), turn: now };
    return answer.value;
  };
};
