/**
 * One window, one package, one answer.
 *
 * @packageDocumentation
 */
import { type HipkiFault, hipkiFault } from './fault.js';
import type { HipkiHost, HipkiMessage, HipkiPopup } from './host.js';
import { bagOf, type Either, left, member, right, textMember } from './json.js';

export interface ExchangeTerms {
  /** Scheme, host and port of the component, and nothing else. */
  readonly origin: string;
  readonly readyMilliseconds: number;
  readonly answerMilliseconds: number;
}

/** How often it is looked whether the person closed the window. */
const lookMilliseconds = 250;

/** What a component says of itself when it is ready. */
export interface ReadyComponent {
  /** It asks for the PIN itself: ours says so. */
  readonly asksPin: boolean;
}

const readyOf = (data: string): ReadyComponent | undefined => {
  const bag = bagOf(data);
  return bag !== undefined && textMember(bag, 'func') === 'getTbs'
    ? { asksPin: member(bag, 'asksPin') === true }
    : undefined;
};

/** A package to send, at once or later; or why there is none. */
export type Packaged = string | HipkiFault | PromiseLike<string | HipkiFault | undefined>;

const close = (popup: HipkiPopup): void => {
  try {
    popup.close();
  } catch {
    // It is gone already, which is what was wanted.
  }
};

const opened = (host: HipkiHost, address: string): HipkiPopup | null => {
  try {
    return host.open(address);
  } catch {
    return null;
  }
};

/**
 * Opens the window at once, inside the click that calls this: after an `await` a browser would block it. When the
 * component says `getTbs`, `packageOf` is called, once, and its text is sent to that origin alone, as soon as it is there;
 * `undefined` ends it as cancelled, and a fault as that fault. Messages of another origin or of another window are as if they had not come.
 */
export const exchange = (
  host: HipkiHost,
  terms: ExchangeTerms,
  packageOf: (component: ReadyComponent) => Packaged,
): Promise<Either<HipkiFault, string>> => {
  const popup = opened(host, `${terms.origin}/popupForm`);
  if (popup === null) return Promise.resolve(left(hipkiFault('popup-blocked')));
  return new Promise((resolve) => {
    let [asked, sent, over] = [false, false, false];
    let stops: ReadonlyArray<() => void> = [];
    const end = (outcome: Either<HipkiFault, string>): void => {
      over = true;
      for (const stop of stops) stop();
      close(popup);
      resolve(outcome);
    };
    let stopTimer = host.after(terms.readyMilliseconds, () => end(left(hipkiFault('not-installed'))));
    const send = (text: string): void => {
      sent = true;
      stopTimer();
      stopTimer = host.after(terms.answerMilliseconds, () => end(left(hipkiFault('timed-out'))));
      try {
        popup.postMessage(text, terms.origin);
      } catch {
        // A browser does not let it be sent.
        end(left(hipkiFault('bad-request')));
      }
    };
    const written = (component: ReadyComponent): Packaged => {
      try {
        return packageOf(component);
      } catch {
        // What was to be asked cannot be written.
        return hipkiFault('bad-request');
      }
    };
    const ask = (component: ReadyComponent): void => {
      asked = true;
      const text = written(component);
      if (typeof text === 'string') {
        send(text);
        return;
      }
      if ('kind' in text) {
        end(left(text));
        return;
      }
      stopTimer();
      stopTimer = host.after(terms.answerMilliseconds, () => end(left(hipkiFault('timed-out'))));
      text.then(
        (late) => {
          if (over) return;
          if (late === undefined) end(left(hipkiFault('cancelled')));
          else if (typeof late === 'string') send(late);
          else end(left(late));
        },
        () => over || end(left(hipkiFault('bad-request'))),
      );
    };
    const hear = ({ origin, source, data }: HipkiMessage): void => {
      if (origin !== terms.origin || source !== popup || typeof data !== 'string') return;
      const component = readyOf(data);
      if (component === undefined) {
        // An answer before the question is none of ours.
        if (sent) end(right(data));
      } else if (!asked) ask(component);
    };
    let stopLooking = () => {};
    const look = (): void => {
      stopLooking = host.after(lookMilliseconds, () => {
        if (!popup.closed) look();
        // The answer may have been posted just before the window closed: it is heard first.
        else
          stopLooking = host.after(lookMilliseconds, () =>
            end(left(hipkiFault(asked ? 'cancelled' : 'not-installed'))),
          );
      });
    };
    stops = [host.onMessage(hear), () => stopTimer(), () => stopLooking()];
    look();
  });
};
