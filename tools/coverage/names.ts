// The names of the tests in a file, and the checklist items that a name means.
import { lineAt, type Node, textOf, walk } from '../lib/syntax.js';

export type TestName = Readonly<{ file: string; line: number; name: string }>;

const isFunction = (value: unknown): boolean => {
  const type = (value as Node | undefined)?.type;
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression' || type === 'Identifier';
};

/** `suite('…', async () => …)`: a call whose first argument is a text and whose second is a function. */
export const testNames = (file: string, source: string): ReadonlyArray<TestName> => {
  const found: TestName[] = [];
  walk(file, source, (node) => {
    // A name by itself: `suite.skip(…)` proves nothing.
    if (node.type !== 'CallExpression' || (node['callee'] as Node).type !== 'Identifier') return;
    const [first, second]: ReadonlyArray<unknown> = Array.isArray(node['arguments']) ? node['arguments'] : [];
    const name = textOf(first);
    if (name !== undefined && isFunction(second))
      found.push({ file, line: lineAt(source, node.start), name });
  });
  return found;
};

const mention = /\b(GEPI|MOICA|DOC|NHI|ECPA|X)-(\d+)((?:\s*[,、]\s*\d+|\s*(?:…|\.{2,3}|–)\s*\d+)*)/g;
const more = /([,、…–]|\.{2,3})\s*(\d+)/g;

/** `GEPI-12…15, 20` means 12, 13, 14, 15 and 20; a range is written with …, .. or –. */
export const itemsIn = (name: string): ReadonlyArray<string> => {
  const items: string[] = [];
  for (const [, family = '', first = '', rest = ''] of name.matchAll(mention)) {
    let last = Number(first);
    items.push(`${family}-${last}`);
    for (const [, sign = '', digits = ''] of rest.matchAll(more)) {
      const next = Number(digits);
      const from = sign === ',' || sign === '、' ? next : last + 1;
      for (let number = from; number <= next; number += 1) items.push(`${family}-${number}`);
      last = next;
    }
  }
  return items;
};
