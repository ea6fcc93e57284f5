/** Certificate policies along a path (RFC 5280 6.1.2 to 6.1.5, with the graph of RFC 9618). */
import { type Certificate, isSelfIssued } from '../certificate.js';
import { faultOf, type PathFault } from './checks/fault.js';
import {
  acceptedPolicies,
  anyPolicy,
  applyMappings,
  authorityPolicies,
  descend,
  hasPolicies,
  initialGraph,
} from './policy-graph.js';
import type { PolicyDemands } from './request.js';

/** What the processing ends in. */
export interface PolicyOutcome {
  /** user-constrained-policy-set; `2.5.29.32.0` where nothing narrows it. Empty where the path has a fault. */
  readonly accepted: ReadonlyArray<string>;
  readonly fault?: PathFault;
}

/** The state variables: certificates that may still follow before each limit holds. */
interface Counters {
  readonly explicit: number;
  /** `explicit` as the CAs alone ask for it: tells whose demand a path does not meet. */
  readonly explicitByCas: number;
  readonly mapping: number;
  readonly any: number;
}

const initialCounters = (length: number, demands: PolicyDemands): Counters => ({
  explicit: demands.explicit === true ? 0 : length + 1,
  explicitByCas: length + 1,
  mapping: demands.inhibitMapping === true ? 0 : length + 1,
  any: demands.inhibitAny === true ? 0 : length + 1,
});

const less = (count: number): number => Math.max(0, count - 1);

/** Prepares for the next certificate (6.1.4 h, i, j). */
const countDown = (counters: Counters, certificate: Certificate): Counters => {
  const step = isSelfIssued(certificate) ? (count: number) => count : less;
  const { requireExplicitPolicy = Infinity, inhibitPolicyMapping = Infinity } =
    certificate.policyConstraints ?? {};
  return {
    explicit: Math.min(step(counters.explicit), requireExplicitPolicy),
    explicitByCas: Math.min(step(counters.explicitByCas), requireExplicitPolicy),
    mapping: Math.min(step(counters.mapping), inhibitPolicyMapping),
    any: Math.min(step(counters.any), certificate.inhibitAnyPolicy ?? Infinity),
  };
};

/** Wraps up at the end certificate (6.1.5 a, b). */
const wrapUp = (counters: Counters, end: Certificate): Counters => {
  const required = end.policyConstraints?.requireExplicitPolicy === 0;
  return {
    ...counters,
    explicit: required ? 0 : less(counters.explicit),
    explicitByCas: required ? 0 : less(counters.explicitByCas),
  };
};

/** A CA's demand that is not met is the CAs' affair; the caller's own choice of policies is another. */
const unmet = (certificate: Certificate, counters: Counters, held: boolean): PolicyOutcome => ({
  accepted: [],
  fault:
    counters.explicitByCas === 0 && !held
      ? faultOf(certificate, 'POLICY_CONSTRAINT_VIOLATED', 'no policy holds, and one is required')
      : faultOf(certificate, 'POLICY_NOT_ACCEPTED', 'no policy holds that is accepted'),
});

const mapsAnyPolicy = ({ policyMappings }: Certificate): boolean =>
  policyMappings.some(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === anyPolicy || subjectDomainPolicy === anyPolicy,
  );

/** The policies for which a path holds, or where it breaks their rules. The end certificate first, the anchor last. */
export const processPolicies = (
  path: ReadonlyArray<Certificate>,
  demands: PolicyDemands = {},
): PolicyOutcome => {
  const [end, ...issuers] = path.slice(0, -1);
  if (end === undefined) return { accepted: [] };
  let counters = initialCounters(issuers.length + 1, demands);
  let graph = initialGraph;

  for (const issuer of issuers.reverse()) {
    graph = descend(graph, issuer.policies, counters.any > 0 || isSelfIssued(issuer));
    if (counters.explicit === 0 && !hasPolicies(graph)) return unmet(issuer, counters, false);
    if (mapsAnyPolicy(issuer)) {
      const fault = faultOf(issuer, 'POLICY_CONSTRAINT_VIOLATED', 'maps anyPolicy');
      return { accepted: [], fault };
    }
    if (issuer.policyMappings.length > 0) {
      graph = applyMappings(graph, issuer.policyMappings, counters.mapping > 0);
    }
    counters = countDown(counters, issuer);
  }

  graph = descend(graph, end.policies, counters.any > 0);
  if (counters.explicit === 0 && !hasPolicies(graph)) return unmet(end, counters, false);
  counters = wrapUp(counters, end);
  const authority = authorityPolicies(graph);
  const accepted = acceptedPolicies(authority, demands.accepted);
  return counters.explicit === 0 && accepted.length === 0
    ? unmet(end, counters, authority.size > 0)
    : { accepted };
};
