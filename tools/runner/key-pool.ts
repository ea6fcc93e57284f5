// RSA keys that are made once for all test files: making them is most of the work of a test PKI.
import { generateKeyPair } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** DER in base64: SubjectPublicKeyInfo and PKCS#8. */
export type PooledKey = Readonly<{ publicKey: string; privateKey: string }>;

/** Names the file of keys to the process of a test file. */
export const keyPoolVariable = 'MANDATE_TEST_KEYS';

/** Stays between runs, beside what other tools keep; never leaves the machine. */
export const keyPoolFile = fileURLToPath(
  new URL('../../node_modules/.cache/mandate/test-keys.json', import.meta.url),
);

const generate = promisify(generateKeyPair);

const makeKey = async (): Promise<PooledKey> => {
  const { publicKey, privateKey } = await generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return { publicKey: publicKey.toString('base64'), privateKey: privateKey.toString('base64') };
};

/** Makes the file unless it is there. `count`: more than most test files need; after these they make their own. */
export const makeKeyPool = async (file: string = keyPoolFile, count = 64): Promise<void> => {
  if (existsSync(file)) return;
  const keys = await Promise.all(Array.from({ length: count }, makeKey));
  mkdirSync(dirname(file), { recursive: true });
  // Whole or not at all: another run may be reading.
  const part = `${file}.${process.pid}`;
  writeFileSync(part, JSON.stringify(keys), { mode: 0o600 });
  renameSync(part, file);
};
