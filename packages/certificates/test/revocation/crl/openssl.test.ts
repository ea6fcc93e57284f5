/**
 * Random lists about one certificate, judged by `crlStatus` and by the `openssl` command: both find it in good standing, or
 * both do not. Where our rules are stricter on purpose, the rule is named here, and only there may openssl say yes alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suiteNeeding } from '@mandate/testing';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { Certificate, Crl, ReasonFlag } from '../../../src/index.js';
import { text } from '../../support.js';
import { day } from './support.js';
import { ca, card, entryFor, everywhere, listOf, now, outcome, partition, root } from './world.js';

const need = {
  available: spawnSync('openssl', ['version']).status === 0,
  reason: 'no openssl command',
  remedy: 'npm run setup:system',
};

const compromise: ReadonlyArray<ReasonFlag> = ['keyCompromise', 'cACompromise', 'aACompromise'];
const others: ReadonlyArray<ReasonFlag> = [
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
];

const often = <const A>(usual: A, ...rare: ReadonlyArray<A>) =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 14 },
    ...rare.map((value) => ({ arbitrary: fc.constant(value), weight: 1 })),
  );

const randomList = fc.record({
  times: often('fresh', 'stale', 'future'),
  signer: often('CA', 'Stranger'),
  issuer: often('CA', 'Other'),
  listed: often(undefined, 'unspecified', 'keyCompromise', 'certificateHold'),
  point: often(undefined, partition, 'http://other.test.invalid/1.crl'),
  only: often(undefined, 'user', 'ca', 'attribute'),
  reasons: often(undefined, compromise, others),
  critical: often(false, true),
  digest: often('SHA-256', 'SHA-384'),
});

type RandomList = typeof randomList extends fc.Arbitrary<infer A> ? A : never;

const randomDelta = fc.record({
  change: often(undefined, 'keyCompromise', 'certificateHold', 'removeFromCrl'),
  base: often(10, 9, 11),
  signer: often('CA', 'Stranger'),
});

type RandomDelta = typeof randomDelta extends fc.Arbitrary<infer A> ? A : never;

const times = {
  fresh: { thisUpdate: day('2026-03-01'), nextUpdate: day('2026-03-08') },
  stale: { thisUpdate: day('2026-02-01'), nextUpdate: day('2026-02-08') },
  future: { thisUpdate: day('2026-03-03'), nextUpdate: day('2026-03-08') },
} as const;

/** Where a complete list says that its deltas are: openssl looks for none otherwise. */
const freshest = [{ uris: ['http://ca.test.invalid/delta.crl'] }];

const realise = (list: RandomList, holder: Certificate) => {
  const { point, only, reasons, issuer } = list;
  const scoped = point !== undefined || only !== undefined || reasons !== undefined;
  return listOf({
    ...times[list.times],
    issuer,
    signer: issuer === 'CA' ? list.signer : issuer,
    // As that of the CA, so that the signature alone can tell.
    ...(issuer === 'CA' ? { authorityKey: text('CA') } : {}),
    digest: list.digest,
    freshest,
    entries: list.listed === undefined ? [] : [entryFor(holder, { reason: list.listed })],
    ...(scoped
      ? {
          issuingPoint: {
            ...(point === undefined ? {} : { uris: [point] }),
            ...(only === undefined ? {} : { only }),
            ...(reasons === undefined ? {} : { onlySomeReasons: reasons }),
          },
        }
      : {}),
    ...(list.critical
      ? { extensions: [{ oid: '2.999.1', critical: true, value: Uint8Array.of(5, 0) }] }
      : {}),
  });
};

const realiseDelta = (delta: RandomDelta, holder: Certificate) =>
  listOf({
    baseNumber: delta.base,
    number: 12,
    thisUpdate: day('2026-03-01'),
    nextUpdate: day('2026-03-03'),
    signer: delta.signer,
    authorityKey: text('CA'),
    entries: delta.change === undefined ? [] : [entryFor(holder, { reason: delta.change })],
  });

const pem = (kind: string, der: Uint8Array): string =>
  `-----BEGIN ${kind}-----\n${(
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END ${kind}-----\n`;

/** Whether openssl accepts the certificate with these lists. */
const byOpenssl = async (
  folder: string,
  holder: Certificate,
  lists: ReadonlyArray<Uint8Array>,
): Promise<boolean> => {
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const child = spawn('openssl', [
    'verify',
    ...['-crl_check', '-extended_crl', '-use_deltas', '-attime', String(now.getTime() / 1000)],
    ...['-CAfile', file('root.pem', pem('CERTIFICATE', (await root()).der))],
    ...['-untrusted', file('ca.pem', pem('CERTIFICATE', (await ca()).der))],
    ...['-CRLfile', file('lists.pem', lists.map((der) => pem('X509 CRL', der)).join(''))],
    file('card.pem', pem('CERTIFICATE', holder.der)),
  ]);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
};

const openssl = suiteNeeding('random lists beside openssl', need);

const compared = async (
  folder: string,
  holder: Certificate,
  lists: ReadonlyArray<Crl>,
): Promise<{ readonly ours: string; readonly theirs: boolean }> => ({
  ours: await outcome(holder, everywhere(...lists), { clockSkew: 0 }),
  theirs: await byOpenssl(
    folder,
    holder,
    lists.map(({ der }) => der),
  ),
});

/** Runs with an empty folder, and counts both answers: a generator that always says no would prove nothing. */
const inFolder = async (
  run: (folder: string, count: (good: boolean) => void) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-crl-'));
  const seen = { yes: 0, no: 0 };
  try {
    await run(folder, (good) => {
      seen[good ? 'yes' : 'no'] += 1;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  assert.ok(seen.yes >= 5 && seen.no >= 5, JSON.stringify(seen));
};

openssl('one list: good for both or for neither', async () => {
  const holder = await card([{ uris: [partition] }]);
  await inFolder((folder, count) =>
    fc.assert(
      fc.asyncProperty(randomList, async (list) => {
        const { ours, theirs } = await compared(folder, holder, [await realise(list, holder)]);
        assert.is(ours === 'good', theirs, ours);
        count(theirs);
      }),
      { numRuns: 80 },
    ),
  );
});

openssl(
  'a complete list with a delta: never good for us alone; and where not for us alone, by a rule of ours',
  async () => {
    const holder = await card([{ uris: [partition] }]);
    const bases = randomList.map(
      (list): RandomList => ({
        ...list,
        issuer: 'CA',
        point: undefined,
        only: undefined,
        reasons: undefined,
      }),
    );
    await inFolder((folder, count) =>
      fc.assert(
        fc.asyncProperty(bases, randomDelta, async (list, delta) => {
          const lists = [await realise(list, holder), await realiseDelta(delta, holder)] as const;
          const { ours, theirs } = await compared(folder, holder, lists);
          // A delta that must not be believed, or tells of a newer list, refuses; a revocation is for ever; and a
          // complete list that has ended is not made fresh by a delta.
          const stricter =
            list.times !== 'fresh' ||
            delta.signer !== 'CA' ||
            delta.base > 10 ||
            (delta.change === 'removeFromCrl' && list.listed !== 'certificateHold');
          if (stricter) assert.ok(theirs || ours !== 'good', ours);
          else assert.is(ours === 'good', theirs, ours);
          count(theirs);
        }),
        { numRuns: 80 },
      ),
    );
  },
);

openssl.run();
