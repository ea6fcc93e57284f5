import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { controlLine } from '../../src/virtual-card/control-lines.js';
import { programOptions } from '../../src/virtual-card/program.js';
import { frame, frames } from '../../src/virtual-card/vpcd-frames.js';
import { hex } from './support.js';

const test = suite('mandate-virtual-card: what it is told');

test('a line is one JSON object with what to do', () => {
  assert.equal(controlLine('{"do":"insert"}'), { do: 'insert' });
  assert.equal(controlLine('{"do":"misbehave","type":"pull","during":"verify"}'), {
    do: 'misbehave',
    mischief: { type: 'pull', during: 'verify' },
  });
  assert.equal(controlLine('{"do":"misbehave","type":"slow","milliseconds":300}'), {
    do: 'misbehave',
    mischief: { type: 'slow', during: 'any', milliseconds: 300 },
  });
  assert.equal(controlLine('{"do":"misbehave","type":"truncate","octets":1,"during":"sign"}'), {
    do: 'misbehave',
    mischief: { type: 'truncate', during: 'sign', octets: 1 },
  });
});

test('a line without meaning is none', () => {
  for (const line of [
    '',
    'insert',
    '[]',
    'null',
    '{"do":"eat"}',
    '{"do":"misbehave"}',
    '{"do":"misbehave","type":"slow","milliseconds":-1}',
    '{"do":"misbehave","type":"answer","hex":"900"}',
    '{"do":"misbehave","type":"pull","during":"lunch"}',
  ]) {
    assert.is(controlLine(line), undefined, line);
  }
});

test('any text is a line or none, and nothing throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const line = controlLine(text);
      assert.ok(line === undefined || typeof line.do === 'string');
    }),
  );
});

test('options have their defaults, and mistakes are told in words', () => {
  assert.equal(programOptions(['--kind', 'piv']), {
    kind: 'piv',
    pin: '123456',
    tries: 3,
    host: '127.0.0.1',
    port: 35_963,
    out: false,
    quiet: false,
  });
  assert.match(String(programOptions([])), /--kind is one of/);
  assert.match(String(programOptions(['--kind', 'visa'])), /--kind is one of/);
  assert.match(String(programOptions(['--kind', 'piv', '--pin', '12'])), /6 to 8 digits/);
  assert.match(String(programOptions(['--kind', 'piv', '--port', '99999'])), /numbers/);
  assert.match(String(programOptions(['--kidn', 'piv'])), /--kidn/);
});

test('messages of vpcd are found whole, however they are cut on their way', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (messages, cuts) => {
        const wire = Uint8Array.from(messages.flatMap((one) => [...frame(one)]));
        const take = frames();
        const found: string[] = [];
        for (let at = 0, turn = 0; at < wire.length; turn += 1) {
          const step = cuts[turn % cuts.length] ?? 1;
          found.push(...take(wire.slice(at, at + step)).map(hex));
          at += step;
        }
        assert.equal(found, messages.map(hex));
      },
    ),
  );
});

test.run();
