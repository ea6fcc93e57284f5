/** `mandate-virtual-card`: a card of the test PKI in a reader of vpcd, in a process of its own. */
import { obeyLines, say } from './by-lines.js';
import { cardOfProgram, programOptions, usage } from './program.js';
import { vpcdCard } from './vpcd.js';

const giveUp = (words: string): never => {
  process.stderr.write(`${words}\n\n${usage}`);
  process.exit(2);
};

const read = programOptions(process.argv.slice(2));
const options = typeof read === 'string' ? giveUp(read) : read;
const card = await cardOfProgram(options).catch((error: unknown) => giveUp(String(error)));
const inReader = vpcdCard({ card, host: options.host, port: options.port, onEvent: say });

say({ status: 'ready', kind: card.kind });
if (!options.out) inReader.insert();
obeyLines(inReader);
