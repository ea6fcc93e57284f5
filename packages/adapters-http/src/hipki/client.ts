/**
 * Asking a card for a signature from a page: with the vendor's component or with the card agent.
 *
 * @packageDocumentation
 */
import type { Pin } from '@mandate/domain';
import { decodeInfoAnswer, decodeSignAnswer, type InfoAnswer } from './answer.js';
import { exchange, type Packaged, type ReadyComponent } from './exchange.js';
import { type HipkiFault, hipkiFault } from './fault.js';
import { browserHost, type HipkiHost } from './host.js';
import { type Either, left, right, toBase64 } from './json.js';
import { isOlder } from './version.js';

export interface HipkiClientOptions {
  /** Where the component listens: scheme, host and port. Default `http://localhost:61161`. */
  readonly component?: string;
  /** The oldest version that `info` accepts: `1.3.4.103321`. Default: any. */
  readonly minimumVersion?: string;
  /** Until the component answers at all. Default 5,000. */
  readonly readyMilliseconds?: number;
  /** Until the signature is there; the person may be typing a PIN meanwhile. Default 180,000. */
  readonly answerMilliseconds?: number;
  /** Default: the page's own window. */
  readonly host?: HipkiHost;
}

export interface HipkiSignRequest {
  /**
   * The challenge; a text is signed as UTF-8. One that is still being fetched opens the window all the same and is sent when
   * it is there; `undefined`, where there is none after all, closes the window as cancelled.
   */
  readonly challenge: string | Uint8Array | PromiseLike<string | Uint8Array | undefined>;
  /** The challenge's nonce, for the signed attribute; random and used once. */
  readonly nonce?: string;
  /**
   * The vendor's component has no window for it. Where it is missing, empty or was used before (`pin-missing`), or has not the
   * 6 to 8 letters and digits of a PIN (`pin-format`), nothing is sent, since the card might count that as a wrong one. A
   * component that asks the person itself, as the agent does, is never sent it, and it stays unused.
   */
  readonly pin?: Pin;
  /** What the page calls its purpose. The agent shows it as the site's words; the vendor's component is not told. */
  readonly purpose?: { readonly zh: string; readonly en: string };
  /** A reader, as `info` named it. Default: the component chooses. */
  readonly slotDescription?: string;
  /** The card that is meant, as the page knows it: another one is told as `wrong-card`. A help, no proof. */
  readonly cardNumber?: string;
}

/** What is posted to the server. It says whose card signed; nothing else that a component answers does. */
export interface HipkiSignature {
  /** DER of CMS SignedData. */
  readonly cms: Uint8Array<ArrayBuffer>;
  readonly cmsBase64: string;
}

export interface HipkiClient {
  /**
   * Opens the component's window and brings the card's answer. **Call it inside the click, before any `await`**: the
   * window opens while this is called, which is why it gives a promise and no task. Never rejects.
   */
  readonly sign: (request: HipkiSignRequest) => Promise<Either<HipkiFault, HipkiSignature>>;
  /** Readers and cards, with `certificates` also what they hold; for the screen, and proof of nothing. */
  readonly info: (options?: { readonly certificates?: boolean }) => Promise<Either<HipkiFault, InfoAnswer>>;
}

/** Exactly an origin: a path or a user in it would make every comparison with `event.origin` fail, or worse. */
const isOrigin = (text: string): boolean => {
  try {
    const { origin, protocol } = new URL(text);
    return origin === text && (protocol === 'http:' || protocol === 'https:');
  } catch {
    return false;
  }
};

/** What cards of the GPKI take. No card is asked about any other. */
const pinForm = /^[\x21-\x7e]{6,8}$/;

/** The PIN for a component that does not ask for it, and no more than what it can be. */
const pinOf = (pin: Pin | undefined): Either<HipkiFault, string> => {
  const digits: unknown = pin?.consume();
  if (digits === undefined || digits === '') return left(hipkiFault('pin-missing'));
  return typeof digits === 'string' && pinForm.test(digits) ? right(digits) : left(hipkiFault('pin-format'));
};

const packageOf = (
  challenge: string | Uint8Array,
  { nonce, pin, slotDescription, purpose }: HipkiSignRequest,
  { asksPin }: ReadyComponent,
): string | HipkiFault => {
  const octets = typeof challenge === 'string' ? new TextEncoder().encode(challenge) : challenge;
  if (!ArrayBuffer.isView(octets)) throw new TypeError('a challenge is text or octets');
  const digits = asksPin ? undefined : pinOf(pin);
  if (digits?._tag === 'Left') return digits.left;
  return JSON.stringify({
    func: 'MakeSignature',
    signatureType: 'PKCS7',
    hashAlgorithm: 'SHA256',
    tbs: toBase64(octets),
    tbsEncoding: 'base64',
    withSigningTime: 'true',
    withCardSN: 'true',
    checkValidity: 'true',
    ...(nonce === undefined ? {} : { nonce }),
    ...(slotDescription === undefined ? {} : { slotDescription }),
    ...(digits === undefined ? {} : { pin: digits.right }),
    ...(purpose === undefined || !asksPin ? {} : { purposeName: { zh: purpose.zh, en: purpose.en } }),
  });
};

const isLate = <A>(challenge: string | Uint8Array | PromiseLike<A>): challenge is PromiseLike<A> =>
  typeof challenge === 'object' && 'then' in challenge;

/** The package, at once or when the challenge is there. */
const packaged = (request: HipkiSignRequest, component: ReadyComponent): Packaged => {
  const { challenge, pin } = request;
  if (pin === undefined && !component.asksPin) return hipkiFault('pin-missing');
  return isLate(challenge)
    ? challenge.then((text) => (text === undefined ? undefined : packageOf(text, request, component)))
    : packageOf(challenge, request, component);
};

/** A client for one page; it holds nothing between two calls. */
export const hipkiClient = (options: HipkiClientOptions = {}): HipkiClient => {
  const { minimumVersion, readyMilliseconds = 5_000, answerMilliseconds = 180_000 } = options;
  const origin = options.component ?? 'http://localhost:61161';
  const terms = { origin, readyMilliseconds, answerMilliseconds };
  const ask = (text: (component: ReadyComponent) => Packaged): Promise<Either<HipkiFault, string>> =>
    isOrigin(origin)
      ? exchange(options.host ?? browserHost(globalThis.window), terms, text)
      : Promise.resolve(left(hipkiFault('bad-request')));
  return {
    sign: async (request) => {
      const answered = await ask((component) => packaged(request, component));
      const read = answered._tag === 'Left' ? answered : decodeSignAnswer(answered.right);
      if (read._tag === 'Left') return read;
      const { cms, cardSN } = read.right;
      return request.cardNumber === undefined || cardSN === undefined || cardSN === request.cardNumber
        ? right({ cms, cmsBase64: toBase64(cms) })
        : left(hipkiFault('wrong-card'));
    },
    info: async ({ certificates = false } = {}) => {
      const func = certificates ? 'GetUserCert' : 'CheckEnvir';
      const answered = await ask(() => JSON.stringify({ func }));
      const read = answered._tag === 'Left' ? answered : decodeInfoAnswer(answered.right);
      if (read._tag === 'Left' || minimumVersion === undefined) return read;
      return isOlder(read.right.version ?? '', minimumVersion) ? left(hipkiFault('too-old')) : read;
    },
  };
};
