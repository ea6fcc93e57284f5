import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tlv } from '../../src/apdu/tlv.js';
import { certificatePlaces, isComplete, keyEntries } from '../../src/drivers/pkcs15.js';

const text = (letters: string): Uint8Array => new TextEncoder().encode(letters);
const hex = (letters: string): string => Buffer.from(letters).toString('hex');
const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const sequence = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => tlv(0x30, ...parts);

/** A certificate as the CDF of a HiCOS card has it; the offset as octets of an INTEGER. */
const certificate = (id: string, ...offset: ReadonlyArray<number>): Uint8Array =>
  sequence(
    sequence(tlv(0x0c, text('label'))),
    sequence(tlv(0x04, text(id))),
    tlv(0xa1, sequence(sequence(tlv(0x04, Uint8Array.of(0x3f, 0)), tlv(0x02, Uint8Array.from(offset))))),
  );

const key = (id: string, ...reference: ReadonlyArray<number>): Uint8Array =>
  sequence(
    sequence(tlv(0x0c, text('label'))),
    sequence(tlv(0x04, text(id)), tlv(0x02, Uint8Array.from(reference))),
  );

const pkcs15 = suite('what PKCS #15 directories say (6.3, 6.6)');

pkcs15('certificates by identifier and offset; those of CAs are not the holder’s', () => {
  const cdf = joined(
    certificate('SIGN', 0),
    certificate('KEYX', 0x07, 0),
    certificate('CACert', 0x0e, 0),
    certificate('ROOTCACert', 0x15, 0),
  );
  assert.equal(certificatePlaces(cdf), [
    { id: hex('SIGN'), offset: 0 },
    { id: hex('KEYX'), offset: 0x0700 },
  ]);
});

pkcs15(
  'an offset goes as far as READ BINARY does; a negative one, one that is too large or too long is none',
  () => {
    const offsetOf = (...octets: ReadonlyArray<number>) =>
      certificatePlaces(certificate('SIGN', ...octets))[0]?.offset;
    assert.is(offsetOf(0x7f, 0xff), 0x7fff);
    assert.is(offsetOf(0x00, 0x80, 0x00), undefined);
    assert.is(offsetOf(0xff), undefined);
    assert.is(offsetOf(0x80, 0x00), undefined);
    assert.is(offsetOf(0, 0, 0, 0, 5), undefined);
    assert.is(offsetOf(), undefined);
  },
);

pkcs15('a key reference is one octet', () => {
  const referenceOf = (...octets: ReadonlyArray<number>) => keyEntries(key('SIGN', ...octets))[0]?.reference;
  assert.is(referenceOf(0x11), 0x11);
  assert.is(referenceOf(0x00, 0xff), 0xff);
  assert.is(referenceOf(0x01, 0x00), undefined);
  assert.is(referenceOf(0xff), undefined);
});

pkcs15('sixteen entries are as many as any card has; what comes after is not looked at', () => {
  const cdf = joined(...Array.from({ length: 20 }, (_, at) => certificate(`C${at}`, at)));
  assert.is(certificatePlaces(cdf).length, 16);
  const prkdf = joined(...Array.from({ length: 20 }, (_, at) => key(`K${at}`, at)));
  assert.equal(
    keyEntries(prkdf).map(({ reference }) => reference),
    Array.from({ length: 16 }, (_, at) => at),
  );
});

pkcs15('a directory is read up to its filler, and to its end where it has none', () => {
  const cdf = certificate('SIGN', 0);
  assert.not.ok(isComplete(cdf));
  assert.ok(isComplete(joined(cdf, Uint8Array.of(0))));
  assert.ok(isComplete(joined(cdf, Uint8Array.of(0xff, 0xff))));
  // Cut in the middle of an entry there is more to come.
  assert.not.ok(isComplete(cdf.subarray(0, -1)));
});

pkcs15('an entry that cannot be read hides no other', () => {
  const cdf = joined(sequence(Uint8Array.of(0x04, 0x7f)), tlv(0x04, text('x')), certificate('SIGN', 7));
  assert.equal(certificatePlaces(cdf), [{ id: hex('SIGN'), offset: 7 }]);
});

pkcs15.run();
