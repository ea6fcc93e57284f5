/**
 * A CA for tests and demonstrations that extends the certificates of a test PKI by EST (RFC 7030), and goes wrong when it is
 * told to.
 *
 * @packageDocumentation
 */
import {
  certificatesOnly,
  decodeCertificate,
  decodeCertificationRequest,
  subjectFacts,
} from '@mandate/certificates';
import type { TestCard, TestPki } from '@mandate/certificates/test-pki';
import { type Instant, mayRenew } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { bodyOctets, certificatesType, isMediaType, requestType } from '../est/messages.js';
import { type Reply, type SeenRequest, status } from './replies.js';
import { startWebServer, type WebServerOptions } from './web-server.js';

/** What to do otherwise than right, from now on. */
export type EstBehaviour =
  | { readonly kind: 'right' }
  /** *Later*, so many times, then right. `retryAfter` is the header as it stands; `null` leaves it out. */
  | { readonly kind: 'pending'; readonly times: number; readonly retryAfter: string | null }
  | { readonly kind: 'refused'; readonly status: number }
  /** Issues, and the answer never arrives: that many connections break. */
  | { readonly kind: 'lost'; readonly times: number }
  /** Another certificate than the right one: made out of the card that asks. */
  | { readonly kind: 'certificates'; readonly make: (card: TestCard) => Promise<ReadonlyArray<Uint8Array>> }
  /** Anything at all. */
  | { readonly kind: 'http'; readonly reply: Reply };

export interface EstServerOptions extends WebServerOptions {
  readonly pki: TestPki;
  /** Every card that this CA has issued. */
  readonly cards: () => ReadonlyArray<TestCard>;
  readonly clock: { readonly now: () => number };
  readonly label?: string;
  /** Who may ask, by HTTP; without it whoever comes. */
  readonly account?: { readonly name: string; readonly password: string };
}

export interface EstServer {
  readonly uri: string;
  readonly tell: (behaviour: EstBehaviour) => void;
  /** How often it was asked to extend a certificate. */
  readonly asked: () => number;
  /** How many certificates it has issued: a request that comes again gets the one that it got before. */
  readonly issued: () => number;
  readonly close: () => Promise<void>;
}

const text = (body: Uint8Array): string => `${Buffer.from(body).toString('base64')}\r\n`;

const certificatesReply =
  (certificates: ReadonlyArray<Uint8Array>): Reply =>
  (_request, response) => {
    response
      .writeHead(200, {
        'content-type': `${certificatesType}; smime-type=certs-only`,
        'content-transfer-encoding': 'base64',
      })
      .end(text(certificatesOnly(certificates)));
  };

const later =
  (retryAfter: string | null): Reply =>
  (_request, response) => {
    response.writeHead(202, retryAfter === null ? {} : { 'retry-after': retryAfter }).end();
  };

const unauthorized: Reply = (_request, response) => {
  response.writeHead(401, { 'www-authenticate': 'Basic realm="est"' }).end();
};

const severed: Reply = (_request, response) => {
  response.socket?.resetAndDestroy();
};

/** A promise that rejects is a machine without a free port. */
export const startEstServer = async (options: EstServerOptions): Promise<EstServer> => {
  const { account, cards, clock, label, pki } = options;
  const web = await startWebServer(options.tls === undefined ? {} : { tls: options.tls });
  const base = `/.well-known/est${label === undefined ? '' : `/${label}`}`;
  /** By the octets of the request: one that comes again is the same one. */
  const done = new Map<string, Uint8Array>();
  const extended = new Set<string>();
  let behaviour: EstBehaviour = { kind: 'right' };
  let asked = 0;

  const mayAsk = ({ headers }: SeenRequest): boolean =>
    account === undefined ||
    headers.authorization ===
      `Basic ${Buffer.from(`${account.name}:${account.password}`).toString('base64')}`;

  /** The card whose key signed: a request says who asks by key and subject (RFC 7030 4.2.2). */
  const cardOf = async (der: Uint8Array): Promise<TestCard | undefined> => {
    const request = await decodeCertificationRequest(der)();
    if (E.isLeft(request)) return undefined;
    const { subject, publicKeyInfo } = request.right;
    for (const card of cards()) {
      const certificate = await decodeCertificate(card.certificate)();
      if (E.isLeft(certificate) || certificate.right.subject.normal !== subject.normal) continue;
      if (Buffer.compare(certificate.right.publicKeyInfo.der, publicKeyInfo.der) === 0) return card;
    }
    return undefined;
  };

  const isOffered = async (card: TestCard): Promise<boolean> => {
    const certificate = await decodeCertificate(card.certificate)();
    if (E.isLeft(certificate) || card.record.ca !== 'MOICA') return false;
    const facts = subjectFacts(certificate.right);
    if (E.isLeft(facts)) return false;
    const { serial, notBefore, notAfter } = facts.right;
    const known = {
      ca: card.record.ca,
      serial,
      card: card.cardNumber,
      notBefore: notBefore as Instant,
      notAfter: notAfter as Instant,
    };
    const renewals = extended.has(card.cardNumber) ? 1 : 0;
    return E.isRight(mayRenew(known, new Date(clock.now()).toISOString() as Instant, { renewals }));
  };

  /** The certificate for a request, the same one for the same request. */
  const issue = async (der: Uint8Array, card: TestCard): Promise<Uint8Array | undefined> => {
    const key = Buffer.from(der).toString('base64');
    const before = done.get(key);
    if (before !== undefined) return before;
    if (!(await isOffered(card))) return undefined;
    const { certificate } = await pki.renew(card);
    extended.add(card.cardNumber);
    done.set(key, certificate);
    return certificate;
  };

  const right = async (der: Uint8Array, card: TestCard): Promise<Reply> => {
    const certificate = await issue(der, card);
    return certificate === undefined ? status(400) : certificatesReply([certificate]);
  };

  const replyTo = async (request: SeenRequest): Promise<Reply> => {
    if (!mayAsk(request)) return unauthorized;
    if (request.method !== 'POST') return status(405);
    if (!isMediaType(request.headers['content-type'], requestType)) return status(415);
    asked += 1;
    const der = bodyOctets(request.body);
    const card = der === undefined ? undefined : await cardOf(der);
    if (der === undefined || card === undefined) return status(400);
    const now = behaviour;
    switch (now.kind) {
      case 'pending':
        if (now.times === 0) return right(der, card);
        behaviour = { ...now, times: now.times - 1 };
        return later(now.retryAfter);
      case 'lost': {
        const reply = await right(der, card);
        if (now.times === 0) return reply;
        behaviour = { ...now, times: now.times - 1 };
        return severed;
      }
      case 'refused':
        return status(now.status);
      case 'certificates':
        return certificatesReply(await now.make(card));
      case 'http':
        return now.reply;
      case 'right':
        return right(der, card);
    }
  };

  web.serve(`${base}/simplereenroll`, (request, response) => {
    void replyTo(request).then((reply) => reply(request, response));
  });
  web.serve(`${base}/cacerts`, (request, response) => {
    const all = [pki.authority('MOICA G3'), pki.authority('MOICA G2'), pki.authority('GRCA G2')];
    const reply = mayAsk(request)
      ? certificatesReply(all.map(({ certificate }) => certificate))
      : unauthorized;
    reply(request, response);
  });

  return {
    uri: web.uri(''),
    tell: (next) => {
      behaviour = next;
    },
    asked: () => asked,
    issued: () => done.size,
    close: web.close,
  };
};
