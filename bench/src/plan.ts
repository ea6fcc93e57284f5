/** How much is measured. */
import type { Part } from './http/load.js';

/** Of the register over HTTP. */
export interface HttpPlan {
  /** A row of each; without any, memory is all that is measured. */
  readonly connections: ReadonlyArray<number>;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** A row is as long as it takes for so many answers, if that is longer. */
  readonly leastAnswers: number;
  readonly mostRequests: number;
  /** Each with a session; as many as there are connections, or more. */
  readonly agencies: number;
  readonly eventsPerAgency: number;
  /** Under the same load, before the server is asked how large it is. */
  readonly memoryWarmUpSeconds: number;
  readonly memorySeconds: number;
  /** How often the server is asked how large it is. */
  readonly memorySamples: number;
  readonly memoryParts: ReadonlyArray<Part>;
}

export interface Plan {
  /** Commands one after another, and as many in flight; each on a stream of its own. */
  readonly streams: number;
  readonly eventsPerStream: number;
  readonly warmUp: number;
  readonly width: number;
  /** Rounds of A, B, C, A, B, C, …; figures are medians of them. */
  readonly rounds: number;
  /** Commands of emmett-sqlite in its documented use, which takes milliseconds for each. */
  readonly slowStreams: number;
  readonly logAgencies: number;
  readonly logEventsPerAgency: number;
  /** Length of the shorter replay: the beginning of the same log. */
  readonly shortReplay: number;
  readonly questions: number;
  readonly physicalMilliseconds: number;
  /** Of the large register. */
  readonly largeEvents: number;
  readonly largeEventsPerAgency: number;
  /** Of the log that runners on PostgreSQL feed on, twenty events each. */
  readonly postgresAgencies: number;
  /** Of the log that each runner feeds on before. */
  readonly postgresWarmUpAgencies: number;
  /** Of a processor, for each runner, where it is measured what they would do with processors enough; 0 measures none of that. */
  readonly postgresShare: number;
  /** Cards with a key each, and answers of each. */
  readonly cards: number;
  readonly answersPerCard: number;
  /** Certificates in the revocation list that is asked. */
  readonly listed: number;
  readonly logins: number;
  /** Log-ins of whoever decodes everything anew. */
  readonly slowLogins: number;
  /** Log-ins before those that are measured: a portal is a program that runs for weeks. */
  readonly loginWarmUp: number;
  readonly hostileTimes: number;
  readonly memoryCards: number;
  /** Entries of a complete revocation list, and of one that every peer can read. */
  readonly crlEntries: number;
  readonly smallCrlEntries: number;
  readonly crlQuestions: number;
  readonly http: HttpPlan;
  /** Windows of the card agent at once, and how often so many come and go. */
  readonly agentWindows: number;
  readonly agentTimes: number;
  /** Cards read and signed with, by turns of all who are compared; and insertions before each. */
  readonly cardOperations: number;
  readonly cardInsertions: number;
  /** Operations of each kind before: a reader's process lives as long as the program. */
  readonly cardWarmUp: number;
}

/** What a portal does all day: questions of others, commands of people, streams that come and go. */
const mixed: ReadonlyArray<Part> = [
  { kind: 'decisions', connections: 4 },
  { kind: 'reasons', connections: 4 },
  { kind: 'evaluation', connections: 4 },
  { kind: 'commands', connections: 4 },
  { kind: 'streams', connections: 1 },
];

/** The method of the must-hold lines: 2,000 streams of 20 events, logs of 200,000 and 1,000,000. */
export const full: Plan = {
  streams: 2000,
  eventsPerStream: 20,
  warmUp: 1000,
  width: 64,
  rounds: 5,
  slowStreams: 200,
  logAgencies: 10_000,
  logEventsPerAgency: 100,
  shortReplay: 200_000,
  questions: 200_000,
  physicalMilliseconds: 1000,
  largeEvents: 10_000_000,
  largeEventsPerAgency: 40,
  postgresAgencies: 10_000,
  postgresWarmUpAgencies: 1000,
  postgresShare: 0.5,
  cards: 100,
  answersPerCard: 10,
  listed: 100_000,
  logins: 2000,
  slowLogins: 300,
  loginWarmUp: 1000,
  hostileTimes: 15,
  memoryCards: 10_000,
  crlEntries: 412_196,
  smallCrlEntries: 1_000,
  crlQuestions: 10_000,
  http: {
    connections: [1, 16, 256],
    warmUpSeconds: 3,
    seconds: 30,
    leastAnswers: 1,
    mostRequests: 3_000_000,
    agencies: 512,
    eventsPerAgency: 20,
    memoryWarmUpSeconds: 120,
    memorySeconds: 300,
    memorySamples: 300,
    memoryParts: mixed,
  },
  agentWindows: 100,
  agentTimes: 10,
  cardOperations: 100,
  cardInsertions: 3,
  cardWarmUp: 100,
};

/** About a minute. */
export const quick: Plan = {
  ...full,
  streams: 500,
  warmUp: 500,
  rounds: 1,
  slowStreams: 50,
  logAgencies: 2000,
  shortReplay: 40_000,
  questions: 50_000,
  physicalMilliseconds: 200,
  largeEvents: 200_000,
  postgresAgencies: 2500,
  cards: 40,
  answersPerCard: 10,
  logins: 1000,
  slowLogins: 80,
  loginWarmUp: 1000,
  hostileTimes: 5,
  memoryCards: 600,
  http: {
    ...full.http,
    warmUpSeconds: 1,
    seconds: 4,
    agencies: 256,
    memoryWarmUpSeconds: 15,
    memorySeconds: 30,
    memorySamples: 30,
  },
  cardOperations: 50,
  cardInsertions: 1,
  cardWarmUp: 50,
};

/** For the tests of the harness itself. */
export const tiny: Plan = {
  ...full,
  streams: 4,
  eventsPerStream: 8,
  warmUp: 2,
  width: 4,
  rounds: 1,
  slowStreams: 2,
  logAgencies: 4,
  logEventsPerAgency: 40,
  shortReplay: 80,
  questions: 20,
  physicalMilliseconds: 10,
  largeEvents: 400,
  postgresAgencies: 6,
  postgresWarmUpAgencies: 2,
  postgresShare: 0,
  cards: 2,
  answersPerCard: 2,
  listed: 20,
  logins: 4,
  slowLogins: 2,
  loginWarmUp: 2,
  hostileTimes: 1,
  memoryCards: 20,
  crlEntries: 3_000,
  smallCrlEntries: 20,
  crlQuestions: 10,
  http: {
    ...full.http,
    connections: [1, 3],
    warmUpSeconds: 0.1,
    seconds: 0.2,
    leastAnswers: 6,
    mostRequests: 2_000,
    agencies: 4,
    memoryWarmUpSeconds: 0.1,
    memorySeconds: 0.4,
    memorySamples: 10,
  },
  agentWindows: 4,
  agentTimes: 2,
  cardOperations: 2,
  cardInsertions: 1,
  cardWarmUp: 1,
};
