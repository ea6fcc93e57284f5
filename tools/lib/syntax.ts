// Reads TypeScript with a real parser (docs/decisions/0003-parser.md says which and why).
import { type Program, parseSync } from 'oxc-parser';

/** A place in a file; lines count from 1. */
export type Place = Readonly<{ file: string; line: number }>;

/** A syntax node, as far as a walk needs to know. */
export type Node = Readonly<Record<string, unknown>> & Readonly<{ type: string; start: number }>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Record<string, unknown>)['type'] === 'string';

/** A literal's text, or the fixed text of a template with `…` where something is put in. */
export const textOf = (value: unknown): string | undefined => {
  if (!isNode(value)) return undefined;
  if (value.type === 'Literal') {
    const text = value['value'];
    return typeof text === 'string' ? text : undefined;
  }
  if (value.type !== 'TemplateLiteral' || !Array.isArray(value['quasis'])) return undefined;
  const parts: ReadonlyArray<{ value: { cooked: string | null } }> = value['quasis'];
  return parts.map((part) => part.value.cooked ?? '').join('…');
};

const parse = (file: string, source: string): Program => {
  const { program, errors } = parseSync(file, source);
  const first = errors[0];
  if (first !== undefined) throw new Error(`${file}: ${first.message}`);
  return program;
};

const visit = (value: unknown, see: (node: Node) => void): void => {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, see);
  } else if (isNode(value)) {
    see(value);
    for (const one of Object.values(value)) visit(one, see);
  }
};

/** Shows every node of a file, parents first. A file that is not TypeScript throws. */
export const walk = (file: string, source: string, see: (node: Node) => void): void =>
  visit(parse(file, source).body, see);

/** The line, from 1, of an offset in a text. */
export const lineAt = (source: string, offset: number): number => source.slice(0, offset).split('\n').length;

const typeStatements = new Set(['TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction']);

const isTypeOnly = (statement: unknown): boolean => {
  if (!isNode(statement)) return false;
  if (typeStatements.has(statement.type)) return true;
  if (statement['importKind'] === 'type' || statement['exportKind'] === 'type') return true;
  if (statement.type !== 'ImportDeclaration') return false;
  const specifiers: ReadonlyArray<Node> = Array.isArray(statement['specifiers'])
    ? statement['specifiers']
    : [];
  return specifiers.length > 0 && specifiers.every((specifier) => specifier['importKind'] === 'type');
};

/** Whether nothing of a file is left when the types are taken out. */
export const hasNoCode = (file: string, source: string): boolean =>
  parse(file, source).body.every((statement) => isTypeOnly(statement));
