import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeSha256, randomIds, systemClock } from '../src/index.js';

const test = suite('clock, ids and hash of Node');

test('SHA-256 of the test vectors of FIPS 180-2', () => {
  assert.is(nodeSha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.is(nodeSha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('property: the hash is of the UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.is(nodeSha256(text), createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex'));
    }),
  );
});

test('ids have their form and never come twice', () => {
  const uuids = new Set(Array.from({ length: 1_000 }, () => randomIds.uuid()));
  const nonces = new Set(Array.from({ length: 1_000 }, () => randomIds.nonce()));
  assert.is(uuids.size, 1_000);
  assert.is(nonces.size, 1_000);
  for (const uuid of uuids)
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const nonce of nonces) assert.match(nonce, /^[\w-]{43}$/);
});

test('the clock tells milliseconds since 1970', () => {
  const before = Date.now();
  const now = systemClock.now();
  assert.ok(before <= now && now <= Date.now());
});

test.run();
