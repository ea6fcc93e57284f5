import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CrlSource } from '../../../src/index.js';
import { day } from './support.js';
import {
  answer,
  ca,
  card,
  complete,
  entryFor,
  errorOf,
  everywhere,
  listOf,
  now,
  outcome,
  partition,
  source,
} from './world.js';

// -------------------------------------------------------------------------------------
// what a list says, and from when on
// -------------------------------------------------------------------------------------

const meaning = suite('crlStatus: meaning');

meaning('a certificate that no entry names is good, and the list is the proof', async () => {
  const list = await listOf();
  const { status, at, source: place, proofs } = await answer(await card(), source({ [partition]: [list] }));
  assert.is(status, 'good');
  assert.is(at.getTime(), now.getTime());
  assert.ok(place.startsWith(`${partition} `));
  assert.equal(proofs, [{ kind: 'crl', fingerprint: list.fingerprint, der: list.der }]);
});

meaning('an entry revokes: day, reason and list are told', async () => {
  const holder = await card();
  const list = await listOf({ entries: [entryFor(holder, { reason: 'keyCompromise' })] });
  const told = await answer(holder, everywhere(list));
  assert.is(told.status, 'revoked');
  assert.is(told.reason, 'keyCompromise');
  assert.equal(told.revokedAt, day('2026-02-01'));
  assert.is(told.proofs?.[0]?.fingerprint, list.fingerprint);
});

meaning('a revocation after the time asked about is not yet one: past evidence stays valid', async () => {
  const holder = await card();
  const revokedAt = new Date('2026-03-02T00:05:01Z');
  const list = everywhere(await listOf({ entries: [entryFor(holder, { revokedAt })] }));
  assert.is(await outcome(holder, list, { at: now }), 'good');
  // By as much as the clocks may differ it is one: the CA's may be ahead of ours.
  assert.is(await outcome(holder, list, { at: new Date('2026-03-02T00:00:01Z') }), 'revoked');
  assert.is(await outcome(holder, list, { at: new Date('2026-03-02T00:00:01Z'), clockSkew: 0 }), 'good');
  assert.is(await outcome(holder, list, { at: revokedAt, clockSkew: 0 }), 'revoked');
  assert.is(await outcome(holder, list, { at: day('2026-03-05') }), 'revoked');
});

meaning('停用 holds, 復用 releases: the entry is gone from the next list', async () => {
  const holder = await card();
  const held = await listOf({ entries: [entryFor(holder, { reason: 'certificateHold' })], number: 10 });
  const released = await listOf({ number: 11, thisUpdate: day('2026-03-02') });
  assert.is(await outcome(holder, everywhere(held)), 'hold');
  assert.is(await outcome(holder, everywhere(released)), 'good');
  // Both are fresh: the newer one knows better, in whatever order they come.
  assert.is(await outcome(holder, everywhere(held, released)), 'good');
  assert.is(await outcome(holder, everywhere(released, held)), 'good');
});

meaning('of two lists that are fresh the newer one tells of a revocation', async () => {
  const holder = await card();
  const before = await listOf({ number: 10 });
  const after = await listOf({ number: 11, thisUpdate: day('2026-03-02'), entries: [entryFor(holder)] });
  assert.is(await outcome(holder, everywhere(before, after)), 'revoked');
});

meaning('held and revoked in one list: revoked, from the earlier day on', async () => {
  const holder = await card();
  const entries = [
    entryFor(holder, { reason: 'certificateHold', revokedAt: day('2026-01-01') }),
    entryFor(holder, { reason: 'keyCompromise', revokedAt: day('2026-02-01') }),
  ];
  const told = await answer(holder, everywhere(await listOf({ entries })));
  assert.is(told.status, 'revoked');
  assert.equal(told.revokedAt, day('2026-01-01'));
});

meaning('removeFromCRL in a complete list takes nothing off it', async () => {
  const holder = await card();
  const list = await listOf({ entries: [entryFor(holder, { reason: 'removeFromCrl' })] });
  assert.is(await outcome(holder, everywhere(list)), 'revoked');
});

meaning('the entry of another certificate says nothing', async () => {
  const [holder, other] = [await card(), await card()];
  const list = everywhere(await listOf({ entries: [entryFor(other)] }));
  assert.is(await outcome(holder, list), 'good');
  assert.is(await outcome(other, list), 'revoked');
});

meaning('a CA is asked about by the list of its root', async () => {
  const authority = await ca();
  const revoked = await listOf({
    issuer: 'Root',
    issuingPoint: { only: 'ca' },
    entries: [entryFor(authority, { reason: 'cACompromise' })],
  });
  const silent = await listOf({ issuer: 'Root', issuingPoint: { only: 'ca' } });
  assert.is(await outcome(authority, everywhere(revoked)), 'revoked');
  assert.is(await outcome(authority, everywhere(silent)), 'good');
});

meaning.run();

// -------------------------------------------------------------------------------------
// places
// -------------------------------------------------------------------------------------

const places = suite('crlStatus: places');

const recording = (crls: CrlSource) => {
  const asked: string[] = [];
  const find: CrlSource['find'] = (query) => {
    asked.push(query.uris[0] ?? '');
    return crls.find(query);
  };
  return { asked, crls: { find } };
};

places('the partition suffices: the complete list is not fetched', async () => {
  const { asked, crls } = recording(
    source({ [partition]: [await listOf({ issuingPoint: { uris: [partition] } })] }),
  );
  assert.is(await outcome(await card(), crls), 'good');
  assert.equal(asked, [partition]);
});

places('where the partition cannot be had, or is refused, the complete list answers', async () => {
  const whole = await listOf();
  const stale = await listOf({ nextUpdate: day('2026-03-01') });
  const holder = await card();
  for (const first of [undefined, stale, await listOf({ issuingPoint: { uris: ['http://x'] } })]) {
    const lists = { [complete]: [whole], ...(first === undefined ? {} : { [partition]: [first] }) };
    const { asked, crls } = recording(source(lists));
    assert.is(await outcome(holder, crls), 'good');
    assert.equal(asked, [partition, complete]);
  }
});

places('without a point, whatever there is of the issuer is asked', async () => {
  const holder = await card([]);
  assert.is(await outcome(holder, source({ '': [await listOf()] })), 'good');
  assert.is(
    await outcome(holder, source({ '': [await listOf({ entries: [entryFor(holder)] })] })),
    'revoked',
  );
  // A partition speaks of those that point to it.
  const part = await listOf({ issuingPoint: { uris: [partition] } });
  assert.is(await outcome(holder, source({ '': [part] })), 'CRL_OUT_OF_SCOPE');
});

places('no answer is never good: nothing there, unreachable, a source that throws', async () => {
  const holder = await card();
  assert.is(await outcome(holder, everywhere()), 'REVOCATION_UNKNOWN');
  assert.is(await outcome(holder, source({})), 'REVOCATION_UNKNOWN');
  const throwing: CrlSource = {
    find: () => {
      throw new Error('broken');
    },
  };
  assert.is(await outcome(holder, throwing), 'REVOCATION_UNKNOWN');
  const rejecting: CrlSource = { find: () => () => Promise.reject(new Error('broken')) };
  assert.is(await outcome(holder, rejecting), 'REVOCATION_UNKNOWN');
  const careless = { find: () => TE.right(undefined) } as unknown as CrlSource;
  assert.is(await outcome(holder, careless), 'REVOCATION_UNKNOWN');
});

places('an empty or broken download is what the source says, never good', async () => {
  const broken: CrlSource = { find: () => TE.left({ code: 'MALFORMED', detail: 'no CRL' }) };
  const error = await errorOf(await card(), broken);
  assert.is(error.code, 'REVOCATION_UNKNOWN');
  assert.match(error.detail, /MALFORMED no CRL/);
});

places('the most telling refusal gives the code, all of them the detail', async () => {
  const lists = { [partition]: [await listOf({ nextUpdate: day('2026-03-01') })] };
  const error = await errorOf(await card(), source(lists));
  assert.is(error.code, 'CRL_STALE');
  assert.match(error.detail, /CRL_0001.*CRL_STALE.*complete\.crl.*UNREACHABLE/);
});

places('a folder of hundreds of partitions makes no endless detail', async () => {
  const lists = await Promise.all(
    Array.from({ length: 40 }, (_, i) => listOf({ issuingPoint: { uris: [`http://ca.test.invalid/${i}`] } })),
  );
  const error = await errorOf(await card(), everywhere(...lists));
  assert.is(error.code, 'CRL_OUT_OF_SCOPE');
  assert.match(error.detail, /more$/);
  assert.ok(error.detail.length < 2000);
});

places('a time that is none is refused before anybody is asked', async () => {
  const { asked, crls } = recording(everywhere(await listOf()));
  assert.is(await outcome(await card(), crls, { at: new Date(Number.NaN) }), 'REVOCATION_UNKNOWN');
  assert.equal(asked, []);
});

places.run();
