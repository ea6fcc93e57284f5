/** A browser without a window: keeps cookies, sends forms as one would, and signs with cards of the drawer. */
import { cookieJar } from '@mandate/adapters-http/client';
import { makeSignedData, restoreKey } from '@mandate/certificates/test-pki';
import type { PlayedCard } from '../../src/cards/drawer.js';
import { fromHex } from './hex.js';
import type { Running } from './portal.js';

export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it leads, of a redirect. */
  readonly location: string | null;
}

/** Several values of a name, as boxes send them. */
export type Fields = Readonly<Record<string, string | ReadonlyArray<string>>>;

const encoded = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString();

export interface Visitor {
  readonly get: (path: string) => Promise<Shown>;
  /** A form of the page that was shown last, with its token unless another is given; a redirect is followed too. */
  readonly post: (
    path: string,
    fields?: Fields,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Shown>;
  /** A card step: the challenge, and what the card made of it. */
  readonly card: (path: string, id: string, fields?: Readonly<Record<string, string>>) => Promise<Shown>;
  readonly forgetCookies: () => void;
}

/** The value of a hidden field. */
export const hidden = (text: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

const signWith = async (played: PlayedCard, challenge: string): Promise<string> => {
  const { cardNumber, certificate, issuer, serial, key } = played;
  const signer = {
    key: restoreKey(key),
    certificate: fromHex(certificate),
    issuer: fromHex(issuer),
    serial: fromHex(serial),
    cardNumber,
  };
  const cms = await makeSignedData(signer, new TextEncoder().encode(challenge), { withCardNumber: true });
  return Buffer.from(cms).toString('base64');
};

export const visitor = ({ origin, portal, world }: Pick<Running, 'origin' | 'portal' | 'world'>): Visitor => {
  let jar = cookieJar();
  let last = '';
  const send = async (path: string, init: RequestInit): Promise<Shown> => {
    const headers = new Headers(init.headers);
    const cookie = jar.header();
    if (cookie !== undefined) headers.set('cookie', cookie);
    headers.set('user-agent', 'visitor');
    headers.set('sec-fetch-site', 'same-origin');
    const answer = await portal.fetch(new Request(`${origin}${path}`, { ...init, headers }));
    jar.take(answer.headers.getSetCookie());
    const text = await answer.text();
    if (answer.headers.get('content-type')?.startsWith('text/html') === true) last = text;
    return { status: answer.status, headers: answer.headers, text, location: answer.headers.get('location') };
  };
  const get: Visitor['get'] = (path) => send(path, {});
  const post: Visitor['post'] = async (path, fields = {}, headers = {}) => {
    const answer = await send(path, {
      method: 'POST',
      body: encoded({ csrf: hidden(last, 'csrf'), ...fields }),
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    if (answer.location !== null) await get(answer.location);
    return answer;
  };
  return {
    get,
    post,
    card: async (path, id, fields = {}) => {
      const asked = await post(path, fields, { accept: 'application/json' });
      if (asked.status !== 200 || !asked.text.startsWith('{')) return asked;
      const { nonce, text, csrf } = JSON.parse(asked.text);
      const played = world.office.cards.drawer?.played.find((one) => one.id === id);
      if (played === undefined) throw new Error(`no card ${id}`);
      return post(path, { ...fields, csrf, nonce, cms: await signWith(played, text) });
    },
    forgetCookies: () => {
      jar = cookieJar();
    },
  };
};
