/** What the parts can do by themselves, on this machine, in this minute. */
import {
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { openSqlite } from '../lib/sqlite.js';
import { rateOf } from '../lib/timing.js';
import { plainHistory } from './plain-agency.js';

export interface PhysicalParams {
  readonly milliseconds: number;
}

/** Each per second. */
export interface PhysicalFigures {
  readonly sqliteInserts: number;
  readonly sqliteInsertsBy100: number;
  readonly jsonParse: number;
  readonly sha256Chain: number;
  readonly aesGcmOpen: number;
  readonly rsaVerify: number;
}

const inserts = (folder: string, name: string, perTransaction: number, milliseconds: number): number => {
  const db = openSqlite(join(folder, `${name}.db`));
  db.exec('CREATE TABLE lines (id TEXT NOT NULL UNIQUE, text TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO lines (id, text) VALUES (?, ?)');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const text = JSON.stringify(plainHistory('A-1', 1)[0]);
  const rate = rateOf(milliseconds, () => {
    begin.run();
    for (let i = 0; i < perTransaction; i++) insert.run(randomUUID(), text);
    commit.run();
  });
  db.close();
  return rate * perTransaction;
};

const aes = (milliseconds: number): number => {
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(randomBytes(120)), cipher.final()]);
  const tag = cipher.getAuthTag();
  return rateOf(milliseconds, () => {
    const decipher = createDecipheriv('aes-256-gcm', key, iv);
    decipher.setAuthTag(tag);
    decipher.update(sealed);
    decipher.final();
  });
};

const rsa = (milliseconds: number): number => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const content = randomBytes(300);
  const signature = sign('sha256', content, privateKey);
  return rateOf(milliseconds, () => {
    verify('sha256', content, publicKey, signature);
  });
};

export const physicalLimits = async (
  folder: string,
  { milliseconds }: PhysicalParams,
): Promise<PhysicalFigures> => {
  const lines = plainHistory('A-1', 1000).map((event) => JSON.stringify(event));
  let line = 0;
  let hash = '';
  return {
    sqliteInserts: inserts(folder, 'one', 1, milliseconds),
    sqliteInsertsBy100: inserts(folder, 'hundred', 100, milliseconds),
    jsonParse: rateOf(milliseconds, () => {
      JSON.parse(lines[line++ % lines.length] ?? '');
    }),
    sha256Chain: rateOf(milliseconds, () => {
      hash = nodeSha256(hash + (lines[line++ % lines.length] ?? ''));
    }),
    aesGcmOpen: aes(milliseconds),
    rsaVerify: rsa(milliseconds),
  };
};
