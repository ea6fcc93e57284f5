/** One of several processes on a cache folder: writes and reads the same lists as the others, and tells what went wrong. */
import { diskCache } from '../../src/revocation/disk-cache.js';

const [folder = '', letter = 'a', rounds = '1'] = process.argv.slice(2);
const size = 200_000;
const faults: string[] = [];
let read = 0;

for (let round = 0; round < Number(rounds); round += 1) {
  // Each as after a restart, so that the folder is tidied up beside what the others do.
  const cache = diskCache({
    folder,
    maxBytes: size,
    maxFiles: 10,
    onTrouble: ({ detail }) => void faults.push(detail),
  });
  for (const key of ['one', 'two']) {
    await cache.write(key, new Uint8Array(size).fill(letter.charCodeAt(0)));
    const stored = await cache.read(key);
    if (stored === undefined) faults.push('a list that was kept is not there');
    else if (stored.der.length !== size || stored.der.some((octet) => octet !== stored.der[0])) {
      faults.push('a list of two');
    } else read += 1;
  }
}
console.log(JSON.stringify({ read, faults: [...new Set(faults)] }));
