/**
 * The reader's panel: whether the component answers, which cards are in, and who asks for the PIN.
 *
 * @packageDocumentation
 */
import { type ReaderSource, readerSource } from './card-source.js';
import { faultText } from './fault-text.js';
import { recall, remember } from './memory.js';

export interface ReaderPanel {
  readonly source: ReaderSource;
  /** The component has shown that the page must ask for the PIN; until then no PIN is typed here for nothing. */
  readonly wantsPin: () => boolean;
  /** It wanted one and got none. */
  readonly missedPin: () => void;
}

const remembered = 'mandate-reader-asks-pin';

/** `changed` is called when it turns out who asks for the PIN. */
export const showReader = (panel: HTMLElement, changed: () => void): ReaderPanel => {
  const { none = '', empty = '', ready = '', ownPin = '', component, oldest } = panel.dataset;
  const source = readerSource(component, oldest);
  const state = panel.querySelector<HTMLElement>('[data-reader-state]');
  const say = (text: string, isFault = false): void => {
    if (state === null) return;
    state.textContent = text;
    state.classList.toggle('bad', isFault);
  };
  let asks = recall(remembered) !== 'false';
  const learn = (asksItself: boolean): void => {
    asks = asksItself;
    remember(remembered, String(asksItself));
    changed();
  };
  panel.querySelector('[data-look]')?.addEventListener('click', async () => {
    const looked = await source.look();
    if (looked._tag === 'Left') {
      say(faultText(looked.left), true);
      return;
    }
    const { readers, cards, asksPin } = looked.right;
    const found = readers === 0 ? none : cards.length === 0 ? empty : `${ready} ${cards.join(', ')}`;
    say(asksPin ? `${found} ${ownPin}` : found);
    learn(asksPin);
  });
  return { source, wantsPin: () => !asks, missedPin: () => learn(false) };
};
