/**
 * What the gate accepts has one encoding. The package never writes what it has read and judges the very octets; so that
 * writing them again gives the same octets is shown here instead of at every login.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { sharedData, suiteNeeding } from '@mandate/testing';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { concatBytes } from '../../src/bytes.js';
import { contentOf, type DerNode, readDer, tags } from '../../src/der/reader.js';
import * as w from '../../src/der/writer.js';
import { flipped, sharedPki, text } from '../support.js';

const limits = { maxBytes: 65_536, maxDepth: 20, maxNodes: 4_000 };

/** Writes an element from its tag and its values alone: lengths anew, members of a set in their order. */
const written = (node: DerNode): Uint8Array => {
  const { tag, children } = node;
  if ((tag & 0x20) !== 0) {
    const parts = children.map(written);
    return tag === tags.set ? w.setOf(...parts) : w.element(tag, ...parts);
  }
  if (tag !== tags.integer || (contentOf(node)[0] ?? 0) >= 0x80) return w.element(tag, contentOf(node));
  return w.unsigned(contentOf(node));
};

const isItsOwnEncoding = (der: Uint8Array): boolean => {
  const read = readDer(der, limits);
  return read._tag === 'Left' || Buffer.from(written(read.right)).equals(der);
};

const accepts = (der: Uint8Array): boolean => readDer(der, limits)._tag === 'Right';

// -------------------------------------------------------------------------------------
const made = suite('one encoding');

made('a card’s certificate and answer are written again as they stand', async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  for (const der of [card.certificate, await card.sign(text('challenge'), { withCardNumber: true })]) {
    assert.ok(accepts(der));
    assert.ok(isItsOwnEncoding(der));
  }
});

made('and so is whatever of their mutations is accepted', async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  let passed = 0;
  fc.assert(
    fc.property(
      fc.nat(card.certificate.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.uint8Array({ maxLength: 2 }),
      (index, mask, put) => {
        const changed = flipped(card.certificate, index, mask);
        const longer = concatBytes(changed.subarray(0, index), put, changed.subarray(index));
        if (accepts(changed)) passed += 1;
        return isItsOwnEncoding(changed) && isItsOwnEncoding(longer);
      },
    ),
    { numRuns: 2_000 },
  );
  assert.ok(passed > 200, 'the property speaks of something');
});

made('small garbage that is accepted has one encoding', () => {
  const octet = fc.oneof(fc.constantFrom(0x30, 0x31, 0x02, 0x04, 0x05, 0x81, 0, 1, 2, 3), fc.nat(255));
  const garbage = fc.array(octet, { maxLength: 12 }).map((octets) => Uint8Array.from(octets));
  fc.assert(
    fc.property(garbage, (octets) => isItsOwnEncoding(octets)),
    { numRuns: 5_000 },
  );
});

made.run();

// -------------------------------------------------------------------------------------
const folders = ['pkits/certs', 'pkits/crls', 'ca-certs', 'test-cards'].map((name) =>
  sharedData(...name.split('/')),
);
const real = suiteNeeding('one encoding, of what others made', {
  available: folders.every((folder) => folder !== undefined),
  reason: 'no pkits, ca-certs and test-cards in ../shared/data',
  remedy: 'put pkits, ca-certs and test-cards into ../shared/data',
});

const derOf = (file: string): Uint8Array => {
  const raw = readFileSync(file);
  if (raw[0] === 0x30) return new Uint8Array(raw);
  return new Uint8Array(Buffer.from(raw.toString('latin1').replace(/-----[^-]+-----|\s/g, ''), 'base64'));
};

real('certificates of the GPKI, of its test cards and of PKITS, and the CRLs of PKITS', () => {
  const files = folders.flatMap((folder = '') => readdirSync(folder).map((name) => `${folder}/${name}`));
  const ders = files.map(derOf);
  const passed = ders.filter(accepts);
  // Cards answer in BER and in files of certificates too; PKITS has a few that are wrong on purpose.
  assert.ok(ders.length - passed.length < 5, `${passed.length} of ${ders.length}`);
  assert.ok(passed.length > 570);
  for (const der of passed) assert.ok(isItsOwnEncoding(der));
});

real.run();
