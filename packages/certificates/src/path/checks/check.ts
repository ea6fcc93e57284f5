import type { Certificate } from '../../certificate.js';
import type { PolicyOutcome } from '../policies.js';
import type { PathDemands } from '../request.js';
import type { PathFault } from './fault.js';

/** A complete path, every signature already checked. */
export interface PathUnderCheck {
  /** The end certificate first, the anchor last. */
  readonly path: ReadonlyArray<Certificate>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly demands: PathDemands;
  /** What policy processing found along the path. */
  readonly policies: PolicyOutcome;
}

/** One rule of RFC 5280 section 6.1. */
export interface PathRule {
  /** Its name in a report. */
  readonly check: string;
  /** Where it stands. */
  readonly source: string;
  /** The certificates that it is applied to, in the order in which it looks at them. */
  readonly subjects: (context: PathUnderCheck) => ReadonlyArray<Certificate>;
  /** The first thing that breaks it, or undefined when it is kept. */
  readonly fault: (context: PathUnderCheck) => PathFault | undefined;
}

/** All but the anchor: an anchor is a name and a key, and its own certificate is not judged (RFC 5280 6.1.1 d). */
export const belowAnchor = ({ path }: PathUnderCheck): ReadonlyArray<Certificate> => path.slice(0, -1);

/** The same from the anchor's side, as the algorithm of RFC 5280 goes: what a CA says binds whatever is below it. */
export const downwards = (context: PathUnderCheck): ReadonlyArray<Certificate> =>
  context.path.slice(0, -1).reverse();

/** The certificates that issued another one of the path, without the anchor. */
export const intermediates = ({ path }: PathUnderCheck): ReadonlyArray<Certificate> => path.slice(1, -1);
