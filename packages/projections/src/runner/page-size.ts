/** Events a page: 1 to 10,000, 1000 where nothing sensible is given. */
export const pageSize = (wanted = 1000): number =>
  Number.isNaN(wanted) ? 1000 : Math.min(10_000, Math.max(1, Math.floor(wanted)));
