import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { concatBytes } from '../../src/bytes.js';
import { generalNameOf } from '../../src/der/general-names.js';
import { readDer } from '../../src/der/reader.js';
import type { GeneralName } from '../../src/general-name.js';
import { isBoundBy, positionOf } from '../../src/path/names/compare.js';
import { generalName, type NameOf } from './extensions.js';

/** A name as it is read from a certificate. */
const read = (name: NameOf): GeneralName => {
  const node = readDer(concatBytes(generalName(name)), { maxBytes: 8192, maxDepth: 12, maxNodes: 1000 });
  const found = node._tag === 'Right' ? generalNameOf(node.right) : undefined;
  if (found === undefined) throw new Error('no name');
  return found;
};

const compare = (name: NameOf, base: NameOf): string => positionOf(read(name), read(base));

type TextForm = 'rfc822' | 'dns' | 'uri';

const table = (type: TextForm, rows: ReadonlyArray<readonly [string, string, string]>): void => {
  for (const [value, base, expected] of rows) {
    const position = compare({ type, value }, { type, value: base });
    assert.is(position, expected, `${value} to ${base}`);
  }
};

const positions = suite('names and subtrees (RFC 5280 4.2.1.10)');

positions('a host name lies inside a domain by whole labels, without regard to case', () => {
  table('dns', [
    ['agency.invalid', 'agency.invalid', 'inside'],
    ['www.Agency.invalid', 'aGENCY.invalid', 'inside'],
    ['notagency.invalid', 'agency.invalid', 'outside'],
    ['invalid', 'agency.invalid', 'outside'],
    ['agency.invalid', '', 'inside'],
    ['www.agency.invalid', '.agency.invalid', 'inside'],
    ['agency.invalid', '.agency.invalid', 'outside'],
  ]);
});

positions('a wildcard touches a domain that it could stand for, and lies inside the one it stands in', () => {
  table('dns', [
    ['*.agency.invalid', 'agency.invalid', 'inside'],
    ['*.agency.invalid', 'www.agency.invalid', 'overlaps'],
    ['*.agency.invalid', 'a.b.agency.invalid', 'overlaps'],
    ['*.agency.invalid', 'other.invalid', 'outside'],
  ]);
});

positions('a subtree that has no meaning says of no name that it lies outside', () => {
  table('dns', [
    ['www.agency.invalid', '*.agency.invalid', 'unsupported'],
    ['www.agency.invalid', 'agency.invalid.', 'unsupported'],
    ['www.agency.invalid', '..agency.invalid', 'unsupported'],
    ['www.agency.invalid', '.', 'unsupported'],
    ['www.agency.invalid', 'https://agency.invalid', 'unsupported'],
  ]);
  table('rfc822', [
    ['wang@agency.invalid', '', 'unsupported'],
    ['wang@agency.invalid', '.', 'unsupported'],
    ['wang@agency.invalid', '@agency.invalid', 'unsupported'],
    ['wang@agency.invalid', '"wang"@agency.invalid', 'unsupported'],
    ['wang@agency.invalid', 'wang@*.invalid', 'unsupported'],
    ['wang@agency.invalid', 'agency.invalid.', 'unsupported'],
  ]);
  table('uri', [
    ['http://agency.invalid/', '', 'unsupported'],
    ['http://agency.invalid/', 'agency.invalid:80', 'unsupported'],
    ['http://agency.invalid/', 'http://agency.invalid/', 'unsupported'],
  ]);
});

positions('a star that is not the whole first label is not compared', () => {
  table('dns', [
    ['w*.agency.invalid', 'www.agency.invalid', 'unreadable'],
    ['www.*.invalid', 'agency.invalid', 'unreadable'],
    ['*.*.invalid', 'agency.invalid', 'unreadable'],
    ['*', 'agency.invalid', 'unreadable'],
  ]);
});

positions('a host name in another spelling than labels between dots is not compared', () => {
  table('dns', [
    ['agency.invalid.', 'agency.invalid', 'unreadable'],
    ['.agency.invalid', 'agency.invalid', 'unreadable'],
    ['www..agency.invalid', 'agency.invalid', 'unreadable'],
    ['www%2eagency.invalid', 'agency.invalid', 'unreadable'],
    ['www.agency.invalid:80', 'agency.invalid', 'unreadable'],
    ['', 'agency.invalid', 'unreadable'],
  ]);
});

positions(
  'a mailbox is compared exactly, a host as that host, a domain with a dot as what is below it',
  () => {
    table('rfc822', [
      ['wang@agency.invalid', 'wang@agency.invalid', 'inside'],
      ['wang@Agency.INVALID', 'wang@agency.invalid', 'inside'],
      ['Wang@agency.invalid', 'wang@agency.invalid', 'outside'],
      ['wang@agency.invalid', 'agency.invalid', 'inside'],
      ['wang@mail.agency.invalid', 'agency.invalid', 'outside'],
      ['wang@mail.agency.invalid', '.agency.invalid', 'inside'],
      ['wang@agency.invalid', '.agency.invalid', 'outside'],
      ['wang@xagency.invalid', '.agency.invalid', 'outside'],
    ]);
  },
);

positions('an address with a quoted, empty or missing local part is not compared', () => {
  for (const address of [
    '"wang"@agency.invalid',
    '@agency.invalid',
    'agency.invalid',
    'wang@',
    'a b@c.invalid',
  ]) {
    table('rfc822', [[address, 'agency.invalid', 'unreadable']]);
  }
  // What stands before the last @ belongs to the mailbox.
  table('rfc822', [['a@agency.invalid@other.invalid', 'agency.invalid', 'outside']]);
});

positions('a URI is compared by its host alone', () => {
  table('uri', [
    ['https://agency.invalid/path', 'agency.invalid', 'inside'],
    ['https://www.agency.invalid/', 'agency.invalid', 'outside'],
    ['https://www.agency.invalid:8443/?a#b', '.agency.invalid', 'inside'],
    ['ldap://agency.invalid', '.agency.invalid', 'outside'],
    ['https://agency.invalid@other.invalid/', 'agency.invalid', 'outside'],
    ['https://user:pass@agency.invalid/', 'agency.invalid', 'inside'],
    ['https://other.invalid?agency.invalid', 'agency.invalid', 'outside'],
    ['https://other.invalid#@agency.invalid', 'agency.invalid', 'outside'],
  ]);
});

positions('a URI without a host that has a name is not compared', () => {
  for (const address of [
    'urn:oid:1.2.3',
    'mailto:wang@agency.invalid',
    'https://10.0.0.1/',
    'https://[2001:db8::1]/',
    'https:///path',
    'https://other.invalid\\@agency.invalid/',
    'https://other.invalid@x@agency.invalid/',
    'https://agency.invalid:port/',
    'agency.invalid',
  ]) {
    table('uri', [[address, 'agency.invalid', 'unreadable']]);
  }
});

const ip = (...octets: ReadonlyArray<number>): NameOf => ({ type: 'ip', octets });

positions('an address lies inside a network of its own family', () => {
  const network = ip(10, 1, 0, 0, 255, 255, 0, 0);
  assert.is(compare(ip(10, 1, 200, 3), network), 'inside');
  assert.is(compare(ip(10, 2, 0, 1), network), 'outside');
  // The first octets of another family are no network of this one.
  assert.is(compare(ip(10, 1, ...Array<number>(14).fill(0)), network), 'outside');
  assert.is(compare(ip(10, 1, 0, 0), ip(10, 1, 0, 0, 255, 255, 255, 255)), 'inside');
  assert.is(compare(ip(1, 2, 3, 4), ip(0, 0, 0, 0, 0, 0, 0, 0)), 'inside');
});

positions('a network that is none, and an address that is one, are not compared', () => {
  assert.is(compare(ip(10, 1, 0, 1), ip(10, 1, 0, 0, 255, 0, 255, 0)), 'unsupported');
  assert.is(compare(ip(10, 1, 0, 1), ip(10, 1, 0, 0)), 'unsupported');
  assert.is(compare(ip(10, 1, 0, 1), ip(...Array<number>(16).fill(0))), 'unsupported');
  const network = ip(10, 1, 0, 0, 255, 255, 0, 0);
  assert.is(compare(ip(10, 1, 0, 0, 255, 255, 0, 0), network), 'unreadable');
});

const directory = (...parts: ReadonlyArray<string>): NameOf => ({
  type: 'directory',
  name: parts.map((part) => ({ type: `2.5.4.${part.split('=')[0]}`, value: part.split('=')[1] ?? '' })),
});

positions(
  'a directory name lies inside what it begins with, by whole relative names, as names are compared',
  () => {
    const base = directory('6=TW', '10=行政院');
    assert.is(compare(directory('6=TW', '10=行政院', '11=測試機關'), base), 'inside');
    assert.is(compare(directory('6=tw', '10= 行政院 '), base), 'inside');
    assert.is(compare(directory('6=TW'), base), 'outside');
    assert.is(compare(directory('6=TW', '10=行政院部'), base), 'outside');
    assert.is(compare(directory('10=行政院', '6=TW'), base), 'outside');
    assert.is(compare(directory('6=TW', '10=行政院","x'), base), 'outside');
    assert.is(compare(directory('6=TW'), directory()), 'inside');
  },
);

positions('names of a form that has no rule are compared with nothing, and forms not with each other', () => {
  const other: NameOf = { type: 'other', oid: '1.2.3' };
  const registered: NameOf = { type: 'registeredId', oid: '1.2.3' };
  assert.is(compare(other, other), 'unsupported');
  assert.is(compare(registered, registered), 'unsupported');
  assert.is(isBoundBy(read(other), read(other)), true);
  assert.is(isBoundBy(read(other), read(registered)), false);
  assert.is(isBoundBy(read({ type: 'dns', value: 'a' }), read({ type: 'uri', value: 'a' })), false);
  const [x400, edi] = [3, 5].map(
    (number) => ({ type: 'other', number, der: new Uint8Array() }) as GeneralName,
  );
  assert.is(x400 && edi && isBoundBy(x400, edi), false);
});

positions('RFC 9598 6: limits of mail bind mailboxes in UTF-8, which nobody compares', () => {
  const mailbox: NameOf = { type: 'other', oid: '1.3.6.1.5.5.7.8.9' };
  const base: NameOf = { type: 'rfc822', value: 'agency.invalid' };
  assert.is(isBoundBy(read(mailbox), read(base)), true);
  assert.is(compare(mailbox, base), 'unsupported');
  assert.is(isBoundBy(read({ type: 'other', oid: '1.2.3' }), read(base)), false);
  assert.is(isBoundBy(read(mailbox), read({ type: 'dns', value: 'agency.invalid' })), false);
});

positions.run();
