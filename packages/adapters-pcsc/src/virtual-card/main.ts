/** `mandate-virtual-card`: a card of the test PKI in a reader of vpcd, in a process of its own. */
import { obeyLines, say } from './by-lines.js';
import { asksForHelp, cardOfProgram, programOptions, usage } from './program.js';
import { type VpcdEvent, vpcdCard } from './vpcd.js';

const giveUp = (words: string): never => {
  process.stderr.write(`${words}\n\n${usage}`);
  process.exit(2);
};

const words = process.argv.slice(2);
if (asksForHelp(words)) {
  process.stdout.write(usage);
  process.exit(0);
}

const read = programOptions(words);
const options = typeof read === 'string' ? giveUp(read) : read;
const card = await cardOfProgram(options).catch((error: unknown) => giveUp(String(error)));
const { host, port, quiet } = options;
const isSaid = ({ status }: VpcdEvent): boolean => !quiet || (status !== 'exchange' && status !== 'reset');
const onEvent = (event: VpcdEvent): void => {
  if (isSaid(event)) say(event);
};
const inReader = vpcdCard({ card, host, port, onEvent });

say({ status: 'ready', kind: card.kind });
if (!options.out) inReader.insert();
obeyLines(inReader);
