/** What to tell when several were asked and none could answer. */
import { type CertificateError, type CertificateErrorCode, certificateError } from '../errors.js';

/** Somebody who says nothing tells less than somebody who says that they do not know, and that less than a fault. */
const telling = (code: CertificateErrorCode): number => {
  switch (code) {
    case 'REVOCATION_UNKNOWN':
    case 'TIME_INVALID':
      return 0;
    case 'OCSP_NOT_SUCCESSFUL':
    case 'OCSP_STATUS_UNKNOWN':
      return 1;
    // It spoke twice of the certificate, and may have said the worse.
    case 'OCSP_ANSWER_COUNT':
      return 3;
    default:
      return 2;
  }
};

/** One refusal for all: the most telling code (the first of equals), and every attempt in `detail`. */
export const severalFaults = (
  faults: ReadonlyArray<CertificateError>,
  whenNone: string,
): CertificateError => {
  const [first] = faults;
  if (first === undefined) return certificateError('REVOCATION_UNKNOWN', whenNone);
  if (faults.length === 1) return first;
  const most = faults.reduce((a, b) => (telling(b.code) > telling(a.code) ? b : a), first);
  return certificateError(most.code, faults.map(({ code, detail }) => `${code} ${detail}`).join('; '));
};
