/** No octet of a valid certificate can be changed and the certificate still be a yes. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificateCache, trustStore, verifyCertificate } from '../../src/index.js';
import { accepted, agencyProfile, citizenProfile, flipped, refusal, sharedPki, termsOf } from '../support.js';

const changed = suite('a changed certificate');

/** Keeps nothing between two questions. */
const forgetful = async () => {
  const pki = await sharedPki();
  return accepted(trustStore({ ...pki.trustInput, cache: certificateCache({ maxEntries: 0 }) }));
};

const masks = [0x01, 0x80, 0x20, 0xff];

changed('a citizen’s: every octet, in its lowest bit, its highest, its case bit and entirely', async () => {
  const pki = await sharedPki();
  const trust = await forgetful();
  const { certificate } = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const verdict = (der: Uint8Array) =>
    refusal(verifyCertificate({ der, ...termsOf(pki, { trust, profile: citizenProfile }) }));
  assert.is(await verdict(certificate), 'accepted');
  for (let index = 0; index < certificate.length; index += 1) {
    for (const mask of masks) {
      assert.is.not(
        await verdict(flipped(certificate, index, mask)),
        'accepted',
        `octet ${index} xor ${mask}`,
      );
    }
  }
});

changed('a CA’s, sent along with a card’s: the path through it is gone', async () => {
  const pki = await sharedPki();
  const { certificate } = await pki.issueAgency({
    ca: 'GCA',
    name: '測試機關',
    organisationOid: '2.16.886.101.20003',
  });
  const { certificate: authority } = pki.authority('GCA G2');
  const anchors = pki.trustInput.anchors;
  const verdict = async (der: Uint8Array) => {
    const trust = await trustStore({ anchors, issuers: [{ ca: 'GCA', generation: 'G2', der }] })();
    if (trust._tag === 'Left') return trust.left.code;
    const terms = termsOf(pki, { trust: trust.right, profile: agencyProfile });
    return refusal(verifyCertificate({ der: certificate, ...terms }));
  };
  assert.is(await verdict(authority), 'accepted');
  for (let index = 0; index < authority.length; index += 1) {
    assert.is.not(await verdict(flipped(authority, index, 0x01)), 'accepted', `octet ${index}`);
  }
});

changed.run();
