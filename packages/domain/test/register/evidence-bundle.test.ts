import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type EvidenceStore, publicEvidence, storeFault } from '../../src/ports/index.js';
import { canonicalJson } from '../../src/register/canonical.js';
import { EvidenceBundle, listsOf, toBundle, toEvidence } from '../../src/register/evidence-bundle.js';
import { findLists, keepLists } from '../../src/register/evidence-lists.js';
import { parseJson } from '../../src/register/json.js';
import { createRecent } from '../../src/register/recent.js';

const goldenText = (name: string): string =>
  readFileSync(new URL(`./evidence/${name}.json`, import.meta.url), 'utf8');

/** Each golden bundle with its hash, by which events of its time name it. */
const hashes: ReadonlyMap<string, string> = new Map([
  ['v1', '64d6be3f570fd93e045686d42511e6ca4cf2a52d8397038098bb07a2c2dcfa7e'],
  ['v2', '248c73fcfec4905956269a815dd70966d5ed9060b6069ad5f30f8796bd5f9f02'],
  ['v2.reading', 'b765b6f0f013e63a7cfcd48801f112cd27e6a762a2c78f81b3c79c8751a129da'],
]);

const hashOf = (bundle: EvidenceBundle): string =>
  createHash('sha256').update(canonicalJson(bundle)).digest('hex');

const goldenBundle = (name: string): EvidenceBundle => {
  const bundle = EvidenceBundle.decode(parseJson(goldenText(name)));
  if (E.isLeft(bundle)) throw new Error(`${name} does not decode`);
  return bundle.right;
};

const octets = (...values: ReadonlyArray<number>) => Uint8Array.from(values);
const list = '24944735eba52e21a8c6f31c90f85df774f0e4f67cd97c56e53ae37c94ae9d64';
const at = new Date('2026-03-02T02:00:00Z');

// -------------------------------------------------------------------------------------
const golden = suite('bundles of evidence, as they were ever written');

for (const [name, hash] of hashes) {
  golden(`${name} is read, and has the hash that it always had`, () => {
    assert.is(hashOf(goldenBundle(name)), hash);
  });
}

golden('v2 as evidence: answer, path, role, issuer, and what each answer rests on', () => {
  const bundle = goldenBundle('v2');
  assert.equal(listsOf(bundle), [list]);
  const evidence = toEvidence(bundle, new Map([[list, octets(16, 17, 18)]]));
  assert.equal(evidence.answer, {
    cms: octets(1, 2, 3),
    content: new TextEncoder().encode('{"nonce":"bm9uY2U"}'),
  });
  assert.equal(evidence.path, [octets(4, 5, 6), octets(7, 8, 9), octets(10, 11, 12)]);
  assert.equal(evidence.at, at);
  assert.equal(evidence.issuer, { ca: 'MOICA', generation: 'G3' });
  assert.is(evidence.profile?.use, 'sign');
  assert.equal(
    evidence.revocation.map(({ status, proofs }) => [status, proofs?.map(({ kind, der }) => [kind, der])]),
    [
      ['good', [['ocsp', octets(13, 14, 15)]]],
      ['good', [['crl', octets(16, 17, 18)]]],
    ],
  );
});

golden('a list that is not there is left out, not invented', () => {
  const evidence = toEvidence(goldenBundle('v2'), new Map());
  assert.equal(evidence.revocation[1]?.proofs, []);
});

golden('a reading has no answer', () => {
  assert.is(toEvidence(goldenBundle('v2.reading'), new Map()).answer, undefined);
});

golden('v1 as evidence: what was said, with nothing to show, and no role', () => {
  const bundle = goldenBundle('v1');
  assert.equal(listsOf(bundle), []);
  const evidence = toEvidence(bundle, new Map());
  assert.equal(evidence.answer?.cms, octets(1, 2, 3));
  assert.equal(evidence.revocation, [{ status: 'good', source: 'memory' }]);
  assert.equal([evidence.profile, evidence.issuer], [undefined, undefined]);
});

golden('a status that no register writes is read as unknown', () => {
  const bundle = goldenBundle('v1');
  assert.ok(bundle.format === 'mandate-evidence/1');
  const odd = { ...bundle, revocation: bundle.revocation.map((said) => ({ ...said, status: 'splendid' })) };
  assert.is(toEvidence(odd, new Map()).revocation[0]?.status, 'unknown');
});

golden('what is made is the newest shape, and names its lists instead of holding them', () => {
  const proof = (kind: 'crl' | 'ocsp', fingerprint: string, der: Uint8Array) => ({ kind, fingerprint, der });
  const v2 = goldenBundle('v2');
  assert.ok(v2.format === 'mandate-evidence/2');
  const made = toBundle({
    kind: 'answer',
    verifiedAt: at.toISOString(),
    challenge: '{"nonce":"bm9uY2U"}',
    cms: octets(1, 2, 3),
    path: [octets(4, 5, 6), octets(7, 8, 9), octets(10, 11, 12)].map((der) => ({ der })),
    profile: {
      cas: ['MOICA'],
      minRsaBits: 2048,
      policies: ['2.16.886.101.0.3.3'],
      subjectTypes: ['citizen'],
      use: 'sign',
    },
    facts: { ca: 'MOICA', generation: 'G3' },
    revocation: [
      {
        status: 'good',
        at,
        source: 'http://ocsp.test.invalid',
        proofs: [proof('ocsp', v2.revocation[0]?.proofs[0]?.sha256 ?? '', octets(13, 14, 15))],
      },
      {
        status: 'good',
        at,
        source: 'http://crl.test.invalid',
        proofs: [proof('crl', list, octets(16, 17, 18))],
      },
    ],
  });
  assert.is(hashOf(made.bundle), hashes.get('v2'));
  assert.equal(made.lists, [proof('crl', list, octets(16, 17, 18))]);
});

golden.run();

// -------------------------------------------------------------------------------------
const lists = suite('lists that evidence rests on');

const storeOf = () => {
  const texts = new Map<string, { readonly subject: string; readonly sealed: string }>();
  let puts = 0;
  const evidence: EvidenceStore = {
    put: (hash, subject, sealed) =>
      TE.fromIO(() => {
        puts += 1;
        texts.set(hash, { subject, sealed });
      }),
    get: (hash) => TE.fromIO(() => texts.get(hash)),
  };
  return { evidence, texts, puts: () => puts };
};

const proofOf = (der: Uint8Array) => ({ kind: 'crl', fingerprint: list, der }) as const;

lists('is put once by one register, and again by one that does not remember it', async () => {
  const { evidence, texts, puts } = storeOf();
  const ports = { evidence, kept: createRecent<true>(1) };
  for (let time = 0; time < 3; time += 1) {
    assert.ok(E.isRight(await keepLists(ports, [proofOf(octets(16, 17, 18))])));
  }
  assert.is(puts(), 1);
  assert.equal(texts.get(list), { subject: publicEvidence, sealed: 'EBES' });
  await keepLists({ evidence, kept: createRecent<true>(1) }, [proofOf(octets(16, 17, 18))]);
  assert.is(puts(), 2);
  assert.equal(await findLists(ports, [list, list]), E.right(new Map([[list, octets(16, 17, 18)]])));
});

lists('large ones come back to the octet, and others are served while one is written', async () => {
  const { evidence } = storeOf();
  const large = Uint8Array.from({ length: 500_001 }, (_, i) => (i * 7) & 0xff);
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 0);
  await keepLists({ evidence, kept: createRecent<true>(1) }, [proofOf(large)]);
  clearInterval(others);
  assert.ok(turns > 1);
  const found = await findLists({ evidence }, [list]);
  assert.ok(E.isRight(found));
  assert.equal(found.right.get(list), large);
});

lists('what is sealed for somebody, or is no base64, is no list', async () => {
  const { evidence, texts } = storeOf();
  texts.set(list, { subject: 'agency.EX001', sealed: 'EBES' });
  assert.equal(await findLists({ evidence }, [list]), E.right(new Map()));
  texts.set(list, { subject: publicEvidence, sealed: '授權' });
  assert.equal(await findLists({ evidence }, [list]), E.right(new Map()));
});

lists(
  'a store that is down is told from one that has none, and a list that was not put is put again',
  async () => {
    const { evidence, puts } = storeOf();
    const fault = storeFault('STORE_UNAVAILABLE', 'down for a test');
    const kept = createRecent<true>(1);
    const down: EvidenceStore = { put: () => TE.left(fault), get: () => TE.left(fault) };
    assert.ok(E.isLeft(await keepLists({ evidence: down, kept }, [proofOf(octets(1))])));
    assert.ok(E.isLeft(await findLists({ evidence: down }, [list])));
    assert.ok(E.isRight(await keepLists({ evidence, kept }, [proofOf(octets(1))])));
    assert.is(puts(), 1);
  },
);

lists.run();
