/** No octet of a valid answer can be changed and the answer still be a yes. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificateCache, trustStore, verifySignedData } from '../../src/index.js';
import { accepted, flipped, refusal, sharedPki, termsOf, text } from '../support.js';

const challenge = text('{"nonce":"Q2hhbGxlbmdl"}');

/** An answer, and a judge that keeps nothing between two questions. */
const setting = async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const cms = await card.sign(challenge, {
    signingTime: new Date('2026-03-02T00:00:00Z'),
    withCardNumber: true,
  });
  const trust = await accepted(trustStore({ ...pki.trustInput, cache: certificateCache({ maxEntries: 0 }) }));
  const verdict = (changed: Uint8Array) =>
    refusal(verifySignedData({ cms: changed, content: challenge, ...termsOf(pki, { trust }) }));
  return { cms, verdict };
};

/**
 * The last arc of rsaEncryption in the signer's algorithm: sha256WithRSAEncryption in its place says the same and
 * must be read too (RFC 5754 3.2). It is the only octet with a second spelling.
 */
const twin = (cms: Uint8Array, index: number, mask: number): boolean => {
  const name = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
  const before = cms.subarray(index - 8, index + 1);
  return name.every((octet, i) => before[i] === octet) && (1 ^ mask) === 11;
};

const mutations = suite('a changed answer');

mutations('the unchanged answer is accepted, or the rest would prove nothing', async () => {
  const { cms, verdict } = await setting();
  assert.is(await verdict(cms), 'accepted');
});

mutations(
  'every octet, the certificate’s too, changed in its lowest bit, its highest, its case bit and entirely',
  async () => {
    const { cms, verdict } = await setting();
    for (let index = 0; index < cms.length; index += 1) {
      for (const mask of [0x01, 0x80, 0x20, 0xff]) {
        assert.is.not(await verdict(flipped(cms, index, mask)), 'accepted', `octet ${index} xor ${mask}`);
      }
    }
  },
);

mutations('any octet changed in any way', async () => {
  const { cms, verdict } = await setting();
  await fc.assert(
    fc.asyncProperty(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), async (index, mask) => {
      fc.pre(!twin(cms, index, mask));
      assert.is.not(await verdict(flipped(cms, index, mask)), 'accepted');
    }),
    { numRuns: 600 },
  );
});

mutations('octets cut off, put in or taken out', async () => {
  const { cms, verdict } = await setting();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(cms.length - 1),
      fc.uint8Array({ maxLength: 3 }),
      fc.nat(3),
      async (at, put, out) => {
        fc.pre(put.length + out > 0);
        const changed = Uint8Array.from([...cms.subarray(0, at), ...put, ...cms.subarray(at + out)]);
        fc.pre(changed.length !== cms.length || changed.some((octet, i) => octet !== cms[i]));
        assert.is.not(await verdict(changed), 'accepted');
      },
    ),
    { numRuns: 300 },
  );
});

mutations('garbage and truncated answers never throw', async () => {
  const { cms, verdict } = await setting();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (garbage) => {
      assert.is.not(await verdict(garbage), 'accepted');
    }),
    { numRuns: 200 },
  );
  for (let length = 0; length < cms.length; length += 11) {
    assert.is(await verdict(cms.subarray(0, length)), 'SIGNED_DATA_MALFORMED');
  }
});

mutations.run();
