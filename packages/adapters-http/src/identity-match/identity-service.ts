/**
 * Asks an identity service about pairs of certificate and national ID.
 *
 * @packageDocumentation
 */
import { randomBytes } from 'node:crypto';
import type { Clock, DependencyFault, Ids } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { httpClient, type NetOptions } from '../net/http-client.js';
import { within } from '../net/within.js';
import { type AnswerProof, type CheckOrigin, originCheck } from './answer-proof.js';
import {
  decodeReply,
  decodeSealed,
  encodeRequest,
  encodeSealed,
  type IdentityPair,
  type IdentityReply,
  maxPairs,
} from './codec.js';
import type { ClientCredential } from './credential.js';
import { questionHash } from './signatures.js';

export interface IdentityServiceOptions extends NetOptions {
  readonly uri: string;
  readonly credential: ClientCredential;
  readonly answers: AnswerProof;
  readonly clock: Clock;
  /** Where nonces come from. Default: 256 random bits of the operating system. */
  readonly ids?: Pick<Ids, 'nonce'>;
  /** For one question, everything included. Default 5,000. */
  readonly deadlineMilliseconds?: number;
  /** The largest answer, in octets. Default 64 KiB. */
  readonly maxBytes?: number;
  /** National IDs travel in the clear then: only on a line that nobody else is on. Default false. */
  readonly allowPlainHttp?: boolean;
}

export interface IdentityService {
  /**
   * One number for each pair (1 to 1,000), in their order: 0 fits and opened, 1 no such pair, 2 only a card that was not
   * opened, 999 database; others are possible. No fault holds anything of the pairs.
   */
  readonly ask: (pairs: ReadonlyArray<IdentityPair>) => TaskEither<DependencyFault, ReadonlyArray<number>>;
  readonly close: () => Promise<void>;
}

export const identityFault = (detail: string): DependencyFault => ({
  _tag: 'DependencyFault',
  dependency: 'identity',
  detail,
});

const randomNonce = (): string => randomBytes(32).toString('base64url');

interface Asked {
  readonly nonce: string;
  readonly payload: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * Bound to the question: by its origin, its nonce and hash, and as many results as there were pairs. The nonce alone would let
 * another client of the service, on the line between, ask with it about a pair that fits.
 */
const readAnswer = (
  body: Uint8Array,
  checkOrigin: CheckOrigin,
  { nonce, payload }: Asked,
  pairs: number,
): E.Either<DependencyFault, ReadonlyArray<number>> => {
  const refuse = (words: string) => E.left(identityFault(words));
  const sealed = decodeSealed(body);
  if (sealed === undefined) return refuse('the answer is malformed');
  const wrong = checkOrigin(sealed);
  if (wrong !== undefined) return refuse(wrong);
  const reply: IdentityReply | undefined = decodeReply(sealed.payload);
  if (reply === undefined) return refuse('the answer is malformed');
  // First, since a service that could not read a question cannot tell its nonce.
  if (reply.error !== 0) return refuse(`the service answered error ${reply.error}`);
  if (reply.nonce !== nonce || reply.question !== questionHash(payload))
    return refuse('the answer belongs to another question');
  if (reply.results.length !== pairs) return refuse('the answer has another number of results');
  return E.right(reply.results);
};

export const identityService = (options: IdentityServiceOptions): IdentityService => {
  const { clock, credential, uri } = options;
  const deadlineMilliseconds = within(options.deadlineMilliseconds, 5000, 1, 600_000);
  const maxBytes = within(options.maxBytes, 64 * 1024, 1, 1024 * 1024);
  const client = httpClient(options);
  const checkOrigin = originCheck(options.answers, uri);
  const newNonce = options.ids?.nonce ?? randomNonce;
  const inTheClear =
    options.allowPlainHttp !== true && !(URL.canParse(uri) && new URL(uri).protocol === 'https:');

  /** Clock, nonces and key are the portal's: what they throw is a fault. */
  const asked = async (pairs: ReadonlyArray<IdentityPair>): Promise<Asked | undefined> => {
    try {
      const { algorithm, clientId } = credential;
      const nonce = newNonce();
      const payload = encodeRequest({ clientId, nonce, at: clock.now(), pairs });
      const signature = await credential.sign(payload);
      return { nonce, payload, body: encodeSealed({ payload, algorithm, signature }) };
    } catch {
      return undefined;
    }
  };

  const ask = async (
    pairs: ReadonlyArray<IdentityPair>,
  ): Promise<E.Either<DependencyFault, ReadonlyArray<number>>> => {
    if (inTheClear) return E.left(identityFault('national IDs are not sent over plain HTTP'));
    if (pairs.length === 0 || pairs.length > maxPairs) {
      return E.left(identityFault(`a question has 1 to ${maxPairs} pairs`));
    }
    const question = await asked(pairs);
    if (question === undefined) return E.left(identityFault('the question could not be signed'));
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await client.send({
      method: 'POST',
      uri,
      body: question.body,
      headers,
      maxBytes,
      deadlineMilliseconds,
    })();
    if (E.isLeft(answer)) return E.left(identityFault(`${answer.left.code}: ${answer.left.detail}`));
    return readAnswer(answer.right.body, checkOrigin, question, pairs.length);
  };

  return { ask: (pairs) => () => ask(pairs), close: client.close };
};
