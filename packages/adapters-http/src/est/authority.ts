/**
 * The port `CertificateAuthority` by EST, Enrollment over Secure Transport (RFC 7030): re-enrolment, and the CA's own
 * certificates.
 *
 * @packageDocumentation
 */
import { decodeCertificate, decodeCertificationRequest } from '@mandate/certificates';
import type {
  CertificateAuthority,
  Clock,
  DependencyFault,
  RenewalAnswer,
  RenewalQuestion,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { HttpAnswer } from '../net/answer.js';
import { httpClient, type NetOptions } from '../net/http-client.js';
import { within } from '../net/within.js';
import { certificatesOf, certificatesType, requestBody, requestType } from './messages.js';
import { type RetryBounds, retrySeconds } from './retry-after.js';

/**
 * Who asks is told by TLS (`tls.cert` and `tls.key`: a registration authority that the CA knows), by HTTP, or by both. The card's
 * own key cannot do either: it signs the request and nothing else.
 */
export interface EstOptions extends NetOptions {
  /** `https://ca.example`, with a port where it has one. */
  readonly uri: string;
  /** Which of several CAs at one address (RFC 7030 3.2.2). */
  readonly label?: string;
  /** HTTP authentication, Basic (RFC 7617): only ever over TLS. */
  readonly account?: { readonly name: string; readonly password: string };
  readonly clock: Clock;
  /** For one question, everything included. Default 60,000: a CA takes its time (MOICA-10). */
  readonly deadlineMilliseconds?: number;
  /** The largest answer, in octets. Default 64 KiB. */
  readonly maxBytes?: number;
  /** Only on a line that nobody else is on, such as to a test CA on this machine. Default false. */
  readonly allowPlainHttp?: boolean;
  /** Seconds within which a server may have itself asked again. Default 5 to 86,400, and 60 where it does not say. */
  readonly retry?: Partial<RetryBounds>;
}

export interface EstAuthority extends CertificateAuthority {
  /** The CA's certificates as it hands them out (RFC 7030 4.1): to look at. Nothing is trusted for being among them. */
  readonly certificates: () => TaskEither<DependencyFault, ReadonlyArray<Uint8Array>>;
  readonly close: () => Promise<void>;
}

const fault = (detail: string): DependencyFault => ({
  _tag: 'DependencyFault',
  dependency: 'certificateAuthority',
  detail,
});

const wrong = (detail: string): E.Either<DependencyFault, never> => E.left(fault(detail));

const label = /^[A-Za-z0-9._~-]{1,64}$/;

/**
 * No, as this CA's decision: the request is not right, not allowed, or not now and never will be. Whatever else is not 200 or 202
 * says that the two did not understand each other, and the same request may do another day.
 */
const refusals: ReadonlySet<number> = new Set([400, 403, 409, 422]);

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Octets of a key; `undefined` of what cannot be read. */
const keyOf = async (der: Uint8Array): Promise<Uint8Array | undefined> => {
  const read = await decodeCertificate(der)();
  return E.isRight(read) ? read.right.publicKeyInfo.der : undefined;
};

/**
 * The certificate among those that came: the one for the key that asked, or the only one there is, whose faults are then called
 * by their names. A bag of others is no answer.
 */
const answerAmong = async (
  certificates: ReadonlyArray<Uint8Array>,
  request: Uint8Array,
): Promise<E.Either<DependencyFault, RenewalAnswer>> => {
  const asked = await decodeCertificationRequest(request)();
  if (E.isLeft(asked)) return wrong(`the request: ${asked.left.code}`);
  const { publicKeyInfo } = asked.right;
  const [first, ...others] = certificates;
  if (first !== undefined && others.length === 0) return E.right({ _tag: 'Issued', certificate: first });
  const own: Uint8Array[] = [];
  for (const der of certificates) {
    const key = await keyOf(der);
    if (key !== undefined && equal(key, publicKeyInfo.der)) own.push(der);
  }
  const [certificate, ...more] = own;
  return certificate === undefined || more.length > 0
    ? wrong(`${own.length} of ${certificates.length} certificates are for the key that asked`)
    : E.right({ _tag: 'Issued', certificate });
};

/**
 * Speaks EST. What the server sends is bounded and read strictly: status, media type, base64, a CMS without signers, and
 * certificates that are handed on as they came; whether they are what was asked for, the renewal checks. Redirections are not
 * followed, and nothing is tried twice here.
 */
export const estAuthority = (options: EstOptions): EstAuthority => {
  const { account, clock, uri } = options;
  const deadlineMilliseconds = within(options.deadlineMilliseconds, 60_000, 1, 600_000);
  const maxBytes = within(options.maxBytes, 64 * 1024, 1, 1024 * 1024);
  const bounds: RetryBounds = { least: 5, most: 86_400, usual: 60, ...options.retry };
  const client = httpClient(options);
  const isSecure = URL.canParse(uri) && new URL(uri).protocol === 'https:';
  const isSound = options.label === undefined || label.test(options.label);
  const place = options.label === undefined ? '' : `/${options.label}`;
  const authorization =
    account === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${account.name}:${account.password}`).toString('base64')}` };

  const ask = async (
    operation: 'cacerts' | 'simplereenroll',
    body?: Uint8Array,
  ): Promise<E.Either<DependencyFault, HttpAnswer>> => {
    if (!isSound) return wrong('a label of other characters');
    if (!isSecure && options.allowPlainHttp !== true) return wrong('EST is spoken over TLS alone');
    const answer = await client.send({
      method: body === undefined ? 'GET' : 'POST',
      uri: `${uri.replace(/\/$/, '')}/.well-known/est${place}/${operation}`,
      ...(body === undefined ? {} : { body }),
      headers: {
        accept: certificatesType,
        ...authorization,
        ...(body === undefined ? {} : { 'content-type': requestType, 'content-transfer-encoding': 'base64' }),
      },
      anyStatus: true,
      maxBytes,
      deadlineMilliseconds,
    })();
    return E.isLeft(answer) ? wrong(`${answer.left.code}: ${answer.left.detail}`) : answer;
  };

  const renew = async ({ request }: RenewalQuestion): Promise<E.Either<DependencyFault, RenewalAnswer>> => {
    const answer = await ask('simplereenroll', requestBody(request));
    if (E.isLeft(answer)) return answer;
    const { status, contentType, body, retryAfter } = answer.right;
    if (status === 202) {
      const seconds = retrySeconds(retryAfter, clock.now(), bounds);
      return E.right({ _tag: 'Pending', retryAfterSeconds: seconds });
    }
    // Its text is for people, and may hold anything.
    if (refusals.has(status)) return E.right({ _tag: 'Refused', detail: `status ${status}` });
    if (status !== 200) return wrong(`status ${status}`);
    const certificates = certificatesOf(contentType, body);
    return E.isLeft(certificates)
      ? wrong(`the answer: ${certificates.left}`)
      : answerAmong(certificates.right, request);
  };

  const certificates = async (): Promise<E.Either<DependencyFault, ReadonlyArray<Uint8Array>>> => {
    const answer = await ask('cacerts');
    if (E.isLeft(answer)) return answer;
    const { status, contentType, body } = answer.right;
    if (status !== 200) return wrong(`status ${status}`);
    const read = certificatesOf(contentType, body);
    return E.isLeft(read) ? wrong(`the answer: ${read.left}`) : read;
  };

  return {
    renew: (question) => () => renew(question),
    certificates: () => certificates,
    close: client.close,
  };
};
