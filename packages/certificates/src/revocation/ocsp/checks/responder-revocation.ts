import * as E from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../bytes.js';
import type { Certificate } from '../../../certificate.js';
import { type CertificateError, certificateError } from '../../../errors.js';
import type { RevocationProof, RevocationQuestion } from '../../source.js';
import { ocspOids } from '../response.js';
import type { OcspTerms } from '../terms.js';

const refused = (detail: string) => E.left(certificateError('OCSP_RESPONDER_NOT_TRUSTED', detail));

/**
 * The responder's own certificate is not revoked (RFC 6960 4.2.2.2.1): its CA says that it need not be asked about
 * (id-pkix-ocsp-nocheck), or somebody else than the responder says so. Answers what that rests on.
 */
export const responderStanding = async (
  responder: Certificate,
  question: RevocationQuestion,
  { responderRevocation }: OcspTerms,
): Promise<E.Either<CertificateError, ReadonlyArray<RevocationProof>>> => {
  // The issuer's own standing is the next question of whoever asked about this certificate.
  if (equalBytes(responder.publicKeyInfo.der, question.issuer.publicKeyInfo.der)) return E.right([]);
  if (responder.extensions.some(({ oid }) => oid === ocspOids.noCheck)) return E.right([]);
  if (responderRevocation === 'accepted') return E.right([]);
  if (responderRevocation === undefined) return refused('nobody tells whether the responder is revoked');
  const answer = await responderRevocation.status({ ...question, certificate: responder })();
  if (E.isLeft(answer)) return refused(`responder: ${answer.left.code} ${answer.left.detail}`);
  return answer.right.status === 'good'
    ? E.right(answer.right.proofs ?? [])
    : refused(`the responder's certificate is ${answer.right.status}`);
};
