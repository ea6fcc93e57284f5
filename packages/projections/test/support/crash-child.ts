/**
 * Catches up in small batches and tells each one, until it is killed.
 */
import { builtIn, createProjectionRunner } from '../../src/index.js';
import { partsOf, tellPage } from './child.js';
import { seenEvents } from './counting.js';
import { right } from './world.js';

const [store = '', vault = '', file = ''] = process.argv.slice(2);
const parts = await partsOf(store, vault);
const projections = [seenEvents(), ...builtIn];
const runner = right(await createProjectionRunner({ ...parts, file, projections, batchSize: 7 })());
runner.subscribe(tellPage);
right(await runner.catchUp()());
process.exit(0);
