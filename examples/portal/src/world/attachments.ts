/**
 * Documents that agencies hand in, by their SHA-256: the register keeps the hashes alone (NHI-23).
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Attachments {
  /** Answers the hash; the same document twice is one. */
  readonly keep: (body: Uint8Array) => string;
  readonly find: (hash: string) => Uint8Array<ArrayBuffer> | undefined;
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

export const attachmentsIn = (folder: string): Attachments => ({
  keep: (body) => {
    const hash = createHash('sha256').update(body).digest('hex');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, hash);
    if (!existsSync(file)) writeFileSync(file, body, { mode: 0o600 });
    return hash;
  },
  find: (hash) => {
    const file = join(folder, hash);
    return isHash(hash) && existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
  },
});
