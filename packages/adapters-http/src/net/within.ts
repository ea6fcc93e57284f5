/** A whole number from `least` to `most`, the nearest to `value`; `usual` where that is none. */
export const within = (value: number | undefined, usual: number, least: number, most: number): number =>
  value === undefined || Number.isNaN(value) ? usual : Math.min(most, Math.max(least, Math.floor(value)));
