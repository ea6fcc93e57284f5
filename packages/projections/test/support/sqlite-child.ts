/**
 * A runner on an SQLite file in a process of its own, until it is killed.
 */
import { writeSync } from 'node:fs';
import { nodeSha256, sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { clerkList, createProjectionRunner, people } from '../../src/index.js';
import { seenEvents } from './counting.js';
import { right, secret } from './world.js';

const [store = '', vault = '', file = ''] = process.argv.slice(2);
const runner = right(
  await createProjectionRunner({
    store: right(await sqliteEventStore({ file: store })()),
    vault: right(await sqliteKeyVault({ file: vault, secret })()),
    sha256: nodeSha256,
    projections: [seenEvents(), clerkList, people],
    file,
    batchSize: 3,
  })(),
);
// One letter for each page, so that the test knows that it is at work.
runner.subscribe(() => writeSync(1, '.'));
right(await runner.run(new AbortController().signal, { onFault: () => 20 })());
