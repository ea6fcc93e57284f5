/**
 * How many streams are open, of all and of each reader; a stream is a connection and a subscription to the store.
 *
 * @packageDocumentation
 */

export interface OpenStreams {
  /** Opens one for a reader: how to say that it ended, or `undefined` where there are too many. */
  readonly open: (reader: string) => (() => void) | undefined;
  readonly count: () => number;
}

export const openStreams = (most: number, mostOfOne: number): OpenStreams => {
  const byReader = new Map<string, number>();
  let all = 0;
  return {
    open: (reader) => {
      const own = byReader.get(reader) ?? 0;
      if (all >= most || own >= mostOfOne) return undefined;
      all++;
      byReader.set(reader, own + 1);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        all--;
        const left = (byReader.get(reader) ?? 1) - 1;
        if (left === 0) byReader.delete(reader);
        else byReader.set(reader, left);
      };
    },
    count: () => all,
  };
};
