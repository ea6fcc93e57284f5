/**
 * A runner on PostgreSQL, until it is killed.
 */
import { createPostgresRunner } from '../../src/postgres/index.js';
import { killedProjections, partsOf, tellPage } from './child.js';
import { right } from './world.js';

const [store = '', vault = '', host = '', schema = ''] = process.argv.slice(2);
const runner = right(
  await createPostgresRunner({
    ...(await partsOf(store, vault)),
    projections: killedProjections,
    database: { host, user: 'mandate', database: 'postgres', schema },
    batchSize: 3,
    leaseMilliseconds: 900,
  })(),
);
runner.subscribe(tellPage);
right(await runner.run(new AbortController().signal, { onFault: () => 20 })());
