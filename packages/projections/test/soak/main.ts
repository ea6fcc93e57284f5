/** `npm run soak`: an hour by default, `--minutes N` for another time, `--seed N` for the faults of another run again. */
import { parseArgs } from 'node:util';
import { soak } from './soak.js';
import { isSound, printSoak } from './table.js';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
if (!(minutes > 0 && Number.isSafeInteger(seed))) {
  console.error('--minutes and --seed are numbers');
  process.exit(2);
}
console.error(`${minutes} minutes, --seed ${seed}`);
const results = await soak({ minutes, seed, tell: (what) => console.error(what) });
console.log(printSoak(results));
process.exit(isSound(results) ? 0 : 1);
