/** What is no octets, or was octets once: refused as a value wherever octets are taken. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  decodeCertificate,
  decodeCrl,
  decodeOcspResponse,
  type Evidence,
  trustStore,
  verifyCertificate,
  verifyEvidence,
  verifySignedData,
} from '../../src/index.js';
import { anchorsOf, challenge, citizen, signedEvidence } from '../signed-data/evidence-support.js';
import { refusal, sharedPki, termsOf } from '../support.js';

/** Its memory belongs to somebody else now. */
const transferred = (): Uint8Array => {
  const octets = new Uint8Array(100);
  structuredClone(octets.buffer, { transfer: [octets.buffer] });
  return octets;
};

const noOctets: ReadonlyArray<readonly [what: string, make: () => unknown]> = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a text', () => 'MIIB'],
  ['a number', () => 65_536],
  ['a buffer', () => new ArrayBuffer(100)],
  ['other numbers', () => new Uint16Array(50)],
  ['a plain list', () => [0x30, 0]],
  ['octets that were transferred', transferred],
  ['a proxy of octets', () => new Proxy(new Uint8Array(100), {})],
];

const taken = suite('what is no octets');

for (const [what, make] of noOctets) {
  const octets = (): Uint8Array => make() as Uint8Array;
  taken(`${what}: refused by every reader, never an exception`, async () => {
    const pki = await sharedPki();
    const cms = await (await citizen()).sign(challenge);
    assert.is(await refusal(decodeCertificate(octets())), 'CERTIFICATE_MALFORMED');
    assert.is(await refusal(decodeCertificate(octets(), pki.trust.cache)), 'CERTIFICATE_MALFORMED');
    assert.is(await refusal(decodeCrl(octets())), 'CRL_MALFORMED');
    assert.is(await refusal(decodeCrl(octets(), { owned: true })), 'CRL_MALFORMED');
    assert.is(await refusal(decodeOcspResponse(octets())), 'OCSP_MALFORMED');
    const terms = termsOf(pki);
    assert.is(await refusal(verifyCertificate({ der: octets(), ...terms })), 'CERTIFICATE_MALFORMED');
    assert.is(
      await refusal(verifySignedData({ cms: octets(), content: challenge, ...terms })),
      'SIGNED_DATA_MALFORMED',
    );
    assert.is(await refusal(verifySignedData({ cms, content: octets(), ...terms })), 'CONTENT_MISSING');
    const anchors = [{ der: octets(), fingerprint: '00' }];
    assert.is(await refusal(trustStore({ anchors, issuers: [] })), 'CERTIFICATE_MALFORMED');
  });
}

taken('octets in shared memory are copied, and judged like any others', async () => {
  const { certificate } = await citizen();
  const shared = new Uint8Array(new SharedArrayBuffer(certificate.length));
  shared.set(certificate);
  assert.is(await refusal(decodeCertificate(shared)), 'accepted');
});

taken.run();

// -------------------------------------------------------------------------------------
// evidence
// -------------------------------------------------------------------------------------

/** A change of good evidence that no type allows, as a file can say it. */
type Change = (evidence: Evidence) => unknown;

const withProofs =
  (proofs: unknown): Change =>
  ({ revocation, ...rest }) => ({ ...rest, revocation: revocation.map((said) => ({ ...said, proofs })) });

const withProfile =
  (change: object): Change =>
  (evidence) => ({ ...evidence, profile: { ...evidence.profile, ...change } });

const withIssuer =
  (change: object): Change =>
  (evidence) => ({ ...evidence, issuer: { ...evidence.issuer, ...change } });

/** What JSON can say and no text can be made of. */
const untellable = { toString: 1, valueOf: 1 };

const changes: ReadonlyArray<readonly [what: string, change: Change]> = [
  ['no proofs but null', withProofs(null)],
  ['a list of proofs with gaps', withProofs(new Array(3))],
  ['a proof that was transferred', withProofs([{ kind: 'crl', fingerprint: '00', der: transferred() }])],
  ['proofs that are a text', withProofs('crl')],
  ['an issuer that nobody can tell', withIssuer({ ca: untellable })],
  ['an issuer that is no CA of the GPKI', withIssuer({ ca: 'ACME' })],
  ['a generation that nobody can tell', withIssuer({ generation: untellable })],
  ['purposes that are a number', withProfile({ purposes: 5 })],
  ['purposes that are null, which is not their absence', withProfile({ purposes: null })],
  ['more policies than anybody has', withProfile({ policies: new Array(2 ** 32 - 1) })],
  ['purposes that are null in a list', withProfile({ purposes: [null] })],
  ['policies that are no texts', withProfile({ policies: [untellable] })],
  ['CAs that are no texts', withProfile({ cas: [untellable] })],
  ['subject types with a gap', withProfile({ subjectTypes: new Array(1) })],
  ['a key size that is no number', withProfile({ minRsaBits: Number.NaN })],
  ['a path with a gap', (evidence) => ({ ...evidence, path: new Array(3) })],
  ['a path that was transferred', (evidence) => ({ ...evidence, path: evidence.path.map(transferred) })],
  [
    'content that was transferred',
    (evidence) => ({ ...evidence, answer: { ...evidence.answer, content: transferred() } }),
  ],
  ['nothing', () => undefined],
];

const kept = suite('evidence that is no evidence');

for (const [what, change] of changes) {
  kept(`with ${what}: refused as malformed, never an exception`, async () => {
    const evidence = change(await signedEvidence()) as Evidence;
    const report = await verifyEvidence(evidence, anchorsOf(await sharedPki()))();
    assert.is(report.indication, 'failed');
    assert.is(report.indication === 'failed' ? report.error.code : '', 'EVIDENCE_MALFORMED');
  });
}

kept.run();
