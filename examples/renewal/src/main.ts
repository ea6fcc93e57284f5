/**
 * The renewal of a citizen certificate, told in a terminal.
 *
 * @packageDocumentation
 */
import { tellStory } from './story.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const { holds } = await tellStory((text = '') => process.stdout.write(`${text}\n`));
process.exitCode = holds ? 0 : 1;
