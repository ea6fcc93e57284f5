/** Where clerks do their business: `/business/premium-edit`. */
export const businessPath = (fn?: string): string =>
  fn === undefined ? '/business' : `/business/${encodeURIComponent(fn)}`;
