/** The same list read and its signature checked by others. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Certificate, CertificateRevocationList } from 'pkijs';
import { crlFile, issuerFile, readCrlWorld } from '../world/crl.js';

export interface PeerParams {
  readonly folder: string;
}

export interface PeerFigures {
  /** Absent where it could not do it. */
  readonly readMs?: number;
  /** Why not. */
  readonly failed?: string;
}

/** pkijs 4, as it is configured by default. */
export const crlPkijs = async (_folder: string, { folder }: PeerParams): Promise<PeerFigures> => {
  const der = Uint8Array.from(readFileSync(crlFile(folder)));
  const issuerCertificate = Certificate.fromBER(Uint8Array.from(readCrlWorld(folder).issuer));
  const startedAt = performance.now();
  try {
    const list = CertificateRevocationList.fromBER(der);
    const holds = await list.verify({ issuerCertificate });
    return holds
      ? { readMs: performance.now() - startedAt }
      : { failed: 'the signature does not hold for it' };
  } catch (error) {
    return { failed: String(error).split('\n')[0] ?? 'failed' };
  }
};

/** The `openssl` command: its whole run, the start of the process included, which is most of a small list's. */
export const crlOpenssl = async (_folder: string, { folder }: PeerParams): Promise<PeerFigures> => {
  const startedAt = performance.now();
  const run = spawnSync(
    'openssl',
    ['crl', '-inform', 'DER', '-in', crlFile(folder), '-CAfile', issuerFile(folder), '-noout'],
    { encoding: 'utf8' },
  );
  const readMs = performance.now() - startedAt;
  if (run.error !== undefined) return { failed: 'not installed' };
  return /verify OK/.test(run.stderr) ? { readMs } : { failed: run.stderr.trim().split('\n')[0] ?? 'failed' };
};
