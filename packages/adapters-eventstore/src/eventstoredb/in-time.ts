/**
 * An end to the waiting for a connection: discovery alone may ask every node for seconds, again and again.
 *
 * @packageDocumentation
 */

/** The call, unless it takes longer than `milliseconds`: then a rejection, and a call that comes after all is cancelled. */
export const inTime = async <A extends { readonly cancel: () => void }>(
  opening: Promise<A>,
  milliseconds: number,
): Promise<A> => {
  let late = false;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new Error(`no connection in ${milliseconds} ms`));
    }, milliseconds);
  });
  opening.then(
    (call) => {
      if (late) call.cancel();
    },
    () => {},
  );
  try {
    return await Promise.race([opening, over]);
  } finally {
    clearTimeout(timer);
  }
};
