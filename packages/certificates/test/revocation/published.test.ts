/** Cards of the small GPKI, judged by what its CAs publish: the code that production runs, without a network. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type CrlSource,
  evidenceOf,
  type MaterialFault,
  type OcspTransport,
  type RevocationAnswer,
  type RevocationOrder,
  type RevocationSourceOptions,
  revocationSource,
  verifyCertificate,
  verifyEvidence,
  verifySignedData,
} from '../../src/index.js';
import { createTestPki, type TestPki } from '../../src/test-pki/index.js';
import { accepted, agencyProfile, decoded, refusal, sharedPki, termsOf, text, today } from '../support.js';

const at = today;
const day = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
const random = (length: number): Uint8Array => globalThis.crypto.getRandomValues(new Uint8Array(length));

const fault: MaterialFault = { code: 'UNREACHABLE', detail: 'by test' };
const noCrls: CrlSource = { find: () => async () => ({ _tag: 'Left', left: fault }) };
const noOcsp: OcspTransport = { ask: () => async () => ({ _tag: 'Left', left: fault }) };

const citizen = async (pki: TestPki) => pki.issueCitizen({ name: '王小明', last4: '6789' });

/** What is asked, in the shape of each way to ask. */
const ways = (pki: TestPki, when: Date): ReadonlyArray<readonly [string, RevocationSourceOptions]> => {
  const { crls, ocsp } = pki.publish({ at: when });
  const { trust } = pki;
  const both: RevocationSourceOptions = { trust, crls, ocsp, random };
  return [
    ['lists alone', { trust, crls }],
    ['OCSP for the card, lists for its CA', both],
    ['lists first', { ...both, order: 'crlFirst' }],
    ['both', { ...both, order: 'both' }],
    ['OCSP is down', { ...both, ocsp: noOcsp }],
    ['OCSP without nonces', { trust, crls, ocsp }],
  ];
};

const verdict = async (
  pki: TestPki,
  der: Uint8Array,
  options: RevocationSourceOptions,
  when: Date = at,
): Promise<string> =>
  refusal(verifyCertificate({ der, ...termsOf(pki, { at: when, revocation: revocationSource(options) }) }));

// -------------------------------------------------------------------------------------
// cards
// -------------------------------------------------------------------------------------

const cards = suite('a card, by what its CA publishes');

cards('is good by lists, by OCSP, and by both; its answer shows what it rests on', async () => {
  const pki = await sharedPki();
  const card = await citizen(pki);
  for (const [way, options] of ways(pki, at)) {
    assert.is(await verdict(pki, card.certificate, options), 'accepted', way);
  }
  const { crls, ocsp } = pki.publish({ at });
  const revocation = revocationSource({ trust: pki.trust, crls, ocsp, random });
  const verified = await accepted(
    verifyCertificate({ der: card.certificate, ...termsOf(pki, { revocation }) }),
  );
  const kinds = verified.revocation.map(({ proofs }) => proofs?.map(({ kind }) => kind));
  assert.equal(kinds, [['ocsp'], ['crl']]);
});

cards('that was revoked is refused from that moment on: CERTIFICATE_REVOKED', async () => {
  const pki = await sharedPki();
  const card = await citizen(pki);
  pki.revoke(card, day('2026-03-01'), 'keyCompromise');
  for (const [way, options] of ways(pki, at)) {
    assert.is(await verdict(pki, card.certificate, options), 'CERTIFICATE_REVOKED', way);
  }
  const before = day('2026-02-28');
  for (const [way, options] of ways(pki, before)) {
    assert.is(await verdict(pki, card.certificate, options, before), 'accepted', way);
  }
});

cards('that is on hold is refused until it is released: CERTIFICATE_ON_HOLD', async () => {
  const pki = await sharedPki();
  const card = await citizen(pki);
  pki.hold(card, day('2026-02-01'));
  pki.release(card, day('2026-02-10'));
  for (const [when, code] of [
    ['2026-01-31', 'accepted'],
    ['2026-02-05', 'CERTIFICATE_ON_HOLD'],
    ['2026-02-11', 'accepted'],
  ] as const) {
    for (const [way, options] of ways(pki, day(when))) {
      assert.is(await verdict(pki, card.certificate, options, day(when)), code, `${when} ${way}`);
    }
  }
});

cards('whose CA was revoked is refused by the root’s list: ISSUER_REVOKED', async () => {
  const pki = await sharedPki();
  const agency = await pki.issueAgency({ ca: 'HCA', name: '測試醫院' });
  const hca = await decoded(pki.authority('HCA G2').certificate);
  const judge = async (options: RevocationSourceOptions) =>
    refusal(
      verifyCertificate({
        der: agency.certificate,
        ...termsOf(pki, { profile: agencyProfile, revocation: revocationSource(options) }),
      }),
    );
  for (const [way, options] of ways(pki, at)) assert.is(await judge(options), 'accepted', way);
  pki.revocation.revoke(hca.issuer.text, hca.serialNumber, day('2026-03-01'));
  for (const [way, options] of ways(pki, at)) assert.is(await judge(options), 'ISSUER_REVOKED', way);
});

cards('that signs is judged in the same way', async () => {
  const pki = await sharedPki();
  const card = await citizen(pki);
  const challenge = text('{"nonce":"7d0f"}');
  const { crls, ocsp } = pki.publish({ at });
  const revocation = revocationSource({ trust: pki.trust, crls, ocsp, random });
  const cms = await card.sign(challenge);
  const judge = () => refusal(verifySignedData({ cms, content: challenge, ...termsOf(pki, { revocation }) }));
  assert.is(await judge(), 'accepted');
  pki.hold(card, day('2026-03-01'));
  assert.is(await judge(), 'CERTIFICATE_ON_HOLD');
  pki.release(card, day('2026-03-02'));
  assert.is(await judge(), 'accepted');
  pki.revoke(card, day('2026-03-02'));
  assert.is(await judge(), 'CERTIFICATE_REVOKED');
});

cards('that signed is proved years later by what was kept, with the anchors and nothing else', async () => {
  const pki = await sharedPki();
  const card = await citizen(pki);
  const challenge = text('{"nonce":"7d0f"}');
  const cms = await card.sign(challenge);
  const { anchors } = pki.trustInput;
  for (const [way, options] of ways(pki, at)) {
    const terms = termsOf(pki, { revocation: revocationSource(options) });
    const verified = await accepted(verifySignedData({ cms, content: challenge, ...terms }));
    const evidence = evidenceOf(verified, challenge, terms.profile);
    const report = await verifyEvidence(evidence, { anchors })();
    assert.is(report.indication, 'passed', `${way} ${report.error?.code} ${report.error?.detail}`);
  }
});

cards(
  'of a stranger with the same names is told by neither: its lists and responders are not believed',
  async () => {
    const pki = await sharedPki();
    const stranger = await pki.stranger();
    const card = await citizen(pki);
    const { crls, ocsp } = stranger.publish({ at });
    const { trust } = pki;
    assert.match(await verdict(pki, card.certificate, { trust, crls }), /^CRL_/);
    assert.match(await verdict(pki, card.certificate, { trust, ocsp, random }), /^OCSP_/);
  },
);

cards.run();

// -------------------------------------------------------------------------------------
// outage
// -------------------------------------------------------------------------------------

const outage = suite('an outage');

outage(
  'of everything is a no, and no list and no responder configured is one too: REVOCATION_UNKNOWN',
  async () => {
    const pki = await sharedPki();
    const { certificate } = await citizen(pki);
    const { trust } = pki;
    for (const order of ['ocspFirst', 'crlFirst', 'both'] as const) {
      const down = { trust, crls: noCrls, ocsp: noOcsp, random, order };
      assert.is(await verdict(pki, certificate, down), 'REVOCATION_UNKNOWN', order);
      assert.is(await verdict(pki, certificate, { trust, order }), 'REVOCATION_UNKNOWN', order);
    }
  },
);

outage(
  'of the lists leaves a card good by OCSP whose CA nobody tells about: REVOCATION_UNKNOWN',
  async () => {
    const pki = await sharedPki();
    const { certificate } = await citizen(pki);
    const { ocsp } = pki.publish({ at });
    assert.is(
      await verdict(pki, certificate, { trust: pki.trust, crls: noCrls, ocsp, random }),
      'REVOCATION_UNKNOWN',
    );
  },
);

outage('tells all that was tried', async () => {
  const pki = await sharedPki();
  const { certificate } = await citizen(pki);
  const source = revocationSource({ trust: pki.trust, crls: noCrls, ocsp: noOcsp, random });
  const refused = await verifyCertificate({ der: certificate, ...termsOf(pki, { revocation: source }) })();
  const detail = refused._tag === 'Left' ? refused.left.detail : '';
  assert.match(detail, /OCSP\/ocsp: UNREACHABLE by test/);
  assert.match(detail, /part-10-8\.crl/);
  assert.match(detail, /complete\.crl/);
});

outage('of the responders since a day: what they said then is stale, and lists decide', async () => {
  const pki = await sharedPki();
  const { certificate } = await citizen(pki);
  const { trust } = pki;
  const { crls } = pki.publish();
  const { ocsp } = pki.publish({ at: new Date(at.getTime() - 86_400_000) });
  assert.is(await verdict(pki, certificate, { trust, ocsp, random }), 'OCSP_STALE');
  assert.is(await verdict(pki, certificate, { trust, crls, ocsp, random }), 'accepted');
  assert.is(await verdict(pki, certificate, { trust, crls: noCrls, ocsp, random }), 'OCSP_STALE');
});

outage.run();

// -------------------------------------------------------------------------------------
// publications
// -------------------------------------------------------------------------------------

const publications = suite('what the small GPKI publishes');

publications('tells of what is revoked after it was published, and after it was saved', async () => {
  const pki = await sharedPki();
  const card = await citizen(pki);
  const { crls, ocsp } = pki.publish({ at: () => at });
  const revocation = revocationSource({ trust: pki.trust, crls, ocsp, random });
  const terms = termsOf(pki, { revocation });
  assert.is(await refusal(verifyCertificate({ der: card.certificate, ...terms })), 'accepted');
  pki.revoke(card, day('2026-03-01'));
  assert.is(await refusal(verifyCertificate({ der: card.certificate, ...terms })), 'CERTIFICATE_REVOKED');
});

publications('answers only at the addresses that its certificates name', async () => {
  const pki = await sharedPki();
  const { crls, ocsp } = pki.publish({ at });
  const { certificate: der } = await citizen(pki);
  const certificate = await decoded(der);
  const found = await crls.find({ issuer: certificate.issuer, uris: ['http://elsewhere.invalid/'], at })();
  assert.is(found._tag, 'Left');
  assert.is((await ocsp.ask('http://elsewhere.invalid/', new Uint8Array(0))())._tag, 'Left');
  const all = await crls.find({ issuer: certificate.issuer, uris: [], at })();
  // Two generations of MOICA have one name, and two lists each.
  assert.is(all._tag === 'Right' && all.right.length, 4);
});

publications('a request that is none is answered as malformed: OCSP_NOT_SUCCESSFUL', async () => {
  const pki = await sharedPki();
  const { ocsp } = pki.publish({ at });
  const certificate = await decoded((await citizen(pki)).certificate);
  const [uri = ''] = certificate.ocspUris;
  const answered = await ocsp.ask(uri, Uint8Array.of(0x30, 0))();
  assert.equal(answered, { _tag: 'Right', right: Uint8Array.of(0x30, 3, 0x0a, 1, 1) });
});

publications.run();

// -------------------------------------------------------------------------------------
// two answers
// -------------------------------------------------------------------------------------

const two = suite('two answers about one certificate');

/** Publications by two copies of one PKI that were told different things. */
const told = async (byOcsp: string, byCrl: string, order: RevocationOrder): Promise<string> => {
  const pki = await sharedPki();
  const card = await citizen(pki);
  const certificate = await decoded(card.certificate);
  const copy = async (what: string): Promise<TestPki> => {
    const again = await createTestPki({ saved: pki.save() });
    if (what === 'revoked') again.revoke(card, day('2026-02-01'));
    if (what === 'hold') again.hold(card, day('2026-02-01'));
    return again;
  };
  const [one, other] = [await copy(byOcsp), await copy(byCrl)];
  const { ocsp } = one.publish({ at });
  const { crls } = other.publish({ at });
  const issuer = pki.trust.issuers.find(({ ca, generation }) => ca === 'MOICA' && generation === 'G3');
  const anchor = pki.trust.anchors[1];
  if (issuer === undefined || anchor === undefined) throw new Error('no such CA');
  const source = revocationSource({ trust: pki.trust, crls, ocsp, random, order });
  const answered = await source.status({ certificate, issuer: issuer.certificate, anchor, at })();
  return answered._tag === 'Right' ? answered.right.status : answered.left.code;
};

const worse: ReadonlyArray<RevocationAnswer['status']> = ['good', 'hold', 'revoked'];

two('both asked: the worst wins, whoever says it', async () => {
  for (const byOcsp of worse) {
    for (const byCrl of worse) {
      const expected = worse[Math.max(worse.indexOf(byOcsp), worse.indexOf(byCrl))];
      assert.is(await told(byOcsp, byCrl, 'both'), expected, `${byOcsp} and ${byCrl}`);
    }
  }
});

two('one after the other: the first that answers for certain decides', async () => {
  assert.is(await told('revoked', 'good', 'ocspFirst'), 'revoked');
  assert.is(await told('good', 'revoked', 'ocspFirst'), 'good');
  assert.is(await told('good', 'revoked', 'crlFirst'), 'revoked');
});

two.run();
