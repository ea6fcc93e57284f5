import type { Extension } from '../../../certificate.js';
import { type CertificateError, certificateError } from '../../../errors.js';
import { ocspOids } from '../response.js';
import type { AnswerCheck } from './check.js';

const critical = (
  list: ReadonlyArray<Extension>,
  obeyed: ReadonlyArray<string>,
): CertificateError | undefined => {
  const unknown = list.find((extension) => extension.critical && !obeyed.includes(extension.oid));
  return unknown && certificateError('OCSP_EXTENSION_UNKNOWN', unknown.oid);
};

/** No critical extension whose meaning is not obeyed here: the nonce is the only one (RFC 6960 4.4). */
export const criticalExtensionCheck: AnswerCheck = ({ response, answer }) =>
  critical(response.extensions, [ocspOids.nonce]) ?? critical(answer.extensions, []);
