/**
 * Who gets what at which address.
 *
 * @packageDocumentation
 */
import type { IncomingMessage } from 'node:http';
import * as E from 'fp-ts/lib/Either.js';
import { answerOf } from '../hipki/answer.js';
import { retCodes } from '../hipki/codes.js';
import { formOf } from './body.js';
import type { Desk } from './desk.js';
import { type Caller, callerOf, isNavigation, ownHost } from './guard.js';
import type { TrustedOrigin } from './options.js';
import { popupPage } from './pages/popup.js';
import { popupScript } from './pages/popup-script.js';
import { selfTestPage, selfTestScript } from './pages/self-test.js';
import { style } from './pages/style.js';
import {
  answerReply,
  dotReply,
  emptyReply,
  pageReply,
  preflightReply,
  type Reply,
  scriptReply,
  styleReply,
} from './reply.js';
import { refusal } from './signing.js';

export interface RouteTerms {
  readonly desk: Desk;
  readonly origins: ReadonlyMap<string, TrustedOrigin>;
  /** The port that was asked for, or that was free. */
  readonly port: number;
  /** Whether a PIN that a page brings is used. */
  readonly pagePins: boolean;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly caller: Caller;
  /** The agent's own origin, by the name that it was asked for. */
  readonly own: string;
}

const addressOf = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

type Handler = (terms: RouteTerms, asked: Asked) => Promise<Reply>;

const untrusted = (func: string): Reply => answerReply(answerOf(func, retCodes.untrustedSite));

// -------------------------------------------------------------------------------------
// the protocol
// -------------------------------------------------------------------------------------

/** The page that asks: the one before the window, by the word of our own script, or a site by the browser's. */
const askingOrigin = ({ caller }: Asked, form: ReadonlyMap<string, string>): string | undefined => {
  if (caller.who === 'own') return form.get('askingOrigin');
  return caller.who === 'site' ? caller.origin : undefined;
};

const sign: Handler = async ({ desk, origins }, asked) => {
  const { caller, request } = asked;
  const form = await formOf(request);
  // An allowed page that sent what is no form is to read that it did.
  const reads = caller.who === 'site' && origins.has(caller.origin) ? caller.origin : undefined;
  if (E.isLeft(form)) return answerReply(refusal(form.left), reads);
  const origin = askingOrigin(asked, form.right);
  if (origin === undefined || !origins.has(origin)) return untrusted('sign');
  const answer = await desk.sign(form.right.get('tbsPackage'), origin, caller.who === 'own');
  return answerReply(answer, reads);
};

const noForm: ReadonlyMap<string, string> = new Map();

const info: Handler = async ({ desk, origins }, asked) => {
  const { caller, request, url, own } = asked;
  const form = caller.who === 'own' && request.method === 'POST' ? await formOf(request) : E.right(noForm);
  if (E.isLeft(form)) return answerReply(answerOf('pkcs11info', form.left));
  const origin = askingOrigin(asked, form.right);
  // The self test asks for itself, and is shown no certificate.
  const selfTest = caller.who === 'own' && origin === own;
  if (origin === undefined || !(selfTest || origins.has(origin))) return untrusted('pkcs11info');
  const answer = await desk.info(url.searchParams.get('withcert') === 'true' && !selfTest);
  return answerReply(answer, caller.who === 'site' ? origin : undefined);
};

// -------------------------------------------------------------------------------------
// the agent's own window
// -------------------------------------------------------------------------------------

const ownForm =
  (answer: (desk: Desk, form: ReadonlyMap<string, string>) => Promise<Reply>): Handler =>
  async ({ desk }, { caller, request }) => {
    if (caller.who !== 'own') return untrusted('sign');
    const form = await formOf(request);
    return E.isLeft(form) ? answerReply(refusal(form.left)) : answer(desk, form.right);
  };

const givePin = ownForm(async (desk, form) =>
  answerReply(
    await desk.givePin({
      ask: form.get('ask') ?? '',
      pin: form.get('pin') ?? '',
      slotDescription: form.get('slotDescription'),
      allowLastTry: form.get('allowLastTry') === 'true',
    }),
  ),
);

const cancel = ownForm(async (desk, form) => answerReply(desk.cancel(form.get('ask') ?? '')));

const page =
  (html: string): Handler =>
  async (_, { request }) =>
    isNavigation(request) ? pageReply(html) : emptyReply(403);

const plain =
  (reply: Reply): Handler =>
  async () =>
    reply;

/**
 * A sign of life, for sites that are served; others are not told that there is an agent. From a page over https Chromium sends
 * an http address no `Referer`: there an image with `crossorigin` has an `Origin`, which is the browser's word as well.
 */
const alive: Handler = async ({ origins }, { request, caller, own }) => {
  if (caller.who === 'site') return origins.has(caller.origin) ? dotReply(caller.origin) : emptyReply(403);
  const from = addressOf(request.headers.referer ?? '')?.origin;
  return from !== undefined && (from === own || origins.has(from)) ? dotReply() : emptyReply(403);
};

const routes: ReadonlyMap<string, Handler> = new Map([
  ['POST /sign', sign],
  ['GET /pkcs11info', info],
  ['POST /pkcs11info', info],
  ['POST /agent/pin', givePin],
  ['POST /agent/cancel', cancel],
  ['GET /popupForm', page(popupPage)],
  ['GET /ChtPopupForm', page(popupPage)],
  ['GET /selfTest.htm', page(selfTestPage)],
  ['GET /agent/popup.js', async ({ pagePins }) => scriptReply(popupScript(!pagePins))],
  ['GET /agent/self-test.js', plain(scriptReply(selfTestScript))],
  ['GET /agent/style.css', plain(styleReply(style))],
  ['GET /waiting.gif', alive],
]);

/** What the component calls an answer of each of its addresses, of those too that are not spoken here. */
const functions: ReadonlyMap<string, string> = new Map([
  ['/sign', 'sign'],
  ['/agent/pin', 'sign'],
  ['/agent/cancel', 'sign'],
  ['/pkcs11info', 'pkcs11info'],
  ['/umakeSig', 'umakeSig'],
]);

/** The `func` of an answer to a target; empty where none is known. */
export const functionOf = (target: string): string => functions.get(target.split('?')[0] ?? '') ?? '';

const unsupported = (path: string): Reply => answerReply(answerOf(functionOf(path), retCodes.unsupported));

const preflight = ({ origins }: RouteTerms, caller: Caller): Reply =>
  caller.who === 'site' && origins.has(caller.origin) ? preflightReply(caller.origin) : emptyReply(403);

/** The answer to any request. */
export const answerRequest = async (terms: RouteTerms, request: IncomingMessage): Promise<Reply> => {
  const host = ownHost(request, terms.port);
  if (host === undefined) return emptyReply(421);
  const own = `http://${host}`;
  const { method = '', url: target = '' } = request;
  const url = target.startsWith('/') ? addressOf(`${own}${target}`) : undefined;
  if (url === undefined) return emptyReply(400);
  const caller = callerOf(request, host);
  if (method === 'OPTIONS') return preflight(terms, caller);
  const handler = routes.get(`${method} ${url.pathname}`);
  return handler === undefined ? unsupported(url.pathname) : handler(terms, { request, url, caller, own });
};
