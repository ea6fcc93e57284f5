import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nhiBasicData } from '../../src/drivers/nhi-basic-data.js';
import { nhiBasicData as madeData } from '../../src/virtual-card/index.js';

const holder = {
  cardNumber: '000012345678',
  name: '王小明',
  nationalId: 'A123456789',
  birthDate: '0791231',
  sex: 'F',
  issuedOn: '1130105',
} as const;

const read = (octets: Uint8Array) => {
  const data = nhiBasicData(octets);
  if (E.isLeft(data)) throw new Error(data.left.code);
  return data.right;
};

const nhi = suite('NHI basic data');

nhi('57 octets, field by field', () => {
  assert.equal(read(madeData(holder)), {
    cardNumber: '000012345678',
    name: '王小明',
    nationalId: 'A123456789',
    birthDate: '1990-12-31',
    sex: 'F',
    issuedOn: '2024-01-05',
  });
});

nhi('octets after the 57 are not looked at: some readers add state and phone', () => {
  assert.equal(read(Uint8Array.from([...madeData(holder), 0x31, 0x30, 0x39])), read(madeData(holder)));
});

nhi('fewer are refused', () => {
  const data = nhiBasicData(madeData(holder).subarray(0, 56));
  assert.is(E.isLeft(data) ? data.left.code : '', 'CARD_FAULT');
});

nhi('a field that is no such value is absent, the others are there', () => {
  const octets = madeData({ ...holder, nationalId: 'A123456780', birthDate: '0790230' });
  octets.fill(0xff, 12, 32);
  assert.equal(Object.keys(read(octets)).sort(), ['cardNumber', 'issuedOn', 'sex']);
});

nhi('any 57 octets give a value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 57, maxLength: 57 }), (octets) => {
      const data = read(octets);
      assert.ok(Object.values(data).every((value) => typeof value === 'string' && value.length > 0));
    }),
  );
});

nhi.run();
