/**
 * A runner on PostgreSQL in a process of its own, until it is killed.
 */
import { writeSync } from 'node:fs';
import { nodeSha256, sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { clerkList, people } from '../../src/index.js';
import { createPostgresRunner } from '../../src/postgres/index.js';
import { seenEvents } from './counting.js';
import { right, secret } from './world.js';

const [store = '', vault = '', host = '', schema = ''] = process.argv.slice(2);
const runner = right(
  await createPostgresRunner({
    store: right(await sqliteEventStore({ file: store })()),
    vault: right(await sqliteKeyVault({ file: vault, secret })()),
    sha256: nodeSha256,
    projections: [seenEvents(), clerkList, people],
    database: { host, user: 'mandate', database: 'postgres', schema },
    batchSize: 3,
    leaseMilliseconds: 900,
  })(),
);
// One letter for each page, so that the test knows that it is at work.
runner.subscribe(() => writeSync(1, '.'));
right(await runner.run(new AbortController().signal, { onFault: () => 20 })());
