import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { LayerFault } from '../../src/process/layer.js';
import { pcscMiniFault } from '../../src/process/pcsc-mini-faults.js';
import { smartcardFault } from '../../src/process/smartcard-faults.js';
import { transportFault } from '../../src/transport/transport.js';

const faults = suite('what exceptions of the packages mean');

const mini: ReadonlyArray<readonly [string, string]> = [
  ['NoService', 'NO_PCSC'],
  ['UnknownReader', 'NO_READER'],
  ['NoSmartCard', 'NO_CARD'],
  ['SharingViolation', 'CARD_BUSY'],
  ['ResetCard', 'CARD_RESET'],
  ['RemovedCard', 'CARD_REMOVED'],
  ['NotTransacted', 'TRANSPORT'],
  ['InsufficientBuffer', 'TRANSPORT'],
];

faults('pcsc-mini: by the code of the exception; its text is left out', () => {
  for (const [code, expected] of mini) {
    const fault = pcscMiniFault(Object.assign(new Error('words'), { code }));
    assert.is(fault.code, expected);
    assert.is(fault.detail, `pcsc-mini: ${code}`);
  }
});

const texts: ReadonlyArray<readonly [string, string]> = [
  ['PC/SC service not running', 'NO_PCSC'],
  ['Unknown reader', 'NO_READER'],
  ['No smart card present', 'NO_CARD'],
  ['Sharing violation', 'CARD_BUSY'],
  ['Card was reset', 'CARD_RESET'],
  ['Card was removed', 'CARD_REMOVED'],
  ['Transaction failed', 'TRANSPORT'],
  ['Insufficient buffer', 'TRANSPORT'],
];

faults('smartcard: its errors have no code, so by their text; a text that is not known is TRANSPORT', () => {
  for (const [text, expected] of texts) assert.is(smartcardFault(new Error(text)).code, expected);
});

for (const [name, faultOf] of [
  ['pcsc-mini', pcscMiniFault],
  ['smartcard', smartcardFault],
] as const) {
  faults(`${name}: whatever else is thrown is TRANSPORT, and a fault that is thrown stays what it is`, () => {
    for (const thrown of [
      undefined,
      null,
      'text',
      { code: 'NoService' },
      new Error('?'),
      Object.create(null),
    ]) {
      assert.is(faultOf(thrown).code, 'TRANSPORT');
    }
    const fault = transportFault('NO_READER', 'none');
    assert.is(faultOf(new LayerFault(fault)), fault);
  });
}

faults.run();
