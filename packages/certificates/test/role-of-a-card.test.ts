/** What a card's certificate must say to sign for anybody, and what of the trust store is none of its business. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keyUsageExtension } from '../src/der/encode-certificate.js';
import { type Certificate, extensionOids, trustStore, verifyCertificate } from '../src/index.js';
import { type CertificateSpec, makeCertificate } from '../src/test-pki/index.js';
import { accepted, decoded, refusal, sharedPki, termsOf } from './support.js';

const role = suite('the certificate of a card');

/** The same certificate with something changed, signed by its own CA. */
const remade = async (certificate: Certificate, change: Partial<CertificateSpec>): Promise<Uint8Array> =>
  makeCertificate({
    serial: Uint8Array.of(0x12, 0x34),
    issuer: certificate.issuer.der,
    subject: certificate.subject.der,
    notBefore: new Date(certificate.notBefore),
    notAfter: new Date(certificate.notAfter),
    publicKey: certificate.publicKeyInfo.der,
    extensions: certificate.extensions,
    signer: (await sharedPki()).authority('MOICA G3').key,
    ...change,
  });

const citizen = async (): Promise<Certificate> =>
  decoded((await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' })).certificate);

const verdict = async (der: Uint8Array) => refusal(verifyCertificate({ der, ...termsOf(await sharedPki()) }));

role('that is made anew as it was is accepted, or the rest would prove nothing', async () => {
  assert.is(await verdict(await remade(await citizen(), {})), 'accepted');
});

role('without key usage signs for nobody: KEY_USAGE_NOT_ACCEPTED', async () => {
  const card = await citizen();
  const extensions = card.extensions.filter(({ oid }) => oid !== extensionOids.keyUsage);
  assert.is(await verdict(await remade(card, { extensions })), 'KEY_USAGE_NOT_ACCEPTED');
});

role('with another key usage than to sign, too: KEY_USAGE_NOT_ACCEPTED', async () => {
  const card = await citizen();
  const others = card.extensions.filter(({ oid }) => oid !== extensionOids.keyUsage);
  for (const usage of [['nonRepudiation'], ['keyEncipherment', 'dataEncipherment']] as const) {
    const extensions = [...others, keyUsageExtension(usage)];
    assert.is(await verdict(await remade(card, { extensions })), 'KEY_USAGE_NOT_ACCEPTED');
  }
});

role('is accepted whatever has become of a CA that is not its own', async () => {
  const pki = await sharedPki();
  const other = await decoded(pki.authority('GCA G2').certificate);
  const past = { notBefore: new Date('2000-01-01T00:00:00Z'), notAfter: new Date('2010-01-01T00:00:00Z') };
  const expired = await remade(other, { ...past, signer: pki.authority('GRCA G2').key });
  const issuers = [...pki.trustInput.issuers, { ca: 'GCA', generation: 'G0', der: expired }] as const;
  const trust = await accepted(trustStore({ ...pki.trustInput, issuers }));
  const { der } = await citizen();
  assert.is(await refusal(verifyCertificate({ der, ...termsOf(pki, { trust }) })), 'accepted');
});

role.run();
