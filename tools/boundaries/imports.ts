// What a file imports, in every way TypeScript has: with and without `type`, re-exports, import(), import types, require.
import { lineAt, type Node, textOf, walk } from '../lib/syntax.js';

export type Import = Readonly<{ specifier: string; line: number }>;

const isRequire = (node: Node): boolean => {
  const callee = node['callee'] as Node | undefined;
  return callee?.type === 'Identifier' && callee['name'] === 'require';
};

const sourceOf = (node: Node): unknown => {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node['source'];
    case 'TSExternalModuleReference':
      return node['expression'];
    case 'CallExpression':
      return isRequire(node) && Array.isArray(node['arguments']) ? node['arguments'][0] : undefined;
    default:
      return undefined;
  }
};

export const importsOf = (file: string, source: string): ReadonlyArray<Import> => {
  const found: Import[] = [];
  walk(file, source, (node) => {
    const specifier = textOf(sourceOf(node));
    if (specifier !== undefined) found.push({ specifier, line: lineAt(source, node.start) });
  });
  return found;
};
