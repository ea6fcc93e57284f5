/**
 * Catches up in small batches and tells each one, until it is killed.
 */
import { writeSync } from 'node:fs';
import { nodeSha256, sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { builtIn, createProjectionRunner } from '../../src/index.js';
import { seenEvents } from './counting.js';
import { right, secret } from './world.js';

const [store = '', vault = '', file = ''] = process.argv.slice(2);
const runner = right(
  await createProjectionRunner({
    store: right(await sqliteEventStore({ file: store })()),
    vault: right(await sqliteKeyVault({ file: vault, secret })()),
    sha256: nodeSha256,
    file,
    projections: [seenEvents(), ...builtIn],
    batchSize: 7,
  })(),
);
runner.subscribe(() => writeSync(1, '.'));
right(await runner.catchUp()());
writeSync(1, 'done');
process.exit(0);
