/**
 * What goes over the line in EST (RFC 7030 4, RFC 8951 2): base64 in bodies, certificates in a CMS.
 *
 * @packageDocumentation
 */
import { certificatesIn } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';

/** Lines of 64, as RFC 2045 allows at most 76. */
const lines = /.{1,64}/g;

/** The body of a request for a certificate: PKCS#10 in base64. */
export const requestBody = (der: Uint8Array): Uint8Array =>
  new TextEncoder().encode(`${(Buffer.from(der).toString('base64').match(lines) ?? []).join('\r\n')}\r\n`);

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Octets of a body in base64, with or without ends of lines. `Content-Transfer-Encoding` says nothing: it is base64 always (RFC
 * 8951 2.1). `undefined` where it is none.
 */
export const bodyOctets = (body: Uint8Array): Uint8Array | undefined => {
  const text = Buffer.from(body)
    .toString('latin1')
    .replace(/[\r\n \t]/g, '');
  return text.length > 0 && base64.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
};

/** Whether a media type is this one; its parameters say nothing that the octets do not. */
export const isMediaType = (contentType: string | undefined, wanted: string): boolean =>
  contentType?.split(';')[0]?.trim().toLowerCase() === wanted;

export const certificatesType = 'application/pkcs7-mime';
export const requestType = 'application/pkcs10';

/** DER of the certificates in an answer, or what is wrong with it in English. */
export const certificatesOf = (
  contentType: string | undefined,
  body: Uint8Array,
): E.Either<string, ReadonlyArray<Uint8Array>> => {
  if (!isMediaType(contentType, certificatesType)) return E.left('another media type');
  const octets = bodyOctets(body);
  if (octets === undefined) return E.left('not base64');
  const read = certificatesIn(octets);
  return E.isLeft(read) ? E.left(`${read.left.code}: ${read.left.detail}`) : read;
};
