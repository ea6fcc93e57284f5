import { downwards, type PathRule } from './check.js';

/** Policies, their mappings and their limits (RFC 5280 6.1.3 d to f, 6.1.4 a, b, h to j, 6.1.5 a, b, g). */
export const policiesRule: PathRule = {
  check: 'policies',
  source: 'RFC 5280 6.1.3 (d)-(f), 6.1.4 (a) (b) (h)-(j), 6.1.5 (g); RFC 9618',
  subjects: downwards,
  fault: ({ policies }) => policies.fault,
};
