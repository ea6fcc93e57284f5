import { readFileSync } from 'node:fs';
import { type CertificateProfile, gpkiPolicies, verifySignedData } from '@mandate/certificates';
import { createTestPki, type TestPki } from '@mandate/certificates/test-pki';
import type { CardFault } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

let pki: Promise<TestPki> | undefined;
export const sharedPki = (): Promise<TestPki> => {
  pki ??= createTestPki({ cas: ['MOICA'] });
  return pki;
};

export const profile: CertificateProfile = {
  subjectTypes: ['citizen'],
  cas: ['MOICA'],
  policies: [gpkiPolicies.level3],
  use: 'sign',
  minRsaBits: 2048,
};

export const challenge = new TextEncoder().encode('{"nonce":"7d0f","purpose":"register"}');

/** Who signed, as the register judges it; throws the code of a refusal. */
export const judge = async (cms: Uint8Array, content: Uint8Array = challenge) => {
  const { trust, revocation } = await sharedPki();
  const at = new Date('2026-03-02T01:00:00Z');
  const verified = await verifySignedData({ cms, content, trust, at, revocation, profile })();
  if (E.isLeft(verified)) throw new Error(verified.left.code);
  return verified.right;
};

export const rightOf = <A>(either: Either<CardFault, A>): A => {
  if (E.isLeft(either)) throw new Error(`${either.left.code}: ${either.left.detail}`);
  return either.right;
};

export const leftOf = <A>(either: Either<CardFault, A>): CardFault => {
  if (E.isRight(either)) throw new Error('no fault');
  return either.left;
};

/** Processes of modules that this one started and that still run. */
export const modulePids = (): ReadonlyArray<string> =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pkcs11/child'));

export const children = (): number => modulePids().length;
