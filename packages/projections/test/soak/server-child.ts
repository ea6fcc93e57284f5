/** The wire-level test server in a process of its own, which keeps what it acknowledged in a file. */
import { writeSync } from 'node:fs';
import { type Fault, startWireServer } from '@mandate/adapters-eventstore/testing/wire-server';

/** An order of the parent. */
export type ServerOrder =
  | { readonly door: 'cut' | 'stall' | 'resume' }
  | { readonly slow: number }
  | { readonly append: Fault };

const [, , port = '0', file = ''] = process.argv;
const server = await startWireServer({ port: Number(port), file });
process.on('message', (order: ServerOrder) => {
  if ('door' in order) server.door[order.door]();
  else if ('slow' in order) server.door.slow(order.slow);
  else server.faults.order('append', order.append);
});
process.on('disconnect', () => process.exit(1));
writeSync(1, `listening ${server.port}\n`);
