/**
 * 「只要您點選後, 系統自動讀取」 on the form of a credential (DOC-6, DOC-7): both certificates of the card in the reader, whose serials the
 * server tells. Serials that are typed over afterwards are typed ones.
 *
 * @packageDocumentation
 */
import type { CardSource, ReadCard } from './card-source.js';
import type { ClerkFormOptions } from './clerk-form.js';
import { cardIn } from './drawer-panel.js';
import { faultText } from './fault-text.js';
import { askServer, fieldIn, sayIn } from './reading.js';

/** What the server found on both certificates. */
type Shown =
  | { readonly serial1: string; readonly serial2: string; readonly from?: string; readonly to?: string }
  | { readonly refused: string };

export const armCredentialForm = (form: HTMLFormElement, options: ClerkFormOptions): void => {
  const button = form.querySelector<HTMLButtonElement>('[data-read-card]');
  const signing = form.querySelector<HTMLInputElement>('[data-signing]');
  const encryption = form.querySelector<HTMLInputElement>('[data-encryption]');
  const field = fieldIn(form);
  if (button === null || signing === null || encryption === null) return;
  const { working = '', done = '', half = '', unreachable = '' } = button.dataset;
  const say = sayIn(form);
  /** The one button of a form that is nothing without a card. */
  const once = form.querySelector<HTMLButtonElement>('[data-once-read]');
  const ready = (isRead: boolean): void => {
    if (once !== null) once.disabled = !isRead;
  };
  const forget = (): void => {
    signing.value = '';
    encryption.value = '';
    ready(false);
  };
  /** What stands there of a card that is not in the reader any more. */
  const clear = (): void => {
    for (const name of ['serial1', 'serial2', 'from', 'to']) {
      const shown = field(name);
      if (shown !== null) shown.value = '';
    }
    forget();
  };

  const show = async (card: ReadCard): Promise<Shown> => {
    if (card.encryption === undefined) return { refused: half };
    const answer = await askServer(form, {
      nationalId: field('nationalId')?.value ?? '',
      signing: card.der,
      encryption: card.encryption,
    });
    // The server's own answer, in its shape.
    return (answer as Shown | undefined) ?? { refused: unreachable };
  };

  const fill = (card: ReadCard, shown: Shown): void => {
    const first = field('serial1');
    const second = field('serial2');
    if ('refused' in shown || first === null || second === null) return;
    first.value = shown.serial1;
    second.value = shown.serial2;
    signing.value = card.der;
    encryption.value = card.encryption ?? '';
    for (const name of ['from', 'to'] as const) {
      const day = field(name);
      if (day !== null) day.value = shown[name] ?? '';
    }
    ready(true);
    say(done);
  };

  /** Of several cards that of the officer is taken: the server knows whose each is. */
  const read = async (source: CardSource): Promise<void> => {
    const cards = await source.read();
    options.asked();
    if (cards._tag === 'Left') {
      say(faultText(cards.left), true);
      return;
    }
    let refused = '';
    for (const card of cards.right) {
      const shown = await show(card);
      if (!('refused' in shown)) {
        fill(card, shown);
        return;
      }
      refused = shown.refused;
    }
    say(refused, true);
  };

  button.hidden = false;
  const readNow = async (): Promise<void> => {
    const source = options.source();
    if (source === undefined || button.disabled) return;
    button.disabled = true;
    if (once !== null) clear();
    say(working);
    try {
      await read(source);
    } catch {
      say(unreachable, true);
    } finally {
      button.disabled = false;
    }
  };
  button.addEventListener('click', readNow);
  ready(signing.value !== '');
  // Of a drawer it is known when a card is put in; a component is asked in a click alone, since it opens a window.
  if (once !== null) form.parentElement?.addEventListener(cardIn, readNow);

  for (const name of ['serial1', 'serial2']) field(name)?.addEventListener('input', forget);
};
