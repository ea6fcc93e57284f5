import * as TE from 'fp-ts/lib/TaskEither.js';
import { normaliseSerialText } from '../bytes.js';
import type { RevocationAnswer, RevocationSource } from './source.js';

/** One thing that a CA did to one certificate. */
export interface RevocationEntry {
  readonly issuerName: string;
  readonly serial: string;
  readonly action: 'revoke' | 'hold' | 'release';
  /** ISO 8601, UTC. */
  readonly when: string;
  readonly reason?: string;
}

/** A revocation list in memory. */
export interface MemoryRevocation extends RevocationSource {
  /** From `when` on, for ever. `issuerName` as `Name.text`; `serial` in any spelling. */
  readonly revoke: (issuerName: string, serial: string, when: Date, reason?: string) => void;
  /** Suspended (停用) from `when` until released. */
  readonly hold: (issuerName: string, serial: string, when: Date) => void;
  /** Resumed (復用) from `when`. Does not undo a revocation. */
  readonly release: (issuerName: string, serial: string, when: Date) => void;
  readonly entries: () => ReadonlyArray<RevocationEntry>;
}

/**
 * For tests, examples and portals without network. It answers **good for whatever it has not been told is
 * revoked**: production needs a source that answers from the CA's own CRL or OCSP.
 *
 * Answers depend on the time asked about: a certificate revoked on Tuesday is good on Monday.
 */
export const memoryRevocation = (initial: ReadonlyArray<RevocationEntry> = []): MemoryRevocation => {
  const byCertificate = new Map<string, RevocationEntry[]>();
  const key = (issuerName: string, serial: string): string => `${normaliseSerialText(serial)} ${issuerName}`;

  const add = (entry: RevocationEntry): void => {
    const list = byCertificate.get(key(entry.issuerName, entry.serial)) ?? [];
    list.push({ ...entry, serial: normaliseSerialText(entry.serial) });
    byCertificate.set(key(entry.issuerName, entry.serial), list);
  };
  for (const entry of initial) add(entry);

  const answer = (entries: ReadonlyArray<RevocationEntry>, at: Date): RevocationAnswer => {
    const past = entries
      .filter((entry) => Date.parse(entry.when) <= at.getTime())
      .sort((a, b) => Date.parse(a.when) - Date.parse(b.when));
    const revoked = past.find((entry) => entry.action === 'revoke');
    const last = past[past.length - 1];
    const source = 'memory';
    if (revoked !== undefined) {
      return {
        status: 'revoked',
        at,
        source,
        ...(revoked.reason === undefined ? {} : { reason: revoked.reason }),
      };
    }
    return { status: last?.action === 'hold' ? 'hold' : 'good', at, source };
  };

  return {
    status: ({ certificate, at }) =>
      TE.right(answer(byCertificate.get(key(certificate.issuer.text, certificate.serialNumber)) ?? [], at)),
    revoke: (issuerName, serial, when, reason) =>
      add({
        issuerName,
        serial,
        action: 'revoke',
        when: when.toISOString(),
        ...(reason === undefined ? {} : { reason }),
      }),
    hold: (issuerName, serial, when) => add({ issuerName, serial, action: 'hold', when: when.toISOString() }),
    release: (issuerName, serial, when) =>
      add({ issuerName, serial, action: 'release', when: when.toISOString() }),
    entries: () => [...byCertificate.values()].flat(),
  };
};
