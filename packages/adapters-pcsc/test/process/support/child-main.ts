// A child for the tests of a host: does what natives do to a process.
import { serve, tellEvent } from '../../../src/process/serve.js';

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

let messages = 0;
process.on('message', () => {
  messages += 1;
});

const perform = async (request: unknown, alive: () => void): Promise<unknown> => {
  const { op, value } = request as { readonly op: string; readonly value?: unknown };
  if (op === 'echo') return value;
  if (op === 'slow') return wait(150).then(() => value);
  if (op === 'parts') {
    for (let left = Number(value); left > 0; left -= 1) {
      await wait(100);
      alive();
    }
    return value;
  }
  if (op === 'parts, then hang') {
    await perform({ op: 'parts', value }, alive);
    return new Promise(() => undefined);
  }
  if (op === 'messages') return messages;
  if (op === 'pid') return process.pid;
  if (op === 'event') return tellEvent(value);
  if (op === 'hang') return new Promise(() => undefined);
  if (op === 'block') for (;;);
  if (op === 'say') {
    // Past what a child says of its own accord.
    process.send?.(value);
    return new Promise(() => undefined);
  }
  if (op === 'babble') {
    setInterval(() => process.send?.({ id: 1_000, answer: 'yours' }), 20);
    return new Promise(() => undefined);
  }
  if (op === 'exit') return process.exit(3);
  if (op === 'print') return console.log(value);
  throw new Error(`no such thing: ${op}`);
};

await serve(async () => {
  const [how] = process.argv.slice(2);
  if (how === 'absent') throw new Error('there is no such library');
  if (how === 'stuck') await new Promise(() => undefined);
  return perform;
});
