/** Deltas (RFC 5280 5.2.4, 6.3.3 (c), (h) to (k)). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { freshestCrlExtension } from '../../../src/der/encode-crl.js';
import * as w from '../../../src/der/writer.js';
import { text } from '../../support.js';
import { day } from './support.js';
import { answer, card, complete, entryFor, everywhere, listOf, now, outcome, source } from './world.js';

const deltas = suite('crlStatus: deltas');

const freshest = 'http://ca.test.invalid/delta.crl';

const deltaOf = (change: Parameters<typeof listOf>[0] = {}) =>
  listOf({
    baseNumber: 10,
    number: 12,
    thisUpdate: day('2026-03-02'),
    nextUpdate: day('2026-03-03'),
    ...change,
  });

deltas('tells of a revocation since the complete list; both are proofs', async () => {
  const holder = await card();
  const base = await listOf();
  const delta = await deltaOf({ entries: [entryFor(holder)] });
  const told = await answer(holder, everywhere(base, delta));
  assert.is(told.status, 'revoked');
  assert.equal(
    told.proofs?.map(({ fingerprint }) => fingerprint),
    [base.fingerprint, delta.fingerprint],
  );
  assert.is(await outcome(await card(), everywhere(base, delta)), 'good');
});

deltas('is found where the list or the certificate says', async () => {
  const delta = async (holder: Awaited<ReturnType<typeof card>>) => ({
    [freshest]: [await deltaOf({ entries: [entryFor(holder)] })],
  });
  const one = await card([{ uris: [complete] }]);
  const saying = await listOf({ freshest: [{ uris: [freshest] }] });
  assert.is(await outcome(one, source({ [complete]: [saying], ...(await delta(one)) })), 'revoked');
  const two = await card([{ uris: [complete] }], [freshestCrlExtension([{ uris: [freshest] }])]);
  assert.is(await outcome(two, source({ [complete]: [await listOf()], ...(await delta(two)) })), 'revoked');
  // A complete list is fresh by itself: the delta that cannot be had is not missed.
  assert.is(await outcome(two, source({ [complete]: [await listOf()] })), 'good');
});

deltas('removeFromCRL releases what was on hold, and nothing else', async () => {
  const holder = await card();
  const release = await deltaOf({ entries: [entryFor(holder, { reason: 'removeFromCrl' })] });
  const listed = (reason: 'certificateHold' | 'keyCompromise' | 'unspecified') =>
    listOf({ entries: [entryFor(holder, { reason })] });
  assert.is(await outcome(holder, everywhere(await listed('certificateHold'), release)), 'good');
  assert.is(await outcome(holder, everywhere(await listed('keyCompromise'), release)), 'revoked');
  assert.is(await outcome(holder, everywhere(await listed('unspecified'), release)), 'revoked');
  assert.is(await outcome(holder, everywhere(await listOf(), release)), 'good');
});

deltas('with a date to come does not end the hold before it', async () => {
  const holder = await card();
  const held = await listOf({ entries: [entryFor(holder, { reason: 'certificateHold' })] });
  const soon = new Date(now.getTime() + 600_000);
  const revoking = entryFor(holder, { reason: 'keyCompromise', revokedAt: soon });
  const delta = await deltaOf({ entries: [revoking] });
  const told = await answer(holder, everywhere(held, delta));
  assert.is(told.status, 'revoked');
  assert.equal(told.revokedAt, day('2026-02-01'));
  const again = entryFor(holder, { reason: 'certificateHold', revokedAt: soon });
  assert.is(await outcome(holder, everywhere(held, await deltaOf({ entries: [again] }))), 'hold');
});

deltas('that has ended still tells of revocations, and releases nothing', async () => {
  const holder = await card();
  const old = { thisUpdate: day('2026-03-01'), nextUpdate: new Date('2026-03-01T12:00:00Z') };
  const revoking = await deltaOf({ ...old, entries: [entryFor(holder)] });
  assert.is(await outcome(holder, everywhere(await listOf(), revoking)), 'revoked');
  const releasing = await deltaOf({ ...old, entries: [entryFor(holder, { reason: 'removeFromCrl' })] });
  const held = await listOf({ entries: [entryFor(holder, { reason: 'certificateHold' })] });
  assert.is(await outcome(holder, everywhere(held, releasing)), 'hold');
});

deltas('of two the newer one counts', async () => {
  const holder = await card();
  const held = await listOf({ entries: [entryFor(holder, { reason: 'certificateHold' })] });
  const first = await deltaOf({ number: 11, thisUpdate: day('2026-03-01'), entries: [entryFor(holder)] });
  const second = await deltaOf({ entries: [entryFor(holder, { reason: 'removeFromCrl' })] });
  assert.is(await outcome(holder, everywhere(held, first, second)), 'good');
});

deltas('without its complete list says nothing', async () => {
  assert.is(await outcome(await card(), everywhere(await deltaOf())), 'CRL_DELTA_MISMATCH');
});

deltas('on a complete list that is newer than ours: ours is known to be behind', async () => {
  assert.is(
    await outcome(await card(), everywhere(await listOf(), await deltaOf({ baseNumber: 11 }))),
    'CRL_DELTA_MISMATCH',
  );
});

deltas('numbers are compared as numbers', async () => {
  const holder = await card();
  const base = await listOf({ number: 255 });
  const delta = await deltaOf({ baseNumber: 16, number: 4096, entries: [entryFor(holder)] });
  assert.is(await outcome(holder, everywhere(base, delta)), 'revoked');
  const late = await deltaOf({ baseNumber: 4095, number: 4096 });
  assert.is(await outcome(holder, everywhere(base, late)), 'CRL_DELTA_MISMATCH');
});

deltas('older than the complete list, of another scope or key adds nothing', async () => {
  const holder = await card();
  const base = await listOf();
  const entries = [entryFor(holder)];
  for (const delta of [
    await deltaOf({ number: 10, baseNumber: 9, entries }),
    await deltaOf({ issuingPoint: { only: 'user' }, entries }),
    await deltaOf({ authorityKey: text('another'), entries }),
    await deltaOf({ thisUpdate: day('2026-03-03'), nextUpdate: day('2026-03-04'), entries }),
  ]) {
    assert.is(await outcome(holder, everywhere(base, delta)), 'good');
  }
});

deltas('that is there and must not be believed refuses the list', async () => {
  const holder = await card();
  const base = await listOf();
  const forged = await deltaOf({ signer: 'Stranger', authorityKey: text('CA') });
  assert.is(await outcome(holder, everywhere(base, forged)), 'CRL_SIGNATURE_INVALID');
  assert.is(
    await outcome(holder, everywhere(base, await deltaOf({ digest: 'SHA-1' }))),
    'CRL_ALGORITHM_NOT_ACCEPTED',
  );
  const extensions = [{ oid: '2.999.1', critical: true, value: w.nullValue }];
  assert.is(await outcome(holder, everywhere(base, await deltaOf({ extensions }))), 'CRL_EXTENSION_UNKNOWN');
});

deltas.run();
