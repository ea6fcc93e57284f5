import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../src/server/services.js';
import { logHooks } from '../../src/server/telemetry/log-hooks.js';

const test = suite('lines of the log');

test('what stores and libraries say is one short line, without what a terminal obeys and without IDs (log injection)', () => {
  const lines: LogRecord[] = [];
  const note = (line: LogRecord): void => void lines.push(line);
  const { after } = logHooks({ info: note, warn: note, error: note }, 'gepi');
  const detail = `of A123456789\r\n{"forged":1}\u001b[31m\u2028\u202e${'x'.repeat(1_000)}`;
  const request = new Request('https://gepi.example/');
  after?.({
    ...{ requestId: 'r', request, description: undefined, status: 503, code: 'UNAVAILABLE' },
    ...{ detail, milliseconds: 1 },
  });
  const told = lines[0]?.detail ?? '';
  assert.not.match(told, /A123456789|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  assert.match(told, '{"forged":1}');
  assert.ok(told.length <= 300, String(told.length));
  assert.is(lines.length, 1);
});

test.run();
