/** A long log on SQLite: the histories of many agencies, side by side, as the register would have written them. */
import { join } from 'node:path';
import { memoryKeyVault, nodeSha256, sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { agencyStream, gepiPolicy, type KeyVault, type SeenCredential } from '@mandate/domain';
import { right } from '../lib/either.js';
import { historyWriter } from './history.js';
import { agencyCode, nationalId } from './people.js';

export interface LogParams {
  readonly file: string;
  /** Where the keys are to outlive the process that writes the log. */
  readonly vaultFile?: string;
  readonly agencies: number;
  readonly eventsPerAgency: number;
}

/** The log grows in rounds of so many events for each agency, so that its beginning is a smaller log of as many agencies. */
export const eventsPerRound = 20;

export const logFile = (folder: string): string => join(folder, 'log.db');

const secret = new Uint8Array(32).fill(9);

/** The vault of the log, for who wants the pseudonyms that stand in it. */
export const logVault = () => memoryKeyVault({ secret });

/** The same in a file. */
export const logVaultIn = async (file: string) =>
  right(await sqliteKeyVault({ file, secret, synchronous: 'NORMAL' })());

const seen = (ca: SeenCredential['ca'], subjectType: string, index: number): SeenCredential => {
  const credential = {
    ca,
    serial: `5A${String(index).padStart(30, '0')}`,
    proof: 'signed',
    generation: 'G2',
    fingerprint: nodeSha256(ca),
    subjectType,
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2031-01-01T00:00:00.000Z',
    card: nodeSha256(subjectType),
  };
  return credential as SeenCredential;
};

/** Writes the histories of the log under the keys of a vault. */
export const logWriter = (vault: KeyVault) =>
  historyWriter({
    portal: gepiPolicy.portal,
    sha256: nodeSha256,
    vault,
    cards: {
      agency: seen('GCA', 'agency', 1),
      organisation: { kind: 'oid', value: '2.16.886.101.90003.20001.20005' },
      manager: seen('MOICA', 'citizen', 2),
      managerId: nationalId(9_000_000),
    },
  });

export const buildLog = async (
  _folder: string,
  { file, vaultFile, agencies, eventsPerAgency }: LogParams,
): Promise<{ readonly events: number; readonly perSecond: number }> => {
  const store = right(await sqliteEventStore({ file, synchronous: 'NORMAL' })());
  const kept = vaultFile === undefined ? undefined : await logVaultIn(vaultFile);
  const write = await logWriter(kept ?? logVault());
  const startedAt = performance.now();
  const ends: string[] = [];
  const extend = async (agency: number, from: number): Promise<void> => {
    const to = Math.min(from + eventsPerRound, eventsPerAgency);
    const events = await write(agency, from, to, ends[agency]);
    ends[agency] = events.at(-1)?.hash ?? '';
    const stream = agencyStream(gepiPolicy.portal, agencyCode(agency));
    right(await store.append(stream, from === 0 ? 'no-stream' : from - 1, events)());
  };
  const part = 200;
  for (let from = 0; from < eventsPerAgency; from += eventsPerRound) {
    for (let first = 0; first < agencies; first += part) {
      const length = Math.min(part, agencies - first);
      await Promise.all(Array.from({ length }, (_, index) => extend(first + index, from)));
    }
  }
  await store.close();
  await kept?.close();
  const events = agencies * eventsPerAgency;
  return { events, perSecond: (events / (performance.now() - startedAt)) * 1000 };
};
