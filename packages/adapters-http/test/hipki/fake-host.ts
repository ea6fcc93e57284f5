import type { HipkiHost, HipkiMessage } from '../../src/hipki/index.js';

export interface FakePopup {
  closed: boolean;
  readonly sent: Array<readonly [message: string, targetOrigin: string]>;
  readonly postMessage: (message: string, targetOrigin: string) => void;
  readonly close: () => void;
}

export interface FakePage extends HipkiHost {
  readonly opened: ReadonlyArray<string>;
  readonly popup: FakePopup;
  readonly listeners: () => number;
  readonly timers: () => number;
  readonly say: (message: Partial<HipkiMessage>) => void;
  readonly pass: (milliseconds: number) => void;
}

/** A page's window with time by hand, and one popup. */
export const fakePage = ({ blocks = false, component = 'http://localhost:61161' } = {}): FakePage => {
  const opened: string[] = [];
  const listeners = new Set<(message: HipkiMessage) => void>();
  const timers = new Set<{ readonly at: number; readonly then: () => void }>();
  let now = 0;
  const sent: Array<readonly [string, string]> = [];
  const popup: FakePopup = {
    closed: false,
    sent,
    postMessage: (message, targetOrigin) => {
      sent.push([message, targetOrigin]);
    },
    close: () => {
      popup.closed = true;
    },
  };
  return {
    opened,
    popup,
    listeners: () => listeners.size,
    timers: () => timers.size,
    open: (address) => {
      opened.push(address);
      return blocks ? null : popup;
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    after: (milliseconds, then) => {
      const timer = { at: now + milliseconds, then };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    say: (message) => {
      for (const listener of listeners) listener({ origin: component, source: popup, data: '', ...message });
    },
    pass: (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = next.at;
        next.then();
      }
      now = end;
    },
  };
};
