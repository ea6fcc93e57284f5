/**
 * One list from one address.
 *
 * @packageDocumentation
 */
import { type Crl, decodeCrl, type MaterialFault, type Name } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { HttpRequest } from '../net/exchange.js';
import { fault } from '../net/fault.js';
import type { HttpClient } from '../net/http-client.js';
import type { Held } from './kept.js';

/** What came: a list, or word that the one that is held is the current one. */
export interface Downloaded {
  readonly crl: Crl;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly deadlineMilliseconds: number;
}

/** A list under the name that was asked for. Anything else at the address is not the answer, whoever signed it. */
export const readList = async (
  der: Uint8Array,
  issuer: Name,
  maxBytes: number,
): Promise<E.Either<MaterialFault, Crl>> => {
  const crl = await decodeCrl(der, { maxBytes, owned: true })();
  if (E.isLeft(crl)) {
    const { code, detail } = crl.left;
    return E.left(fault(code === 'CRL_TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED', detail));
  }
  return crl.right.issuer.normal === issuer.normal
    ? crl
    : E.left(fault('ANSWER_REFUSED', 'a list of another issuer'));
};

const conditions = (held: Held | undefined): Pick<HttpRequest, 'known'> => {
  const { etag, lastModified } = held ?? {};
  if (etag === undefined && lastModified === undefined) return {};
  return {
    known: {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    },
  };
};

export const download = async (
  client: HttpClient,
  uri: string,
  issuer: Name,
  held: Held | undefined,
  limits: DownloadLimits,
): Promise<E.Either<MaterialFault, Downloaded>> => {
  const headers = { accept: 'application/pkix-crl' };
  const answer = await client.send({ method: 'GET', uri, headers, ...conditions(held), ...limits })();
  if (E.isLeft(answer)) return answer;
  const { status, body, etag, lastModified } = answer.right;
  if (status === 304 && held !== undefined) {
    const { crl } = held;
    return E.right({ crl, etag: etag ?? held.etag, lastModified: lastModified ?? held.lastModified });
  }
  const crl = await readList(body, issuer, limits.maxBytes);
  return E.isLeft(crl) ? crl : E.right({ crl: crl.right, etag, lastModified });
};
