/**
 * What the client needs of a page's window, small enough to be played in a test.
 *
 * @packageDocumentation
 */

export interface HipkiPopup {
  readonly closed: boolean;
  readonly postMessage: (message: string, targetOrigin: string) => void;
  readonly close: () => void;
}

export interface HipkiMessage {
  readonly origin: string;
  readonly source: unknown;
  readonly data: unknown;
}

export interface HipkiHost {
  /** `null` where the browser blocks it. */
  readonly open: (address: string) => HipkiPopup | null;
  /** Listens until the function that it gives back is called. */
  readonly onMessage: (listener: (message: HipkiMessage) => void) => () => void;
  /** Calls once, unless the function that it gives back was called before. */
  readonly after: (milliseconds: number, then: () => void) => () => void;
}

/** The page's own window. */
export const browserHost = (page: Window): HipkiHost => ({
  open: (address) => page.open(address, '_blank', 'popup,width=560,height=840'),
  onMessage: (listener) => {
    page.addEventListener('message', listener);
    return () => page.removeEventListener('message', listener);
  },
  after: (milliseconds, then) => {
    const timer = page.setTimeout(then, milliseconds);
    return () => page.clearTimeout(timer);
  },
});
