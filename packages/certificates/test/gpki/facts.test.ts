import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  gpkiAttributes,
  gpkiFacts,
  subjectFacts,
  subjectTypeOf,
  subjectTypeOids,
  trustStore,
} from '../../src/index.js';
import { accepted, codeOf, decoded, rightOf, sharedPki } from '../support.js';

const factsOf = async (der: Uint8Array) => rightOf(gpkiFacts(await decoded(der), (await sharedPki()).trust));

// -------------------------------------------------------------------------------------
// what each CA's certificates say
// -------------------------------------------------------------------------------------

const facts = suite('gpkiFacts');

facts('X-3: a citizen certificate shows a name, a pseudonym and the last four of the number', async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({
    name: '王小明',
    last4: '6789',
    subjectSerialNumber: '1010202400000012',
  });
  const found = await factsOf(card.certificate);
  assert.is(found.ca, 'MOICA');
  assert.is(found.generation, 'G3');
  assert.is(found.subjectType, 'citizen');
  assert.is(found.subjectTypeOid, '2.16.886.1.100.3.1.1');
  assert.is(found.commonName, '王小明');
  assert.is(found.displayName, '王小明');
  assert.is(found.last4, '6789');
  assert.is(found.subjectSerialNumber, '1010202400000012');
  assert.is(found.organisationOid, undefined);
  assert.is(found.businessNumber, undefined);
  assert.is(found.use, 'sign');
  assert.is(found.notBefore, '2026-01-01T00:00:00.000Z');
  assert.is(found.notAfter, '2031-01-01T15:59:59.000Z');
});

facts('GEPI-53: the serial read from a card is the one that is shown, in its normal form', async () => {
  const card = await (await sharedPki()).issueCitizen({ name: '李大華', last4: '1234' });
  const found = await factsOf(card.certificate);
  assert.is(found.serial, card.serial);
  assert.match(found.serial, /^[1-9A-F][0-9A-F]{31}$/);
});

facts('GEPI-52: the organisation OID of an agency certificate is told for GCA, XCA and HCA', async () => {
  const pki = await sharedPki();
  for (const [ca, subjectType] of [
    ['GCA', 'agency'],
    ['XCA', 'school'],
    ['HCA', 'medicalInstitution'],
  ] as const) {
    const card = await pki.issueAgency({ ca, name: '測試機關', organisationOid: '2.16.886.101.20003.20001' });
    const found = await factsOf(card.certificate);
    assert.is(found.ca, ca);
    assert.is(found.subjectType, subjectType);
    assert.is(found.organisationOid, '2.16.886.101.20003.20001');
    assert.is(found.cardRank, 'primary');
  }
});

facts('X-3: a company certificate carries its business number in name and attributes', async () => {
  const pki = await sharedPki();
  const card = await pki.issueAgency({
    ca: 'MOEACA',
    name: '測試股份有限公司',
    units: ['台中分公司'],
    subjectType: 'branch',
    businessNumber: '12345675',
    cardRank: 'secondary',
  });
  const found = await factsOf(card.certificate);
  assert.is(found.businessNumber, '12345675');
  assert.is(found.subjectSerialNumber, '12345675');
  assert.is(found.displayName, '測試股份有限公司 台中分公司');
  assert.is(found.organisationName, '測試股份有限公司');
  assert.is(found.subjectType, 'branch');
  assert.is(found.cardRank, 'secondary');
});

facts('a school certificate has two localities and no serial number in its name', async () => {
  const pki = await sharedPki();
  const card = await pki.issueAgency({
    ca: 'XCA',
    name: '測試國民小學',
    localities: ['臺中市', '西屯區'],
    organisationOid: '2.16.886.111.90005.90003.100004',
  });
  const certificate = await decoded(card.certificate);
  assert.is(certificate.subject.text, 'C=TW,L=臺中市,L=西屯區,O=測試國民小學');
  assert.is((await factsOf(card.certificate)).notAfter, '2032-01-01T15:59:59.000Z');
});

facts('the encryption certificate of a card says that it is one', async () => {
  const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  const found = await factsOf(card.encryptionCertificate);
  assert.is(found.use, 'encrypt');
  assert.is(found.serial, card.encryptionSerial);
});

facts('use follows key usage', async () => {
  const pki = await sharedPki();
  for (const [keyUsage, use] of [
    [['digitalSignature', 'keyEncipherment'], 'both'],
    [['nonRepudiation'], 'other'],
    [['dataEncipherment'], 'encrypt'],
  ] as const) {
    const card = await pki.issueCitizen({ name: '王小明', last4: '6789', defects: { keyUsage } });
    assert.is((await factsOf(card.certificate)).use, use);
  }
});

facts('the generation is told by key identifier: two keys of MOICA have one name', async () => {
  const pki = await sharedPki();
  const [older, newer] = await Promise.all(
    ['G2', 'G3'].map((generation) => pki.issueCitizen({ name: '王小明', last4: '6789', generation })),
  );
  if (older === undefined || newer === undefined) throw new Error('two cards expected');
  const [a, b] = [await factsOf(older.certificate), await factsOf(newer.certificate)];
  assert.is(a.generation, 'G2');
  assert.is(b.generation, 'G3');
  assert.is(a.issuerName, b.issuerName);
});

facts('without a key identifier a name that two issuers share names none', async () => {
  const pki = await sharedPki();
  const defects = { withoutAuthorityKey: true };
  const citizen = await pki.issueCitizen({ name: '王小明', last4: '6789', defects });
  assert.is(codeOf(gpkiFacts(await decoded(citizen.certificate), pki.trust)), 'ISSUER_UNKNOWN');
  const agency = await pki.issueAgency({
    ca: 'GCA',
    name: '測試機關',
    organisationOid: '2.16.886.101.1',
    defects,
  });
  assert.is((await factsOf(agency.certificate)).ca, 'GCA');
});

facts('an issuer outside the trust store is unknown', async () => {
  const pki = await sharedPki();
  const { anchors } = pki.trustInput;
  const empty = await accepted(trustStore({ anchors, issuers: [] }));
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  assert.is(codeOf(gpkiFacts(await decoded(card.certificate), empty)), 'ISSUER_UNKNOWN');
});

facts.run();

// -------------------------------------------------------------------------------------
// attributes that cannot be believed
// -------------------------------------------------------------------------------------

const strange = suite('subjectFacts of strange certificates');

const broken: ReadonlyArray<readonly [string, string, 'oid' | 'utf8' | 'printable', string]> = [
  ['a second subject type', gpkiAttributes.subjectType, 'oid', subjectTypeOids.agency],
  ['a second last four', gpkiAttributes.last4, 'utf8', '9999'],
  ['a business number of seven digits', gpkiAttributes.businessNumber, 'utf8', '1234567'],
  ['an organisation OID that is text', gpkiAttributes.organisationOid, 'utf8', 'none'],
  ['a business number that differs from the name', gpkiAttributes.businessNumber, 'utf8', '12345675'],
];

for (const [what, type, form, value] of broken) {
  strange(`${what} is refused: a reader must not have to choose`, async () => {
    const card = await (await sharedPki()).issueCitizen({
      name: '王小明',
      last4: '6789',
      defects: { directoryAttributes: [{ type, form, value }] },
    });
    assert.is(codeOf(subjectFacts(await decoded(card.certificate))), 'SUBJECT_FACTS_INVALID');
  });
}

strange('a last four of another form than four capitals and digits is refused', async () => {
  for (const last4 of ['678', '67890', '67-9', 'abcd']) {
    const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4 });
    assert.is(codeOf(subjectFacts(await decoded(card.certificate))), 'SUBJECT_FACTS_INVALID', last4);
  }
});

strange('a subject type that is text, or unknown, is nobody', async () => {
  const pki = await sharedPki();
  const unknown = await pki.issueCitizen({
    name: '王小明',
    last4: '6789',
    defects: { subjectTypeOid: '2.16.886.1.100.3.1.9' },
  });
  assert.is((await factsOf(unknown.certificate)).subjectType, 'unknown');
  assert.is(subjectTypeOf('toString'), 'unknown');
});

strange(
  'a certificate without attributes has no type, rank or number, and is shown by its name',
  async () => {
    const pki = await sharedPki();
    const root = await decoded(pki.authority('GRCA G2').certificate);
    const found = rightOf(subjectFacts(root));
    assert.is(found.subjectType, 'unknown');
    assert.is(found.subjectTypeOid, '');
    assert.is(found.cardRank, undefined);
    assert.is(found.displayName, '(測試用) Government Root Certification Authority');
    assert.is(found.use, 'other');
  },
);

strange('values of an unexpected type are kept apart from texts', async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const certificate = await decoded(card.certificate);
  const attributes = [
    { type: gpkiAttributes.last4, values: ['#02021a85'] },
    { type: gpkiAttributes.cardRank, values: ['golden'] },
  ];
  const changed = { ...certificate, directoryAttributes: attributes };
  assert.is(codeOf(subjectFacts(changed)), 'SUBJECT_FACTS_INVALID');
  const ranked = { ...certificate, directoryAttributes: attributes.slice(1) };
  assert.is(rightOf(subjectFacts(ranked)).cardRank, undefined);
});

strange.run();
