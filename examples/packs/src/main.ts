/**
 * The stories of the other portals, in the terminal.
 *
 * @packageDocumentation
 */
import { createTestPki } from '@mandate/certificates/test-pki';
import { docStory, ecpaStory, nhiStory } from './story/stories.js';

// Whoever reads only the beginning closes the pipe.
process.stdout.on('error', () => process.exit(0));

const pki = await createTestPki({ keyPool: 4, cas: ['MOEACA', 'GCA', 'MOICA'] });
for (const story of [nhiStory, ecpaStory, docStory]) {
  const { zh, en, told } = await story(pki);
  process.stdout.write(`\n${zh}  ${en}\n`);
  for (const { zh: what, en: english, outcome, refused } of told) {
    process.stdout.write(`  ${refused ? '✗' : '✓'} ${what}  ${english}\n      ${outcome}\n`);
  }
}
