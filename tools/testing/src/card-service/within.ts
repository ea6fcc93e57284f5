/** More than anything takes that a test waits for, on a busy machine too; what takes longer will not come. */
const patience = 60_000;

/** The promise, or an error in words when it has not settled in time: `not in time: a card in the first reader`. */
export const within = async <A>(
  what: () => string,
  promise: Promise<A>,
  milliseconds = patience,
): Promise<A> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not in ${milliseconds} ms: ${what()}`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
