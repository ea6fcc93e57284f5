/** Certificates in a CMS that nobody signed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suiteNeeding } from '@mandate/testing';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as w from '../../src/der/writer.js';
import { certificatesIn, certificatesOnly } from '../../src/index.js';
import { codeOf, rightOf, sharedPki, text } from '../support.js';

const cards = async (count: number): Promise<ReadonlyArray<Uint8Array>> => {
  const pki = await sharedPki();
  const { certificate } = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  return [certificate, ...Array.from({ length: count - 1 }, () => pki.authority('MOICA G3').certificate)];
};

const only = suite('certificates alone (RFC 5272 4.1)');

only('what goes in comes out, in its order', async () => {
  for (const count of [1, 2, 10]) {
    const given = await cards(count);
    assert.equal(rightOf(certificatesIn(certificatesOnly(given))), given);
  }
});

only('none, and more than ten, are refused', async () => {
  assert.is(codeOf(certificatesIn(certificatesOnly([]))), 'SIGNED_DATA_MALFORMED');
  assert.is(codeOf(certificatesIn(certificatesOnly(await cards(11)))), 'SIGNED_DATA_MALFORMED');
});

only('an answer of a card is not one: somebody signed it', async () => {
  const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  assert.is(codeOf(certificatesIn(await card.sign(text('x')))), 'SIGNER_COUNT');
});

only('content without a signer, and what is no certificate, are refused', async () => {
  const [der = new Uint8Array(0)] = await cards(1);
  const cms = (content: Uint8Array, bag: Uint8Array): Uint8Array =>
    w.sequence(
      w.oid('1.2.840.113549.1.7.2'),
      w.context(0, w.sequence(w.smallInteger(1), w.setOf(), content, w.context(0, bag), w.setOf())),
    );
  const data = w.oid('1.2.840.113549.1.7.1');
  const without = w.sequence(data);
  assert.is(codeOf(certificatesIn(cms(without, der))), 'accepted');
  const withContent = w.sequence(data, w.context(0, w.octetString(text('x'))));
  assert.is(codeOf(certificatesIn(cms(withContent, der))), 'SIGNED_DATA_MALFORMED');
  assert.is(codeOf(certificatesIn(cms(without, w.octetString(der)))), 'SIGNED_DATA_MALFORMED');
});

only('garbage and too much are refused, and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      assert.is(codeOf(certificatesIn(octets)), 'SIGNED_DATA_MALFORMED');
    }),
  );
  assert.is(codeOf(certificatesIn(new Uint8Array(65_537))), 'SIGNED_DATA_TOO_LARGE');
  assert.is(codeOf(certificatesIn('text' as unknown as Uint8Array)), 'SIGNED_DATA_MALFORMED');
});

only.run();

const openssl = suiteNeeding('certificates alone and the openssl command', {
  available: spawnSync('openssl', ['version']).status === 0,
  reason: 'no openssl command',
  remedy: 'npm run setup:system',
});

openssl('each reads what the other writes', async () => {
  const given = await cards(2);
  const pem = spawnSync('openssl', ['pkcs7', '-inform', 'DER', '-print_certs'], {
    input: certificatesOnly(given),
  });
  assert.is(pem.status, 0, String(pem.stderr));
  assert.is(String(pem.stdout).match(/BEGIN CERTIFICATE/g)?.length, 2);
  const folder = mkdtempSync(join(tmpdir(), 'certificates-only-'));
  const file = join(folder, 'certificates.pem');
  writeFileSync(file, pem.stdout);
  const again = spawnSync('openssl', ['crl2pkcs7', '-nocrl', '-certfile', file, '-outform', 'DER']);
  rmSync(folder, { recursive: true });
  assert.equal(rightOf(certificatesIn(new Uint8Array(again.stdout))), given);
});

openssl.run();
