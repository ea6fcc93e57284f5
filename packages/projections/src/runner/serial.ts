/** Runs pieces of work one after the other, in the order in which they were asked for. */
export type Serial = <A>(work: () => Promise<A>) => Promise<A>;

/** Makes a {@link Serial}. `work` answers faults as values and never rejects. */
export const makeSerial = (): Serial => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next;
    return next;
  };
};
