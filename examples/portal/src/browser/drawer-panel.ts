/**
 * The drawer's panel on a page: choosing or dragging a card into the reader, taking it out, unlocking it.
 *
 * @packageDocumentation
 */
import type { CardSource } from './card-source.js';
import type { Drawer, openDrawer } from './drawer.js';

export interface DrawerPanel {
  /** The drawer's script is loaded when the page asks for a card; a source that is not there yet is waited for. */
  readonly source: () => CardSource | undefined;
  /** Shows the tries again, after a card was asked. */
  readonly refresh: () => void;
}

const chosen = 'mandate-drawer-card';

/** Said on the panel when a card was put in. */
export const cardIn = 'mandate-card-in';

export const showDrawer = async (panel: HTMLElement): Promise<DrawerPanel> => {
  const {
    drawer: script = '',
    cards = '',
    instance = '',
    locked = '',
    left = '',
    empty = '',
  } = panel.dataset;
  const module: { readonly openDrawer: typeof openDrawer } = await import(script);
  const drawer: Drawer = module.openDrawer(cards, instance);
  const buttons = [...panel.querySelectorAll<HTMLButtonElement>('[data-card]')];
  const slot = panel.querySelector<HTMLElement>('[data-slot]');
  const inSlot = panel.querySelector<HTMLElement>('[data-slot-card]');
  const remove = panel.querySelector<HTMLButtonElement>('[data-remove]');
  const unlock = panel.querySelector<HTMLButtonElement>('[data-unlock]');

  const refresh = (): void => {
    const id = drawer.inserted();
    for (const button of buttons) {
      const card = button.dataset['card'] ?? '';
      const tries = drawer.left(card);
      button.setAttribute('aria-pressed', String(card === id));
      button.dataset['left'] = String(tries);
      const line = button.querySelector('[data-tries]');
      if (line !== null) line.textContent = tries === 0 ? locked : tries < 3 ? `${left}: ${tries}` : '';
    }
    const button = buttons.find(({ dataset }) => dataset['card'] === id);
    if (inSlot !== null) inSlot.textContent = button?.dataset['holder'] ?? empty;
    if (remove !== null) remove.hidden = id === undefined;
    if (unlock !== null) unlock.hidden = id === undefined || drawer.left(id) > 0;
  };
  const insert = (id: string | undefined): void => {
    drawer.insert(id);
    refresh();
    if (id !== undefined) panel.dispatchEvent(new Event(cardIn, { bubbles: true }));
  };

  for (const button of buttons) {
    const id = button.dataset['card'];
    button.addEventListener('click', () => insert(drawer.inserted() === id ? undefined : id));
    button.addEventListener('dragstart', (event) => event.dataTransfer?.setData(chosen, id ?? ''));
  }
  slot?.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes(chosen) !== true) return;
    event.preventDefault();
    slot.classList.add('over');
  });
  slot?.addEventListener('dragleave', () => slot.classList.remove('over'));
  slot?.addEventListener('drop', (event) => {
    event.preventDefault();
    slot.classList.remove('over');
    insert(event.dataTransfer?.getData(chosen));
  });
  remove?.addEventListener('click', () => insert(undefined));
  unlock?.addEventListener('click', () => {
    const id = drawer.inserted();
    if (id !== undefined) drawer.unlock(id);
    refresh();
  });
  refresh();
  return { source: () => drawer, refresh };
};
