/** The card agent as a table, and the lines that must hold of it. */
import { median } from './lib/stats.js';
import type { AgentResults } from './run-agent.js';
import { count, table } from './table.js';
import type { Verdict } from './verdicts.js';

type Round = AgentResults['windows'][number];

/** Of a window: its files, what it asks, its PIN. */
const requestsToOpen = 4;

/** MiB that may be there at the end and not before: what the engine itself keeps goes up and down. */
const memorySlack = 2;
/** A window that waits holds a challenge and what its card showed. */
const windowKiB = 64;

const middle = (rounds: ReadonlyArray<Round>, of: (round: Round) => number): number => median(rounds.map(of));

const kibOfWindow = ({ waitingMiB, beforeMiB, windows }: Round): number =>
  ((waitingMiB - beforeMiB) * 1024) / windows;

export const agentTable = ({ windows: rounds }: AgentResults): string =>
  table(
    ['card agent', 'requests /s', 'a window, p50 ms', 'p99 ms', 'note'],
    [
      [
        `${count(middle(rounds, ({ windows }) => windows))} windows are opened at once`,
        count(middle(rounds, ({ opening }) => opening.perSecond * requestsToOpen)),
        middle(rounds, ({ opening }) => opening.p50Ms).toFixed(1),
        middle(rounds, ({ opening }) => opening.p99Ms).toFixed(1),
        'page, style, script, question; the card is read',
      ],
      [
        'and get their PINs at once',
        count(middle(rounds, ({ signing }) => signing.perSecond)),
        middle(rounds, ({ signing }) => signing.p50Ms).toFixed(1),
        middle(rounds, ({ signing }) => signing.p99Ms).toFixed(1),
        'one card, one signature after the other',
      ],
      [
        'the card alone',
        count(middle(rounds, ({ cardAlonePerSecond }) => cardAlonePerSecond)),
        '–',
        '–',
        'signatures of a card in memory, without an agent',
      ],
    ],
  );

export const agentMemoryLine = ({ windows: rounds }: AgentResults): string => {
  const [before, waiting, after, peak] = (['beforeMiB', 'waitingMiB', 'afterMiB', 'peakMiB'] as const).map(
    (of) => middle(rounds, (round) => round[of]).toFixed(1),
  );
  return `Memory of the agent, its callers in the same process: ${before} MiB live before, ${waiting} MiB while all windows wait, ${after} MiB after; ${peak} MiB resident at the most.`;
};

export const agentVerdictsOf = ({ windows: rounds }: AgentResults): ReadonlyArray<Verdict> => {
  const wanted = middle(rounds, ({ windows }) => windows);
  const waiting = Math.min(...rounds.map(({ mostWaiting }) => mostWaiting));
  const verified = Math.min(...rounds.map((round) => round.verified));
  const kib = middle(rounds, kibOfWindow);
  const growth = middle(rounds, ({ afterMiB, beforeMiB }) => afterMiB - beforeMiB);
  return [
    {
      line: 'windows of the card agent that wait at once',
      measured: count(waiting),
      limit: `= ${count(wanted)}`,
      holds: waiting === wanted,
    },
    {
      line: '… each gets the signature of its own text, as the register checks it',
      measured: `${count(verified)} of ${count(wanted)}`,
      limit: 'all',
      holds: verified === wanted,
    },
    {
      line: '… memory of a window that waits',
      measured: `${kib.toFixed(0)} KiB`,
      limit: `< ${windowKiB} KiB`,
      holds: kib < windowKiB,
    },
    {
      line: '… nothing is left of windows that are gone',
      measured: `${growth.toFixed(1)} MiB`,
      limit: `≤ ${memorySlack} MiB more`,
      holds: growth <= memorySlack,
    },
  ];
};
