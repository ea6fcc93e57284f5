import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '@mandate/testing/card-service';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { Host } from '../../src/process/host.js';
import type { TransportFault } from '../../src/transport/transport.js';
import { startChild } from './support/child.js';

const patience = 60_000;

const codeOf = (answer: E.Either<TransportFault, unknown>): string =>
  E.isLeft(answer) ? answer.left.code : 'answered';

const answerOf = (answer: E.Either<TransportFault, unknown>): unknown =>
  E.isRight(answer) ? answer.right : answer.left;

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const pidOf = async (host: Host): Promise<number> =>
  Number(answerOf(await host.ask({ op: 'pid' }, patience)));

const goneSoon = async (pid: number): Promise<void> => {
  await until(
    async () => !runs(pid),
    () => `the end of process ${pid}`,
  );
};

const host = suite('a process for native code');

host('answers in the order in which it is asked, octets as octets', async () => {
  const child = startChild();
  const value = Uint8Array.of(1, 2, 255);
  const answers = await Promise.all([
    child.ask({ op: 'slow', value: 1 }, patience),
    child.ask({ op: 'echo', value }, patience),
  ]);
  assert.is(answerOf(answers[0]), 1);
  const octets = answerOf(answers[1]);
  assert.ok(octets instanceof Uint8Array);
  assert.equal([...octets], [...value]);
  await child.end();
});

host('what is asked in one turn goes over in one message, and is done in order', async () => {
  const child = startChild();
  await pidOf(child);
  const before = Number(answerOf(await child.ask({ op: 'messages' }, patience)));
  const answers = await Promise.all([
    child.ask({ op: 'slow', value: 1 }, patience, { isFollowed: true }),
    child.ask({ op: 'echo', value: 2 }, patience, { isFollowed: true }),
    child.ask({ op: 'messages' }, patience),
  ]);
  assert.equal(answers.map(answerOf), [1, 2, before + 1]);
  await child.end();
});

host(
  'an answer that may wait for the next one comes all the same where that takes long or hangs',
  async () => {
    const child = startChild();
    await pidOf(child);
    const order: Array<string> = [];
    const asked = (name: string, answer: ReturnType<Host['ask']>) =>
      answer.then((told) => {
        order.push(name);
        return told;
      });
    const [first, long, last] = await Promise.all([
      asked('first', child.ask({ op: 'echo', value: 1 }, patience, { isFollowed: true })),
      asked('long', child.ask({ op: 'parts', value: 10 }, patience, { whole: patience, isFollowed: true })),
      asked('last', child.ask({ op: 'hang' }, 1_000)),
    ]);
    assert.is(answerOf(first), 1);
    assert.is(answerOf(long), 10);
    assert.is(codeOf(last), 'TIMEOUT');
    assert.equal(order, ['first', 'long', 'last']);
  },
);

host('several answers in one message are read as strictly as one', async () => {
  for (const value of [[{ ready: true }], [{ id: 7, answer: 1 }], [{ event: 1 }, 3], [[{ event: 1 }]]]) {
    const child = startChild();
    await pidOf(child);
    assert.is(codeOf(await child.ask({ op: 'say', value }, patience)), 'TRANSPORT', JSON.stringify(value));
    assert.ok(child.isOver());
  }
});

host('an exception is the fault of that one request', async () => {
  const child = startChild();
  const answer = await child.ask({ op: 'other' }, patience);
  assert.is(codeOf(answer), 'TRANSPORT');
  assert.is(answerOf(await child.ask({ op: 'echo', value: 2 }, patience)), 2);
  await child.end();
});

host('what it tells unasked arrives, in order', async () => {
  const events: Array<unknown> = [];
  const child = startChild({ onEvent: (event) => events.push(event) });
  for (const value of [1, 2, 3]) await child.ask({ op: 'event', value }, patience);
  assert.equal(events, [1, 2, 3]);
  await child.end();
});

for (const op of ['hang', 'block']) {
  host(
    `${op}: when the deadline passes it is killed: TIMEOUT, and TRANSPORT for what waits behind`,
    async () => {
      const over: Array<string> = [];
      const child = startChild({ onOver: ({ code }) => over.push(code) });
      const pid = await pidOf(child);
      const answers = await Promise.all([
        child.ask({ op }, 100),
        child.ask({ op: 'echo' }, patience),
        child.ask({ op: 'echo' }, patience),
      ]);
      assert.equal(answers.map(codeOf), ['TIMEOUT', 'TRANSPORT', 'TRANSPORT']);
      assert.equal(over, ['TIMEOUT']);
      assert.ok(child.isOver());
      await goneSoon(pid);
    },
  );
}

host('the time of a request begins when the one before has been answered', async () => {
  const child = startChild();
  await pidOf(child);
  const slow = Array.from({ length: 12 }, (_, value) => child.ask({ op: 'slow', value }, 1_500));
  assert.equal((await Promise.all(slow)).map(answerOf), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  await child.end();
});

host('what is done in parts may take longer than a part, as long as each is done in time', async () => {
  const child = startChild();
  await pidOf(child);
  // Thirty parts of a tenth of a second each: more than a part may take.
  assert.is(answerOf(await child.ask({ op: 'parts', value: 30 }, 2_000, { whole: patience })), 30);
  await child.end();
});

host('a part that hangs is TIMEOUT after the time of one part, not of all', async () => {
  const child = startChild();
  const pid = await pidOf(child);
  const before = performance.now();
  assert.is(
    codeOf(await child.ask({ op: 'parts, then hang', value: 6 }, 1_000, { whole: 10 * patience })),
    'TIMEOUT',
  );
  assert.ok(performance.now() - before < patience);
  await goneSoon(pid);
});

host('what is done in parts has a time for all of them', async () => {
  const child = startChild();
  const pid = await pidOf(child);
  assert.is(codeOf(await child.ask({ op: 'parts', value: 100_000 }, patience, { whole: 700 })), 'TIMEOUT');
  await goneSoon(pid);
});

host('a process that says that it goes on with what has no parts says what it must not', async () => {
  const child = startChild();
  await pidOf(child);
  const answer = await child.ask({ op: 'parts', value: 100_000 }, patience);
  assert.is(codeOf(answer), 'TRANSPORT');
  assert.ok(child.isOver());
});

host('a process that crashes is TRANSPORT, for what was asked and what is asked after', async () => {
  const child = startChild();
  const answers = await Promise.all([
    child.ask({ op: 'exit' }, patience),
    child.ask({ op: 'echo' }, patience),
  ]);
  assert.equal(answers.map(codeOf), ['TRANSPORT', 'TRANSPORT']);
  assert.is(codeOf(await child.ask({ op: 'echo' }, patience)), 'TRANSPORT');
  assert.ok(child.isOver());
});

host('what cannot be loaded is NO_PCSC at once, with the reason', async () => {
  const child = startChild({ args: ['absent'] });
  const answer = await child.ask({ op: 'echo' }, patience);
  assert.is(codeOf(answer), 'NO_PCSC');
  assert.match(JSON.stringify(answer), 'there is no such library');
});

host('what never finishes loading is TIMEOUT', async () => {
  const child = startChild({ args: ['stuck'], startDeadline: 100 });
  assert.is(codeOf(await child.ask({ op: 'echo' }, patience)), 'TIMEOUT');
});

host('a program that is not there is a fault, not an exception', async () => {
  const child = startChild({ entry: { path: '/nowhere/at/all.js', execArgv: [] } });
  assert.is(codeOf(await child.ask({ op: 'echo' }, patience)), 'TRANSPORT');
});

host('after the end, which may come twice, the process is gone and everything is CLOSED', async () => {
  const child = startChild();
  const pid = await pidOf(child);
  const left = child.ask({ op: 'hang' }, patience);
  await Promise.all([child.end(), child.end()]);
  assert.not.ok(runs(pid));
  assert.is(codeOf(await left), 'CLOSED');
  assert.is(codeOf(await child.ask({ op: 'echo' }, patience)), 'CLOSED');
});

const nonsense: ReadonlyArray<readonly [string, unknown]> = [
  ['null', null],
  ['a number', 7],
  ['a text', 'ready'],
  ['an array', [1]],
  ['an array of nothing', []],
  ['nothing that is known', {}],
  ['an answer without a question', { answer: 1 }],
  ['an answer to another question', { id: 1_000, answer: 1 }],
  // The third that is asked, which waits behind this one.
  ['an answer to a question that still waits', { id: 2, answer: 1 }],
  ['an exception of another question', { id: 'x', threw: 'words' }],
  ['a reason that is none', { absent: { toString: 1 } }],
];

for (const [what, value] of nonsense) {
  host(`a child that says ${what} is ended: TRANSPORT for all that was asked`, async () => {
    const over: Array<string> = [];
    const child = startChild({ onOver: ({ code }) => over.push(code) });
    const pid = await pidOf(child);
    const answers = await Promise.all([
      child.ask({ op: 'say', value }, patience),
      child.ask({ op: 'echo' }, patience),
    ]);
    assert.equal(answers.map(codeOf), ['TRANSPORT', 'TRANSPORT']);
    assert.equal(over, ['TRANSPORT']);
    await goneSoon(pid);
  });
}

host('a child that babbles does not put its deadline off', async () => {
  const child = startChild();
  const pid = await pidOf(child);
  assert.is(codeOf(await child.ask({ op: 'babble' }, patience)), 'TRANSPORT');
  await goneSoon(pid);
});

host('a process that cannot be started at all is a fault, not an exception', async () => {
  const over: Array<string> = [];
  const child = startChild({
    entry: { path: '/nowhere\u0000at/all.js', execArgv: [] },
    onOver: ({ code }) => over.push(code),
  });
  assert.is(codeOf(await child.ask({ op: 'echo' }, patience)), 'TRANSPORT');
  assert.ok(child.isOver());
  child.hold()();
  await child.end();
});

const parent = async (
  how: string,
): Promise<{ readonly pid: number; readonly said: string; readonly end: () => void }> => {
  const main = new URL('./support/parent-main.ts', import.meta.url).pathname;
  const program = spawn(process.execPath, [...process.execArgv, main, how], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  program.stdout.on('data', (chunk) => {
    said += chunk;
  });
  program.stderr.on('data', (chunk) => {
    said += chunk;
  });
  if (how === 'idle') await once(program, 'close');
  else while (!said.includes('\n')) await once(program.stdout, 'data');
  return { pid: Number.parseInt(said, 10), said, end: () => program.kill('SIGKILL') };
};

host(
  'an idle child keeps no program running, ends with it, and what it prints is printed nowhere',
  async () => {
    const { pid, said } = await parent('idle');
    assert.ok(pid > 0);
    assert.is(said, `${pid}\n`);
    await goneSoon(pid);
  },
);

host('a child whose parent is killed ends, also while something hangs in it', async () => {
  const { pid, end } = await parent('blocked');
  assert.ok(runs(pid));
  end();
  await goneSoon(pid);
});

host.run();
