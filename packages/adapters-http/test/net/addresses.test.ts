import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { addressRule } from '../../src/net/addresses.js';

const rule = (allow?: ReadonlyArray<string>): ((address: string) => boolean) => {
  const made = addressRule(allow);
  if (made === undefined) throw new Error('no rule');
  return made;
};

const addresses = suite('which addresses are connected to');

const refused: Readonly<Record<string, ReadonlyArray<string>>> = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  'private (RFC 1918)': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'link-local': ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  'metadata of clouds': ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200'],
  'shared by carriers (RFC 6598)': ['100.64.0.1', '100.127.255.255'],
  'protocols of the IETF, and relays (RFC 6890, RFC 7526)': ['192.0.0.1', '192.0.0.170', '192.88.99.1'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'],
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  'broadcast and reserved': ['255.255.255.255', '240.0.0.1'],
  'documentation and benchmarks': [
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '198.18.0.1',
    '2001:db8::1',
    '3fff::1',
  ],
  'unique local': ['fc00::1', 'fdff::1'],
  'site-local, which is no more': ['fec0::1'],
  'IPv4 in IPv6, mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1'],
  'IPv4 in IPv6, translated (NAT64, 6to4, Teredo)': [
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::1',
    '2001:0:1::1',
  ],
  'no address': ['', 'localhost', '1.2.3', '127.1', '0x7f.0.0.1', '1.2.3.4.5', ':::', '1.1.1.1 '],
};

for (const [kind, list] of Object.entries(refused)) {
  addresses(`refused: ${kind}`, () => {
    const allowed = rule();
    for (const address of list) assert.is(allowed(address), false, address);
  });
}

addresses('public addresses are let pass, also those next to what is refused', () => {
  const allowed = rule();
  for (const address of [
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2606:4700::1111',
    '2400::1',
  ]) {
    assert.is(allowed(address), true, address);
  }
});

addresses('what is configured is let pass, and nothing beside it', () => {
  const allowed = rule(['10.20.0.0/16', 'fd12::/64', '127.0.0.1']);
  for (const address of ['10.20.0.1', '10.20.255.255', 'fd12::1', '127.0.0.1']) {
    assert.is(allowed(address), true, address);
  }
  for (const address of ['10.21.0.1', '10.19.255.255', 'fd12:0:0:1::1', '127.0.0.2', '::1']) {
    assert.is(allowed(address), false, address);
  }
});

addresses('a rule with one entry that cannot be read is no rule', () => {
  for (const entry of [
    '',
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '::/129',
    '*',
  ]) {
    assert.is(addressRule(['10.0.0.0/8', entry]), undefined, entry);
  }
});

addresses('no private address passes, whichever it is', () => {
  const allowed = rule();
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(octet, octet, octet, (b, c, d) => {
      for (const address of [
        `10.${b}.${c}.${d}`,
        `127.${b}.${c}.${d}`,
        `192.168.${c}.${d}`,
        `172.${16 + (b % 16)}.${c}.${d}`,
        `169.254.${c}.${d}`,
        `${224 + (b % 32)}.${b}.${c}.${d}`,
        `::ffff:10.${b}.${c}.${d}`,
      ]) {
        assert.is(allowed(address), false, address);
      }
    }),
  );
});

addresses('any text gets an answer and no exception', () => {
  const allowed = rule(['10.0.0.0/8']);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4Extended()), (text) => {
      assert.type(allowed(text), 'boolean');
    }),
  );
});

addresses.run();
