import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Crl, decodeCrl } from '../../../src/index.js';
import { flipped } from '../../support.js';
import { answer, card, complete, entryFor, everywhere, listDer, outcome, source } from './world.js';

const mutations = suite('a list that was tampered with');

/** What a source brings of these octets. */
const brought = async (der: Uint8Array): Promise<ReadonlyArray<Crl>> => {
  const read = await decodeCrl(der)();
  return E.isRight(read) ? [read.right] : [];
};

mutations('every octet of a list changed in one bit: never good, never revoked, never on hold', async () => {
  const [holder, other] = [await card([{ uris: [complete] }]), await card()];
  for (const entries of [[], [entryFor(other, { reason: 'superseded' }), entryFor(holder)]]) {
    const der = await listDer({ entries, issuingPoint: { uris: [complete] } });
    assert.is(
      await outcome(holder, everywhere(...(await brought(der)))),
      entries.length === 0 ? 'good' : 'revoked',
    );
    for (let at = 0; at < der.length; at += 1) {
      const lists = await brought(flipped(der, at, 1 << (at % 8)));
      const code = await outcome(holder, source({ [complete]: lists }));
      assert.match(code, /^CRL_|^REVOCATION_UNKNOWN$/, `octet ${at}`);
    }
  }
});

mutations('any octets changed in any way', async () => {
  const holder = await card([{ uris: [complete] }]);
  const der = await listDer({ entries: [entryFor(await card())] });
  await fc.assert(
    fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const code = await outcome(holder, source({ [complete]: await brought(flipped(der, at, mask)) }));
      assert.match(code, /^CRL_|^REVOCATION_UNKNOWN$/);
    }),
    { numRuns: 300 },
  );
});

mutations('the checked signature of one record says nothing of another', async () => {
  const holder = await card([{ uris: [complete] }]);
  const der = await listDer();
  const [good] = await brought(der);
  if (good === undefined) throw new Error('not read');
  assert.is((await answer(holder, everywhere(good))).status, 'good');
  assert.is((await answer(holder, everywhere(good))).status, 'good');
  const [bad] = await brought(flipped(der, der.length - 1, 1));
  if (bad === undefined) throw new Error('not read');
  assert.is(await outcome(holder, everywhere(bad)), 'CRL_SIGNATURE_INVALID');
});

mutations.run();
