import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromHex } from '../../src/bytes.js';
import type { Certificate } from '../../src/certificate.js';
import { authorityKeyExtension, encodeName } from '../../src/der/encode-certificate.js';
import * as w from '../../src/der/writer.js';
import { candidatesFor, mayHaveIssued } from '../../src/path/candidates.js';
import { text, today } from '../support.js';
import { caExtensions, leaf, link } from './support.js';

const at = today.getTime();

const order = (last: Certificate, pool: ReadonlyArray<Certificate>, chain = [last]) =>
  candidatesFor(chain, last, pool, at).map(({ fingerprint }) => fingerprint);

/** authorityKeyIdentifier with issuer and serial number, and the key identifier where one is given. */
const namedIssuer = (issuer: Certificate, serial = issuer.serialNumber, keyIdentifier?: Uint8Array) => {
  const digits = serial.length % 2 === 0 ? serial : `0${serial}`;
  return {
    ...authorityKeyExtension(text('')),
    value: w.sequence(
      ...(keyIdentifier === undefined ? [] : [w.contextPrimitive(0, keyIdentifier)]),
      w.context(1, w.context(4, issuer.issuer.der)),
      w.contextPrimitive(2, fromHex(digits) ?? new Uint8Array(0)),
    ),
  };
};

const candidates = suite('possible issuers');

candidates('an issuer has the name, and the key identifier where both have one', async () => {
  const ca = await link({ subject: 'ca', issuer: 'root' });
  assert.is(mayHaveIssued(ca, await leaf('ca')), true);
  assert.is(mayHaveIssued(ca, await leaf('other', { signer: 'ca' })), false);
  assert.is(mayHaveIssued(ca, await leaf('ca', { signer: 'another key' })), false);
  assert.is(mayHaveIssued(ca, await leaf('ca', { identifiers: false, signer: 'another key' })), true);
});

candidates('an equal key identifier comes before a missing one', async () => {
  const silent = await link({ subject: 'ca', issuer: 'root', key: 'k1', identifiers: false });
  const equal = await link({ subject: 'ca', issuer: 'root', key: 'k2' });
  const last = await leaf('ca', { signer: 'k2' });
  assert.equal(order(last, [silent, equal]), [equal.fingerprint, silent.fingerprint]);
});

candidates(
  'the certificate that issuer and serial number name comes first, but the others stay',
  async () => {
    const first = await link({ subject: 'ca', issuer: 'root', key: 'k1', identifiers: false });
    const second = await link({ subject: 'ca', issuer: 'root', key: 'k2', identifiers: false });
    const named = (issuer: Certificate) =>
      leaf('ca', { identifiers: false, extensions: [namedIssuer(issuer)] });
    assert.equal(order(await named(second), [first, second]), [second.fingerprint, first.fingerprint]);
    assert.equal(order(await named(first), [first, second]), [first.fingerprint, second.fingerprint]);
    const nobody = await leaf('ca', { identifiers: false, extensions: [namedIssuer(first, '7F')] });
    assert.is(order(nobody, [first, second]).length, 2);
  },
);

candidates('one that is valid comes before one that has ended, a key identifier before both', async () => {
  const ended = { notAfter: new Date('2021-01-01T00:00:00Z') };
  const old = await link({ subject: 'ca', issuer: 'root', key: 'k1', identifiers: false, change: ended });
  const now = await link({ subject: 'ca', issuer: 'root', key: 'k2', identifiers: false });
  const last = await leaf('ca', { signer: 'k3' });
  assert.equal(order(last, [old, now]), [now.fingerprint, old.fingerprint]);
  const equal = await link({ subject: 'ca', issuer: 'root', key: 'k3', change: ended });
  assert.equal(order(last, [old, now, equal])[0], equal.fingerprint);
});

candidates('a name with a key that the chain has passed is not passed again', async () => {
  const name = encodeName([{ type: '2.5.4.6', value: 'TW' }]);
  const change = { subject: name, issuer: name };
  const one = await link({
    subject: 'a',
    issuer: 'b',
    key: 'k1',
    signer: 'k2',
    extensions: caExtensions,
    change,
  });
  const two = await link({
    subject: 'a',
    issuer: 'b',
    key: 'k2',
    signer: 'k1',
    extensions: caExtensions,
    change,
  });
  const again = await link({
    subject: 'a',
    issuer: 'b',
    key: 'k1',
    signer: 'k3',
    extensions: caExtensions,
    change,
  });
  assert.equal(order(two, [one, again, two], [one, two]), []);
});

candidates.run();
