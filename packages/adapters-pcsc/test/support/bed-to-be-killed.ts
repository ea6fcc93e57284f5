// A program that makes a bed, says where, and does not end by itself.
import { startBed } from './bed.js';

const bed = await startBed();
await bed.startCard({ kind: 'nhi' });
process.stdout.write(`${bed.folder}\n`);
setInterval(() => {}, 1_000);
