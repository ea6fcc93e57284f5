/**
 * 公布功能選單: the next version of the menu, with what differs before it is published. A new function reaches nobody by itself
 * (X-6).
 *
 * @packageDocumentation
 */
import type { MenuEntry } from '../parts/permission-tree.js';
import { textArea } from '../parts/text-area.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { type Deed, shortfallAt } from './deed.js';
import { menuLines, readMenu } from './menu-lines.js';
import type { StaffVisit } from './visit.js';

const published = async ({ visit }: StaffVisit) => {
  const found = await visit.client.catalogue();
  return found._tag === 'Right' ? found.right : { version: 0, entries: [] };
};

const sameLine = (a: MenuEntry, b: MenuEntry): boolean =>
  a.kind === b.kind && a.parent === b.parent && a.zh === b.zh && a.en === b.en;

/** New, gone, and changed lines; a list of each that is not empty. */
const differences = (
  { words: { say } }: View,
  before: ReadonlyArray<MenuEntry>,
  after: ReadonlyArray<MenuEntry>,
): ReadonlyArray<Html> => {
  const was = new Map(before.map((entry) => [entry.code, entry]));
  const is = new Map(after.map((entry) => [entry.code, entry]));
  const changed = after.filter((entry) => {
    const old = was.get(entry.code);
    return old !== undefined && !sameLine(old, entry);
  });
  return (
    [
      ['deed.menu.added', after.filter(({ code }) => !was.has(code))],
      ['deed.menu.removed', before.filter(({ code }) => !is.has(code))],
      ['deed.menu.changed', changed],
    ] as const
  ).map(([key, entries]) =>
    entries.length === 0
      ? nothing
      : html`<h3>${say(key)}</h3><ul>${entries.map(
          ({ code, zh, en }) => html`<li><code>${code}</code> ${zh} <span lang="en">${en}</span></li>`,
        )}</ul>`,
  );
};

/** Published menus have no line for "in no group": it is left out. */
const asSent = ({ parent, ...entry }: MenuEntry) => (parent === null ? entry : { ...entry, parent });

export const publishCatalogue: Deed = {
  path: '/staff/catalogue',
  title: 'deed.catalogue',
  labels: { entries: 'deed.menu.entries' },
  form: async (staff, _, shortfall) => {
    const { view, visit } = staff;
    const { say } = view.words;
    const { version, entries } = await published(staff);
    const value = visit.form.has('entries') ? visit.form.text('entries') : menuLines(entries);
    const hint = say('deed.menu.hint');
    return html`<p>${say('deed.version').replace('{n}', String(version))}</p>${textArea(
      view,
      { ...{ name: 'entries', label: 'deed.menu.entries', required: true, value }, rows: 20, hint },
      shortfall,
    )}`;
  },
  prepare: async (staff) => {
    const { view, visit } = staff;
    const { say, lang } = view.words;
    const read = readMenu(visit.form.text('entries'));
    if (!read.ok) {
      const { zh, en } = view.pack.texts['deed.menu.wrongLine'] ?? { zh: '', en: '' };
      const at = String(read.line);
      return {
        _tag: 'Left',
        left: shortfallAt('entries', { zh: zh.replace('{n}', at), en: en.replace('{n}', at) }),
      };
    }
    const now = await published(staff);
    const { entries } = read;
    const version = now.version + 1;
    const before = new Map(now.entries.map((entry) => [entry.code, entry]));
    const isSame =
      entries.length === now.entries.length &&
      entries.every((entry) => {
        const old = before.get(entry.code);
        return old !== undefined && sameLine(old, entry);
      });
    if (isSame) {
      const text = view.pack.texts['deed.menu.same'] ?? { zh: '', en: '' };
      return { _tag: 'Left', left: shortfallAt('entries', text) };
    }
    const functions = entries.filter(({ kind }) => kind === 'function').length;
    return {
      _tag: 'Right',
      right: {
        told: html`<p>${say('deed.menu.told')
          .replace('{n}', String(version))
          .replace('{count}', functions.toLocaleString(lang))}</p>${differences(view, now.entries, entries)}`,
        send: (options) =>
          visit.client.publishCatalogue({ body: { version, entries: entries.map(asSent) } }, options),
        facts: [
          ['deed.versionNumber', String(version)],
          ['deed.menu.functions', String(functions)],
        ],
      },
    };
  },
};
