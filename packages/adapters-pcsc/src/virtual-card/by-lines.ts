/** A card in a reader of vpcd that is worked by lines of text: see `control-lines.ts`. */
import { createInterface } from 'node:readline';
import { type ControlLine, controlLine } from './control-lines.js';
import type { VpcdCard } from './vpcd.js';

export const say = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** Obeys the lines of the standard input, and ends this process with it. */
export const obeyLines = (inReader: VpcdCard): void => {
  const obey = (line: ControlLine): void => {
    if (line.do === 'quit') process.exit(0);
    if (line.do === 'misbehave') inReader.misbehave(line.mischief);
    else inReader[line.do]();
  };
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
};
