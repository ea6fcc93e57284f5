import type { Extension } from '../certificate.js';
import { ocspOids } from '../revocation/ocsp/response.js';
import { E } from './read.js';
import { contentOf, readDer, tags } from './reader.js';

/**
 * The nonce among extensions (RFC 8954 2.1), undefined when there is none. One that is not an OCTET STRING of 1 to 32
 * octets within the extension's own is answered as no octets at all: equal to nothing that anybody asks with.
 */
export const nonceIn = (extensions: ReadonlyArray<Extension>): Uint8Array | undefined => {
  const extension = extensions.find(({ oid }) => oid === ocspOids.nonce);
  if (extension === undefined) return undefined;
  const node = readDer(extension.value, { maxBytes: 64, maxDepth: 1, maxNodes: 1 });
  const octets = E.isRight(node) && node.right.tag === tags.octetString ? contentOf(node.right) : undefined;
  return octets === undefined || octets.length > 32 ? new Uint8Array(0) : octets;
};
