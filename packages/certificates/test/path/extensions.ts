/** Extensions by which a CA limits what is below it, and alternative names, to be written into test certificates. */
import { type Extension, extensionOids, type PolicyMapping } from '../../src/certificate.js';
import { encodeName, type NameSpec } from '../../src/der/encode-certificate.js';
import * as w from '../../src/der/writer.js';

/** A name as tests write it; `other` is an otherName that nobody can compare. */
export type NameOf =
  | { readonly type: 'rfc822' | 'dns' | 'uri'; readonly value: string }
  | { readonly type: 'directory'; readonly name: ReadonlyArray<NameSpec> }
  | { readonly type: 'ip'; readonly octets: ReadonlyArray<number> }
  | { readonly type: 'registeredId' | 'other'; readonly oid: string };

const textTags = { rfc822: 1, dns: 2, uri: 6 } as const;

export const generalName = (name: NameOf): Uint8Array => {
  switch (name.type) {
    case 'directory':
      return w.context(4, encodeName(name.name));
    case 'ip':
      return w.contextPrimitive(7, Uint8Array.from(name.octets));
    case 'registeredId':
      // The content of the object identifier: the tag is implicit.
      return w.contextPrimitive(8, w.oid(name.oid).subarray(2));
    case 'other':
      return w.context(0, w.oid(name.oid), w.context(0, w.utf8('name')));
    default:
      return w.ia5Context(textTags[name.type], name.value);
  }
};

const subtrees = (number: number, names: ReadonlyArray<NameOf> = []): ReadonlyArray<Uint8Array> =>
  names.length === 0 ? [] : [w.context(number, ...names.map((name) => w.sequence(generalName(name))))];

export interface Limits {
  readonly permitted?: ReadonlyArray<NameOf>;
  readonly excluded?: ReadonlyArray<NameOf>;
}

export const nameConstraintsExtension = ({ permitted, excluded }: Limits, critical = true): Extension => ({
  oid: extensionOids.nameConstraints,
  critical,
  value: w.sequence(...subtrees(0, permitted), ...subtrees(1, excluded)),
});

export const alternativeNamesExtension = (names: ReadonlyArray<NameOf>, critical = false): Extension => ({
  oid: extensionOids.subjectAltName,
  critical,
  value: w.sequence(...names.map(generalName)),
});

export const policyMappingsExtension = (mappings: ReadonlyArray<PolicyMapping>): Extension => ({
  oid: extensionOids.policyMappings,
  critical: true,
  value: w.sequence(
    ...mappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) =>
      w.sequence(w.oid(issuerDomainPolicy), w.oid(subjectDomainPolicy)),
    ),
  ),
});

export const policyConstraintsExtension = (
  requireExplicitPolicy?: number,
  inhibitPolicyMapping?: number,
): Extension => ({
  oid: extensionOids.policyConstraints,
  critical: true,
  value: w.sequence(
    ...(requireExplicitPolicy === undefined
      ? []
      : [w.contextPrimitive(0, Uint8Array.of(requireExplicitPolicy))]),
    ...(inhibitPolicyMapping === undefined
      ? []
      : [w.contextPrimitive(1, Uint8Array.of(inhibitPolicyMapping))]),
  ),
});

export const inhibitAnyPolicyExtension = (skip: number): Extension => ({
  oid: extensionOids.inhibitAnyPolicy,
  critical: true,
  value: w.smallInteger(skip),
});

export const purposesExtension = (purposes: ReadonlyArray<string>, critical = false): Extension => ({
  oid: extensionOids.extKeyUsage,
  critical,
  value: w.sequence(...purposes.map(w.oid)),
});
