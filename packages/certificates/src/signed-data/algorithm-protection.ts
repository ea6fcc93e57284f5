/**
 * Which algorithms the signer says that it used (RFC 6211): under the signature, where the algorithms of a SignerInfo
 * are not. Cards need not say it; what is said must be what is used.
 */
import type { AlgorithmIdentifier } from '../certificate.js';
import { algorithmOf } from '../der/algorithm.js';
import { contextTag, tags } from '../der/reader.js';
import type { SignedAttribute, SignerInfo } from '../der/signed-data.js';
import { attributeOids } from './attributes.js';

/** NULL and nothing are the same parameters to this rule (RFC 6211 2). */
const same = (a: AlgorithmIdentifier | undefined, b: AlgorithmIdentifier): boolean => {
  const parametersOf = ({ parameters }: AlgorithmIdentifier): string =>
    parameters === 'null' ? 'absent' : parameters;
  return a !== undefined && a.oid === b.oid && parametersOf(a) === parametersOf(b);
};

/** Which of the two algorithms differs from what the attribute says; undefined where it says nothing, or the truth. */
export const algorithmProtectionFault = (
  list: ReadonlyArray<SignedAttribute>,
  signer: SignerInfo,
): 'digest' | 'signature' | undefined => {
  const attribute = list.find(({ type }) => type === attributeOids.algorithmProtection);
  if (attribute === undefined) return undefined;
  const [value, another] = attribute.values;
  const [digestNode, signatureNode, rest] = value?.tag === tags.sequence ? value.children : [];
  if (another !== undefined || rest !== undefined || !same(algorithmOf(digestNode), signer.digestAlgorithm)) {
    return 'digest';
  }
  // [1] IMPLICIT; [2] would be a MAC, which nobody signs with.
  const stated =
    signatureNode?.tag === contextTag(1, true)
      ? algorithmOf({ ...signatureNode, tag: tags.sequence })
      : undefined;
  return same(stated, signer.signatureAlgorithm) ? undefined : 'signature';
};
