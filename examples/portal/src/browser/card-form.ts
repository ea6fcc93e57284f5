/**
 * The form that asks for a card: fetches the challenge, has it signed, and sends the answer as a form. What the server
 * refuses is shown by the server's own page, so that errors look the same everywhere.
 *
 * @packageDocumentation
 */
import type { HipkiFault } from '@mandate/adapters-http/hipki';
import type { CardSource } from './card-source.js';
import { faultText } from './fault-text.js';

export interface CardFormOptions {
  /** Where the card is, now. */
  readonly source: () => CardSource | undefined;
  /** Whether the page asks for the PIN. */
  readonly asksPin: () => boolean;
  /** The component wants the PIN from the page, as it turned out. */
  readonly pinWanted: () => void;
  /** After a card was asked. */
  readonly asked: () => void;
  /** The server answered with a page instead of a challenge. */
  readonly replaced: (page: Document) => void;
}

const pinFaults: ReadonlySet<string> = new Set(['pin-missing', 'pin-format', 'pin-wrong', 'pin-locked']);

export const armCardForm = (form: HTMLFormElement, options: CardFormOptions): void => {
  const find = <E extends Element>(selector: string): E | null => form.querySelector<E>(selector);
  const pin = find<HTMLInputElement>('[data-pin]');
  const pinField = find<HTMLElement>('[data-pin-field]');
  const pinError = find<HTMLElement>('[data-pin-error]');
  const state = find<HTMLElement>('[data-card-state]');
  const button = find<HTMLButtonElement>('[data-submit]');
  const nonce = find<HTMLInputElement>('[data-nonce]');
  const csrf = find<HTMLInputElement>('[data-csrf]');
  const cms = find<HTMLInputElement>('[data-cms]');
  const { working = '', unreachable = '' } = form.dataset;

  const say = (text: string, isFault = false): void => {
    if (state === null) return;
    state.textContent = text;
    state.classList.toggle('bad', isFault);
  };
  const busy = (on: boolean): void => {
    if (button !== null) button.disabled = on;
    say(on ? working : '');
  };
  /** What was wrong the last time is not known to be wrong now. */
  const forgetErrors = (): void => {
    for (const old of form.parentElement?.querySelectorAll('.notice.bad') ?? []) old.remove();
    for (const field of form.querySelectorAll('.field.bad')) {
      field.classList.remove('bad');
      field.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
      field.querySelector('.error:not([data-pin-error])')?.remove();
    }
  };
  const showPinError = (text: string | undefined): void => {
    if (pinError === null) return;
    pinError.hidden = text === undefined;
    pinError.textContent = text ?? '';
    pinField?.classList.toggle('bad', text !== undefined);
    if (text === undefined) pin?.removeAttribute('aria-invalid');
    else {
      pin?.setAttribute('aria-invalid', 'true');
      pin?.focus();
    }
  };
  const showFault = (fault: HipkiFault): void => {
    if (fault.kind === 'pin-missing') options.pinWanted();
    const text = faultText(fault, form);
    if (pinFaults.has(fault.kind) && pinField?.hidden !== true) showPinError(text);
    else say(text, true);
  };

  /** The challenge for what was typed; `undefined` where the server's page says why there is none. */
  const challenge = async (): Promise<string | undefined> => {
    try {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
      const answer = await fetch(form.action, {
        method: 'POST',
        body,
        headers: { accept: 'application/json' },
      });
      if (answer.headers.get('content-type')?.startsWith('application/json') === true) {
        const got: { readonly nonce: string; readonly text: string; readonly csrf: string } =
          await answer.json();
        if (nonce !== null) nonce.value = got.nonce;
        if (csrf !== null) csrf.value = got.csrf;
        return got.text;
      }
      options.replaced(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      return undefined;
    } catch {
      say(unreachable, true);
      return undefined;
    }
  };

  form.addEventListener('submit', async (event) => {
    if (event.submitter?.hasAttribute('data-leave') === true) return;
    event.preventDefault();
    const source = options.source();
    if (source === undefined || button?.disabled === true) return;
    forgetErrors();
    showPinError(undefined);
    busy(true);
    const digits = options.asksPin() ? (pin?.value ?? '') : '';
    if (pin !== null) pin.value = '';
    const asked = challenge();
    // Inside the click: the component's window would be blocked after an await.
    const { purposeZh = '', purposeEn = '' } = form.dataset;
    const signed = await source.sign(asked, digits, { zh: purposeZh, en: purposeEn });
    options.asked();
    const text = await asked;
    if (text === undefined) {
      if (button !== null) button.disabled = false;
      if (state?.textContent === working) say('');
      return;
    }
    if (signed._tag === 'Left') {
      busy(false);
      showFault(signed.left);
      return;
    }
    if (cms !== null) cms.value = signed.right;
    form.submit();
  });
};
