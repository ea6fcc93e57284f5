/** Where clerks do their business: `/business/premium-edit`, `/business/enrolment/print-forms`. */
export const businessPath = (...parts: ReadonlyArray<string>): string =>
  ['/business', ...parts.map(encodeURIComponent)].join('/');
