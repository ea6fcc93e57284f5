/** What the combined source hands on to those whom it asks. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  crlPointsExtension,
  extKeyUsageExtension,
  keyUsageExtension,
} from '../../src/der/encode-certificate.js';
import { ocspRequestOf } from '../../src/der/ocsp-request.js';
import { type OcspTransport, type RevocationQuestion, revocationSource } from '../../src/index.js';
import {
  makeCertificate,
  makeKey,
  makeOcspResponse,
  type TestAuthority,
  type TestKey,
} from '../../src/test-pki/index.js';
import { accepted, decoded, sharedPki, today } from '../support.js';

const at = today;
const random = (length: number): Uint8Array => globalThis.crypto.getRandomValues(new Uint8Array(length));
const serial = Uint8Array.of(0x77, 1, 2, 3);
const hour = 3_600_000;

const questionOfCard = async (): Promise<RevocationQuestion> => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const anchor = pki.trust.anchors[1];
  if (anchor === undefined) throw new Error('two roots expected');
  const issuer = await decoded(pki.authority('MOICA G3').certificate);
  return { certificate: await decoded(card.certificate), issuer, anchor, at };
};

/** A responder whose certificate says nothing of id-pkix-ocsp-nocheck, and names the list of its CA. */
const unmarked = async (ca: TestAuthority, key: TestKey): Promise<OcspTransport> => {
  const certificate = await makeCertificate({
    serial,
    issuer: ca.name,
    subject: ca.name,
    notBefore: new Date(at.getTime() - hour),
    notAfter: new Date(at.getTime() + hour),
    publicKey: key.publicKey,
    extensions: [
      keyUsageExtension(['digitalSignature']),
      extKeyUsageExtension(['1.3.6.1.5.5.7.3.9']),
      crlPointsExtension(['http://moica-g3.test.invalid/crl/complete.crl']),
    ],
    signer: ca.key,
  });
  return {
    ask: (_uri, octets) => async () => {
      const request = ocspRequestOf(octets);
      if (request._tag === 'Left') throw new Error(request.left);
      const { certIdOctets, nonce } = request.right;
      const right = await makeOcspResponse({
        responderId: { byName: ca.name },
        signer: key,
        producedAt: at,
        answers: [{ certId: certIdOctets, status: 'good', thisUpdate: at }],
        certificates: [certificate],
        ...(nonce === undefined ? {} : { nonce }),
      });
      return { _tag: 'Right', right };
    },
  };
};

const sources = suite('revocationSource');

sources('asks the lists whether a responder is revoked that its CA has not exempted', async () => {
  const pki = await sharedPki();
  const question = await questionOfCard();
  const ocsp = await unmarked(pki.authority('MOICA G3'), await makeKey());
  const { crls } = pki.publish({ at });
  const source = revocationSource({ trust: pki.trust, crls, ocsp, random });
  const kinds = async () => (await accepted(source.status(question))).proofs?.map(({ kind }) => kind);
  assert.equal(await kinds(), ['ocsp', 'crl'], 'its answer, and the list that it is not on');
  pki.revocation.revoke(question.issuer.subject.text, '77010203', new Date(at.getTime() - hour));
  assert.equal(await kinds(), ['crl'], 'not believed any more: the list answers for the card');
});

sources('refuses such a responder where there is no list to ask: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const pki = await sharedPki();
  const ocsp = await unmarked(pki.authority('MOICA G3'), await makeKey());
  const answered = await revocationSource({ trust: pki.trust, ocsp, random }).status(
    await questionOfCard(),
  )();
  assert.is(answered._tag === 'Left' && answered.left.code, 'OCSP_RESPONDER_NOT_TRUSTED');
});

sources('sends a nonce where it was given randomness, and none where it was not', async () => {
  const pki = await sharedPki();
  const question = await questionOfCard();
  const { ocsp } = pki.publish({ at });
  const nonces: (number | undefined)[] = [];
  const listening: OcspTransport = {
    ask: (uri, octets) => {
      const request = ocspRequestOf(octets);
      nonces.push(request._tag === 'Right' ? request.right.nonce?.length : -1);
      return ocsp.ask(uri, octets);
    },
  };
  await accepted(revocationSource({ trust: pki.trust, ocsp: listening, random }).status(question));
  await accepted(revocationSource({ trust: pki.trust, ocsp: listening }).status(question));
  assert.equal(nonces, [32, undefined]);
});

sources('judges by the terms that it was given', async () => {
  const pki = await sharedPki();
  const question = await questionOfCard();
  const { ocsp } = pki.publish({ at: new Date(at.getTime() - hour / 4) });
  const terms = { trust: pki.trust, ocsp, random };
  const code = async (clockSkew?: number): Promise<string> => {
    const ocspTerms = clockSkew === undefined ? {} : { clockSkew };
    const answered = await revocationSource({ ...terms, ocspTerms }).status(question)();
    return answered._tag === 'Left' ? answered.left.code : answered.right.status;
  };
  assert.is(await code(), 'OCSP_STALE');
  assert.is(await code(hour / 2), 'good');
});

sources.run();
