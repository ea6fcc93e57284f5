import type { GeneralName } from '../general-name.js';
import { nameOf } from './name.js';
import { contentOf, contextTag, type DerNode, tags, wholeOf } from './reader.js';
import { oidContentOf, textOctetsOf } from './values.js';

/** Names in one extension: a certificate has a handful. */
const maxNames = 256;

const asciiName = (node: DerNode, type: 'rfc822' | 'dns' | 'uri'): GeneralName | undefined => {
  const value = textOctetsOf(contentOf(node));
  return value === undefined ? undefined : { type, value };
};

const other = (node: DerNode, number: 0 | 3 | 5): GeneralName => ({
  type: 'other',
  number,
  der: wholeOf(node),
});

const directoryName = (node: DerNode): GeneralName | undefined => {
  // CHOICE is tagged explicitly (X.680 31.2.7): the Name stands inside.
  const name = node.children.length === 1 ? nameOf(node.children[0]) : undefined;
  return name && { type: 'directory', name };
};

const ipName = (node: DerNode): GeneralName | undefined => {
  const octets = contentOf(node);
  return [4, 8, 16, 32].includes(octets.length) ? { type: 'ip', octets } : undefined;
};

const registeredName = (node: DerNode): GeneralName | undefined => {
  const oid = oidContentOf(contentOf(node));
  return oid === undefined ? undefined : { type: 'registeredId', oid };
};

/** GeneralName ::= CHOICE. Undefined when it is none, or its text is not IA5. */
export const generalNameOf = (node: DerNode | undefined): GeneralName | undefined => {
  switch (node?.tag) {
    case contextTag(0, true):
      return other(node, 0);
    case contextTag(1, false):
      return asciiName(node, 'rfc822');
    case contextTag(2, false):
      return asciiName(node, 'dns');
    case contextTag(3, true):
      return other(node, 3);
    case contextTag(4, true):
      return directoryName(node);
    case contextTag(5, true):
      return other(node, 5);
    case contextTag(6, false):
      return asciiName(node, 'uri');
    case contextTag(7, false):
      return ipName(node);
    case contextTag(8, false):
      return registeredName(node);
    default:
      return undefined;
  }
};

/** All, or undefined when one cannot be read, there is none, or there are more than anyone needs. */
export const generalNamesIn = (nodes: ReadonlyArray<DerNode>): ReadonlyArray<GeneralName> | undefined => {
  if (nodes.length === 0 || nodes.length > maxNames) return undefined;
  const names = nodes.flatMap((node) => generalNameOf(node) ?? []);
  return names.length === nodes.length ? names : undefined;
};

/** GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName. */
export const generalNamesOf = (node: DerNode | undefined): ReadonlyArray<GeneralName> | undefined =>
  node?.tag === tags.sequence ? generalNamesIn(node.children) : undefined;
