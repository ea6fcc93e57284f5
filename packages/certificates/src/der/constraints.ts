/** Extensions by which a CA narrows what is below it: names and policies (RFC 5280 4.2.1.4, .5, .10, .11, .14). */
import type { Certificate, NameConstraints, PolicyMapping } from '../certificate.js';
import type { GeneralName } from '../general-name.js';
import { taggedFields } from './distribution-points.js';
import { generalNameOf } from './general-names.js';
import { integerProblem } from './primitives.js';
import { contentOf, contextTag, type DerNode, tags } from './reader.js';
import { oidOf, smallIntegerOf } from './values.js';

/** More than any certificate has: what is compared with each other must stay few. */
const maxPolicies = 64;
const maxSubtrees = 256;

/** certificatePolicies: identifiers, each once; qualifiers are for people and are passed by. */
export const policiesOf = (node: DerNode): ReadonlyArray<string> | undefined => {
  if (node.tag !== tags.sequence || node.children.length === 0 || node.children.length > maxPolicies) {
    return undefined;
  }
  const policies = node.children.flatMap((information) => {
    const [identifier, qualifiers, ...rest] = information.children;
    const readable =
      information.tag === tags.sequence &&
      rest.length === 0 &&
      (qualifiers === undefined || (qualifiers.tag === tags.sequence && qualifiers.children.length > 0));
    return (readable ? oidOf(identifier) : undefined) ?? [];
  });
  return policies.length === node.children.length && new Set(policies).size === policies.length
    ? policies
    : undefined;
};

/** policyMappings: pairs of policies. */
export const policyMappingsOf = (node: DerNode): ReadonlyArray<PolicyMapping> | undefined => {
  if (node.tag !== tags.sequence || node.children.length === 0 || node.children.length > maxPolicies) {
    return undefined;
  }
  const mappings = node.children.flatMap((pair): ReadonlyArray<PolicyMapping> => {
    const issuerDomainPolicy = oidOf(pair.children[0]);
    const subjectDomainPolicy = oidOf(pair.children[1]);
    return pair.tag === tags.sequence &&
      pair.children.length === 2 &&
      issuerDomainPolicy !== undefined &&
      subjectDomainPolicy !== undefined
      ? [{ issuerDomainPolicy, subjectDomainPolicy }]
      : [];
  });
  return mappings.length === node.children.length ? mappings : undefined;
};

/** SkipCerts under an implicit tag. A number too large to count is as good as none of the limit's harm: refused. */
const skipCertsOf = (node: DerNode): number | undefined => {
  const content = contentOf(node);
  const problem = integerProblem(content, 0, content.length);
  return problem !== undefined || content.length > 4 || (content[0] ?? 0x80) >= 0x80
    ? undefined
    : content.reduce((value, octet) => value * 256 + octet, 0);
};

const requireTag = contextTag(0, false);
const inhibitTag = contextTag(1, false);

/** policyConstraints: at least one of the two numbers. */
export const policyConstraintsOf = (node: DerNode): Certificate['policyConstraints'] => {
  const fields = taggedFields(node, [requireTag, inhibitTag]);
  if (fields === undefined || fields.size === 0) return undefined;
  const required = fields.get(requireTag);
  const inhibited = fields.get(inhibitTag);
  const requireExplicitPolicy = required && skipCertsOf(required);
  const inhibitPolicyMapping = inhibited && skipCertsOf(inhibited);
  if (required !== undefined && requireExplicitPolicy === undefined) return undefined;
  if (inhibited !== undefined && inhibitPolicyMapping === undefined) return undefined;
  return {
    ...(requireExplicitPolicy === undefined ? {} : { requireExplicitPolicy }),
    ...(inhibitPolicyMapping === undefined ? {} : { inhibitPolicyMapping }),
  };
};

/** inhibitAnyPolicy. */
export const inhibitAnyPolicyOf = (node: DerNode): number | undefined => smallIntegerOf(node);

/** GeneralSubtree: `minimum` is 0 and `maximum` absent in this profile, so DER writes the base alone. */
const subtreesOf = (node: DerNode): ReadonlyArray<GeneralName> | undefined => {
  if (node.children.length === 0 || node.children.length > maxSubtrees) return undefined;
  const bases = node.children.flatMap((subtree) =>
    subtree.tag === tags.sequence && subtree.children.length === 1
      ? (generalNameOf(subtree.children[0]) ?? [])
      : [],
  );
  return bases.length === node.children.length ? bases : undefined;
};

const permittedTag = contextTag(0, true);
const excludedTag = contextTag(1, true);

/** nameConstraints: at least one of the two lists. */
export const nameConstraintsOf = (node: DerNode): NameConstraints | undefined => {
  const fields = taggedFields(node, [permittedTag, excludedTag]);
  if (fields === undefined || fields.size === 0) return undefined;
  const permittedNode = fields.get(permittedTag);
  const excludedNode = fields.get(excludedTag);
  const permitted = permittedNode && subtreesOf(permittedNode);
  const excluded = excludedNode && subtreesOf(excludedNode);
  if (permittedNode !== undefined && permitted === undefined) return undefined;
  if (excludedNode !== undefined && excluded === undefined) return undefined;
  return {
    ...(permitted === undefined ? {} : { permitted }),
    ...(excluded === undefined ? {} : { excluded }),
  };
};
