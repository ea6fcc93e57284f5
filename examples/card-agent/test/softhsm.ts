/** A token in software that holds a card of the test PKI, as a vendor's module would show it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownModules } from '@mandate/adapters-pcsc';
import type { TestCard } from '@mandate/certificates/test-pki';
import type { Need } from '@mandate/testing';

const module = knownModules.softhsm.linux.find((path) => existsSync(path)) ?? '';
const missing = ['softhsm2-util', 'pkcs11-tool'].filter(
  (command) => spawnSync(command, ['--help']).error !== undefined,
);

export const softhsmNeed: Need = {
  available: module !== '' && missing.length === 0,
  reason: module === '' ? 'no SoftHSM' : `no ${missing.join(', ')}`,
  remedy: 'npm run setup:system',
};

export const tokenLabel = 'HiCOS PKI Smart Card';
const signId = Buffer.from('SIGN', 'ascii').toString('hex');

export interface SoftHsmToken {
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export const softhsmToken = (card: TestCard, pin: string): SoftHsmToken => {
  const folder = mkdtempSync(join(tmpdir(), 'softhsm-'));
  const file = (name: string): string => join(folder, name);
  mkdirSync(file('tokens'));
  writeFileSync(file('conf'), `directories.tokendir = ${file('tokens')}\nobjectstore.backend = file\n`);
  const environment = { SOFTHSM2_CONF: file('conf') };
  const run = (command: string, ...args: ReadonlyArray<string>): void => {
    execFileSync(command, args, { env: { ...process.env, ...environment }, stdio: 'pipe' });
  };
  run('softhsm2-util', '--init-token', '--free', '--label', tokenLabel, '--so-pin', '87654321', '--pin', pin);
  const key = createPrivateKey({
    key: Buffer.from(card.save().key.privateKey, 'hex'),
    format: 'der',
    type: 'pkcs8',
  });
  writeFileSync(file('key'), key.export({ format: 'pem', type: 'pkcs8' }));
  const named = ['--token', tokenLabel, '--label', 'cert1', '--id', signId, '--pin', pin];
  run('softhsm2-util', '--import', file('key'), ...named);
  writeFileSync(file('certificate'), card.certificate);
  const object = [
    '--write-object',
    file('certificate'),
    '--type',
    'cert',
    '--id',
    signId,
    '--label',
    'cert1',
  ];
  run('pkcs11-tool', '--module', module, '--token-label', tokenLabel, '--login', '--pin', pin, ...object);
  return { environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
