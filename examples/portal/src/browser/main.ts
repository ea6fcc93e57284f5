/**
 * The portal's script: the left column on a narrow screen, the focus after a refusal, printing, and the cards. Everything
 * but the cards works without it.
 *
 * @packageDocumentation
 */
import { armCardForm } from './card-form.js';
import type { CardSource } from './card-source.js';
import { armClerkForm } from './clerk-form.js';
import { armCopying } from './copy.js';
import { armCredentialForm } from './credential-form.js';
import { type DrawerPanel, showDrawer } from './drawer-panel.js';
import { recall, remember } from './memory.js';
import { armPermissionTree } from './permission-tree.js';
import { type ReaderPanel, showReader } from './reader-panel.js';
import { armRenewalForm, armSending } from './renewal-form.js';

/** Drawer or reader, as it was chosen last. */
const chosenSource = 'mandate-card-source';

const narrow = window.matchMedia('(max-width: 52rem)');

const armMenu = (): void => {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.menu-button')) {
    const set = (open: boolean): void => button.setAttribute('aria-expanded', String(open));
    button.hidden = false;
    set(!narrow.matches);
    narrow.addEventListener('change', () => set(!narrow.matches));
    button.addEventListener('click', () => set(button.getAttribute('aria-expanded') !== 'true'));
  }
};

const armPrinting = (main: ParentNode): void => {
  for (const button of main.querySelectorAll<HTMLButtonElement>('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
};

/** Everything of the page's middle: done again when the server has sent another one in its place. */
const armMain = async (main: HTMLElement): Promise<void> => {
  main.querySelector<HTMLElement>('[data-focus]')?.focus();
  armPrinting(main);
  armCopying(main);
  for (const tree of main.querySelectorAll<HTMLElement>('[data-tree]')) armPermissionTree(tree);

  for (const sending of main.querySelectorAll<HTMLFormElement>('[data-send]')) armSending(sending);

  const form = main.querySelector<HTMLFormElement>(
    '[data-card-form], [data-clerk-form], [data-credential-form], [data-renewal-form]',
  );
  const drawerAt = main.querySelector<HTMLElement>('[data-drawer]');
  const readerAt = main.querySelector<HTMLElement>('[data-reader]');
  if (form === null) return;
  let drawer: DrawerPanel | undefined;
  let reader: ReaderPanel | undefined;
  const usesDrawer = (): boolean =>
    drawerAt?.querySelector<HTMLInputElement>('[data-source]:checked')?.value === 'drawer';
  const asksPin = (): boolean => usesDrawer() || reader?.wantsPin() === true;
  const arrange = (): void => {
    const inDrawer = usesDrawer();
    const pinField = form.querySelector<HTMLElement>('[data-pin-field]');
    if (readerAt !== null) readerAt.hidden = inDrawer;
    const cards = drawerAt?.querySelector<HTMLElement>('[data-drawer-cards]');
    if (cards !== null && cards !== undefined) cards.hidden = !inDrawer;
    if (pinField !== null) pinField.hidden = !asksPin();
    const elsewhere = form.querySelector<HTMLElement>('[data-pin-elsewhere]');
    if (elsewhere !== null) elsewhere.hidden = asksPin();
  };
  if (readerAt !== null) reader = showReader(readerAt, arrange);
  const source = (): CardSource | undefined => (usesDrawer() ? drawer?.source() : reader?.source);
  const asked = (): void => drawer?.refresh();
  if (form.matches('[data-clerk-form]')) armClerkForm(form, { source, asked });
  else if (form.matches('[data-credential-form]')) armCredentialForm(form, { source, asked });
  else if (form.matches('[data-renewal-form]')) armRenewalForm(form, { source, asked });
  else
    armCardForm(form, {
      source,
      asksPin,
      pinWanted: () => reader?.missedPin(),
      asked,
      replaced: (page) => {
        const next = page.querySelector<HTMLElement>('main');
        if (next === null) return;
        main.replaceWith(document.adoptNode(next));
        void armMain(next);
      },
    });
  for (const choice of drawerAt?.querySelectorAll<HTMLInputElement>('[data-source]') ?? []) {
    const before = recall(chosenSource);
    if (before !== undefined) choice.checked = choice.value === before;
    choice.addEventListener('change', () => {
      remember(chosenSource, choice.value);
      arrange();
    });
  }
  arrange();
  if (drawerAt !== null) drawer = await showDrawer(drawerAt);
  form.dataset['armed'] = 'true';
};

armMenu();
const main = document.querySelector<HTMLElement>('main');
if (main !== null) void armMain(main);
