// Hands the run's RSA keys to a test file, each once, where it would make some of the same kind.
import { existsSync, readFileSync } from 'node:fs';
import { keyPoolVariable, type PooledKey } from '../key-pool.js';

// Taken once: what a test starts makes its own keys, so that two processes never hold the same one.
const path = process.env[keyPoolVariable];
delete process.env[keyPoolVariable];

const { subtle } = globalThis.crypto;
const generate = subtle.generateKey.bind(subtle) as (
  algorithm: AlgorithmIdentifier,
  extractable: boolean,
  usages: ReadonlyArray<KeyUsage>,
) => Promise<CryptoKey | CryptoKeyPair>;

const signing = 'RSASSA-PKCS1-v1_5';

const isPooledKind = (algorithm: AlgorithmIdentifier, extractable: boolean): boolean => {
  if (typeof algorithm === 'string' || algorithm.name !== signing || !extractable) return false;
  const { modulusLength, publicExponent } = algorithm as Partial<RsaHashedKeyGenParams>;
  return modulusLength === 2048 && String(publicExponent) === '1,0,1';
};

const octets = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));

const pairOf = async (
  key: PooledKey,
  algorithm: AlgorithmIdentifier,
  usages: ReadonlyArray<KeyUsage>,
): Promise<CryptoKeyPair> => {
  const only = (wanted: KeyUsage) => usages.filter((usage) => usage === wanted);
  const { hash } = algorithm as RsaHashedKeyGenParams;
  const kind = { name: signing, hash };
  return {
    publicKey: await subtle.importKey('spki', octets(key.publicKey), kind, true, only('verify')),
    privateKey: await subtle.importKey('pkcs8', octets(key.privateKey), kind, true, only('sign')),
  };
};

/** From here on; without a pool, or when it is used up, keys are made as ever. */
export const dealKeys = (): void => {
  if (path === undefined || !existsSync(path)) return;
  const keys: PooledKey[] = JSON.parse(readFileSync(path, 'utf8'));
  Object.assign(subtle, {
    generateKey: async (
      algorithm: AlgorithmIdentifier,
      extractable: boolean,
      usages: ReadonlyArray<KeyUsage>,
    ) => {
      const key = isPooledKind(algorithm, extractable) ? keys.shift() : undefined;
      return key === undefined ? generate(algorithm, extractable, usages) : pairOf(key, algorithm, usages);
    },
  });
};
