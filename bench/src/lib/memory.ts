/** What is left on the heap and beside it when garbage has been collected; needs `--expose-gc`. */
export const liveBytes = async (): Promise<number> => {
  // What a first collection sets free may hold something that only a second one finds.
  for (let turn = 0; turn < 2; turn++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
