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

/** How a certificate stands. */
export interface Standing {
  readonly status: 'good' | 'revoked' | 'hold';
  /** Since when it is revoked or suspended. */
  readonly since?: Date;
  readonly reason?: string;
}

/** How a certificate stands at a time, by what was done to it. A revocation is for ever, whatever follows. */
export const standingOf = (entries: ReadonlyArray<RevocationEntry>, at: Date): Standing => {
  const past = entries
    .filter((entry) => Date.parse(entry.when) <= at.getTime())
    .sort((a, b) => Date.parse(a.when) - Date.parse(b.when));
  const last = past[past.length - 1];
  const deciding = past.find((entry) => entry.action === 'revoke') ?? last;
  if (deciding === undefined || deciding.action === 'release') return { status: 'good' };
  return {
    status: deciding.action === 'revoke' ? 'revoked' : 'hold',
    since: new Date(deciding.when),
    ...(deciding.reason === undefined ? {} : { reason: deciding.reason }),
  };
};

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
    const { status, since, reason } = standingOf(entries, at);
    return {
      status,
      at,
      source: 'memory',
      ...(since === undefined ? {} : { revokedAt: since }),
      ...(reason === undefined ? {} : { reason }),
    };
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
