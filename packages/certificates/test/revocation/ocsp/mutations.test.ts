/** No octet of an OCSP answer can be changed and the answer still be a yes. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeOcsp } from '../../../src/index.js';
import { flipped } from '../../support.js';
import { answer, minutes, nonce, world } from './support.js';

/** The status, or the code of the refusal. */
const outcome = async (response: Uint8Array): Promise<string> => {
  const judged = await judgeOcsp({ question: (await world()).question, response, asked: nonce })();
  return judged._tag === 'Right' ? judged.right.status : judged.left.code;
};

const mutations = suite('a changed OCSP answer');

mutations('the unchanged answers say good and revoked, or the rest would prove nothing', async () => {
  assert.is(await outcome(await answer()), 'good');
  assert.is(await outcome(await answer({ single: { status: { revokedAt: minutes(-9) } } })), 'revoked');
});

mutations('every octet, changed in its lowest bit, its highest bit and entirely, is never good', async () => {
  const response = await answer();
  for (let index = 0; index < response.length; index += 1) {
    for (const mask of [0x01, 0x80, 0xff]) {
      assert.is.not(await outcome(flipped(response, index, mask)), 'good', `octet ${index} xor ${mask}`);
    }
  }
});

mutations('any octet changed in any way is never good, whatever the answer said', async () => {
  const said = [
    await answer(),
    await answer({ single: { status: { revokedAt: minutes(-9), reason: 6 } } }),
    await answer({ single: { status: 'unknown' } }),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...said),
      fc.nat(4_000),
      fc.integer({ min: 1, max: 255 }),
      async (response, index, mask) => {
        assert.is.not(await outcome(flipped(response, index % response.length, mask)), 'good');
      },
    ),
    { numRuns: 600 },
  );
});

mutations('octets cut off, put in or taken out', async () => {
  const response = await answer();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(response.length - 1),
      fc.uint8Array({ maxLength: 3 }),
      fc.nat(3),
      async (at, put, out) => {
        const changed = Uint8Array.from([
          ...response.subarray(0, at),
          ...put,
          ...response.subarray(at + out),
        ]);
        fc.pre(changed.length !== response.length || changed.some((octet, i) => octet !== response[i]));
        assert.is.not(await outcome(changed), 'good');
      },
    ),
    { numRuns: 300 },
  );
});

mutations('garbage and truncated answers never throw', async () => {
  const response = await answer();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (garbage) => {
      assert.is(await outcome(garbage), 'OCSP_MALFORMED');
    }),
    { numRuns: 200 },
  );
  for (let length = 0; length < response.length; length += 11) {
    assert.is(await outcome(response.subarray(0, length)), 'OCSP_MALFORMED');
  }
});

mutations.run();
