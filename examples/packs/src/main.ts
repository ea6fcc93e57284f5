/**
 * The stories of the other portals, in the terminal: `nhi`, `ecpa`, `doc`, or all of them where none is named.
 *
 * @packageDocumentation
 */
import { createTestPki } from '@mandate/certificates/test-pki';
import { stories, tellStory } from './story/stories.js';

// Whoever reads only the beginning closes the pipe.
process.stdout.on('error', () => process.exit(0));

const asked = process.argv.slice(2);
const chosen = (asked.length === 0 ? [...stories.keys()] : asked).map((name) => stories.get(name));

if (chosen.includes(undefined)) {
  process.stderr.write(`nhi | ecpa | doc\n`);
  process.exitCode = 2;
} else {
  const pki = await createTestPki({ keyPool: 4, cas: ['MOEACA', 'GCA', 'MOICA'] });
  for (const story of chosen) {
    if (story === undefined) continue;
    const holds = await tellStory(story, pki, (text = '') => process.stdout.write(`${text}\n`));
    if (!holds) process.exitCode = 1;
  }
}
