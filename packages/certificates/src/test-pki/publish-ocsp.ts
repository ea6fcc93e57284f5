/** The responders of the small GPKI: each CA names one, with one key for all. */
import * as E from 'fp-ts/lib/Either.js';
import { equalBytes } from '../bytes.js';
import { digestByOid } from '../crypto/digest.js';
import { encodeName, extKeyUsageExtension, keyUsageExtension } from '../der/encode-certificate.js';
import { encodeOcspResponse, type SingleSpec } from '../der/ocsp-encode.js';
import { type OcspRequest, ocspRequestOf } from '../der/ocsp-request.js';
import type { OcspTransport } from '../revocation/material.js';
import { standingOf } from '../revocation/memory.js';
import { keyHash } from '../revocation/ocsp/cert-id.js';
import { ocspOids } from '../revocation/ocsp/response.js';
import { addressesOf, isRoot } from './addresses.js';
import { makeKey, type TestKey } from './keys.js';
import { makeCertificate } from './make-certificate.js';
import { makeOcspResponse, noCheckExtension } from './make-ocsp-response.js';
import { newSerial, type Random } from './numbers.js';
import type { PublishedAuthority, RevocationRecord } from './published.js';

type Octets = Uint8Array<ArrayBuffer>;

interface Responder {
  readonly key: TestKey;
  readonly name: Octets;
  readonly certificate: Octets;
}

const responderFor = async (
  authority: PublishedAuthority,
  key: TestKey,
  random: Random,
): Promise<Responder> => {
  const name = encodeName([
    { type: '2.5.4.6', value: 'TW' },
    { type: '2.5.4.10', value: '(測試用) OCSP' },
    { type: '2.5.4.11', value: authority.id },
  ]);
  const certificate = await makeCertificate({
    serial: newSerial(random),
    issuer: authority.name,
    subject: name,
    notBefore: new Date(authority.certificate.notBefore),
    notAfter: new Date(authority.certificate.notAfter),
    publicKey: key.publicKey,
    extensions: [
      keyUsageExtension(['digitalSignature']),
      extKeyUsageExtension([ocspOids.signing]),
      noCheckExtension,
    ],
    signer: authority.key,
  });
  return { key, name, certificate };
};

/** Made when they are first asked: a key takes a while, and most tests never ask. */
const responders = (random: Random): ((authority: PublishedAuthority) => Promise<Responder>) => {
  const made = new Map<string, Promise<Responder>>();
  let key: Promise<TestKey> | undefined;
  return (authority) => {
    key ??= makeKey();
    const responder = made.get(authority.id) ?? key.then((one) => responderFor(authority, one, random));
    made.set(authority.id, responder);
    return responder;
  };
};

const isAbout = async ({ certId }: OcspRequest, authority: PublishedAuthority): Promise<boolean> => {
  const digest = digestByOid.get(certId.hashAlgorithm.oid);
  return (
    digest !== undefined &&
    equalBytes(certId.issuerKeyHash, await keyHash(digest, authority.certificate.publicKeyInfo))
  );
};

const statusAt = (
  { certId }: OcspRequest,
  authority: PublishedAuthority,
  revocation: RevocationRecord,
  at: Date,
): SingleSpec['status'] => {
  const entries = revocation(authority.certificate.subject.text).find(
    ([first]) => first?.serial === certId.serialNumber,
  );
  const { status, since } = standingOf(entries ?? [], at);
  if (since === undefined) return 'good';
  return status === 'hold' ? { revokedAt: since, reason: 6 } : { revokedAt: since };
};

const malformedRequest = 1;
const unauthorized = 6;

/** Answers each card's own responder's address, by the clock given, and for five minutes. */
export const publishedOcsp = (
  authorities: () => Promise<ReadonlyArray<PublishedAuthority>>,
  revocation: RevocationRecord,
  clock: () => Date,
  random: Random,
): OcspTransport => {
  const responderOf = responders(random);
  return {
    ask: (uri, octets) => async () => {
      const authority = (await authorities()).find(({ id }) => !isRoot(id) && addressesOf(id).ocsp === uri);
      if (authority === undefined) return E.left({ code: 'UNREACHABLE', detail: 'nobody answers there' });
      const request = ocspRequestOf(octets);
      if (E.isLeft(request)) return E.right(encodeOcspResponse(malformedRequest));
      if (!(await isAbout(request.right, authority))) return E.right(encodeOcspResponse(unauthorized));
      const at = clock();
      const responder = await responderOf(authority);
      const { certIdOctets, nonce } = request.right;
      const answer = await makeOcspResponse({
        responderId: { byName: responder.name },
        signer: responder.key,
        producedAt: at,
        answers: [
          {
            certId: certIdOctets,
            status: statusAt(request.right, authority, revocation, at),
            thisUpdate: at,
            nextUpdate: new Date(at.getTime() + 300_000),
          },
        ],
        certificates: [responder.certificate],
        ...(nonce === undefined ? {} : { nonce }),
      });
      return E.right(answer);
    },
  };
};
