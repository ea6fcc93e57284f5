/**
 * A runner on an SQLite file, until it is killed.
 */
import { createProjectionRunner } from '../../src/index.js';
import { killedProjections, partsOf, tellPage } from './child.js';
import { right } from './world.js';

const [store = '', vault = '', file = ''] = process.argv.slice(2);
const parts = await partsOf(store, vault);
const projections = killedProjections;
const runner = right(await createProjectionRunner({ ...parts, file, projections, batchSize: 3 })());
runner.subscribe(tellPage);
right(await runner.run(new AbortController().signal, { onFault: () => 20 })());
