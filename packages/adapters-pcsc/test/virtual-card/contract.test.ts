import { suite } from 'uvu';
import type { CardTransport } from '../../src/index.js';
import {
  cardTransportRules,
  ruleCard,
  ruleCardAtr,
  ruleCommands,
  type TransportWorld,
} from '../../src/transport/conformance/index.js';
import { type VirtualCard, virtualReaderName, virtualReaders } from '../../src/virtual-card/index.js';
import { hex, octets } from './support.js';

/** The card that the rules are tried on, as a virtual one; what it does to its reader is the reader's mischief. */
const cardOfTheRules = (): VirtualCard => {
  const card = ruleCard();
  return {
    kind: 'piv',
    atr: octets(ruleCardAtr),
    reset: card.reset,
    process: (command) => {
      const turn = card.process(command);
      return 'answer' in turn && turn.answer !== undefined ? octets(turn.answer) : octets('6F00');
    },
    purposeOf: (command) => {
      if (hex(command) === hex(ruleCommands.leave)) return 'verify';
      return hex(command) === hex(ruleCommands.hang) ? 'sign' : 'other';
    },
    triesLeft: () => undefined,
  };
};

const makeWorld = async (): Promise<TransportWorld> => {
  const [reader, otherReader] = [virtualReaderName(0), virtualReaderName(1)];
  const readers = virtualReaders({ [reader]: undefined, [otherReader]: undefined });
  const programs: CardTransport[] = [];
  return {
    transport: () => {
      const program = readers.transport();
      programs.push(program);
      return program;
    },
    reader,
    otherReader,
    insert: async (name) => {
      readers.insert(name, cardOfTheRules());
      readers.misbehave(name, { type: 'pull', during: 'verify' });
      readers.misbehave(name, { type: 'hang', during: 'sign' });
    },
    pull: async (name) => readers.pull(name),
    readers: {
      remove: async (name) => readers.removeReader(name),
      add: async (name) => readers.addReader(name),
    },
    service: { lose: async () => readers.stopService(), restore: async () => readers.startService() },
    close: async () => {
      await Promise.all(programs.map((program) => program.close()));
    },
  };
};

const rules = suite('the contract of CardTransport: virtual readers');
for (const { name, run } of cardTransportRules(makeWorld, { readers: true, emptyAnswers: true }))
  rules(name, run);
rules.run();
