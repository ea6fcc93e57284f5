/** Keeps the read models of a lane up to date until it is killed. */
import { nodeSha256 as sha256 } from '@mandate/adapters-eventstore';
import { createProjectionRunner } from '../../src/index.js';
import { createPostgresRunner, type PostgresDatabase } from '../../src/postgres/index.js';
import { atLast, openKeys, openStore, type Where } from './open.js';
import { leaseMilliseconds, projections } from './work.js';

/** What the process is told: a file, or a database. */
export interface RunnerTold extends Where {
  readonly models: string | PostgresDatabase;
}

const { events, vault, models }: RunnerTold = JSON.parse(process.argv[2] ?? '{}');
process.on('disconnect', () => process.exit(1));
const settings = { store: await openStore(events), vault: await openKeys(vault), sha256, projections };
const runner =
  typeof models === 'string'
    ? await atLast(createProjectionRunner({ ...settings, file: models, batchSize: 50 }))
    : await atLast(createPostgresRunner({ ...settings, database: models, batchSize: 50, leaseMilliseconds }));
// Whatever breaks is tried again: it is mended in a moment.
await runner.run(new AbortController().signal, { onFault: () => 50 })();
