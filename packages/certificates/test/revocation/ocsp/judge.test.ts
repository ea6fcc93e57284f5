/** What an OCSP answer is worth: RFC 6960 3.2, 4.2.2, RFC 8954, and the freshness of RFC 5019 4. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  basicConstraintsExtension,
  extKeyUsageExtension,
  keyUsageExtension,
} from '../../../src/der/encode-certificate.js';
import { encodeOcspResponse } from '../../../src/der/ocsp-encode.js';
import { type Certificate, judgeOcsp, memoryRevocation } from '../../../src/index.js';
import { keyHash } from '../../../src/revocation/ocsp/cert-id.js';
import {
  makeCertId,
  makeKey,
  makeOcspResponse,
  noCheckExtension,
  nonceExtension,
  type SingleSpec,
} from '../../../src/test-pki/index.js';
import { nameConstraintsExtension } from '../../path/extensions.js';
import { caExtensions, link } from '../../path/support.js';
import { accepted, flipped, indexOfOctets } from '../../support.js';
import {
  answer,
  at,
  entry,
  minutes,
  nameOf,
  nonce,
  ocspSigning,
  responder,
  said,
  uri,
  verdict,
  world,
} from './support.js';

const unknownCritical = { oid: '2.16.886.1.100.99.1', critical: true, value: Uint8Array.of(5, 0) };

// -------------------------------------------------------------------------------------
// what is accepted
// -------------------------------------------------------------------------------------

const good = suite('an OCSP answer');

good('of a responder that the CA has named is good, and is its own proof', async () => {
  const response = await answer();
  const answered = await said(response, { source: uri });
  assert.is(answered.status, 'good');
  assert.is(answered.source, uri);
  assert.equal(answered.at, at);
  assert.is(answered.revokedAt, undefined);
  assert.equal(
    answered.proofs?.map(({ kind, der }) => ({ kind, der })),
    [{ kind: 'ocsp', der: response }],
  );
});

good('of the CA itself is good, with its certificate sent along or not', async () => {
  const { issuer } = await world();
  const byCa = { signer: 'ca', responderId: { byName: nameOf('ca') } };
  assert.is((await said(await answer({ ...byCa, certificates: [] }))).status, 'good');
  assert.is((await said(await answer({ ...byCa, certificates: [issuer.der] }))).status, 'good');
});

good('may name its responder by the digest of its key (RFC 6960 4.2.1)', async () => {
  const named = (await world()).responder;
  const byKey = await keyHash('SHA-1', named.publicKeyInfo);
  assert.is((await said(await answer({ responderId: { byKey } }))).status, 'good');
});

good('may carry the certificates above the responder', async () => {
  const { responder: named, issuer, anchor } = await world();
  const certificates = [anchor.der, issuer.der, named.der];
  assert.is(await verdict(await answer({ certificates })), 'accepted');
});

good('may name the certificate by any digest that is known, whatever was asked with', async () => {
  const { certificate, issuer } = await world();
  for (const digest of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const) {
    const certId = await makeCertId(certificate, issuer, digest);
    assert.is(await verdict(await answer({ single: { certId } })), 'accepted', digest);
  }
});

good('may speak of other certificates beside this one (RFC 6960 4.2.2.3)', async () => {
  const { issuer, responder: other } = await world();
  const certId = await makeCertId(other, issuer);
  const beside: SingleSpec = { ...(await entry()), certId, status: { revokedAt: minutes(-9) } };
  assert.is((await said(await answer({ answers: [beside, await entry()] }))).status, 'good');
});

good('is judged again without its nonce when it is evidence', async () => {
  const { question } = await world();
  assert.is((await accepted(judgeOcsp({ question, response: await answer() }))).status, 'good');
});

good.run();

// -------------------------------------------------------------------------------------
// status
// -------------------------------------------------------------------------------------

const statuses = suite('the status');

statuses('revoked is told with its time and reason (RFC 6960 4.2.1)', async () => {
  const revokedAt = minutes(-600);
  const answered = await said(await answer({ single: { status: { revokedAt, reason: 1 } } }));
  assert.is(answered.status, 'revoked');
  assert.is(answered.reason, 'keyCompromise');
  assert.equal(answered.revokedAt, revokedAt);
  const without = await said(await answer({ single: { status: { revokedAt } } }));
  assert.is(without.status, 'revoked');
  assert.is(without.reason, 'unspecified');
});

statuses('revoked for certificateHold is a hold', async () => {
  const revokedAt = minutes(-600);
  const answered = await said(await answer({ single: { status: { revokedAt, reason: 6 } } }));
  assert.is(answered.status, 'hold');
  assert.equal(answered.revokedAt, revokedAt);
});

statuses('revoked at the time asked counts, as far as clocks agree; later it was still good', async () => {
  const revokedAt = (when: Date) => answer({ single: { status: { revokedAt: when } } });
  const later = (milliseconds: number): Date => new Date(at.getTime() + milliseconds);
  assert.is((await said(await revokedAt(at))).status, 'revoked');
  assert.is((await said(await revokedAt(minutes(5)))).status, 'revoked');
  assert.is((await said(await revokedAt(later(5 * 60_000 + 1000)))).status, 'good');
  assert.is((await said(await revokedAt(later(1000)), { clockSkew: 0 })).status, 'good');
  assert.is((await said(await revokedAt(at), { clockSkew: 0 })).status, 'revoked');
});

statuses(
  'on hold since 1970 by a responder that knows what was issued is revoked: it never was',
  async () => {
    const status = { revokedAt: new Date(0), reason: 6 };
    const extensions = [{ oid: '1.3.6.1.5.5.7.48.1.9', critical: false, value: Uint8Array.of(5, 0) }];
    const answered = await said(await answer({ single: { status }, extensions }));
    assert.is(answered.status, 'revoked');
    assert.is(answered.reason, 'neverIssued');
    assert.is((await said(await answer({ single: { status } }))).status, 'hold');
  },
);

statuses('unknown is no answer: OCSP_STATUS_UNKNOWN', async () => {
  assert.is(await verdict(await answer({ single: { status: 'unknown' } })), 'OCSP_STATUS_UNKNOWN');
});

statuses.run();

// -------------------------------------------------------------------------------------
// form
// -------------------------------------------------------------------------------------

const form = suite('the form');

form('a body that is no OCSP answer: OCSP_MALFORMED', async () => {
  const html = new TextEncoder().encode('<html><body>no such page</body></html>');
  for (const body of [new Uint8Array(0), html, (await world()).certificate.der]) {
    assert.is(await verdict(body), 'OCSP_MALFORMED');
  }
  assert.is(await verdict('DER' as unknown as Uint8Array), 'OCSP_MALFORMED');
});

form('octets after the answer, or cut off: OCSP_MALFORMED', async () => {
  const response = await answer();
  assert.is(await verdict(Uint8Array.from([...response, 0])), 'OCSP_MALFORMED');
  assert.is(await verdict(response.subarray(0, -1)), 'OCSP_MALFORMED');
});

form('more than 64 KiB: OCSP_TOO_LARGE', async () => {
  assert.is(await verdict(new Uint8Array(65_537)), 'OCSP_TOO_LARGE');
});

form('a status other than successful: OCSP_NOT_SUCCESSFUL, with its name', async () => {
  const { question } = await world();
  const names = new Map([
    [1, 'malformedRequest'],
    [2, 'internalError'],
    [3, 'tryLater'],
    [5, 'sigRequired'],
    [6, 'unauthorized'],
  ]);
  for (const [status, name] of names) {
    const refused = await judgeOcsp({ question, response: encodeOcspResponse(status) })();
    assert.is(refused._tag === 'Left' && refused.left.code, 'OCSP_NOT_SUCCESSFUL');
    assert.is(refused._tag === 'Left' && refused.left.detail, name);
  }
  // Nobody signs the status: an answer that comes with another one is none.
  assert.is(await verdict(await answer({ status: 3 })), 'OCSP_NOT_SUCCESSFUL');
});

form('a status that does not exist, or success without an answer: OCSP_MALFORMED', async () => {
  for (const status of [0, 4, 7, 255]) {
    assert.is(await verdict(encodeOcspResponse(status)), 'OCSP_MALFORMED', `${status}`);
  }
});

form('another type than the basic one: OCSP_MALFORMED', async () => {
  assert.is(await verdict(await answer({ responseType: '1.3.6.1.5.5.7.48.1.4' })), 'OCSP_MALFORMED');
});

form('an element of another type than belongs there: OCSP_MALFORMED', async () => {
  const response = await answer();
  // Good, followed by GeneralizedTime; the name of the responder, under its explicit tag.
  for (const place of [Uint8Array.of(0x80, 0, 0x18), Uint8Array.of(0xa1, 0x23, 0x30, 0x21)]) {
    const index = indexOfOctets(response, place);
    assert.ok(index > 0, 'the place is there');
    for (const tag of [0x04, 0x83, 0xa3, 0xa0]) {
      const changed = response.slice();
      changed[index] = tag;
      assert.is(await verdict(changed), 'OCSP_MALFORMED', `${index} ${tag}`);
    }
  }
});

form('a time in another form than GeneralizedTime to the second: OCSP_MALFORMED', async () => {
  const response = await answer();
  const index = indexOfOctets(response, Uint8Array.of(0x80, 0, 0x18)) + 2;
  assert.is(await verdict(flipped(response, index, 0x0f)), 'OCSP_MALFORMED');
  assert.is(await verdict(flipped(response, index + 16, 0x5a ^ 0x2e)), 'OCSP_MALFORMED');
});

form('a certificate sent along that cannot be read: OCSP_MALFORMED', async () => {
  const { responder: named } = await world();
  const broken = Uint8Array.of(0x30, 3, 2, 1, 5);
  assert.is(await verdict(await answer({ certificates: [broken] })), 'OCSP_MALFORMED');
  assert.is(await verdict(await answer({ certificates: [named.der, broken] })), 'OCSP_MALFORMED');
});

form('five certificates, or seventeen entries: OCSP_MALFORMED', async () => {
  const { responder: named } = await world();
  const certificates = Array.from({ length: 5 }, () => named.der);
  assert.is(await verdict(await answer({ certificates })), 'OCSP_MALFORMED');
  const one = await entry();
  assert.is(
    await verdict(await answer({ answers: Array.from({ length: 17 }, () => one) })),
    'OCSP_MALFORMED',
  );
});

form('a reason that does not exist: OCSP_MALFORMED', async () => {
  const status = { revokedAt: minutes(-5), reason: 7 };
  assert.is(await verdict(await answer({ single: { status } })), 'OCSP_MALFORMED');
});

form('an unknown critical extension, of the whole or of the entry: OCSP_EXTENSION_UNKNOWN', async () => {
  assert.is(await verdict(await answer({ extensions: [unknownCritical] })), 'OCSP_EXTENSION_UNKNOWN');
  const single = { extensions: [unknownCritical] };
  assert.is(await verdict(await answer({ single })), 'OCSP_EXTENSION_UNKNOWN');
  // A nonce belongs to the whole answer; what one means in an entry nobody has said.
  const misplaced = { extensions: [{ ...nonceExtension(nonce), critical: true }] };
  assert.is(await verdict(await answer({ single: misplaced })), 'OCSP_EXTENSION_UNKNOWN');
  const harmless = { ...unknownCritical, critical: false };
  assert.is(
    await verdict(await answer({ extensions: [harmless], single: { extensions: [harmless] } })),
    'accepted',
  );
});

form.run();

// -------------------------------------------------------------------------------------
// the certificate
// -------------------------------------------------------------------------------------

const entries = suite('the certificate spoken of');

entries('no entry at all: OCSP_CERTIFICATE_MISMATCH', async () => {
  assert.is(await verdict(await answer({ answers: [] })), 'OCSP_CERTIFICATE_MISMATCH');
});

entries('another serial of the same CA: OCSP_CERTIFICATE_MISMATCH', async () => {
  const { issuer, responder: other } = await world();
  const certId = await makeCertId(other, issuer);
  assert.is(await verdict(await answer({ single: { certId } })), 'OCSP_CERTIFICATE_MISMATCH');
});

entries('the same serial of another CA, by name or by key: OCSP_CERTIFICATE_MISMATCH', async () => {
  const { certificate, issuer, anchor } = await world();
  const otherName = await makeCertId({ ...certificate, issuer: anchor.subject }, issuer);
  const otherKey = await makeCertId(certificate, anchor);
  for (const certId of [otherName, otherKey]) {
    assert.is(await verdict(await answer({ single: { certId } })), 'OCSP_CERTIFICATE_MISMATCH');
  }
});

entries('two entries for it, even alike: OCSP_ANSWER_COUNT', async () => {
  const one = await entry();
  assert.is(await verdict(await answer({ answers: [one, one] })), 'OCSP_ANSWER_COUNT');
});

entries(
  'good and revoked in one answer, in either order and by other digests: OCSP_ANSWER_COUNT',
  async () => {
    const { certificate, issuer } = await world();
    const one = await entry();
    const status = { revokedAt: minutes(-5) };
    const revoked = await entry({ status, certId: await makeCertId(certificate, issuer, 'SHA-256') });
    for (const answers of [
      [one, { ...one, status }],
      [{ ...one, status }, one],
      [one, revoked],
      [revoked, one],
    ]) {
      assert.is(await verdict(await answer({ answers })), 'OCSP_ANSWER_COUNT');
    }
  },
);

entries.run();

// -------------------------------------------------------------------------------------
// who answers
// -------------------------------------------------------------------------------------

const responders = suite('the responder');

const notTrusted = 'OCSP_RESPONDER_NOT_TRUSTED';

/** The verdict on an answer that this responder signs, as far as its certificate goes. */
const byResponder = async (change: Parameters<typeof responder>[0], more: object = {}): Promise<string> => {
  const named = await responder(change);
  const signer = change?.key ?? change?.subject ?? 'responder';
  const responderId = { byName: nameOf(change?.subject ?? 'responder') };
  return verdict(await answer({ certificates: [named.der], signer, responderId }), more);
};

const usage = keyUsageExtension(['digitalSignature']);
const purpose = extKeyUsageExtension([ocspSigning]);

responders('a stranger, with a certificate of its own: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  assert.is(await byResponder({ issuer: 'stranger' }), notTrusted);
  assert.is(await byResponder({ signer: 'stranger' }), notTrusted, 'in the name of the CA');
});

responders('another CA that is trusted for other certificates: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const other = await link({ subject: 'other ca', issuer: 'root' });
  const signed = await answer({
    certificates: [other.der],
    signer: 'other ca',
    responderId: { byName: nameOf('other ca') },
  });
  assert.is(await verdict(signed), notTrusted);
  assert.is(await byResponder({ issuer: 'other ca' }), notTrusted, 'nor whom it has named');
});

responders('another CA of the same name with another key: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  assert.is(await byResponder({ issuer: 'ca', signer: 'ca of another generation' }), notTrusted);
});

responders('one that the root has named instead of the issuer: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  assert.is(await byResponder({ issuer: 'root' }), notTrusted);
});

responders('the root itself: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const { anchor } = await world();
  const responderId = { byName: nameOf('root') };
  const signed = await answer({ certificates: [anchor.der], signer: 'root', responderId });
  assert.is(await verdict(signed), notTrusted);
});

responders('one that a certificate of the CA has named: a path longer than one step is none', async () => {
  const middle = await link({ subject: 'middle', issuer: 'ca', extensions: caExtensions });
  const named = await responder({ issuer: 'middle' });
  assert.is(await verdict(await answer({ certificates: [named.der, middle.der] })), notTrusted);
});

responders('6.1.4 (g): whom the issuer may not name may not answer for it', async () => {
  const { question } = await world();
  const limited = (name: string) =>
    link({
      subject: 'ca',
      issuer: 'root',
      extensions: [
        ...caExtensions,
        nameConstraintsExtension({
          excluded: [
            {
              type: 'directory',
              name: [
                { type: '2.5.4.6', value: 'TW' },
                { type: '2.5.4.11', value: name },
              ],
            },
          ],
        }),
      ],
    });
  const by = async (issuer: Certificate) => verdict(await answer(), { question: { ...question, issuer } });
  assert.is(await by(await limited('somebody else')), 'accepted');
  assert.is(await by(await limited('responder')), notTrusted);
});

responders('without extended key usage, or with another purpose: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const anything = '2.5.29.37.0';
  const serverAuthentication = '1.3.6.1.5.5.7.3.1';
  assert.is(await byResponder({ extensions: [usage, noCheckExtension] }), notTrusted);
  for (const other of [anything, serverAuthentication]) {
    const extensions = [usage, extKeyUsageExtension([other]), noCheckExtension];
    assert.is(await byResponder({ extensions }), notTrusted, other);
  }
});

responders('extended key usage that insists (critical) is understood', async () => {
  const extensions = [usage, extKeyUsageExtension([ocspSigning], true), noCheckExtension];
  assert.is(await byResponder({ extensions }), 'accepted');
});

responders('a subscriber of the same CA: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const { certificate } = await world();
  const responderId = { byName: nameOf('holder') };
  const signed = await answer({ certificates: [certificate.der], signer: 'holder', responderId });
  assert.is(await verdict(signed), notTrusted);
});

responders('a responder that is asked about itself: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const { question, responder: named, issuer } = await world();
  const certId = await makeCertId(named, issuer);
  const own = { ...question, certificate: named };
  assert.is(await verdict(await answer({ single: { certId } }), { question: own }), notTrusted);
  const byCa = { signer: 'ca', responderId: { byName: nameOf('ca') } };
  assert.is(await verdict(await answer({ ...byCa, single: { certId } }), { question: own }), 'accepted');
});

responders('key usage that does not allow signing: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const extensions = [keyUsageExtension(['keyEncipherment']), purpose, noCheckExtension];
  assert.is(await byResponder({ extensions }), notTrusted);
  assert.is(await byResponder({ extensions: [purpose, noCheckExtension] }), 'accepted', 'none is any');
});

responders('expired, or not yet valid: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  assert.is(await byResponder({ change: { notAfter: minutes(-10) } }), notTrusted);
  assert.is(await byResponder({ change: { notBefore: minutes(10) } }), notTrusted);
  assert.is(await byResponder({ change: { notBefore: minutes(0) } }), notTrusted, 'it had signed before');
});

responders('an unknown critical extension of its certificate: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const extensions = [usage, purpose, noCheckExtension, unknownCritical];
  assert.is(await byResponder({ extensions }), notTrusted);
});

responders(
  'a certificate signed with SHA-1, or a key of 1,024 bits: OCSP_RESPONDER_NOT_TRUSTED',
  async () => {
    assert.is(await byResponder({ change: { digest: 'SHA-1' } }), notTrusted);
    const weak = await makeKey(1024);
    const named = await responder({ change: { publicKey: weak.publicKey } });
    const signed = await makeOcspResponse({
      responderId: { byName: nameOf('responder') },
      signer: weak,
      producedAt: minutes(-1),
      nonce,
      answers: [await entry()],
      certificates: [named.der],
    });
    assert.is(await verdict(signed), notTrusted);
  },
);

responders('two certificates that claim to be it: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  const [one, two] = [await responder(), await responder({ key: 'other' })];
  assert.is(await verdict(await answer({ certificates: [one.der, two.der] })), notTrusted);
  assert.is(await verdict(await answer({ certificates: [one.der, one.der] })), 'accepted', 'one twice');
});

responders('no certificate of it, or only another one: OCSP_RESPONDER_NOT_TRUSTED', async () => {
  assert.is(await verdict(await answer({ certificates: [] })), notTrusted);
  const responderId = { byName: nameOf('somebody else') };
  assert.is(await verdict(await answer({ responderId })), notTrusted);
  assert.is(await verdict(await answer({ responderId: { byKey: new Uint8Array(20) } })), notTrusted);
});

responders('a CA certificate may answer for the CA that named it, as any other', async () => {
  const extensions = [basicConstraintsExtension(true), ...[usage, purpose, noCheckExtension]];
  assert.is(await byResponder({ extensions }), 'accepted');
});

responders.run();

// -------------------------------------------------------------------------------------
// the responder's own standing
// -------------------------------------------------------------------------------------

const standing = suite('a responder without id-pkix-ocsp-nocheck');

const unmarked = { extensions: [usage, purpose] };

standing('is refused where nobody is there to ask about it', async () => {
  assert.is(await byResponder(unmarked), notTrusted);
});

standing('is accepted unasked where the terms say so', async () => {
  assert.is(await byResponder(unmarked, { responderRevocation: 'accepted' }), 'accepted');
});

standing('is asked about, and refused when it is revoked, on hold, or nobody knows', async () => {
  const named = await responder(unmarked);
  const signed = await answer({ certificates: [named.der] });
  const list = memoryRevocation();
  assert.is(await verdict(signed, { responderRevocation: list }), 'accepted');
  list.hold(named.issuer.text, named.serialNumber, minutes(-30));
  assert.is(await verdict(signed, { responderRevocation: list }), notTrusted);
  list.release(named.issuer.text, named.serialNumber, minutes(-20));
  assert.is(await verdict(signed, { responderRevocation: list }), 'accepted');
  list.revoke(named.issuer.text, named.serialNumber, minutes(-10));
  assert.is(await verdict(signed, { responderRevocation: list }), notTrusted);
});

standing('is asked about only after its signature has been checked', async () => {
  let asked = 0;
  const counting = {
    status: () => {
      asked += 1;
      return async () => ({ _tag: 'Right', right: { status: 'good', at, source: 'test' } }) as const;
    },
  };
  const named = await responder(unmarked);
  const forged = await answer({ certificates: [named.der], signer: 'stranger' });
  assert.is(await verdict(forged, { responderRevocation: counting }), 'OCSP_SIGNATURE_INVALID');
  assert.is(asked, 0);
  const genuine = await answer({ certificates: [named.der] });
  assert.is(await verdict(genuine, { responderRevocation: counting }), 'accepted');
  assert.is(asked, 1);
});

standing('what it rests on is kept with the answer', async () => {
  const named = await responder(unmarked);
  const proof = { kind: 'crl', fingerprint: 'ab', der: Uint8Array.of(1) } as const;
  const responderRevocation = {
    status: () => async () =>
      ({ _tag: 'Right', right: { status: 'good', at, source: 'test', proofs: [proof] } }) as const,
  };
  const answered = await said(await answer({ certificates: [named.der] }), { responderRevocation });
  assert.equal(
    answered.proofs?.map(({ kind }) => kind),
    ['ocsp', 'crl'],
  );
});

standing.run();

// -------------------------------------------------------------------------------------
// signature
// -------------------------------------------------------------------------------------

const signatures = suite('the signature');

signatures('by another key: OCSP_SIGNATURE_INVALID', async () => {
  assert.is(await verdict(await answer({ signer: 'stranger' })), 'OCSP_SIGNATURE_INVALID');
  const inTheNameOfTheCa = { responderId: { byName: nameOf('ca') }, certificates: [] };
  assert.is(
    await verdict(await answer({ ...inTheNameOfTheCa, signer: 'stranger' })),
    'OCSP_SIGNATURE_INVALID',
  );
});

signatures('with SHA-1: OCSP_ALGORITHM_NOT_ACCEPTED', async () => {
  assert.is(await verdict(await answer({ digest: 'SHA-1' })), 'OCSP_ALGORITHM_NOT_ACCEPTED');
});

signatures('by a CA whose key has 1,024 bits: OCSP_ALGORITHM_NOT_ACCEPTED', async () => {
  const weak = await makeKey(1024);
  const { certificate, question } = await world();
  const issuer = await link({ subject: 'ca', issuer: 'root', change: { publicKey: weak.publicKey } });
  const response = await makeOcspResponse({
    responderId: { byName: nameOf('ca') },
    signer: weak,
    producedAt: minutes(-1),
    nonce,
    answers: [{ ...(await entry()), certId: await makeCertId(certificate, issuer) }],
  });
  const terms = { question: { ...question, issuer } };
  assert.is(await verdict(response, terms), 'OCSP_ALGORITHM_NOT_ACCEPTED');
  const algorithms = { digests: ['SHA-256'], minRsaBits: 1024 } as const;
  assert.is(await verdict(response, { ...terms, algorithms }), 'accepted');
});

signatures.run();

// -------------------------------------------------------------------------------------
// nonce
// -------------------------------------------------------------------------------------

const nonces = suite('the nonce');

nonces('another one than was asked with: OCSP_NONCE_MISMATCH, whatever the terms', async () => {
  const other = await answer({ nonce: nonce.map((octet) => octet ^ 1) });
  assert.is(await verdict(other), 'OCSP_NONCE_MISMATCH');
  assert.is(await verdict(other, { nonce: 'optional' }), 'OCSP_NONCE_MISMATCH');
});

nonces('none: OCSP_NONCE_MISMATCH, unless the terms take answers that were prepared', async () => {
  const prepared = await answer({ nonce: 'none' });
  assert.is(await verdict(prepared), 'OCSP_NONCE_MISMATCH');
  assert.is(await verdict(prepared, { nonce: 'optional' }), 'accepted');
});

nonces('of another form than RFC 8954 2.1 says: OCSP_NONCE_MISMATCH', async () => {
  const bare = { ...nonceExtension(nonce), value: nonce };
  const long = nonceExtension(new Uint8Array(33));
  const empty = nonceExtension(new Uint8Array(0));
  for (const extension of [bare, long, empty]) {
    const response = await answer({ nonce: 'none', extensions: [extension] });
    assert.is(await verdict(response), 'OCSP_NONCE_MISMATCH');
    assert.is(await verdict(response, { asked: new Uint8Array(0) }), 'OCSP_NONCE_MISMATCH');
  }
});

nonces('an old answer that is played again is the answer to another nonce: OCSP_NONCE_MISMATCH', async () => {
  const yesterday = minutes(-24 * 60);
  const old = await answer({
    nonce: Uint8Array.from(nonce).reverse(),
    producedAt: yesterday,
    single: { thisUpdate: yesterday, nextUpdate: minutes(60) },
  });
  assert.is(await verdict(old), 'OCSP_NONCE_MISMATCH');
});

nonces.run();

// -------------------------------------------------------------------------------------
// time
// -------------------------------------------------------------------------------------

const times = suite('the time');

/** The verdict on an answer with these times; `producedAt` as thisUpdate unless given. */
const timed = async (
  single: { readonly thisUpdate: Date; readonly nextUpdate?: Date },
  more: { readonly producedAt?: Date; readonly clockSkew?: number; readonly maxAge?: number } = {},
): Promise<string> => {
  const { producedAt = single.thisUpdate, ...terms } = more;
  const { nextUpdate: _next, ...always } = await entry();
  const response = await answer({ producedAt, answers: [{ ...always, ...single }] });
  return verdict(response, terms);
};

const second = 1000;
const shifted = (date: Date, milliseconds: number): Date => new Date(date.getTime() + milliseconds);

times('thisUpdate and nextUpdate may differ from the time asked by the skew and no more', async () => {
  const begins = minutes(5);
  const ends = minutes(-5);
  assert.is(await timed({ thisUpdate: begins, nextUpdate: minutes(60) }), 'accepted');
  assert.is(
    await timed({ thisUpdate: shifted(begins, second), nextUpdate: minutes(60) }),
    'OCSP_NOT_YET_VALID',
  );
  assert.is(await timed({ thisUpdate: minutes(-60), nextUpdate: ends }), 'accepted');
  assert.is(await timed({ thisUpdate: minutes(-60), nextUpdate: shifted(ends, -second) }), 'OCSP_STALE');
});

times('without skew, to the second', async () => {
  const exact = { clockSkew: 0 };
  assert.is(await timed({ thisUpdate: at, nextUpdate: at }, exact), 'accepted');
  const later = { thisUpdate: shifted(at, second), nextUpdate: minutes(60) };
  assert.is(await timed(later, exact), 'OCSP_NOT_YET_VALID');
  assert.is(await timed({ thisUpdate: minutes(-60), nextUpdate: shifted(at, -second) }, exact), 'OCSP_STALE');
});

times('a skew of more than an hour is an hour', async () => {
  const hours = { clockSkew: 5 * 3_600_000 };
  assert.is(await timed({ thisUpdate: minutes(-90), nextUpdate: minutes(-60) }, hours), 'accepted');
  assert.is(await timed({ thisUpdate: minutes(-90), nextUpdate: minutes(-61) }, hours), 'OCSP_STALE');
});

times('thisUpdate half an hour after the time asked: OCSP_NOT_YET_VALID', async () => {
  assert.is(await timed({ thisUpdate: minutes(30), nextUpdate: minutes(60) }), 'OCSP_NOT_YET_VALID');
});

times('thisUpdate is held against the time asked, whenever it was produced', async () => {
  const single = { thisUpdate: minutes(6), nextUpdate: minutes(60) };
  assert.is(await timed(single, { producedAt: minutes(4) }), 'OCSP_NOT_YET_VALID');
});

times('produced half an hour after the time asked: OCSP_NOT_YET_VALID', async () => {
  const single = { thisUpdate: minutes(-1), nextUpdate: minutes(60) };
  assert.is(await timed(single, { producedAt: minutes(30) }), 'OCSP_NOT_YET_VALID');
});

times('produced before what it says was known: OCSP_NOT_YET_VALID', async () => {
  const single = { thisUpdate: minutes(-1), nextUpdate: minutes(60) };
  assert.is(await timed(single, { producedAt: minutes(-30) }), 'OCSP_NOT_YET_VALID');
});

times('nextUpdate half an hour before the time asked: OCSP_STALE', async () => {
  assert.is(await timed({ thisUpdate: minutes(-60), nextUpdate: minutes(-30) }), 'OCSP_STALE');
});

times('nextUpdate before thisUpdate: OCSP_STALE', async () => {
  assert.is(await timed({ thisUpdate: minutes(4), nextUpdate: minutes(3) }), 'OCSP_STALE');
});

times('without nextUpdate, as old as the terms allow and no older: OCSP_STALE', async () => {
  const oldest = minutes(-20);
  assert.is(await timed({ thisUpdate: oldest }), 'accepted');
  assert.is(await timed({ thisUpdate: shifted(oldest, -second) }), 'OCSP_STALE');
  assert.is(await timed({ thisUpdate: minutes(-30) }), 'OCSP_STALE');
  assert.is(await timed({ thisUpdate: minutes(-30) }, { maxAge: 3_600_000 }), 'accepted');
});

times('a limit that is no number refuses', async () => {
  const single = { thisUpdate: minutes(-1), nextUpdate: minutes(60) };
  assert.is(await timed(single, { clockSkew: Number.NaN }), 'OCSP_NOT_YET_VALID');
  assert.is(await timed({ thisUpdate: minutes(-1) }, { maxAge: Number.NaN }), 'OCSP_STALE');
});

times('a time asked about that does not exist: TIME_INVALID', async () => {
  const { question } = await world();
  const response = await answer();
  assert.is(await verdict(response, { question: { ...question, at: new Date('never') } }), 'TIME_INVALID');
});

times.run();
