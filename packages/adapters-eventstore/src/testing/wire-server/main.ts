/**
 * The test server as a process of its own: `--port 0 --file events.jsonl --max-append-size 1048576 --login name:password`.
 *
 * Prints one line, `listening <port>`, when it can be used. A parent that spawned it with an IPC channel orders faults with
 * messages `{ order: [call, fault, options] }` and works the door with `{ door: ['cut'] }`.
 *
 * @packageDocumentation
 */
import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Faults } from './faults.js';
import { startWireServer } from './server.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    file: { type: 'string' },
    'max-append-size': { type: 'string' },
    login: { type: 'string' },
  },
});

const server = await startWireServer({
  port: Number(values.port),
  ...(values.file === undefined ? {} : { file: values.file }),
  ...(values['max-append-size'] === undefined ? {} : { maxAppendSize: Number(values['max-append-size']) }),
  ...(values.login === undefined ? {} : { login: values.login }),
});

/** A message of the parent. */
export interface WireServerOrder {
  readonly order?: Parameters<Faults['order']>;
  readonly door?: 'cut' | 'stall' | 'resume';
}

process.on('message', ({ order, door }: WireServerOrder) => {
  if (order !== undefined) server.faults.order(...order);
  if (door !== undefined) server.door[door]();
  process.send?.('done');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop().then(() => process.exit(0)));
}
writeSync(1, `listening ${server.port}\n`);
