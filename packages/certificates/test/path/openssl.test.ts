/**
 * Random chains, judged by `verifyPath` and by the `openssl` command: both say yes, or both say no. Where our rules are
 * stricter on purpose, the rule is named here, and only there may openssl say yes alone.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suiteNeeding } from '@mandate/testing';
import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type Certificate, type PathRequest, type TrustStore, verifyPath } from '../../src/index.js';
import { today } from '../support.js';
import { anyPolicy, clientAuth, type RandomChain, randomChain } from './random-chains.js';
import { randomRoot, realise } from './realise-chain.js';
import { trusting } from './support.js';

const need = {
  available: spawnSync('openssl', ['version']).status === 0,
  reason: 'no openssl command',
  remedy: 'npm run setup:system',
};

const pem = ({ der }: Certificate): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

const requestOf = (
  chain: RandomChain,
  end: Certificate,
  extra: ReadonlyArray<Certificate>,
  trust: TrustStore,
): PathRequest => ({
  certificate: end,
  extra,
  trust,
  at: today,
  policies: chain.demands,
  ...(chain.purpose ? { purposes: [clientAuth] } : {}),
});

const argumentsOf = ({ demands, purpose }: RandomChain): ReadonlyArray<string> => [
  '-policy_check',
  ...(demands.accepted ?? [anyPolicy]).flatMap((policy) => ['-policy', policy]),
  ...(demands.explicit === true ? ['-explicit_policy'] : []),
  ...(demands.inhibitMapping === true ? ['-inhibit_map'] : []),
  ...(demands.inhibitAny === true ? ['-inhibit_any'] : []),
  ...(purpose ? ['-purpose', 'sslclient'] : []),
];

/** Without basic constraints keyCertSign makes a CA for openssl; RFC 5280 6.1.4 (k) asks for them. */
const strictlyNoCa = ({ cas }: RandomChain): boolean => cas.some(({ notCa }) => notCa === true);

/** openssl lets a mapping out of anyPolicy count where anyPolicy itself does not (RFC 5280 6.1.3 (d)(2), 6.1.4 (b)(1)). */
const mapsInhibitedAnyPolicy = ({ cas, demands }: RandomChain): boolean =>
  (demands.inhibitAny === true || cas.some(({ inhibitAnyPolicy }) => inhibitAnyPolicy !== undefined)) &&
  cas.some(({ policies, mappings }) => policies.includes(anyPolicy) && mappings.length > 0);

const stricter = (chain: RandomChain): boolean => strictlyNoCa(chain) || mapsInhibitedAnyPolicy(chain);

const differential = suiteNeeding('verifyPath and openssl verify', need);

let folder = '';
differential.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'mandate-openssl-'));
});
differential.after(() => rmSync(folder, { recursive: true }));

const opensslSaysYes = (
  chain: RandomChain,
  end: Certificate,
  extra: ReadonlyArray<Certificate>,
): Promise<[boolean, string]> => {
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const args = [
    'verify',
    '-attime',
    String(today.getTime() / 1000),
    '-CAfile',
    join(folder, 'root.pem'),
    ...(extra.length === 0 ? [] : ['-untrusted', file('extra.pem', extra.map(pem).join(''))]),
    ...argumentsOf(chain),
    file('end.pem', pem(end)),
  ];
  return new Promise((resolve, reject) => {
    execFile('openssl', args, (error, _, stderr) => {
      // A no is a verdict, and nothing else: what cannot be read must not pass for one.
      if (error !== null && !stderr.includes('verification failed')) reject(new Error(stderr));
      else resolve([error === null, stderr]);
    });
  });
};

differential('random chains of up to five CAs are judged alike', async () => {
  const root = await randomRoot();
  const trust = await trusting(root);
  writeFileSync(join(folder, 'root.pem'), pem(root));
  const counts = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(randomChain, async (chain) => {
      const { end, extra } = await realise(chain);
      const [ours, [theirs, why]] = await Promise.all([
        verifyPath(requestOf(chain, end, extra, trust))(),
        opensslSaysYes(chain, end, extra),
      ]);
      const yes = ours._tag === 'Right';
      counts[yes ? 'yes' : 'no'] += 1;
      if (!(theirs && stricter(chain))) assert.is(yes, theirs, ours._tag === 'Left' ? ours.left.code : why);
    }),
    { numRuns: 80 },
  );
  // Of 4,000 chains two in five held: neither answer is the only one.
  assert.ok(counts.yes > 0 && counts.no > 0);
});

differential.run();
