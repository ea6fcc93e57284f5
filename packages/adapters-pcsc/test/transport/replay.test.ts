import { suite } from 'uvu';

import { replayReaders } from '../../src/replay/readers.js';
import {
  cardTransportRules,
  ruleCardAtr,
  ruleSession,
  type TransportRule,
  type TransportWorld,
} from '../../src/transport/conformance/index.js';
import type { CardTransport } from '../../src/transport/transport.js';

const [reader, otherReader] = ['Replay 00', 'Replay 01'];

const replayWorld = async (rule: TransportRule): Promise<TransportWorld> => {
  const sessions = rule.sessions.map(ruleSession);
  const readers = replayReaders({
    readers: [
      { reader, sessions },
      { reader: otherReader, sessions: [] },
    ],
  });
  const programs: Array<CardTransport> = [];
  return {
    transport: (deadlines) => {
      const program = readers.transport(deadlines);
      programs.push(program);
      return program;
    },
    reader,
    otherReader,
    insert: async (name) => readers.insert(name, ruleCardAtr),
    pull: async (name) => readers.pull(name),
    readers: {
      remove: async (name) => readers.removeReader(name),
      add: async (name) => readers.addReader({ reader: name, sessions: [] }),
    },
    service: { lose: async () => readers.loseService(), restore: async () => readers.restoreService() },
    close: async () => {
      await Promise.all(programs.map((program) => program.close()));
    },
  };
};

const rules = suite('the contract of CardTransport: replay');
for (const { name, run } of cardTransportRules(replayWorld, { readers: true, emptyAnswers: true }))
  rules(name, run);
rules.run();
