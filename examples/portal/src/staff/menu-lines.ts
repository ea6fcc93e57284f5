/**
 * The function menu as lines that staff can read and change: groups begin with `#`, one for each level, and what follows
 * stands in them. `premium-edit | 申報資料登錄 | Enter declarations`.
 *
 * @packageDocumentation
 */
import type { MenuEntry } from '../parts/permission-tree.js';

const linesIn = (
  entries: ReadonlyArray<MenuEntry>,
  parent: string | null,
  depth: number,
): ReadonlyArray<string> => {
  const own = entries.filter((entry) => entry.parent === parent);
  const line = ({ code, zh, en }: MenuEntry, mark: string): string => `${mark}${code} | ${zh} | ${en}`;
  return [
    // What stands in the group itself comes first: after a deeper group it would stand in that one.
    ...own.filter(({ kind }) => kind === 'function').map((one) => line(one, '')),
    ...own
      .filter(({ kind }) => kind === 'group')
      .flatMap((one) => [line(one, `${'#'.repeat(depth)} `), ...linesIn(entries, one.code, depth + 1)]),
  ];
};

export const menuLines = (entries: ReadonlyArray<MenuEntry>): string => linesIn(entries, null, 1).join('\n');

export type ReadMenu =
  | { readonly ok: true; readonly entries: ReadonlyArray<MenuEntry> }
  /** The line, from 1, that cannot be read. */
  | { readonly ok: false; readonly line: number };

export const readMenu = (text: string): ReadMenu => {
  const entries: Array<MenuEntry> = [];
  let groups: ReadonlyArray<string> = [];
  for (const [at, raw] of text.split('\n').entries()) {
    const whole = raw.trim();
    if (whole === '') continue;
    const depth = /^#*/.exec(whole)?.[0].length ?? 0;
    const [code = '', zh = '', en = '', ...rest] = whole
      .slice(depth)
      .split('|')
      .map((part) => part.trim());
    const wrong = code === '' || zh === '' || en === '' || rest.length > 0 || depth > groups.length + 1;
    if (wrong) return { ok: false, line: at + 1 };
    if (depth === 0) entries.push({ code, kind: 'function', parent: groups.at(-1) ?? null, zh, en });
    else {
      entries.push({ code, kind: 'group', parent: groups[depth - 2] ?? null, zh, en });
      groups = [...groups.slice(0, depth - 1), code];
    }
  }
  return { ok: true, entries };
};
