/**
 * Who is asking: told by what a browser writes and a page cannot change.
 *
 * @packageDocumentation
 */
import type { IncomingMessage } from 'node:http';

/** The names of this machine by which the agent is asked for. Any other means that somebody else's name led here. */
const loopbackNames: ReadonlyArray<string> = ['localhost', '127.0.0.1', '[::1]'];

/** The one `Host` of a request, where it is one of ours; against DNS rebinding. */
export const ownHost = ({ rawHeaders, headers }: IncomingMessage, port: number): string | undefined => {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  const { host } = headers;
  return hosts.length === 1 && loopbackNames.some((name) => host === `${name}:${port}`) ? host : undefined;
};

export type Caller =
  /** The agent's own page. */
  | { readonly who: 'own' }
  /** A page of another site, by the browser's word. */
  | { readonly who: 'site'; readonly origin: string }
  /** No browser, or one that does not say. */
  | { readonly who: 'nobody' };

const nobody: Caller = { who: 'nobody' };

/** Browsers write `Origin` on every POST, and `Sec-Fetch-Site` on every request to this machine. */
export const callerOf = ({ headers }: IncomingMessage, host: string): Caller => {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined) return nobody;
  if (origin !== `http://${host}`) return { who: 'site', origin };
  return site === undefined || site === 'same-origin' ? { who: 'own' } : nobody;
};

/** Whether a page is asked for to be shown in a window of its own, not in a frame and not by a script. */
export const isNavigation = ({ headers }: IncomingMessage): boolean => {
  const [mode, destination] = [headers['sec-fetch-mode'], headers['sec-fetch-dest']];
  return (
    (mode === undefined || mode === 'navigate') && (destination === undefined || destination === 'document')
  );
};
