/**
 * 讀取憑證 on the clerk's form (GEPI-33, 34): the card's certificate fills in serial and name. A serial that is typed over
 * afterwards is a typed one (GEPI-35).
 *
 * @packageDocumentation
 */
import type { CardSource, ReadCard } from './card-source.js';
import { faultText } from './fault-text.js';
import { askServer, fieldIn, sayIn } from './reading.js';

export interface ClerkFormOptions {
  readonly source: () => CardSource | undefined;
  /** After a card was asked. */
  readonly asked: () => void;
}

/** What the server found on a card's certificate. */
type Shown =
  | { readonly name: string; readonly serial: string; readonly warning: boolean }
  | { readonly refused: string };

export const armClerkForm = (form: HTMLFormElement, options: ClerkFormOptions): void => {
  const button = form.querySelector<HTMLButtonElement>('[data-read-card]');
  const choice = form.querySelector<HTMLElement>('[data-read-choice]');
  const der = form.querySelector<HTMLInputElement>('[data-der]');
  const number = form.querySelector<HTMLInputElement>('[data-card-number]');
  const field = fieldIn(form);
  if (button === null || choice === null || der === null || number === null) return;
  const { working = '', done = '', which = '', unreachable = '' } = button.dataset;
  const say = sayIn(form);

  const show = async ({ der: octets, cardNumber }: ReadCard): Promise<Shown> => {
    const answer = await askServer(form, {
      der: octets,
      ...(cardNumber === undefined ? {} : { cardNumber }),
    });
    // The server's own answer, in its shape.
    return (answer as Shown | undefined) ?? { refused: unreachable };
  };

  const fill = (card: ReadCard, shown: Shown): void => {
    choice.replaceChildren();
    if ('refused' in shown) {
      say(shown.refused, true);
      return;
    }
    const serial = field('serial');
    const name = field('name');
    if (serial !== null) serial.value = shown.serial;
    if (name !== null) name.value = shown.name;
    der.value = card.der;
    number.value = card.cardNumber ?? '';
    say(done);
    const id = field('nationalId');
    if (id?.value === '') id.focus();
  };

  /** Several cards are in: whose it is, the manager says. */
  const choose = (found: ReadonlyArray<readonly [ReadCard, Shown]>): void => {
    say(which);
    choice.replaceChildren(
      ...found.map(([card, shown]) => {
        const one = document.createElement('button');
        one.type = 'button';
        one.className = 'button quiet small';
        one.textContent = 'refused' in shown ? shown.refused : `${shown.name} ${shown.serial.slice(-8)}`;
        one.disabled = 'refused' in shown;
        one.addEventListener('click', () => fill(card, shown));
        return one;
      }),
    );
    choice.querySelector<HTMLButtonElement>('button:enabled')?.focus();
  };

  const read = async (source: CardSource): Promise<void> => {
    const cards = await source.read();
    options.asked();
    if (cards._tag === 'Left') {
      say(faultText(cards.left), true);
      return;
    }
    const found = await Promise.all(
      cards.right.map(async (card): Promise<readonly [ReadCard, Shown]> => [card, await show(card)]),
    );
    const [first] = found;
    if (first === undefined) return;
    if (found.length === 1) fill(...first);
    else choose(found);
  };

  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = options.source();
    if (source === undefined || button.disabled) return;
    button.disabled = true;
    choice.replaceChildren();
    say(working);
    try {
      await read(source);
    } catch {
      say(unreachable, true);
    } finally {
      button.disabled = false;
    }
  });

  field('serial')?.addEventListener('input', () => {
    der.value = '';
    number.value = '';
  });
};
