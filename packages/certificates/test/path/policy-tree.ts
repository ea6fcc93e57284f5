/**
 * The policies of a path by the tree of RFC 5280 6.1, written as the RFC tells it and without a thought for its cost: what
 * the graph is compared with.
 */
import { type Certificate, isSelfIssued } from '../../src/certificate.js';
import type { PolicyDemands } from '../../src/path/request.js';

const any = '2.5.29.32.0';

interface Node {
  readonly policy: string;
  expected: ReadonlyArray<string>;
  readonly children: Node[];
}

const node = (policy: string, expected: ReadonlyArray<string> = [policy]): Node => ({
  policy,
  expected,
  children: [],
});

const atDepth = (root: Node, depth: number): ReadonlyArray<Node> =>
  depth === 0 ? [root] : root.children.flatMap((child) => atDepth(child, depth - 1));

/** Deletes what has no descendant at this depth; undefined when nothing is left. */
const pruned = (root: Node, depth: number): Node | undefined => {
  if (depth === 0) return root;
  const kept = root.children.flatMap((child) => pruned(child, depth - 1) ?? []);
  root.children.splice(0, root.children.length, ...kept);
  return kept.length === 0 ? undefined : root;
};

/** 6.1.3 (d). */
const grow = (root: Node, depth: number, policies: ReadonlyArray<string>, anyCounts: boolean) => {
  const parents = atDepth(root, depth - 1);
  for (const policy of policies.filter((one) => one !== any)) {
    const matching = parents.filter(({ expected }) => expected.includes(policy));
    const hosts = matching.length > 0 ? matching : parents.filter((parent) => parent.policy === any);
    for (const parent of hosts) parent.children.push(node(policy));
  }
  if (policies.includes(any) && anyCounts) {
    for (const parent of parents) {
      for (const policy of parent.expected) {
        if (!parent.children.some((child) => child.policy === policy)) parent.children.push(node(policy));
      }
    }
  }
  return pruned(root, depth);
};

/** 6.1.4 (b). */
const map = (root: Node, depth: number, certificate: Certificate, allowed: boolean) => {
  const sources = new Set(certificate.policyMappings.map(({ issuerDomainPolicy }) => issuerDomainPolicy));
  for (const source of sources) {
    const targets = certificate.policyMappings
      .filter(({ issuerDomainPolicy }) => issuerDomainPolicy === source)
      .map(({ subjectDomainPolicy }) => subjectDomainPolicy);
    const nodes = atDepth(root, depth).filter(({ policy }) => policy === source);
    if (!allowed) {
      for (const parent of atDepth(root, depth - 1)) {
        const kept = parent.children.filter(({ policy }) => policy !== source);
        parent.children.splice(0, parent.children.length, ...kept);
      }
    } else if (nodes.length > 0) {
      for (const one of nodes) one.expected = targets;
    } else {
      const host = atDepth(root, depth - 1).find(
        (parent) => parent.policy === any && parent.children.some(({ policy }) => policy === any),
      );
      host?.children.push(node(source, targets));
    }
  }
  return pruned(root, depth);
};

/** 6.1.5 (g): the policies that stand below anyPolicy, and what of them the user takes. */
const intersect = (root: Node, depth: number, accepted: ReadonlyArray<string>): ReadonlyArray<string> => {
  const below = (one: Node): ReadonlyArray<string> =>
    one.policy === any ? one.children.flatMap((child) => [child.policy, ...below(child)]) : [];
  const authority = new Set(below(root).filter((policy) => policy !== any));
  const anyLeft = atDepth(root, depth).some(({ policy }) => policy === any);
  if (accepted.includes(any)) return [...authority, ...(anyLeft ? [any] : [])];
  return anyLeft ? accepted : accepted.filter((policy) => authority.has(policy));
};

/** user-constrained-policy-set, or undefined where the path is not valid. */
export const treePolicies = (
  path: ReadonlyArray<Certificate>,
  { accepted = [any], explicit = false, inhibitMapping = false, inhibitAny = false }: PolicyDemands,
): ReadonlyArray<string> | undefined => {
  const chain = path.slice(0, -1).reverse();
  const n = chain.length;
  let root: Node | undefined = node(any);
  let [explicitPolicy, policyMapping, inhibitAnyPolicy] = [explicit, inhibitMapping, inhibitAny].map((now) =>
    now ? 0 : n + 1,
  ) as [number, number, number];

  for (const [index, certificate] of chain.entries()) {
    const depth = index + 1;
    const selfIssued = isSelfIssued(certificate);
    const anyCounts = inhibitAnyPolicy > 0 || (depth < n && selfIssued);
    root =
      root === undefined || certificate.policies.length === 0
        ? undefined
        : grow(root, depth, certificate.policies, anyCounts);
    if (explicitPolicy === 0 && root === undefined) return undefined;
    if (depth === n) break;
    const { policyConstraints = {}, policyMappings } = certificate;
    if (policyMappings.some((pair) => Object.values(pair).includes(any))) return undefined;
    if (root !== undefined) root = map(root, depth, certificate, policyMapping > 0);
    if (!selfIssued) {
      explicitPolicy = Math.max(0, explicitPolicy - 1);
      policyMapping = Math.max(0, policyMapping - 1);
      inhibitAnyPolicy = Math.max(0, inhibitAnyPolicy - 1);
    }
    explicitPolicy = Math.min(explicitPolicy, policyConstraints.requireExplicitPolicy ?? explicitPolicy);
    policyMapping = Math.min(policyMapping, policyConstraints.inhibitPolicyMapping ?? policyMapping);
    inhibitAnyPolicy = Math.min(inhibitAnyPolicy, certificate.inhibitAnyPolicy ?? inhibitAnyPolicy);
  }

  explicitPolicy = Math.max(0, explicitPolicy - 1);
  if (chain.at(-1)?.policyConstraints?.requireExplicitPolicy === 0) explicitPolicy = 0;
  const user = root === undefined ? [] : intersect(root, n, accepted);
  return explicitPolicy > 0 || user.length > 0 ? user : undefined;
};
