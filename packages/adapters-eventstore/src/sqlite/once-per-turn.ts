/**
 * Asking once for all who want to know in the same turn of the event loop.
 *
 * @packageDocumentation
 */

/**
 * Asks at most once in a turn of the event loop. Many calls of one turn (a command opens several texts, and many
 * commands wait for one commit) are as good as one call that looked at its beginning.
 */
export const oncePerTurn = <A>(ask: () => A): (() => A) => {
  let answer: { readonly value: A } | undefined;
  return () => {
    if (answer === undefined) {
      answer = { value: ask() };
      setImmediate(() => {
        answer = undefined;
      });
    }
    return answer.value;
  };
};
