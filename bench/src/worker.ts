/** One measurement in a process of its own: `worker.ts <name> <folder> <params as JSON>`; the figures go to the parent. */
import { measurements } from './measurements.js';

const [, , name = '', folder = '', params = '{}'] = process.argv;

const measure = new Map<string, (folder: string, params: never) => Promise<unknown>>(
  Object.entries(measurements),
).get(name);
if (measure === undefined) throw new RangeError(`nothing is measured under ${name}`);

process.send?.(await measure(folder, JSON.parse(params) as never), () => process.disconnect());
