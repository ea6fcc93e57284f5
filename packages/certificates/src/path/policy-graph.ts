/**
 * The policies for which a path holds, by the graph of RFC 9618. The tree of RFC 5280 6.1 has a node for each way in
 * which a policy was reached, so a few mappings from many to many make it grow without bound; the graph has one node a
 * policy and certificate, and says the same.
 */
import type { PolicyMapping } from '../certificate.js';

export const anyPolicy = '2.5.29.32.0';

/** The policies that hold at one certificate, with those of the issuer's level that lead to each. */
type Level = Map<string, ReadonlyArray<string>>;

/** What policies of the next certificate are taken for: the expected_policy_set, read the other way round. */
type Expected = Map<string, string[]>;

export interface PolicyGraph {
  /** From the anchor's side; the first holds anyPolicy alone. */
  readonly levels: ReadonlyArray<Level>;
  readonly expected: Expected;
}

export const initialGraph: PolicyGraph = {
  levels: [new Map([[anyPolicy, []]])],
  expected: new Map([[anyPolicy, [anyPolicy]]]),
};

const lastLevel = ({ levels }: PolicyGraph): Level => levels.at(-1) ?? new Map();

/** Whether any policy is left: the opposite is the NULL of the RFCs, from which nothing comes back. */
export const hasPolicies = (graph: PolicyGraph): boolean => lastLevel(graph).size > 0;

const expectingThemselves = (level: Level): Expected =>
  new Map([...level.keys()].map((policy) => [policy, [policy]]));

/** One certificate's policies (6.1.3 d, e). `anyAllowed`: whether anyPolicy counts for something in it. */
export const descend = (
  graph: PolicyGraph,
  policies: ReadonlyArray<string>,
  anyAllowed: boolean,
): PolicyGraph => {
  const above = lastLevel(graph);
  const level: Level = new Map();
  for (const policy of policies) {
    if (policy === anyPolicy) continue;
    const parents = graph.expected.get(policy) ?? (above.has(anyPolicy) ? [anyPolicy] : undefined);
    if (parents !== undefined) level.set(policy, parents);
  }
  if (anyAllowed && policies.includes(anyPolicy)) {
    for (const [policy, parents] of graph.expected) if (!level.has(policy)) level.set(policy, parents);
  }
  return { levels: [...graph.levels, level], expected: expectingThemselves(level) };
};

/** One CA's mappings (6.1.4 b). `allowed`: whether mapping is; where it is not, a mapped policy ends. */
export const applyMappings = (
  graph: PolicyGraph,
  mappings: ReadonlyArray<PolicyMapping>,
  allowed: boolean,
): PolicyGraph => {
  const level: Level = new Map(lastLevel(graph));
  const mapped = new Set(mappings.map(({ issuerDomainPolicy }) => issuerDomainPolicy));
  if (!allowed) for (const policy of mapped) level.delete(policy);
  if (allowed && level.has(anyPolicy)) {
    for (const policy of mapped) if (!level.has(policy)) level.set(policy, [anyPolicy]);
  }
  const expected = expectingThemselves(level);
  if (allowed) {
    for (const policy of mapped) expected.delete(policy);
    for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
      if (!level.has(issuerDomainPolicy)) continue;
      const sources = expected.get(subjectDomainPolicy) ?? [];
      if (!sources.includes(issuerDomainPolicy)) sources.push(issuerDomainPolicy);
      expected.set(subjectDomainPolicy, sources);
    }
  }
  return { levels: [...graph.levels.slice(0, -1), level], expected };
};

/**
 * The policies of the anchor's domain for which the whole path holds (authority-constrained-policy-set, 6.1.5 g): from
 * the last level back, every policy that something below leads to, and that anyPolicy led to.
 */
export const authorityPolicies = ({ levels }: PolicyGraph): ReadonlySet<string> => {
  const found = new Set<string>();
  let reached: ReadonlySet<string> = new Set(levels.at(-1)?.keys());
  if (reached.has(anyPolicy)) found.add(anyPolicy);
  for (const level of levels.slice(1).reverse()) {
    const above = new Set<string>();
    for (const policy of reached) {
      for (const parent of level.get(policy) ?? []) {
        above.add(parent);
        if (parent === anyPolicy && policy !== anyPolicy) found.add(policy);
      }
    }
    reached = above;
  }
  return found;
};

/** What of them the caller accepts (user-constrained-policy-set). */
export const acceptedPolicies = (
  authority: ReadonlySet<string>,
  accepted: ReadonlyArray<string> = [anyPolicy],
): ReadonlyArray<string> => {
  if (accepted.includes(anyPolicy)) return [...authority];
  return authority.has(anyPolicy) ? accepted : accepted.filter((policy) => authority.has(policy));
};
