/** What a stranger can make a validation cost: counted in signatures, comparisons and certificates, never in time. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CertificateCache } from '../../src/certificate-cache.js';
import { certificateLimits } from '../../src/der/certificate.js';
import { policiesExtension } from '../../src/der/encode-certificate.js';
import * as w from '../../src/der/writer.js';
import {
  type Certificate,
  decodeCertificate,
  pathBudget,
  type TrustStore,
  validatePath,
  verifyPath,
} from '../../src/index.js';
import { makeCertificate } from '../../src/test-pki/index.js';
import { codeOf, refusal, today } from '../support.js';
import {
  alternativeNamesExtension,
  type NameOf,
  nameConstraintsExtension,
  policyMappingsExtension,
} from './extensions.js';
import { caExtensions, keyNamed, leaf, link, trusting } from './support.js';

const at = today;

/** A trust store that counts the signatures that were asked for, whether they were known already or not. */
const counting = async (): Promise<{ readonly trust: TrustStore; readonly signatures: () => number }> => {
  const store = await trusting(await link({ subject: 'root', issuer: 'root' }));
  let asked = 0;
  const cache: CertificateCache = {
    ...store.cache,
    signature: (fingerprint, key) => {
      asked += 1;
      return store.cache.signature(fingerprint, key);
    },
  };
  return { trust: { ...store, cache }, signatures: () => asked };
};

const judged = async (certificate: Certificate, extra: ReadonlyArray<Certificate>) => {
  const { trust, signatures } = await counting();
  const report = await validatePath({ certificate, extra, trust, at })();
  return { code: report.error?.code ?? 'accepted', signatures: signatures(), checks: report.checks.length };
};

const hostile = suite('what a stranger can make a validation cost');

hostile('fifty links: a bag of more than sixteen is not looked at', async () => {
  const chain = [await link({ subject: 'n0', issuer: 'root', key: 'k0', signer: 'root' })];
  for (let i = 1; i < 50; i += 1) {
    chain.push(
      await link({ subject: `n${i}`, issuer: `n${i - 1}`, key: `k${i % 3}`, signer: `k${(i - 1) % 3}` }),
    );
  }
  const certificate = await leaf('n49', { signer: 'k1' });
  const all = await judged(certificate, chain);
  assert.equal([all.code, all.signatures], ['PATH_BUDGET_EXCEEDED', 0]);
  const some = await judged(certificate, chain.slice(-pathBudget.extra));
  assert.is(some.code, 'PATH_BUDGET_EXCEEDED');
  assert.ok(some.signatures < pathBudget.certificates);
});

hostile('sixteen cross certificates in circles', async () => {
  const extra = [];
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const subject of names) {
    for (const issuer of names) if (subject !== issuer) extra.push(await link({ subject, issuer }));
  }
  const { code, signatures } = await judged(await leaf('a'), extra.slice(0, pathBudget.extra));
  assert.ok(code === 'ISSUER_UNKNOWN' || code === 'PATH_BUDGET_EXCEEDED', code);
  assert.ok(signatures <= pathBudget.signatures);
});

hostile('one name with many keys, each signed by each', async () => {
  const extra = [];
  for (let i = 0; i < 4; i += 1) {
    for (let j = 0; j < 4; j += 1) {
      extra.push(
        await link({ subject: 'x', issuer: 'x', key: `k${i}`, signer: `k${j}`, identifiers: false }),
      );
    }
  }
  const { code, signatures } = await judged(await leaf('x', { signer: 'k0', identifiers: false }), extra);
  assert.is(code, 'PATH_BUDGET_EXCEEDED');
  assert.is(signatures, pathBudget.signatures);
});

hostile('one name with sixteen keys of which none signed', async () => {
  const extra = [];
  for (let i = 0; i < pathBudget.extra; i += 1) {
    extra.push(await link({ subject: 'x', issuer: 'root', key: `k${i % 4}`, identifiers: false }));
  }
  const certificate = await leaf('x', { signer: 'nobody', identifiers: false });
  const { code, signatures, checks } = await judged(certificate, extra);
  assert.is(code, 'CERTIFICATE_SIGNATURE_INVALID');
  assert.is(signatures, pathBudget.extra);
  // The report tells of one attempt, not of all.
  assert.ok(checks < 10);
});

hostile('decoys with the right name and identifier do not hide the issuer of the trust store', async () => {
  const { trust } = await counting();
  const issuer = await link({ subject: 'ca', issuer: 'root' });
  const decoys = [];
  for (let i = 0; i < pathBudget.extra; i += 1) {
    decoys.push(
      await link({
        subject: 'ca',
        issuer: 'root',
        change: { publicKey: (await keyNamed(`k${i % 4}`)).publicKey },
      }),
    );
  }
  const known = { ...trust, issuers: [{ ca: 'GCA', generation: 'G2', certificate: issuer }] as const };
  const certificate = await leaf('ca');
  assert.is(await refusal(verifyPath({ certificate, extra: decoys, trust: known, at })), 'accepted');
});

hostile(
  'whatever cross certificates come along, the budget holds and nothing is accepted without the root',
  async () => {
    const { trust, signatures } = await counting();
    const names = ['a', 'b', 'c'];
    const keys = ['k0', 'k1', 'k2'];
    const one = fc.record({
      subject: fc.constantFrom(...names),
      issuer: fc.constantFrom(...names),
      key: fc.constantFrom(...keys),
      signer: fc.constantFrom(...keys),
      identifiers: fc.boolean(),
    });
    let before = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: pathBudget.extra }), one, async (specs, end) => {
        const extra = await Promise.all(specs.map((spec) => link(spec)));
        const certificate = await leaf(end.issuer, { signer: end.signer, identifiers: end.identifiers });
        assert.is.not(await refusal(verifyPath({ certificate, extra, trust, at })), 'accepted');
        assert.ok(signatures() - before <= pathBudget.signatures);
        before = signatures();
      }),
      { numRuns: 40 },
    );
  },
);

hostile('RFC 9618: six CAs that map every policy to every other', async () => {
  const policies = Array.from({ length: 8 }, (_, i) => `1.2.3.${i}`);
  const mappings = policies.flatMap((issuerDomainPolicy) =>
    policies.map((subjectDomainPolicy) => ({ issuerDomainPolicy, subjectDomainPolicy })),
  );
  const extensions = [...caExtensions, policiesExtension(policies), policyMappingsExtension(mappings)];
  const extra = [await link({ subject: 'p0', issuer: 'root', key: 'k0', extensions })];
  for (let i = 1; i < 6; i += 1) {
    const [key, signer] = [`k${i % 2}`, `k${(i + 1) % 2}`];
    extra.push(await link({ subject: `p${i}`, issuer: `p${i - 1}`, key, signer, extensions }));
  }
  const certificate = await leaf('p5', { signer: 'k1', extensions: [policiesExtension(policies)] });
  const { trust } = await counting();
  const report = await validatePath({ certificate, extra, trust, at, policies: { explicit: true } })();
  // The tree would have 8 to the power of 7 leaves; what it says is the same.
  assert.equal(report.indication === 'passed' && [...report.policies].sort(), policies);
});

// -------------------------------------------------------------------------------------
// names without end
// -------------------------------------------------------------------------------------

const names = (count: number): ReadonlyArray<NameOf> =>
  Array.from({ length: count }, (_, i) => ({ type: 'dns', value: `n${i}.invalid` }));

/** The octets of a certificate that may be too large to be read. */
const octets = async (
  subject: Uint8Array,
  extension: Certificate['extensions'][number],
): Promise<Uint8Array> =>
  makeCertificate({
    serial: Uint8Array.of(1),
    issuer: w.sequence(w.setOf(w.sequence(w.oid('2.5.4.6'), w.printable('TW')))),
    subject,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2030-01-01T00:00:00Z'),
    publicKey: (await keyNamed('root')).publicKey,
    signer: await keyNamed('root'),
    extensions: [extension],
  });

const emptyName = w.sequence();

hostile('ten thousand names, and a megabyte of them, are refused unread', async () => {
  const many = await octets(emptyName, alternativeNamesExtension(names(10_000)));
  assert.is(codeOf(await decodeCertificate(many)()), 'CERTIFICATE_TOO_LARGE');
  const part = w.setOf(w.sequence(w.oid('2.5.4.11'), w.utf8('x'.repeat(1_000))));
  const long = await octets(
    w.sequence(...Array<Uint8Array>(1_050).fill(part)),
    alternativeNamesExtension(names(1)),
  );
  assert.ok(long.length > 1_000_000);
  assert.is(codeOf(await decodeCertificate(long)()), 'CERTIFICATE_TOO_LARGE');
  const small = await octets(emptyName, alternativeNamesExtension(names(400)));
  assert.ok(small.length < certificateLimits.maxBytes);
  assert.is(codeOf(await decodeCertificate(small)()), 'CERTIFICATE_MALFORMED');
});

hostile('the most names that can be read, below the most limits, in six CAs', async () => {
  const limits = {
    excluded: names(250).map(
      (name) => ({ ...name, value: `x${'value' in name ? name.value : ''}` }) as NameOf,
    ),
  };
  const limited = [...caExtensions, nameConstraintsExtension(limits)];
  const extra = [];
  for (let i = 0; i < 6; i += 1) {
    extra.push(
      await link({
        subject: `c${i}`,
        issuer: i === 0 ? 'root' : `c${i - 1}`,
        key: `k${i % 2}`,
        signer: i === 0 ? 'root' : `k${(i + 1) % 2}`,
        extensions: limited,
      }),
    );
  }
  const certificate = await leaf('c5', { signer: 'k1', extensions: [alternativeNamesExtension(names(250))] });
  const { code } = await judged(certificate, extra);
  assert.is(code, 'PATH_BUDGET_EXCEEDED');
});

hostile('octets of any kind in a name constraint or a name are judged without an exception', async () => {
  const { trust } = await counting();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('rfc822' as const, 'dns' as const, 'uri' as const),
      fc.string({ maxLength: 40 }),
      fc.string({ maxLength: 40 }),
      async (type, name, base) => {
        const limit = nameConstraintsExtension({ permitted: [{ type, value: base }] });
        const ca = await link({ subject: 'ca', issuer: 'root', extensions: [...caExtensions, limit] });
        const certificate = await leaf('ca', {
          extensions: [alternativeNamesExtension([{ type, value: name }])],
        });
        const code = await refusal(verifyPath({ certificate, extra: [ca], trust, at }));
        const codes = ['accepted', 'NAME_NOT_PERMITTED', 'CONSTRAINT_NOT_SUPPORTED'];
        assert.ok(codes.includes(code), code);
      },
    ),
    { numRuns: 100 },
  );
});

hostile.run();
