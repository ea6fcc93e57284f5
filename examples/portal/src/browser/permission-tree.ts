/**
 * Boxes of three states for the groups of the function menu (GEPI-36): on where all functions below are on, mixed where some
 * are. They send nothing themselves.
 *
 * @packageDocumentation
 */

const boxesIn = (group: Element): ReadonlyArray<HTMLInputElement> => [
  ...group.querySelectorAll<HTMLInputElement>('input[name="permissions"]'),
];

const showState = (box: HTMLInputElement, group: Element): void => {
  const boxes = boxesIn(group);
  const on = boxes.filter(({ checked }) => checked).length;
  box.checked = boxes.length > 0 && on === boxes.length;
  box.indeterminate = on > 0 && on < boxes.length;
};

/** Puts a box before the name of a group. */
const addBox = (group: Element): HTMLInputElement | undefined => {
  const legend = group.querySelector<HTMLElement>(':scope > [data-tree-legend]');
  if (legend === null) return undefined;
  const label = document.createElement('label');
  label.className = 'choice';
  const box = document.createElement('input');
  box.type = 'checkbox';
  const unseen = document.createElement('span');
  unseen.className = 'unseen';
  unseen.textContent = legend.dataset['all'] ?? '';
  const name = document.createElement('span');
  name.append(unseen, ...legend.childNodes);
  label.append(box, name);
  legend.replaceChildren(label);
  return box;
};

export const armPermissionTree = (tree: HTMLElement): void => {
  const groups = [...tree.querySelectorAll('[data-tree-group]')].flatMap((group) => {
    const box = addBox(group);
    return box === undefined ? [] : [{ group, box }];
  });
  const count = tree.querySelector<HTMLElement>('[data-tree-count]');
  const show = (): void => {
    for (const { group, box } of groups) showState(box, group);
    if (count === null) return;
    const ticked = boxesIn(tree).filter(({ checked }) => checked).length;
    count.textContent = (count.dataset['treeCount'] ?? '').replace('{n}', String(ticked));
  };
  for (const { group, box } of groups) {
    box.addEventListener('change', () => {
      // A mixed group becomes whole first, as everywhere.
      for (const one of boxesIn(group)) one.checked = box.checked;
    });
  }
  tree.addEventListener('change', show);
  show();
};
