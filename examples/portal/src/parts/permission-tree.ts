/**
 * 功能選單【新增擁有權限】 (GEPI-33, 36): the functions of the menu as boxes in their groups. Without script each function is
 * ticked by itself; the script gives every group a box of three states.
 *
 * @packageDocumentation
 */
import { flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { bareLabel } from '../site/words.js';

/** A line of the menu, as the catalogue has it. */
export interface MenuEntry {
  readonly code: string;
  readonly kind: 'group' | 'function';
  readonly parent: string | null;
  readonly zh: string;
  readonly en: string;
}

export interface TreeOptions {
  readonly entries: ReadonlyArray<MenuEntry>;
  readonly ticked: ReadonlySet<string>;
  /** Functions that nobody has yet: pointed out. */
  readonly fresh?: ReadonlySet<string>;
  readonly error?: string;
}

interface Tree extends TreeOptions {
  readonly view: View;
}

/** Letters and digits alone, whatever a code holds. */
const boxId = (code: string): string => `p-${code.replace(/[^A-Za-z0-9_-]/g, '_')}`;

const functionBox = ({ view, ticked, fresh }: Tree, { code, zh, en }: MenuEntry): Html =>
  html`<li><label class="choice"><input type="checkbox" id="${boxId(code)}" name="permissions" value="${code}"${flag(
    'checked',
    ticked.has(code),
  )}><span>${view.words.pick({ zh, en })}${
    fresh?.has(code) === true ? html` <span class="tag fresh">${view.words.say('tree.new')}</span>` : nothing
  }</span></label></li>`;

const children = (tree: Tree, parent: string | null): Html => {
  const own = tree.entries.filter((entry) => entry.parent === parent);
  return own.length === 0
    ? nothing
    : html`<ul class="tree-list">${own.map((entry) =>
        entry.kind === 'function' ? functionBox(tree, entry) : group(tree, entry),
      )}</ul>`;
};

const group = (tree: Tree, { code, zh, en }: MenuEntry): Html => {
  const label = tree.view.words.pick({ zh, en });
  return html`<li><fieldset class="tree-group" data-tree-group><legend data-tree-legend data-all="${tree.view.words.say(
    'tree.all',
  )}">${label}</legend>${children(tree, code)}</fieldset></li>`;
};

/** What a clerk holds that has left the menu: it may be kept, and is given to nobody. */
const gone = (tree: Tree): Html => {
  const { entries, ticked, view } = tree;
  const known = new Set(entries.map(({ code }) => code));
  const left = [...ticked].filter((code) => !known.has(code));
  const { say } = view.words;
  return left.length === 0
    ? nothing
    : html`<fieldset class="tree-group"><legend>${say('tree.gone')}</legend><p class="hint">${say(
        'tree.gone.hint',
      )}</p><ul class="tree-list">${left.map((code) =>
        functionBox(tree, { code, kind: 'function', parent: null, zh: code, en: code }),
      )}</ul></fieldset>`;
};

/** The boxes; each sends its code as `permissions`. */
export const permissionTree = (view: View, options: TreeOptions): Html => {
  const { say } = view.words;
  const { error } = options;
  const tree: Tree = { ...options, view };
  return html`<fieldset class="field tree${error === undefined ? '' : ' bad'}" id="f-permissions" tabindex="-1" data-tree aria-describedby="f-permissions-hint${
    error === undefined ? '' : ' f-permissions-error'
  }"><legend><span class="star" aria-hidden="true">*</span> ${bareLabel(say('field.functions'))}<span class="mark">${say(
    'mark.required',
  )}</span></legend><p class="hint" id="f-permissions-hint">${say('hint.atLeastOne')}</p>${
    error === undefined ? nothing : html`<p class="error" id="f-permissions-error">${error}</p>`
  }<p class="tree-count" role="status" data-tree-count="${say('tree.count')}"></p>${children(tree, null)}${gone(tree)}</fieldset>`;
};
