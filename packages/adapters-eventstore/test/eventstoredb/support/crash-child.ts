import { writeSync } from 'node:fs';
import { crashWriter } from '../../../src/conformance/index.js';
import { eventStoreDb } from '../../../src/eventstoredb/index.js';
import { right } from '../../support/right.js';

const [connectionString = '', namespace = '', tag = ''] = process.argv.slice(2);
const store = await right(eventStoreDb({ connectionString, namespace }));
await crashWriter(store, tag, (line) => writeSync(1, `${line}\n`));
