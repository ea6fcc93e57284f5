import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { basicConstraintsExtension, keyUsageExtension } from '../../src/der/encode-certificate.js';
import * as w from '../../src/der/writer.js';
import { historicAlgorithms, pathBudget, trustStore, verifyPath } from '../../src/index.js';
import { makeKey } from '../../src/test-pki/index.js';
import { accepted, codeOf, refusal, today } from '../support.js';
import { caExtensions, leaf, link, trusting } from './support.js';

const root = () => link({ subject: 'root', issuer: 'root' });
const at = today;

// -------------------------------------------------------------------------------------
// what holds
// -------------------------------------------------------------------------------------

const holds = suite('verifyPath: what holds');

holds('a certificate under an anchor, with and without a CA between', async () => {
  const [anchor, ca] = [await root(), await link({ subject: 'ca', issuer: 'root' })];
  const trust = await trusting(anchor);
  const direct = await accepted(verifyPath({ certificate: await leaf('root'), trust, at }));
  assert.is(direct.length, 2);
  const end = await leaf('ca');
  const path = await accepted(verifyPath({ certificate: end, extra: [ca], trust, at }));
  assert.equal(
    path.map((c) => c.fingerprint),
    [end.fingerprint, ca.fingerprint, anchor.fingerprint],
  );
});

holds('both ends of the validity belong to it, and the last second is whole (15:59:59.999Z)', async () => {
  const trust = await trusting(await root());
  const certificate = await leaf('root');
  for (const [time, code] of [
    ['2019-12-31T23:59:59.999Z', 'CERTIFICATE_NOT_YET_VALID'],
    ['2020-01-01T00:00:00.000Z', 'accepted'],
    ['2030-01-01T15:59:59.999Z', 'accepted'],
    ['2030-01-01T16:00:00.000Z', 'CERTIFICATE_EXPIRED'],
  ] as const) {
    assert.is(await refusal(verifyPath({ certificate, trust, at: new Date(time) })), code, time);
  }
});

holds('the key identifier chooses among issuers of one name; without it each key is tried', async () => {
  const trust = await trusting(await root());
  const first = await link({ subject: 'moica', issuer: 'root', key: 'moica 1' });
  const second = await link({ subject: 'moica', issuer: 'root', key: 'moica 2' });
  for (const identifiers of [true, false]) {
    const certificate = await leaf('moica', { signer: 'moica 2', identifiers });
    const path = await accepted(verifyPath({ certificate, extra: [first, second], trust, at }));
    assert.is(path[1]?.fingerprint, second.fingerprint);
  }
});

holds('a link certificate carries trust from one key of a root to the next', async () => {
  const old = await link({ subject: 'root', issuer: 'root', key: 'root 1', signer: 'root 1' });
  const carried = await link({ subject: 'root', issuer: 'root', key: 'root 2', signer: 'root 1' });
  const ca = await link({
    subject: 'ca',
    issuer: 'root',
    signer: 'root 2',
    extensions: [basicConstraintsExtension(true, 0), keyUsageExtension(['keyCertSign'])],
  });
  const trust = await trusting(old);
  const path = await accepted(verifyPath({ certificate: await leaf('ca'), extra: [carried, ca], trust, at }));
  assert.is(path.length, 4);
});

holds('an anchor is a name and a key: its own validity, usage and algorithm are not judged', async () => {
  const anchor = await link({
    subject: 'root',
    issuer: 'root',
    extensions: [],
    change: { notAfter: new Date('2021-01-01T00:00:00Z'), digest: 'SHA-1' },
  });
  const trust = await trusting(anchor);
  assert.is(await refusal(verifyPath({ certificate: await leaf('root'), trust, at })), 'accepted');
});

holds('a CA without key usage may sign (RFC 5280 6.1.4 n)', async () => {
  const ca = await link({ subject: 'ca', issuer: 'root', extensions: [basicConstraintsExtension(true)] });
  const trust = await trusting(await root());
  assert.is(await refusal(verifyPath({ certificate: await leaf('ca'), extra: [ca], trust, at })), 'accepted');
});

holds('self-issued certificates do not count for the path length', async () => {
  const ca = await link({
    subject: 'ca',
    issuer: 'root',
    extensions: [basicConstraintsExtension(true, 0), keyUsageExtension(['keyCertSign'])],
  });
  const again = await link({ subject: 'ca', issuer: 'ca', key: 'ca 2', signer: 'ca' });
  const trust = await trusting(await root());
  const certificate = await leaf('ca', { signer: 'ca 2' });
  assert.is(await refusal(verifyPath({ certificate, extra: [ca, again], trust, at })), 'accepted');
});

holds.run();

// -------------------------------------------------------------------------------------
// what is refused
// -------------------------------------------------------------------------------------

const refused = suite('verifyPath: what is refused');

refused('a time that is none', async () => {
  const trust = await trusting(await root());
  const request = { certificate: await leaf('root'), trust, at: new Date(Number.NaN) };
  assert.is(await refusal(verifyPath(request)), 'TIME_INVALID');
});

refused('an issuer that nobody knows', async () => {
  const trust = await trusting(await root());
  assert.is(await refusal(verifyPath({ certificate: await leaf('nobody'), trust, at })), 'ISSUER_UNKNOWN');
});

refused('a look-alike root: the same name, another key', async () => {
  const trust = await trusting(await root());
  const request = (identifiers: boolean) => leaf('root', { signer: 'false root', identifiers });
  assert.is(await refusal(verifyPath({ certificate: await request(true), trust, at })), 'ISSUER_UNKNOWN');
  const code = await refusal(verifyPath({ certificate: await request(false), trust, at }));
  assert.is(code, 'CERTIFICATE_SIGNATURE_INVALID');
});

refused('a look-alike root that comes along with the certificate', async () => {
  const trust = await trusting(await root());
  const imposed = await link({ subject: 'root', issuer: 'root', key: 'false root', signer: 'false root' });
  const certificate = await leaf('root', { signer: 'false root' });
  assert.is.not(await refusal(verifyPath({ certificate, extra: [imposed], trust, at })), 'accepted');
});

refused('an issuer that is no CA', async () => {
  const trust = await trusting(await root());
  for (const extensions of [[], [basicConstraintsExtension(false)]]) {
    const ca = await link({ subject: 'ca', issuer: 'root', extensions });
    const request = { certificate: await leaf('ca'), extra: [ca], trust, at };
    assert.is(await refusal(verifyPath(request)), 'ISSUER_NOT_CA');
  }
});

refused('more CAs below an issuer than it allows', async () => {
  const trust = await trusting(await root());
  const ca = await link({
    subject: 'ca',
    issuer: 'root',
    extensions: [basicConstraintsExtension(true, 0), keyUsageExtension(['keyCertSign'])],
  });
  const below = await link({ subject: 'below', issuer: 'ca' });
  const request = { certificate: await leaf('below'), extra: [ca, below], trust, at };
  assert.is(await refusal(verifyPath(request)), 'PATH_LENGTH_EXCEEDED');
});

refused('an issuer whose key is for something else', async () => {
  const trust = await trusting(await root());
  const extensions = [basicConstraintsExtension(true), keyUsageExtension(['cRLSign'])];
  const ca = await link({ subject: 'ca', issuer: 'root', extensions });
  const request = { certificate: await leaf('ca'), extra: [ca], trust, at };
  assert.is(await refusal(verifyPath(request)), 'ISSUER_MAY_NOT_SIGN');
});

refused('an issuer that is not valid at the time', async () => {
  const trust = await trusting(await root());
  for (const [change, code] of [
    [{ notAfter: new Date('2025-01-01T00:00:00Z') }, 'ISSUER_EXPIRED'],
    [{ notBefore: new Date('2027-01-01T00:00:00Z') }, 'ISSUER_NOT_YET_VALID'],
  ] as const) {
    const ca = await link({ subject: 'ca', issuer: 'root', change });
    assert.is(await refusal(verifyPath({ certificate: await leaf('ca'), extra: [ca], trust, at })), code);
  }
});

refused('a critical extension that nobody knows, anywhere in the path', async () => {
  const trust = await trusting(await root());
  const unknown = { oid: '1.2.3.4', critical: true, value: w.nullValue };
  const certificate = await leaf('root', { extensions: [unknown] });
  assert.is(await refusal(verifyPath({ certificate, trust, at })), 'CRITICAL_EXTENSION_UNKNOWN');
  const ca = await link({ subject: 'ca', issuer: 'root', extensions: [...caExtensions, unknown] });
  const request = { certificate: await leaf('ca'), extra: [ca], trust, at };
  assert.is(await refusal(verifyPath(request)), 'CRITICAL_EXTENSION_UNKNOWN');
});

refused('SHA-1, except where the past is read', async () => {
  const trust = await trusting(await root());
  const certificate = await leaf('root', { change: { digest: 'SHA-1' } });
  const code = await refusal(verifyPath({ certificate, trust, at }));
  assert.is(code, 'CERTIFICATE_ALGORITHM_NOT_ACCEPTED');
  const past = verifyPath({ certificate, trust, at, algorithms: historicAlgorithms });
  assert.is(await refusal(past), 'accepted');
});

refused('RSA of 1,024 bits, in the certificate and in an issuer', async () => {
  const trust = await trusting(await root());
  const weak = await makeKey(1024);
  const certificate = await leaf('root', { change: { publicKey: weak.publicKey } });
  assert.is(await refusal(verifyPath({ certificate, trust, at })), 'KEY_NOT_ACCEPTED');
  const ca = await link({ subject: 'weak', issuer: 'root', change: { publicKey: weak.publicKey } });
  const below = await leaf('weak', { change: { signer: weak } });
  assert.is(await refusal(verifyPath({ certificate: below, extra: [ca], trust, at })), 'KEY_NOT_ACCEPTED');
});

refused('a key of another kind than RSA and the NIST curves', async () => {
  const trust = await trusting(await root());
  const publicKey = w.sequence(w.sequence(w.oid('1.3.101.112')), w.bitString(new Uint8Array(32)));
  const certificate = await leaf('root', { change: { publicKey } });
  assert.is(await refusal(verifyPath({ certificate, trust, at })), 'KEY_NOT_ACCEPTED');
});

refused('a forged path is called forged even when it has expired', async () => {
  const trust = await trusting(await root());
  const ca = await link({
    subject: 'ca',
    issuer: 'root',
    extensions: [],
    change: { notAfter: new Date('2021-01-01T00:00:00Z') },
  });
  const request = { certificate: await leaf('ca'), extra: [ca], trust, at };
  assert.is(await refusal(verifyPath(request)), 'ISSUER_NOT_CA');
});

refused.run();

// -------------------------------------------------------------------------------------
// the budget
// -------------------------------------------------------------------------------------

const budget = suite('verifyPath: what a search may cost');

budget('a circle of cross certificates ends at once', async () => {
  const trust = await trusting(await root());
  const circle = [
    await link({ subject: 'a', issuer: 'b' }),
    await link({ subject: 'b', issuer: 'c' }),
    await link({ subject: 'c', issuer: 'a' }),
    await link({ subject: 'a', issuer: 'c' }),
    await link({ subject: 'b', issuer: 'a' }),
    await link({ subject: 'c', issuer: 'b' }),
  ];
  const code = await refusal(verifyPath({ certificate: await leaf('a'), extra: circle, trust, at }));
  assert.is(code, 'ISSUER_UNKNOWN');
});

budget('a way out of a circle is found', async () => {
  const trust = await trusting(await root());
  const extra = [
    await link({ subject: 'a', issuer: 'b' }),
    await link({ subject: 'b', issuer: 'a' }),
    await link({ subject: 'b', issuer: 'root' }),
  ];
  const path = await accepted(verifyPath({ certificate: await leaf('a'), extra, trust, at }));
  assert.is(path.length, 4);
});

budget('many issuers of one name cost no more signatures than allowed', async () => {
  const trust = await trusting(await root());
  const extra = [];
  for (let i = 0; i < pathBudget.extra; i += 1) {
    // Every one signs every other: without a budget, a search among 16! paths.
    extra.push(
      await link({
        subject: 'x',
        issuer: 'x',
        key: `x${i % 4}`,
        signer: `x${(i + 1) % 4}`,
        identifiers: false,
      }),
    );
  }
  const certificate = await leaf('x', { signer: 'x0', identifiers: false });
  assert.is(await refusal(verifyPath({ certificate, extra, trust, at })), 'PATH_BUDGET_EXCEEDED');
});

budget('a chain of fifty links is refused, and so is a bag of more than sixteen', async () => {
  const anchor = await root();
  const chain = [await link({ subject: 'n1', issuer: 'root', key: 'odd', signer: 'root' })];
  for (let i = 2; i <= 12; i += 1) {
    const [key, signer] = i % 2 === 0 ? ['even', 'odd'] : ['odd', 'even'];
    chain.push(await link({ subject: `n${i}`, issuer: `n${i - 1}`, key, signer }));
  }
  const certificate = await leaf('n12', { signer: 'even' });
  const trust = await trusting(anchor);
  assert.is(await refusal(verifyPath({ certificate, extra: chain, trust, at })), 'PATH_BUDGET_EXCEEDED');
  const many = Array.from({ length: 50 }, () => chain[0] ?? certificate);
  assert.is(await refusal(verifyPath({ certificate, extra: many, trust, at })), 'PATH_BUDGET_EXCEEDED');
});

budget.run();

// -------------------------------------------------------------------------------------
// trust store
// -------------------------------------------------------------------------------------

const stores = suite('trustStore');

stores('a pin that does not match is an error; spelling does not matter', async () => {
  const { der, fingerprint } = await root();
  const pinned = (pin: string) => refusal(trustStore({ anchors: [{ der, fingerprint: pin }], issuers: [] }));
  assert.is(await pinned(fingerprint.toUpperCase().replace(/(..)(?=.)/g, '$1:')), 'accepted');
  assert.is(await pinned(fingerprint.replace(/^./, (c) => (c === '0' ? '1' : '0'))), 'ANCHOR_PIN_MISMATCH');
  assert.is(await pinned(''), 'ANCHOR_PIN_MISMATCH');
});

stores('it needs an anchor, issuers that are CAs, and each generation once', async () => {
  const { der, fingerprint } = await root();
  const anchors = [{ der, fingerprint }];
  const end = await leaf('root');
  const store = (input: Parameters<typeof trustStore>[0]) => trustStore(input)();
  const issuer = (issuerDer: Uint8Array) => ({ ca: 'GCA', generation: 'G2', der: issuerDer }) as const;
  assert.is(codeOf(await store({ anchors: [], issuers: [] })), 'TRUST_STORE_INVALID');
  assert.is(codeOf(await store({ anchors, issuers: [issuer(end.der)] })), 'TRUST_STORE_INVALID');
  assert.is(codeOf(await store({ anchors, issuers: [issuer(der), issuer(der)] })), 'TRUST_STORE_INVALID');
});

stores('what cannot be read is told', async () => {
  const { der, fingerprint } = await root();
  const anchors = [{ der, fingerprint }];
  const broken = new Uint8Array(3);
  const store = (input: Parameters<typeof trustStore>[0]) => trustStore(input)();
  for (const input of [
    { anchors: [{ der: broken, fingerprint }], issuers: [] },
    { anchors, issuers: [{ ca: 'GCA', generation: 'G2', der: broken }] as const },
    { anchors, issuers: [], links: [{ der: broken }] },
  ]) {
    assert.is(codeOf(await store(input)), 'CERTIFICATE_MALFORMED');
  }
});

stores.run();
