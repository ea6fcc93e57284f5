import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeName } from '../../src/der/encode-certificate.js';
import { maxValueLength, nameOf } from '../../src/der/name.js';
import { readDer } from '../../src/der/reader.js';
import { nameTypes } from '../../src/name.js';

const names = suite('names in DER');

const read = (value: string) => {
  const node = readDer(encodeName([{ type: nameTypes.commonName, value }]), {
    maxBytes: 65_536,
    maxDepth: 8,
    maxNodes: 100,
  });
  return node._tag === 'Right' ? nameOf(node.right) : undefined;
};

names('a value of as many characters as are allowed is read', () => {
  const value = '測'.repeat(maxValueLength);
  assert.is(read(value)?.rdns[0]?.[0]?.value, value);
});

names('a longer one is no name: putting thousands of combining marks in order takes a second', () => {
  assert.is(read('a'.repeat(maxValueLength + 1)), undefined);
  assert.is(read(`a${'\u0300'.repeat(7_000)}${'\u0316'.repeat(7_000)}`), undefined);
});

names.run();
