/** SoftHSM tokens in a folder of their own, holding the keys and certificates of cards of the test PKI. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestCard } from '@mandate/certificates/test-pki';
import type { Need } from '@mandate/testing';

import { knownModules } from '../../src/pkcs11/modules.js';

const runs = (command: string): boolean => spawnSync(command, ['--help']).error === undefined;

const hasBinding = (): boolean => {
  try {
    createRequire(import.meta.url)('pkcs11js');
    return true;
  } catch {
    return false;
  }
};

export const bindingNeed: Need = {
  available: hasBinding(),
  reason: 'no pkcs11js',
  remedy: 'npx pnpm@10 -r rebuild pkcs11js',
};

export const softhsmModule = knownModules.softhsm.linux.find((path) => existsSync(path)) ?? '';

const missing = [
  ...(softhsmModule === '' || !runs('softhsm2-util') ? ['softhsm2'] : []),
  ...(runs('pkcs11-tool') ? [] : ['opensc']),
  ...(bindingNeed.available ? [] : ['pkcs11js']),
];

export const softhsmNeed: Need = {
  available: missing.length === 0,
  reason: `no ${missing.join(', ')}`,
  remedy: 'npm run setup:system; for pkcs11js npx pnpm@10 -r rebuild pkcs11js',
};

/** What lies on a token under one CKA_ID. */
export interface TokenEntry {
  /** Hexadecimal. */
  readonly id: string;
  readonly label: string;
  readonly certificate?: Uint8Array;
  /** Hexadecimal PKCS#8, as a test key saves itself. */
  readonly privateKey?: string;
}

export interface TokenSpec {
  readonly label: string;
  readonly pin: string;
  readonly entries: ReadonlyArray<TokenEntry>;
}

export const hicosLabel = 'HiCOS PKI Smart Card';
export const hex = (text: string): string => Buffer.from(text, 'ascii').toString('hex');

/** The entries of a card as HiCOS lays them out, with the CA's certificate beside them. */
export const cardEntries = (card: TestCard, ca: Uint8Array): ReadonlyArray<TokenEntry> => [
  { id: hex('ROOTCACert'), label: 'ROOT CA Cert', certificate: ca },
  { id: hex('KEYX'), label: 'cert2', certificate: card.encryptionCertificate },
  { id: hex('SIGN'), label: 'cert1', certificate: card.certificate, privateKey: card.save().key.privateKey },
];

export interface SoftHsm {
  /** For `Pkcs11Options.environment`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly add: (token: TokenSpec) => void;
  readonly remove: () => void;
}

const importKey = (folder: string, env: NodeJS.ProcessEnv, token: TokenSpec, entry: TokenEntry): void => {
  if (entry.privateKey === undefined) return;
  const key = createPrivateKey({ key: Buffer.from(entry.privateKey, 'hex'), format: 'der', type: 'pkcs8' });
  const file = join(folder, 'key.pem');
  writeFileSync(file, key.export({ format: 'pem', type: 'pkcs8' }));
  const options = ['--import', file, '--token', token.label, '--label', entry.label, '--id', entry.id];
  execFileSync('softhsm2-util', [...options, '--pin', token.pin], { env, stdio: 'pipe' });
};

const writeCertificate = (
  folder: string,
  env: NodeJS.ProcessEnv,
  token: TokenSpec,
  entry: TokenEntry,
): void => {
  if (entry.certificate === undefined) return;
  const file = join(folder, 'certificate.der');
  writeFileSync(file, entry.certificate);
  const object = ['--write-object', file, '--type', 'cert', '--id', entry.id, '--label', entry.label];
  const login = ['--token-label', token.label, '--login', '--pin', token.pin];
  execFileSync('pkcs11-tool', ['--module', softhsmModule, ...login, ...object], { env, stdio: 'pipe' });
};

export const softhsm = (): SoftHsm => {
  const folder = mkdtempSync(join(tmpdir(), 'softhsm-'));
  const configuration = join(folder, 'softhsm2.conf');
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(
    configuration,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`,
  );
  const environment = { SOFTHSM2_CONF: configuration };
  const env = { ...process.env, ...environment };
  return {
    environment,
    add: (token) => {
      const options = ['--init-token', '--free', '--label', token.label, '--so-pin', '87654321'];
      execFileSync('softhsm2-util', [...options, '--pin', token.pin], { env, stdio: 'pipe' });
      for (const entry of token.entries) {
        importKey(folder, env, token, entry);
        writeCertificate(folder, env, token, entry);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
