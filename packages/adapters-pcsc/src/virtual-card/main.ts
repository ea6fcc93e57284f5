/** `mandate-virtual-card`: a card of the test PKI in a reader of vpcd, in a process of its own. */
import { createInterface } from 'node:readline';
import { type ControlLine, controlLine } from './control-lines.js';
import { cardOfProgram, programOptions, usage } from './program.js';
import { vpcdCard } from './vpcd.js';

const say = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

const giveUp = (words: string): never => {
  process.stderr.write(`${words}\n\n${usage}`);
  process.exit(2);
};

const read = programOptions(process.argv.slice(2));
const options = typeof read === 'string' ? giveUp(read) : read;
const card = await cardOfProgram(options).catch((error: unknown) => giveUp(String(error)));
const inReader = vpcdCard({ card, host: options.host, port: options.port, onEvent: say });

const obey = (line: ControlLine): void => {
  if (line.do === 'quit') process.exit(0);
  if (line.do === 'misbehave') inReader.misbehave(line.mischief);
  else inReader[line.do]();
};

say({ status: 'ready', kind: card.kind });
if (!options.out) inReader.insert();

createInterface({ input: process.stdin })
  .on('line', (text) => {
    const line = controlLine(text);
    if (line === undefined) {
      say({ status: 'not-understood' });
      return;
    }
    obey(line);
    say({ status: 'done', do: line.do });
  })
  .on('close', () => process.exit(0));
