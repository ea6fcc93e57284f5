/** What the writers of a soak write: agencies of their own, and in each as many imported clerks as there are commands. */
import { derivedId, NationalId } from '@mandate/domain';
import { clerkList, defineProjection, type Projection, people } from '../../src/index.js';
import { sha256, uuid } from '../support/world.js';

/** Commands in an agency before the next one begins. */
export const commandsPerAgency = 40;

/** How far a writer is: the agency that it is at, and its next command there; 0 is the registration. */
export interface Place {
  readonly agency: number;
  readonly next: number;
}

/** A code of five letters and digits: lane, loop, and number of the agency. */
export const codeOf = (lane: string, loop: number, agency: number): string =>
  `${lane}${loop}${agency.toString(36).toUpperCase().padStart(3, '0')}`;

export const commandIdOf = (code: string, number: number): string => uuid(`soak ${code} ${number}`);

/** The ids of the events of a command: two of a registration, one of an import. */
export const eventIdsOf = (code: string, number: number): ReadonlyArray<string> =>
  Array.from({ length: number === 0 ? 2 : 1 }, (_, index) => derivedId(commandIdOf(code, number), index));

const nationalId = (number: number): string => {
  const start = `A1${String(number).padStart(7, '0')}`;
  const found = Array.from({ length: 10 }, (_, check) => `${start}${check}`).find(NationalId.is);
  if (found === undefined) throw new RangeError(`no national ID for ${number}`);
  return found;
};

export const importOf = (code: string, number: number) => ({
  type: 'ImportClerks',
  commandId: commandIdOf(code, number),
  agencyCode: code,
  source: 'soak',
  file: sha256(code),
  clerks: [
    {
      row: number + 1,
      name: '陳示範',
      nationalId: nationalId(number),
      serial: sha256(`${code} ${number}`).slice(0, 32).toUpperCase(),
      permissions: ['pay'],
    },
  ],
});

/** Counts how often each event was applied. */
export const everyEvent: Projection = defineProjection({
  name: 'every-event',
  version: 1,
  tables: [
    {
      name: 'events',
      columns: { stream: 'TEXT NOT NULL', revision: 'INTEGER NOT NULL', times: 'INTEGER NOT NULL' },
      key: ['stream', 'revision'],
      scope: 'stream',
    },
  ],
  needsPersonal: false,
  events: ['CataloguePublished', 'AgencyRegistered', 'ManagerAppointed', 'HistoryImported'],
  apply: (tx, { meta }) => {
    tx.run(
      `INSERT INTO {events} (stream, revision, times) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET times = times + 1`,
      meta.stream,
      meta.revision,
    );
  },
});

export interface Counted {
  readonly stream: string;
  readonly revision: number;
  readonly times: number;
}

export const countedRows = 'SELECT stream, revision, times FROM {events} ORDER BY stream, revision';

export const projections: ReadonlyArray<Projection> = [everyEvent, clerkList, people];

/** Short, so that a runner that stood still for two seconds has lost them. */
export const leaseMilliseconds = 900;
