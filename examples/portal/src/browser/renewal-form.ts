/**
 * The forms of a renewal that ask a card: it is read, signs the request, or is written and read back (MOICA-3, MOICA-12, MOICA-14).
 * What a write came to is sent only after the card was read again; a page that goes away in between leaves a write of which the
 * server knows that it was begun.
 *
 * @packageDocumentation
 */
import type { HipkiFault } from '@mandate/adapters-http/hipki';
import type { CardSource, ReadCard } from './card-source.js';
import { faultText } from './fault-text.js';
import { pageLanguage } from './language.js';

export interface RenewalFormOptions {
  readonly source: () => CardSource | undefined;
  /** After a card was asked. */
  readonly asked: () => void;
}

interface Announced {
  readonly certificate?: string | null;
  readonly zh?: string;
  readonly en?: string;
}

const pinFaults: ReadonlySet<string> = new Set(['pin-missing', 'pin-format', 'pin-wrong', 'pin-locked']);

const fingerprintOf = async (base64: string): Promise<string> => {
  const octets = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', octets));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('');
};

/** The one before the renewal as long as the card has it anywhere; else the first. */
const certificateNow = async (
  cards: ReadonlyArray<ReadCard>,
  previous: string,
): Promise<ReadCard | undefined> => {
  for (const card of cards) if ((await fingerprintOf(card.der)) === previous) return card;
  return cards[0];
};

/** Sends its form by itself, after so many seconds (MOICA-10). */
export const armSending = (form: HTMLFormElement): void => {
  const after = form.dataset['send'] ?? '';
  if (after === '') return;
  setTimeout(() => form.requestSubmit(), Number(after) * 1000);
};

export const armRenewalForm = (form: HTMLFormElement, { source, asked }: RenewalFormOptions): void => {
  const find = <E extends Element>(selector: string): E | null => form.querySelector<E>(selector);
  const pin = find<HTMLInputElement>('[data-pin]');
  const pinError = find<HTMLElement>('[data-pin-error]');
  const state = find<HTMLElement>('[data-card-state]');
  const button = find<HTMLButtonElement>('[data-submit]');
  const {
    renewalForm: work = '',
    working = '',
    unsupported = '',
    unreachable = '',
    info = '',
    previous = '',
    announce = '',
  } = form.dataset;

  const set = (name: string, value: string): void => {
    const input = find<HTMLInputElement>(`[name="${name}"]`);
    if (input !== null) input.value = value;
  };
  const say = (text: string, isFault = false): void => {
    if (state === null) return;
    state.textContent = text;
    state.classList.toggle('bad', isFault);
  };
  const sayPin = (text: string): void => {
    if (pinError !== null) {
      pinError.hidden = text === '';
      pinError.textContent = text;
    }
    if (text === '') pin?.removeAttribute('aria-invalid');
    else {
      pin?.setAttribute('aria-invalid', 'true');
      pin?.focus();
    }
  };
  const showFault = (fault: HipkiFault): void => {
    const text = faultText(fault, form);
    say('');
    if (pinFaults.has(fault.kind) && pin !== null) sayPin(text);
    else say(text, true);
  };

  /** Reads the card into the form; false where there is nothing to send. */
  const readInto = async (from: CardSource): Promise<boolean> => {
    const read = await from.read();
    if (read._tag === 'Left') {
      showFault(read.left);
      return false;
    }
    const now = await certificateNow(read.right, previous);
    set('certificate', now?.der ?? '');
    set('cardNumber', now?.cardNumber ?? '');
    return true;
  };

  const announced = async (): Promise<Announced | undefined> => {
    try {
      const body = new URLSearchParams();
      body.set('certificate', find<HTMLInputElement>('[name=certificate]')?.value ?? '');
      const answer = await fetch(announce, { method: 'POST', body });
      return (await answer.json()) as Announced;
    } catch {
      return undefined;
    }
  };

  const works: Readonly<Record<string, (from: CardSource, digits: string) => Promise<boolean>>> = {
    read: (from) => readInto(from),
    check: (from) => readInto(from),
    sign: async (from, digits) => {
      const signed = await from.renewal?.signRaw(info, digits);
      if (signed === undefined) return false;
      if (signed._tag === 'Left') {
        showFault(signed.left);
        return false;
      }
      set('signature', signed.right.signature);
      set('certificate', signed.right.certificate);
      return true;
    },
    write: async (from, digits) => {
      if (!(await readInto(from))) return false;
      const told = await announced();
      if (told === undefined) {
        say(unreachable, true);
        return false;
      }
      if (told.certificate === undefined) {
        say((pageLanguage() === 'zh' ? told.zh : told.en) ?? unreachable, true);
        return false;
      }
      if (told.certificate === null) return true;
      const replaces = find<HTMLInputElement>('[name=certificate]')?.value ?? '';
      const written = await from.renewal?.write(told.certificate, replaces, digits);
      // Whatever came of it, what the card holds is read and sent: that is what the server believes.
      const isRead = await readInto(from);
      if (written?._tag !== 'Left') return isRead;
      showFault(written.left);
      if (isRead) {
        const body = new URLSearchParams();
        body.set('certificate', find<HTMLInputElement>('[name=certificate]')?.value ?? '');
        await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
      }
      return false;
    },
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button?.disabled === true) return;
    const from = source();
    sayPin('');
    // Found out before anything is begun: what is not written here is not extended here.
    if (from?.renewal === undefined) {
      say(unsupported, true);
      return;
    }
    const digits = pin?.value ?? '';
    if (pin !== null) pin.value = '';
    if (button !== null) button.disabled = true;
    say(working);
    void (works[work]?.(from, digits) ?? Promise.resolve(false))
      .catch(() => {
        say(unreachable, true);
        return false;
      })
      .then((isReady) => {
        asked();
        if (button !== null) button.disabled = false;
        if (!isReady) return;
        form.submit();
      });
  });
};
