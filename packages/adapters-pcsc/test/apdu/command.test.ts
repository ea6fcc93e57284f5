import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chainOf, encodeCommand } from '../../src/apdu/command.js';
import { hex } from './support.js';

const header = { cla: 0x00, ins: 0xcb, p1: 0x3f, p2: 0xff };
const encoded = (change: { data?: Uint8Array; le?: number }) => hex(encodeCommand({ ...header, ...change }));

const commands = suite('a C-APDU (ISO/IEC 7816-4 5.1)');

commands('the four short cases', () => {
  assert.is(encoded({}), '00cb3fff');
  assert.is(encoded({ le: 8 }), '00cb3fff08');
  assert.is(encoded({ data: Uint8Array.of(1, 2) }), '00cb3fff020102');
  assert.is(encoded({ data: Uint8Array.of(1, 2), le: 8 }), '00cb3fff02010208');
});

commands('256 octets wanted are written 00; no data are no Lc', () => {
  assert.is(encoded({ le: 256 }), '00cb3fff00');
  assert.is(encoded({ data: new Uint8Array(0), le: 256 }), '00cb3fff00');
});

commands('the extended cases, where the short ones do not hold it', () => {
  const data = new Uint8Array(256).fill(7);
  assert.is(encoded({ le: 257 }), '00cb3fff000101');
  assert.is(encoded({ le: 65_536 }), '00cb3fff000000');
  assert.is(encoded({ data }), `00cb3fff000100${hex(data)}`);
  assert.is(encoded({ data, le: 256 }), `00cb3fff000100${hex(data)}0100`);
});

commands(
  'a chain carries all octets in order; all but the last link have the chaining bit and ask for nothing',
  () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_200 }), (data) => {
        const chain = chainOf({ ...header, data, le: 256 });
        assert.equal(
          chain.flatMap((link) => [...(link.data ?? [])]),
          [...data],
        );
        assert.ok(chain.every((link) => (link.data?.length ?? 0) <= 255));
        assert.is(chain.at(-1)?.cla, 0x00);
        assert.is(chain.at(-1)?.le, 256);
        assert.ok(chain.slice(0, -1).every((link) => link.cla === 0x10 && link.le === undefined));
      }),
    );
  },
);

commands.run();
