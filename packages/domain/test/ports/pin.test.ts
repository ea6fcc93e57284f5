import { inspect } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { singleUsePin } from '../../src/ports/pin.js';

const pins = suite('a PIN');

pins('is given out once', () => {
  const pin = singleUsePin('123456');
  assert.is(pin.consume(), '123456');
  assert.is(pin.consume(), undefined);
});

pins('shows itself nowhere, before and after', () => {
  const pin = singleUsePin('123456');
  const shown = () => [
    String(pin),
    `${pin}`,
    JSON.stringify({ pin }),
    inspect(pin),
    inspect({ deep: { pin } }, { depth: 9, showHidden: true }),
    String(pin.valueOf()),
    Object.entries(pin).join(),
    new Error(`no ${pin}`).message,
  ];
  for (const text of shown()) assert.not.match(text, /123456/);
  assert.is(`${pin}`, '[REDACTED]');
  assert.is(JSON.stringify([pin]), '["[REDACTED]"]');
  pin.consume();
  for (const text of shown()) assert.not.match(text, /123456/);
});

pins('cannot be exchanged for another under way', () => {
  const pin = singleUsePin('123456');
  assert.throws(() => Object.assign(pin, { consume: () => '000000' }));
  assert.is(pin.consume(), '123456');
});

pins.run();
