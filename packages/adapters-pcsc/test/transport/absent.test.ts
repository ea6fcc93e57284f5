import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { beside } from '../../src/process/entry.js';
import { startHost } from '../../src/process/host.js';
import { hostedTransport } from '../../src/transport/hosted.js';
import { defaultDeadlines } from '../../src/transport/hosted-parts.js';
import { pcscTransport } from '../../src/transport/pcsc.js';
import { childrenOf } from './support/children.js';

const absent = suite('a machine without packages for PC/SC');

absent('every answer is NO_PCSC at once, and says what could not be loaded', async () => {
  const transport = hostedTransport({
    start: (onEvent, onOver) =>
      startHost({
        entry: beside('../../src/process/pcsc-main', import.meta.url),
        args: ['some-package', 'another'],
        startDeadline: defaultDeadlines.start,
        onEvent,
        onOver,
      }),
    deadlines: defaultDeadlines,
  });
  for (const task of [transport.list(), transport.connect('Some Reader'), transport.watch(() => undefined)]) {
    const answer = await task();
    assert.ok(E.isLeft(answer));
    assert.is(answer.left.code, 'NO_PCSC');
    assert.match(answer.left.detail, 'some-package: not known; another: not known');
  }
  await transport.close();
});

absent('a transport that was never used has no process, and none is left after close', async () => {
  const before = await childrenOf(process.pid);
  const transport = pcscTransport();
  assert.equal(await childrenOf(process.pid), before);
  await transport.list()();
  assert.is((await childrenOf(process.pid)).length, before.length + 1);
  await transport.close();
  assert.equal(await childrenOf(process.pid), before);
});

absent.run();
