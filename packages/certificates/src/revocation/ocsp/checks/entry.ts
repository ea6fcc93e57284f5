import * as E from 'fp-ts/lib/Either.js';
import { type CertificateError, certificateError } from '../../../errors.js';
import type { RevocationQuestion } from '../../source.js';
import { namesCertificate } from '../cert-id.js';
import type { OcspResponse, SingleAnswer } from '../response.js';

/**
 * The one entry for the certificate. A responder may have prepared entries for others beside it (RFC 6960 4.2.2.3);
 * two for this one, alike or not, are no answer: to choose would be to guess.
 */
export const entryFor = async (
  response: OcspResponse,
  { certificate, issuer }: RevocationQuestion,
): Promise<E.Either<CertificateError, SingleAnswer>> => {
  const entries: SingleAnswer[] = [];
  for (const answer of response.answers) {
    if (await namesCertificate(answer.certId, certificate, issuer)) entries.push(answer);
  }
  const [entry, second] = entries;
  if (entry === undefined) {
    return E.left(certificateError('OCSP_CERTIFICATE_MISMATCH', `${response.answers.length} others`));
  }
  return second === undefined
    ? E.right(entry)
    : E.left(certificateError('OCSP_ANSWER_COUNT', `${entries.length} entries for the certificate`));
};
