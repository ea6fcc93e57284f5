/** Figures out of samples. */

const sorted = (values: ReadonlyArray<number>): Float64Array => Float64Array.from(values).sort();

/** The value below which a share of the sorted samples lies; `NaN` where there are none. */
export const percentile = (values: ReadonlyArray<number>, share: number): number => {
  const order = sorted(values);
  const index = Math.min(order.length - 1, Math.ceil(order.length * share) - 1);
  return order[Math.max(0, index)] ?? Number.NaN;
};

export const median = (values: ReadonlyArray<number>): number => {
  const order = sorted(values);
  const middle = order.length >> 1;
  const upper = order[middle] ?? Number.NaN;
  return order.length % 2 === 1 ? upper : ((order[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** (max − min) / median: how far the runs lie apart. */
export const spread = (values: ReadonlyArray<number>): number =>
  (Math.max(...values) - Math.min(...values)) / median(values);
