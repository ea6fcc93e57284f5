import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DigestName } from '../../crypto/digest.js';
import { type CertificateError, certificateError } from '../../errors.js';
import { severalFaults } from '../attempts.js';
import type { MaterialFault, OcspTransport } from '../material.js';
import type { RevocationAnswer, RevocationQuestion } from '../source.js';
import { judgeOcsp } from './judge.js';
import { nonceOctets, ocspRequest } from './request.js';
import type { OcspTerms } from './terms.js';

/** How responders are asked, and how their answers are judged. */
export interface OcspContext extends OcspTerms {
  /**
   * Octets that nobody can foresee, such as WebCrypto's getRandomValues: each request gets a nonce of 32. Absent:
   * requests have none, and an answer can be repeated by others until it ends.
   */
  readonly random?: (length: number) => Uint8Array;
  /** Digest that names the issuer in the request. Default SHA-1 (RFC 5019 2.1.1). */
  readonly digest?: DigestName;
  /** Which addresses to ask. Default: those that the certificate names, in its order. */
  readonly uris?: (question: RevocationQuestion) => ReadonlyArray<string>;
}

/** Responders that are asked about one certificate: it names one, and a stranger's might name thousands. */
const maxUris = 3;

const isHttp = (uri: string): boolean => /^https?:\/\//i.test(uri);

/** The addresses of the responders of a certificate that can be asked at all. */
export const respondersOf = (question: RevocationQuestion, context: OcspContext): ReadonlyArray<string> =>
  (context.uris?.(question) ?? question.certificate.ocspUris).filter(isHttp).slice(0, maxUris);

const unreachable = (uri: string, { code, detail }: MaterialFault): CertificateError =>
  certificateError(
    code === 'TOO_LARGE' ? 'OCSP_TOO_LARGE' : 'REVOCATION_UNKNOWN',
    `${uri}: ${code} ${detail}`,
  );

const askOne = async (
  uri: string,
  question: RevocationQuestion,
  transport: OcspTransport,
  context: OcspContext,
): Promise<E.Either<CertificateError, RevocationAnswer>> => {
  const { random, digest, ...terms } = context;
  const asked = random?.(nonceOctets);
  // Octets that were not made would be octets that anybody can foresee.
  if (asked !== undefined && asked.length !== nonceOctets) {
    return E.left(certificateError('REVOCATION_UNKNOWN', `${asked.length} random octets for a nonce`));
  }
  const nonce = asked === undefined ? {} : { nonce: asked };
  const request = await ocspRequest({ ...question, ...nonce, ...(digest === undefined ? {} : { digest }) })();
  const response = await transport.ask(uri, request)();
  if (E.isLeft(response)) return E.left(unreachable(uri, response.left));
  const judged = await judgeOcsp({
    ...terms,
    question,
    response: response.right,
    source: uri,
    ...(asked === undefined ? {} : { asked }),
  })();
  return E.isLeft(judged)
    ? E.left(certificateError(judged.left.code, `${uri}: ${judged.left.detail}`))
    : judged;
};

const guarded = async (
  ask: () => Promise<E.Either<CertificateError, RevocationAnswer>>,
): Promise<E.Either<CertificateError, RevocationAnswer>> => {
  try {
    return await ask();
  } catch {
    return E.left(certificateError('REVOCATION_UNKNOWN', 'the transport threw'));
  }
};

/**
 * Asks the responders that a certificate names, one after the other, until one answers for certain.
 *
 * Errors: `REVOCATION_UNKNOWN` when it names none or none can be reached; else the most telling one of `judgeOcsp`,
 * with all attempts in `detail`. An answer that contradicts itself (`OCSP_ANSWER_COUNT`) ends the asking.
 */
export const ocspStatus =
  (
    question: RevocationQuestion,
    transport: OcspTransport,
    context: OcspContext = {},
  ): TaskEither<CertificateError, RevocationAnswer> =>
  async () => {
    const faults: CertificateError[] = [];
    for (const uri of respondersOf(question, context)) {
      const answer = await guarded(() => askOne(uri, question, transport, context));
      if (E.isRight(answer)) return answer;
      faults.push(answer.left);
      if (answer.left.code === 'OCSP_ANSWER_COUNT') break;
    }
    return E.left(severalFaults(faults, 'no responder to ask'));
  };
