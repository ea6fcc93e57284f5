// The rule card of the contract in a reader of vpcd, worked like `mandate-virtual-card`. `--port` says which reader.
import { parseArgs } from 'node:util';
import { octetsOf } from '../../src/replay/script.js';
import { ruleCard, ruleCardAtr, ruleCommands } from '../../src/transport/conformance/index.js';
import { obeyLines, say } from '../../src/virtual-card/by-lines.js';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.js';
import { vpcdCard } from '../../src/virtual-card/vpcd.js';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const rule = ruleCard();
const mischief: ReadonlyMap<number | undefined, 'pull' | 'hang'> = new Map([
  [ruleCommands.leave[1], 'pull'],
  [ruleCommands.hang[1], 'hang'],
]);

const card: VirtualCard = {
  kind: 'piv', // which it is not: nobody asks
  atr: octetsOf(ruleCardAtr),
  reset: rule.reset,
  process: (command) => {
    const turn = rule.process(command);
    return 'answer' in turn ? octetsOf(turn.answer) : new Uint8Array(0);
  },
  // What its reader does to it belongs to the reader, which asks for the purpose of each command first.
  purposeOf: ([, instruction]) => {
    const type = mischief.get(instruction);
    if (type !== undefined) inReader.misbehave({ type, during: 'any' });
    return 'other';
  },
  triesLeft: () => undefined,
};

const inReader = vpcdCard({ card, port: Number(values.port), onEvent: say });
say({ status: 'ready' });
obeyLines(inReader);
