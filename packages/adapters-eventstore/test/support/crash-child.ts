import { writeSync } from 'node:fs';
import { crashWriter } from '../../src/conformance/index.js';
import { sqliteEventStore } from '../../src/index.js';
import { right } from './right.js';

const [file = '', tag = ''] = process.argv.slice(2);
const store = await right(sqliteEventStore({ file }));
await crashWriter(store, tag, (line) => writeSync(1, `${line}\n`));
