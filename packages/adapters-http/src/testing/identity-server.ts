/**
 * An identity service for tests: a table of invented people, the checks that such a service makes, and ways to go wrong
 * when it is told to.
 *
 * @packageDocumentation
 */
import { createPrivateKey } from 'node:crypto';
import {
  decodeRequest,
  decodeSealed,
  encodeReply,
  encodeSealed,
  type IdentityPair,
  type IdentityReply,
  type IdentityRequest,
  maxPairs,
  type Sealed,
} from '../identity-match/codec.js';
import {
  type CertificateFile,
  questionHash,
  readCertificateFile,
  type SignatureAlgorithm,
  signatureHolds,
  signWith,
  thumbprintOf,
} from '../identity-match/signatures.js';
import { octets, type Reply } from './replies.js';
import { startWebServer, type WebServerOptions } from './web-server.js';

export interface TestPerson extends IdentityPair {
  /** Default true: the card was opened (開卡). */
  readonly activated?: boolean;
}

export interface IdentityServerOptions extends WebServerOptions {
  readonly people: ReadonlyArray<TestPerson>;
  /** Who may ask. */
  readonly clients: ReadonlyArray<CertificateFile>;
  readonly clock: { readonly now: () => number };
  /** PEM of the key that answers are signed with; without one they are not. */
  readonly key?: string;
  /** Of questions and of answers. Default `SHA256withRSA`. */
  readonly algorithm?: SignatureAlgorithm;
  /** How far the time of a question may be from the clock. Default five minutes. */
  readonly windowMilliseconds?: number;
}

/** What to do otherwise than right, from now on. */
export type IdentityBehaviour =
  | { readonly kind: 'right' }
  /** This number for every pair. */
  | { readonly kind: 'result'; readonly result: number }
  | { readonly kind: 'error'; readonly error: number }
  /** A part of the answer is another. */
  | { readonly kind: 'reply'; readonly change: (reply: IdentityReply) => IdentityReply }
  /** The envelope is another, after it was signed. */
  | { readonly kind: 'sealed'; readonly change: (sealed: Sealed) => Sealed }
  /** Anything at all. */
  | { readonly kind: 'http'; readonly reply: Reply };

/** What this service answers to what it does not accept; the numbers' meanings are its own. */
export const identityErrors = {
  clientUnknown: 1001,
  algorithmNotAccepted: 1002,
  signatureInvalid: 1003,
  timeOutside: 1004,
  nonceUsed: 1005,
  envelopeMalformed: 2001,
  requestMalformed: 2002,
  recordCount: 2003,
} as const;

export interface IdentityServer {
  readonly uri: string;
  readonly tell: (behaviour: IdentityBehaviour) => void;
  /** The questions that were accepted, in their order. */
  readonly asked: () => ReadonlyArray<IdentityRequest>;
  readonly connections: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const path = '/identity';

/** A promise that rejects is a key that cannot be read, or a machine without a free port. */
export const startIdentityServer = async (options: IdentityServerOptions): Promise<IdentityServer> => {
  const { algorithm = 'SHA256withRSA', clock, key, people, windowMilliseconds = 300_000 } = options;
  const web = await startWebServer(options.tls === undefined ? {} : { tls: options.tls });
  const clients = options.clients.flatMap((file) => readCertificateFile(file) ?? []);
  const sign = key === undefined ? undefined : signWith(createPrivateKey(key), algorithm);
  const nonces = new Set<string>();
  const accepted: IdentityRequest[] = [];
  let behaviour: IdentityBehaviour = { kind: 'right' };

  const clientOf = (clientId: string) =>
    clients.find((one) => [thumbprintOf(one, 'sha256'), thumbprintOf(one, 'sha1')].includes(clientId));

  /** The number of what is wrong with a question, or 0. */
  const judge = (sealed: Sealed, request: IdentityRequest): number => {
    const client = clientOf(request.clientId);
    if (client === undefined) return identityErrors.clientUnknown;
    if (sealed.algorithm !== algorithm || sealed.signature === undefined) {
      return identityErrors.algorithmNotAccepted;
    }
    if (!signatureHolds(client.publicKey, algorithm, sealed.payload, sealed.signature)) {
      return identityErrors.signatureInvalid;
    }
    if (Math.abs(clock.now() - request.at) > windowMilliseconds) return identityErrors.timeOutside;
    if (nonces.has(request.nonce)) return identityErrors.nonceUsed;
    nonces.add(request.nonce);
    if (request.pairs.length === 0 || request.pairs.length > maxPairs) return identityErrors.recordCount;
    return 0;
  };

  const resultOf = ({ nationalId, subjectSerialNumber }: IdentityPair): number => {
    const person = people.find(
      (one) => one.nationalId === nationalId && one.subjectSerialNumber === subjectSerialNumber,
    );
    if (person === undefined) return 1;
    return person.activated === false ? 2 : 0;
  };

  const refusal = (error: number, nonce = '', question = ''): IdentityReply => ({
    nonce,
    question,
    error,
    results: [],
  });

  const answerTo = (body: Uint8Array): IdentityReply => {
    const sealed = decodeSealed(body);
    if (sealed === undefined) return refusal(identityErrors.envelopeMalformed);
    const request = decodeRequest(sealed.payload);
    if (request === undefined) return refusal(identityErrors.requestMalformed);
    const { nonce, pairs } = request;
    const question = questionHash(sealed.payload);
    const error = judge(sealed, request);
    if (error !== 0) return refusal(error, nonce, question);
    accepted.push(request);
    return { nonce, question, error: 0, results: pairs.map(resultOf) };
  };

  const misbehaving = (reply: IdentityReply): IdentityReply => {
    switch (behaviour.kind) {
      case 'result': {
        const { result } = behaviour;
        return { ...reply, results: reply.results.map(() => result) };
      }
      case 'error':
        return { ...reply, error: behaviour.error, results: [] };
      case 'reply':
        return behaviour.change(reply);
      default:
        return reply;
    }
  };

  const sealedReply = async (reply: IdentityReply): Promise<Sealed> => {
    const payload = encodeReply(reply);
    const sealed: Sealed =
      sign === undefined
        ? { payload, algorithm: undefined, signature: undefined }
        : { payload, algorithm, signature: await sign(payload) };
    return behaviour.kind === 'sealed' ? behaviour.change(sealed) : sealed;
  };

  web.serve(path, (request, response) => {
    const reply = misbehaving(answerTo(request.body));
    if (behaviour.kind === 'http') {
      behaviour.reply(request, response);
      return;
    }
    void sealedReply(reply).then((sealed) =>
      octets(encodeSealed(sealed), { 'content-type': 'application/json' })(request, response),
    );
  });

  return {
    uri: web.uri(path),
    tell: (next) => {
      behaviour = next;
    },
    asked: () => [...accepted],
    connections: web.connections,
    close: web.close,
  };
};
