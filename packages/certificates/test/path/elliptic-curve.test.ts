import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { concatBytes, ownBytes } from '../../src/bytes.js';
import type { PublicKeyInfo } from '../../src/certificate.js';
import { signatureHolds } from '../../src/crypto/verify.js';
import * as w from '../../src/der/writer.js';
import { flipped, text } from '../support.js';

const curves = suite('ECDSA signatures');

const sizes = { 'P-256': 32, 'P-384': 48, 'P-521': 66 } as const;

const signed = async (curve: keyof typeof sizes) => {
  const { subtle } = globalThis.crypto;
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: curve }, true, ['sign', 'verify']);
  const data = ownBytes(text('challenge'));
  const raw = new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-384' }, pair.privateKey, data));
  const der = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
  const info: PublicKeyInfo = {
    der,
    algorithm: { oid: '1.2.840.10045.2.1', parameters: '' },
    key: { type: 'ec', curve },
  };
  return { info, data, raw };
};

const scheme = { key: 'ec', digest: 'SHA-384' } as const;

for (const curve of ['P-256', 'P-384', 'P-521'] as const) {
  curves(`${curve}: the DER form of a signature is verified, a changed one is not`, async () => {
    const { info, data, raw } = await signed(curve);
    const size = sizes[curve];
    const der = w.sequence(w.unsigned(raw.subarray(0, size)), w.unsigned(raw.subarray(size)));
    assert.is(await signatureHolds(scheme, info, data, der), true);
    assert.is(await signatureHolds(scheme, info, data, flipped(der, der.length - 1, 1)), false);
    assert.is(await signatureHolds(scheme, info, text('another'), der), false);
    assert.is(await signatureHolds(scheme, info, data, raw), false);
  });
}

curves('numbers that are negative, too long or too few are no signature', async () => {
  const { info, data, raw } = await signed('P-256');
  const [r, s] = [w.unsigned(raw.subarray(0, 32)), w.unsigned(raw.subarray(32))];
  for (const wrong of [
    w.sequence(r),
    w.sequence(r, s, s),
    w.sequence(Uint8Array.of(2, 1, 0x80), s),
    w.sequence(w.unsigned(new Uint8Array(33).fill(1)), s),
    w.sequence(w.octetString(raw), s),
    concatBytes(w.sequence(r, s), Uint8Array.of(0)),
  ]) {
    assert.is(await signatureHolds(scheme, info, data, wrong), false);
  }
});

curves('a key of another kind than the scheme, or none at all, verifies nothing', async () => {
  const { info, data, raw } = await signed('P-256');
  const der = w.sequence(w.unsigned(raw.subarray(0, 32)), w.unsigned(raw.subarray(32)));
  assert.is(await signatureHolds({ key: 'rsa', digest: 'SHA-256' }, info, data, der), false);
  const broken: PublicKeyInfo = { ...info, der: new Uint8Array(5) };
  assert.is(await signatureHolds(scheme, broken, data, der), false);
});

curves.run();
