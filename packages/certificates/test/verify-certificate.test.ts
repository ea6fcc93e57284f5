import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromHex, toHex } from '../src/bytes.js';
import { policiesExtension } from '../src/der/encode-certificate.js';
import {
  type CertificateProfile,
  gpkiPolicies,
  memoryRevocation,
  type RevocationAnswer,
  type RevocationSource,
  subjectTypeOids,
  trustStore,
  type VerificationTerms,
  verifyCertificate,
} from '../src/index.js';
import { type Defects, makeCertificate, makeKey } from '../src/test-pki/index.js';
import { makeSubscriberCertificate } from '../src/test-pki/subscriber.js';
import {
  accepted,
  agencyProfile,
  citizenProfile,
  decoded,
  refusal,
  sharedPki,
  termsOf,
  today,
} from './support.js';

const citizen = async (defects?: Defects) =>
  (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789', ...(defects ? { defects } : {}) });

const verdict = async (der: Uint8Array, change: Partial<VerificationTerms> = {}) =>
  refusal(verifyCertificate({ der, ...termsOf(await sharedPki(), change) }));

// -------------------------------------------------------------------------------------
// the whole judgement
// -------------------------------------------------------------------------------------

const whole = suite('verifyCertificate');

whole('GEPI-34: a card read without PIN is judged by its certificate alone', async () => {
  const pki = await sharedPki();
  const card = await citizen();
  const verified = await accepted(verifyCertificate({ der: card.certificate, ...termsOf(pki) }));
  assert.is(verified.facts.commonName, '王小明');
  assert.is(verified.path.length, 3);
  assert.is(verified.revocation.length, 2);
  assert.equal(verified.revocation[0], { status: 'good', at: today, source: 'memory' });
});

whole('GEPI-34: the encryption certificate of the card is taken only where either will do', async () => {
  const card = await citizen();
  assert.is(await verdict(card.encryptionCertificate), 'KEY_USAGE_NOT_ACCEPTED');
  const profile: CertificateProfile = { ...citizenProfile, use: 'any' };
  assert.is(await verdict(card.encryptionCertificate, { profile }), 'accepted');
});

whole('GEPI-9: a manager or clerk must hold a citizen certificate, an agency card will not do', async () => {
  const pki = await sharedPki();
  const agency = await pki.issueAgency({
    ca: 'GCA',
    name: '測試機關',
    organisationOid: '2.16.886.101.20003',
  });
  assert.is(await verdict(agency.certificate), 'ISSUER_NOT_ACCEPTED');
  assert.is(await verdict(agency.certificate, { profile: agencyProfile }), 'accepted');
  const card = await citizen();
  assert.is(await verdict(card.certificate, { profile: agencyProfile }), 'ISSUER_NOT_ACCEPTED');
});

whole('every kind of agency card is accepted by the agency profile', async () => {
  const pki = await sharedPki();
  for (const spec of [
    { ca: 'GCA', subjectType: 'unit', organisationOid: '2.16.886.101.1' },
    { ca: 'XCA', organisationOid: '2.16.886.111.1' },
    { ca: 'MOEACA', businessNumber: '12345675' },
    { ca: 'HCA', organisationOid: '2.16.886.101.2' },
  ] as const) {
    const card = await pki.issueAgency({ ...spec, name: '測試單位' });
    assert.is(await verdict(card.certificate, { profile: agencyProfile }), 'accepted', spec.ca);
  }
});

whole('expired and not yet valid are told apart', async () => {
  const pki = await sharedPki();
  const period = { notBefore: new Date('2015-01-01T00:00:00Z'), notAfter: new Date('2020-01-01T15:59:59Z') };
  const old = await pki.issueCitizen({ name: '王小明', last4: '6789', ...period });
  assert.is(await verdict(old.certificate), 'CERTIFICATE_EXPIRED');
  const future = await pki.issueCitizen({
    name: '王小明',
    last4: '6789',
    notBefore: new Date('2027-01-01T00:00:00Z'),
  });
  assert.is(await verdict(future.certificate), 'CERTIFICATE_NOT_YET_VALID');
  assert.is(await verdict(old.certificate, { at: new Date('2016-01-01T00:00:00Z') }), 'accepted');
});

whole('garbage is refused by its reading', async () => {
  assert.is(await verdict(Uint8Array.of(0x30, 0x80)), 'CERTIFICATE_MALFORMED');
});

whole('a look-alike PKI with the same names and key identifiers is refused, each CA of it', async () => {
  const stranger = await (await sharedPki()).stranger();
  const imitation = await stranger.issueCitizen({ name: '王小明', last4: '6789' });
  assert.is(await verdict(imitation.certificate), 'CERTIFICATE_SIGNATURE_INVALID');
  const agency = await stranger.issueAgency({
    ca: 'GCA',
    name: '測試機關',
    organisationOid: '2.16.886.101.20003',
  });
  assert.is(await verdict(agency.certificate, { profile: agencyProfile }), 'CERTIFICATE_SIGNATURE_INVALID');
});

whole('a path through an issuer outside the trust store does not make it one of the five CAs', async () => {
  const pki = await sharedPki();
  const { anchors, issuers, links } = pki.trustInput;
  const card = await citizen();
  const moica = issuers.find(({ ca, generation }) => ca === 'MOICA' && generation === 'G3');
  const trust = await accepted(
    trustStore({
      anchors,
      issuers: issuers.filter((issuer) => issuer !== moica),
      links: [...(links ?? []), ...(moica ? [moica] : [])],
    }),
  );
  assert.is(await verdict(card.certificate, { trust }), 'ISSUER_UNKNOWN');
});

whole(
  'an issuer that claims a name and key identifier of the trust store must also have its key',
  async () => {
    const pki = await sharedPki();
    const root = pki.authority('GRCA G2');
    const real = pki.authority('MOICA G3');
    // A second certificate of the root for MOICA's name and identifier, with another key: the path holds.
    const key = await makeKey();
    const realRecord = await decoded(real.certificate);
    const twin = await makeCertificate({
      serial: Uint8Array.of(9),
      issuer: root.name,
      subject: real.name,
      notBefore: new Date('2024-01-23T00:00:00Z'),
      notAfter: new Date('2044-01-23T00:00:00Z'),
      publicKey: key.publicKey,
      extensions: realRecord.extensions,
      signer: root.key,
    });
    const certificate = await makeSubscriberCertificate({
      authority: { ...real, key },
      identity: { subjectType: 'citizen', name: '王小明', last4: '6789' },
      key: await makeKey(),
      serial: Uint8Array.of(7),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2031-01-01T15:59:59Z'),
      keyUsage: ['digitalSignature'],
      defects: {},
    });
    const trust = await accepted(trustStore({ ...pki.trustInput, links: [{ der: twin }] }));
    assert.is(await verdict(certificate, { trust }), 'ISSUER_UNKNOWN');
  },
);

whole('only the first root pinned: the path goes through the link to the second', async () => {
  const pki = await sharedPki();
  const g1 = toHex(pki.authority('GRCA G1').certificate);
  const anchors = pki.trustInput.anchors.filter(({ der }) => toHex(der) === g1);
  const trust = await accepted(trustStore({ ...pki.trustInput, anchors }));
  const card = await citizen();
  const { path, revocation } = await accepted(
    verifyCertificate({ der: card.certificate, ...termsOf(pki, { trust }) }),
  );
  assert.is(path.length, 4);
  assert.is(revocation.length, 3);
});

whole.run();

// -------------------------------------------------------------------------------------
// whose card it is
// -------------------------------------------------------------------------------------

const desks = suite('the CA in a refusal');

/** Code and CA of the refusal; fails the test where there was none. */
const refusedAs = async (der: Uint8Array, change: Partial<VerificationTerms> = {}) => {
  const answer = await verifyCertificate({ der, ...termsOf(await sharedPki(), change) })();
  if (answer._tag === 'Right') throw new Error('accepted');
  const { code, ca } = answer.left;
  return [code, ca];
};

desks('GEPI-8: an expired, a revoked and a suspended card name the CA whose helpdesk helps', async () => {
  const pki = await sharedPki();
  const period = { notBefore: new Date('2015-01-01T00:00:00Z'), notAfter: new Date('2020-01-01T15:59:59Z') };
  const old = await pki.issueCitizen({ name: '王小明', last4: '6789', ...period });
  assert.equal(await refusedAs(old.certificate), ['CERTIFICATE_EXPIRED', 'MOICA']);
  const lost = await pki.issueAgency({ ca: 'XCA', name: '測試學校', organisationOid: '2.16.886.111.7' });
  pki.revoke(lost, new Date('2026-03-01T00:00:00Z'));
  const profile = agencyProfile;
  assert.equal(await refusedAs(lost.certificate, { profile }), ['CERTIFICATE_REVOKED', 'XCA']);
  const held = await pki.issueAgency({ ca: 'HCA', name: '測試醫院', organisationOid: '2.16.886.101.7' });
  pki.hold(held, new Date('2026-02-01T00:00:00Z'));
  assert.equal(await refusedAs(held.certificate, { profile }), ['CERTIFICATE_ON_HOLD', 'HCA']);
});

desks('GEPI-9: a card of another kind, or of another role, names its own CA', async () => {
  const pki = await sharedPki();
  const company = await pki.issueAgency({ ca: 'MOEACA', name: '測試公司', businessNumber: '12345675' });
  assert.equal(await refusedAs(company.certificate), ['ISSUER_NOT_ACCEPTED', 'MOEACA']);
  const profile: CertificateProfile = { ...citizenProfile, cas: ['MOICA', 'MOEACA'] };
  assert.equal(await refusedAs(company.certificate, { profile }), ['SUBJECT_TYPE_NOT_ACCEPTED', 'MOEACA']);
  const card = await citizen();
  assert.equal(await refusedAs(card.encryptionCertificate), ['KEY_USAGE_NOT_ACCEPTED', 'MOICA']);
});

desks('GEPI-8: an old card whose algorithm or key is accepted no more still has a helpdesk', async () => {
  const old = await citizen({ digest: 'SHA-1' });
  assert.equal(await refusedAs(old.certificate), ['CERTIFICATE_ALGORITHM_NOT_ACCEPTED', 'MOICA']);
  const short = await citizen({ rsaBits: 1024 });
  assert.equal(await refusedAs(short.certificate), ['KEY_NOT_ACCEPTED', 'MOICA']);
});

desks('a name and a key identifier that anybody can write name no CA, and neither does garbage', async () => {
  const stranger = await (await sharedPki()).stranger();
  const imitation = await stranger.issueCitizen({ name: '王小明', last4: '6789' });
  assert.equal(await refusedAs(imitation.certificate), ['CERTIFICATE_SIGNATURE_INVALID', undefined]);
  assert.equal(await refusedAs(Uint8Array.of(0x30, 0x80)), ['CERTIFICATE_MALFORMED', undefined]);
  const issuers = (await sharedPki()).trustInput.issuers.filter(({ ca }) => ca !== 'MOICA');
  const trust = await accepted(trustStore({ ...(await sharedPki()).trustInput, issuers }));
  const card = await citizen();
  assert.equal(await refusedAs(card.certificate, { trust }), ['ISSUER_UNKNOWN', undefined]);
});

desks.run();

// -------------------------------------------------------------------------------------
// the profile
// -------------------------------------------------------------------------------------

const profiles = suite('certificate profiles');

const wrong: ReadonlyArray<readonly [string, Defects, string]> = [
  ['the test policy', { policies: [gpkiPolicies.test] }, 'POLICY_NOT_ACCEPTED'],
  ['no policy', { policies: [] }, 'POLICY_NOT_ACCEPTED'],
  ['a lower assurance level', { policies: [gpkiPolicies.level2] }, 'POLICY_NOT_ACCEPTED'],
  [
    'an agency type from the citizens’ CA',
    { subjectTypeOid: subjectTypeOids.agency },
    'SUBJECT_TYPE_NOT_ACCEPTED',
  ],
  ['a server', { subjectTypeOid: subjectTypeOids.server }, 'SUBJECT_TYPE_NOT_ACCEPTED'],
  ['an unknown type', { subjectTypeOid: '2.16.886.1.100.3.1.9' }, 'SUBJECT_TYPE_NOT_ACCEPTED'],
  ['a key for encryption', { keyUsage: ['keyEncipherment'] }, 'KEY_USAGE_NOT_ACCEPTED'],
  ['a key for non-repudiation only', { keyUsage: ['nonRepudiation'] }, 'KEY_USAGE_NOT_ACCEPTED'],
  ['RSA of 1,024 bits', { rsaBits: 1024 }, 'KEY_NOT_ACCEPTED'],
  ['a SHA-1 signature of the CA', { digest: 'SHA-1' }, 'CERTIFICATE_ALGORITHM_NOT_ACCEPTED'],
  ['an unknown critical extension', { unknownCriticalExtension: true }, 'CRITICAL_EXTENSION_UNKNOWN'],
];
for (const [what, defects, code] of wrong) {
  profiles(`${what} is refused as ${code}`, async () => {
    assert.is(await verdict((await citizen(defects)).certificate), code);
  });
}

profiles('a type that is accepted must also come from a CA that may say it', async () => {
  const card = await citizen({ subjectTypeOid: subjectTypeOids.agency });
  const profile: CertificateProfile = { ...citizenProfile, subjectTypes: ['citizen', 'agency'] };
  assert.is(await verdict(card.certificate, { profile }), 'SUBJECT_TYPE_NOT_ACCEPTED');
});

profiles('empty lists accept nothing', async () => {
  const { certificate } = await citizen();
  for (const [change, code] of [
    [{ cas: [] }, 'ISSUER_NOT_ACCEPTED'],
    [{ subjectTypes: [] }, 'SUBJECT_TYPE_NOT_ACCEPTED'],
    [{ policies: [] }, 'POLICY_NOT_ACCEPTED'],
  ] as const) {
    assert.is(await verdict(certificate, { profile: { ...citizenProfile, ...change } }), code);
  }
});

profiles('a longer key may be demanded', async () => {
  const { certificate } = await citizen();
  assert.is(
    await verdict(certificate, { profile: { ...citizenProfile, minRsaBits: 3072 } }),
    'KEY_NOT_ACCEPTED',
  );
});

profiles(
  'the policy must hold in the CA certificate too: a test issuer that carries .3 below .0 proves nothing',
  async () => {
    const pki = await sharedPki();
    const root = pki.authority('GRCA G2');
    const real = pki.authority('MOICA G3');
    const issuer = await makeCertificate({
      serial: Uint8Array.of(8),
      issuer: root.name,
      subject: real.name,
      notBefore: new Date('2024-01-23T00:00:00Z'),
      notAfter: new Date('2044-01-23T00:00:00Z'),
      publicKey: real.key.publicKey,
      extensions: [
        ...(await decoded(real.certificate)).extensions.filter(({ oid }) => oid !== '2.5.29.32'),
        policiesExtension([gpkiPolicies.test]),
      ],
      signer: root.key,
    });
    const issuers = [{ ca: 'MOICA', generation: 'G3', der: issuer }] as const;
    const trust = await accepted(trustStore({ anchors: pki.trustInput.anchors, issuers }));
    assert.is(await verdict((await citizen()).certificate, { trust }), 'POLICY_NOT_ACCEPTED');
  },
);

profiles(
  'a citizen’s own key signs no certificates, though the citizen’s certificate is genuine',
  async () => {
    const pki = await sharedPki();
    const key = await makeKey();
    const common = {
      identity: { subjectType: 'citizen', name: '陳偽造', last4: '0000' },
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2031-01-01T15:59:59Z'),
      keyUsage: ['digitalSignature'],
      defects: {},
    } as const;
    const moica = pki.authority('MOICA G3');
    const genuine = await makeSubscriberCertificate({
      ...common,
      authority: moica,
      key,
      serial: Uint8Array.of(5),
    });
    const { subject, ski = '' } = await decoded(genuine);
    const self = {
      ...moica,
      key,
      name: subject.der.slice(),
      keyIdentifier: fromHex(ski) ?? new Uint8Array(0),
    };
    const forged = await makeSubscriberCertificate({
      ...common,
      authority: self,
      key: await makeKey(),
      serial: Uint8Array.of(6),
      identity: { subjectType: 'citizen', name: '王小明', last4: '6789' },
    });
    const trust = { ...pki.trust, links: [await decoded(genuine)] };
    assert.is(await verdict(forged, { trust }), 'ISSUER_NOT_CA');
  },
);

profiles.run();

// -------------------------------------------------------------------------------------
// revocation
// -------------------------------------------------------------------------------------

const revocations = suite('revocation');

const saying = (status: RevocationAnswer['status']): RevocationSource => ({
  status: ({ at }) => TE.right({ status, at, source: 'test' }),
});

revocations('revoked before is refused; revoked after leaves the past valid', async () => {
  const pki = await sharedPki();
  const card = await citizen();
  pki.revoke(card, new Date('2026-03-01T00:00:00Z'), 'keyCompromise');
  assert.is(await verdict(card.certificate), 'CERTIFICATE_REVOKED');
  assert.is(await verdict(card.certificate, { at: new Date('2026-02-28T00:00:00Z') }), 'accepted');
});

revocations('a suspended card is refused until it is resumed', async () => {
  const pki = await sharedPki();
  const card = await citizen();
  pki.hold(card, new Date('2026-02-01T00:00:00Z'));
  pki.release(card, new Date('2026-02-10T00:00:00Z'));
  for (const [day, code] of [
    ['2026-01-31', 'accepted'],
    ['2026-02-05', 'CERTIFICATE_ON_HOLD'],
    ['2026-02-11', 'accepted'],
  ] as const) {
    assert.is(await verdict(card.certificate, { at: new Date(`${day}T00:00:00Z`) }), code, day);
  }
});

revocations('resuming does not undo a revocation, in whatever order they are told', async () => {
  const card = await citizen();
  const revocation = memoryRevocation();
  revocation.release(card.issuerName, card.serial, new Date('2026-02-10T00:00:00Z'));
  revocation.revoke(card.issuerName, card.serial, new Date('2026-02-01T00:00:00Z'));
  assert.is(await verdict(card.certificate, { revocation }), 'CERTIFICATE_REVOKED');
});

revocations(
  'X-2: a serial is the same in any spelling, and another issuer’s is another certificate',
  async () => {
    const card = await citizen();
    const spelled = memoryRevocation();
    const spelling = `00${card.serial.toLowerCase()}`.replace(/(..)(?=.)/g, '$1:');
    spelled.revoke(card.issuerName, spelling, new Date('2026-02-01T00:00:00Z'));
    assert.is(await verdict(card.certificate, { revocation: spelled }), 'CERTIFICATE_REVOKED');
    const other = memoryRevocation();
    other.revoke('C=TW,O=another', card.serial, new Date('2026-02-01T00:00:00Z'));
    assert.is(await verdict(card.certificate, { revocation: other }), 'accepted');
  },
);

revocations('a revoked CA takes all its certificates with it', async () => {
  const pki = await sharedPki();
  const card = await citizen();
  const moica = await decoded(pki.authority('MOICA G3').certificate);
  for (const action of ['revoke', 'hold'] as const) {
    const revocation = memoryRevocation();
    revocation[action](moica.issuer.text, moica.serialNumber, new Date('2026-02-01T00:00:00Z'));
    assert.is(await verdict(card.certificate, { revocation }), 'ISSUER_REVOKED');
  }
});

revocations('no answer, an error and an exception are all a no', async () => {
  const { certificate } = await citizen();
  const failing: RevocationSource = {
    status: () => TE.left({ _tag: 'CertificateError', code: 'ISSUER_UNKNOWN', detail: 'x' }),
  };
  const throwing: RevocationSource = {
    status: () => {
      throw new Error('no network');
    },
  };
  const silent = (answer: unknown): RevocationSource => ({ status: () => TE.right(answer as never) });
  const nothing = [undefined, null, 'good', {}].map(silent);
  for (const revocation of [saying('unknown'), failing, throwing, ...nothing]) {
    assert.is(await verdict(certificate, { revocation }), 'REVOCATION_UNKNOWN');
  }
});

revocations('nobody is asked about a certificate that is not genuine', async () => {
  const stranger = await (await sharedPki()).stranger();
  const { certificate } = await stranger.issueCitizen({ name: '王小明', last4: '6789' });
  let asked = 0;
  const counting: RevocationSource = {
    status: ({ at }) => {
      asked += 1;
      return TE.right({ status: 'good', at, source: 'counting' });
    },
  };
  assert.is.not(await verdict(certificate, { revocation: counting }), 'accepted');
  assert.is(asked, 0);
});

revocations('a list can be taken up again from its entries', async () => {
  const first = memoryRevocation();
  first.revoke('C=TW', '0A', new Date('2026-02-01T00:00:00Z'), 'superseded');
  first.hold('C=TW', '0B', new Date('2026-02-01T00:00:00Z'));
  const entries = first.entries();
  assert.equal(memoryRevocation(JSON.parse(JSON.stringify(entries))).entries(), entries);
  assert.equal(entries[0], {
    issuerName: 'C=TW',
    serial: 'A',
    action: 'revoke',
    when: '2026-02-01T00:00:00.000Z',
    reason: 'superseded',
  });
});

revocations.run();
