import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gpkiFacts, type VerificationTerms, verifyCertificate, verifySignedData } from '../../src/index.js';
import { createTestPki, endOfTaipeiDayAfterYears } from '../../src/test-pki/index.js';
import { accepted, codeOf, decoded, refusal, rightOf, sharedPki, termsOf, text } from '../support.js';

const challenge = text('challenge');

const verdict = async (der: Uint8Array, change: Partial<VerificationTerms> = {}) =>
  refusal(verifyCertificate({ der, ...termsOf(await sharedPki(), change) }));

const day = (iso: string) => new Date(`${iso}T00:00:00Z`);

// -------------------------------------------------------------------------------------
// the PKI
// -------------------------------------------------------------------------------------

const pkis = suite('the test PKI');

pkis('two roots have one name and two keys, with a link from the first to the second', async () => {
  const { trust } = await sharedPki();
  const [g1, g2] = trust.anchors;
  assert.is(g1?.subject.normal, g2?.subject.normal);
  assert.is.not(g1?.ski, g2?.ski);
  assert.is(g1?.keyUsage, undefined);
  assert.is(trust.links[0]?.ski, g2?.ski);
  assert.is(trust.links[0]?.aki, g1?.ski);
});

pkis('MOICA has two generations of one name; every CA is marked 測試用', async () => {
  const { trust } = await sharedPki();
  const moica = trust.issuers.filter(({ ca }) => ca === 'MOICA');
  assert.equal(
    moica.map(({ generation }) => generation),
    ['G2', 'G3'],
  );
  assert.is(new Set(moica.map(({ certificate }) => certificate.subject.normal)).size, 1);
  for (const { certificate } of trust.issuers) {
    assert.match(certificate.subject.text, /測試用/);
    assert.equal(certificate.basicConstraints, { ca: true, pathLength: 0 });
    assert.equal(certificate.policies, ['2.16.886.101.0.3.3']);
  }
});

pkis('a card has the shape of the GPKI: serials, end of day, revocation addresses, key usage', async () => {
  const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  const certificate = await decoded(card.certificate);
  assert.match(card.cardNumber, /^[A-Z]{2}\d{14}$/);
  assert.match(card.serial, /^[0-9A-F]{32}$/);
  assert.is(new Date(certificate.notAfter).toISOString(), '2031-01-01T15:59:59.000Z');
  assert.is(certificate.crlPoints.length, 2);
  assert.is(certificate.ocspUris.length, 1);
  assert.equal([...(certificate.keyUsage ?? [])], ['digitalSignature']);
  const encryption = await decoded(card.encryptionCertificate);
  assert.equal([...(encryption.keyUsage ?? [])], ['keyEncipherment', 'dataEncipherment']);
  assert.is(card.holderName, '王小明');
  assert.is(card.last4, '6789');
});

pkis('it can be saved as JSON and taken up again, cards and revocations with it', async () => {
  const pki = await createTestPki({ cas: ['MOICA'], keyPool: 1 });
  const [kept, revoked] = [
    await pki.issueCitizen({ name: '王小明', last4: '6789' }),
    await pki.issueCitizen({ name: '李大華', last4: '1234' }),
  ];
  pki.revoke(revoked, day('2026-02-01'));
  const saved = JSON.parse(JSON.stringify({ pki: pki.save(), cards: [kept.save(), revoked.save()] }));

  const again = await createTestPki({ saved: saved.pki });
  const [first, second] = saved.cards.map((card: unknown) => again.restore(card));
  assert.is(first.serial, kept.serial);
  const terms = termsOf(again);
  const cms = await first.sign(challenge);
  assert.is(await refusal(verifySignedData({ cms, content: challenge, ...terms })), 'accepted');
  assert.is(await refusal(verifyCertificate({ der: second.certificate, ...terms })), 'CERTIFICATE_REVOKED');
  const more = await again.issueCitizen({ name: '陳美玲', last4: '0001' });
  assert.is(await refusal(verifyCertificate({ der: more.certificate, ...termsOf(pki) })), 'accepted');
});

pkis('what save() did not give is not taken', async () => {
  const fails = async (saved: unknown) => {
    try {
      await createTestPki({ saved });
      return 'taken';
    } catch (error) {
      return error instanceof TypeError ? 'refused' : String(error);
    }
  };
  const pki = await createTestPki({ cas: [], keyPool: 1 });
  const good = pki.save();
  assert.is(await fails({ version: 2 }), 'refused');
  assert.is(await fails('x'), 'refused');
  assert.is(await fails({ ...good, encryptionKey: { publicKey: 'zz', privateKey: '' } }), 'refused');
  const [authority] = good.authorities.authorities;
  const misnamed = { ...good.authorities, authorities: [{ ...authority, id: 'GRCA G9' }] };
  assert.is(await fails({ ...good, authorities: misnamed }), 'refused');
  const link = { ...good.authorities, link: 'not hexadecimal' };
  assert.is(await fails({ ...good, authorities: link }), 'refused');
  assert.throws(() => pki.restore({}), /not what/);
  const card = (await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' })).save();
  assert.throws(() => pki.restore({ ...card, record: { ...card.record, certificate: 'zz' } }), /hexadecimal/);
});

pkis('a PKI has only the CAs it was asked for', async () => {
  const pki = await createTestPki({ cas: ['HCA'], keyPool: 1 });
  assert.equal(
    pki.trust.issuers.map(({ ca }) => ca),
    ['HCA'],
  );
  try {
    await pki.issueCitizen({ name: '王小明', last4: '6789' });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /no MOICA G3/);
  }
});

pkis('the numbers come from the source that was given', async () => {
  let next = 0;
  const random = (length: number) => Uint8Array.from({ length }, () => (next++ % 251) + 1);
  const pki = await createTestPki({ cas: ['MOICA'], random, keyPool: 1 });
  next = 0;
  const first = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  next = 0;
  const second = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  assert.is(first.cardNumber, second.cardNumber);
  assert.is(first.serial, second.serial);
  const zero = await createTestPki({ cas: ['MOICA'], random: (n) => new Uint8Array(n), keyPool: 1 });
  const card = await zero.issueCitizen({ name: '王小明', last4: '6789' });
  assert.is(card.serial, `50${'00'.repeat(15)}`);
});

pkis('cards have keys of their own, unless they share a pool', async () => {
  const own = await createTestPki({ cas: ['MOICA'] });
  const keys = async (pki: typeof own) => {
    const cards = [];
    for (let i = 0; i < 3; i += 1) cards.push(await pki.issueCitizen({ name: '王小明', last4: '6789' }));
    return new Set(cards.map((card) => card.save().key.publicKey)).size;
  };
  assert.is(await keys(own), 3);
  assert.is(await keys(await createTestPki({ cas: ['MOICA'], keyPool: 2 })), 2);
});

pkis.run();

// -------------------------------------------------------------------------------------
// the life of a card
// -------------------------------------------------------------------------------------

const lives = suite('the life of a card');

/** The example of the renewal manual: ROC 101-04-09 to 106-04-09. */
const manualCard = async () =>
  (await sharedPki()).issueCitizen({
    name: '王小明',
    last4: '6789',
    notBefore: new Date('2012-04-09T02:47:35Z'),
    notAfter: new Date('2017-04-09T15:59:59Z'),
  });

lives('X-2: 展期 keeps the card number and changes the serial', async () => {
  const pki = await sharedPki();
  const card = await manualCard();
  const renewed = await pki.renew(card);
  assert.is(renewed.cardNumber, card.cardNumber);
  assert.is.not(renewed.serial, card.serial);
  assert.is.not(renewed.encryptionSerial, card.encryptionSerial);
  const [before, after] = [await decoded(card.certificate), await decoded(renewed.certificate)];
  assert.is(after.subject.normal, before.subject.normal);
});

lives('MOICA-6: 展期 leaves notBefore and moves notAfter by three years, eight in all', async () => {
  const pki = await sharedPki();
  const renewed = await pki.renew(await manualCard());
  const found = rightOf(gpkiFacts(await decoded(renewed.certificate), pki.trust));
  assert.is(found.notBefore, '2012-04-09T02:47:35.000Z');
  assert.is(found.notAfter, '2020-04-09T15:59:59.000Z');
});

lives(
  'MOICA-8: between the old end and 展期 the certificate is unusable, and afterwards usable again',
  async () => {
    const pki = await sharedPki();
    const card = await manualCard();
    const at = day('2018-01-01');
    assert.is(await verdict(card.certificate, { at }), 'CERTIFICATE_EXPIRED');
    assert.is(await verdict((await pki.renew(card)).certificate, { at }), 'accepted');
  },
);

lives('X-2: 換卡 changes card number, serial and key', async () => {
  const pki = await createTestPki({ cas: ['MOICA', 'GCA'] });
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const next = await pki.reissue(card, { notBefore: day('2026-03-01') });
  assert.is.not(next.cardNumber, card.cardNumber);
  assert.is.not(next.serial, card.serial);
  assert.is.not(next.save().key.publicKey, card.save().key.publicKey);
  const [before, after] = [await decoded(card.certificate), await decoded(next.certificate)];
  assert.is(after.subject.normal, before.subject.normal);
});

lives('a new MOICA card voids the old one; an agency card overlaps with its successor', async () => {
  const pki = await sharedPki();
  const at = day('2026-03-02');
  const citizen = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  await pki.reissue(citizen, { notBefore: day('2026-03-01'), cardNumber: 'TP99999999999999' });
  assert.is(await verdict(citizen.certificate, { at }), 'CERTIFICATE_REVOKED');
  const spared = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  await pki.reissue(spared, { notBefore: day('2026-03-01'), voidOld: false });
  assert.is(await verdict(spared.certificate, { at }), 'accepted');

  const agency = await pki.issueAgency({
    ca: 'GCA',
    name: '測試機關',
    organisationOid: '2.16.886.101.20003',
  });
  await pki.reissue(agency);
  const profile = { ...termsOf(pki).profile, cas: ['GCA'], subjectTypes: ['agency'] } as const;
  assert.is(await verdict(agency.certificate, { at, profile }), 'accepted');
});

lives('a card may carry the dates, numbers and generation that a test needs', async () => {
  const pki = await sharedPki();
  const card = await pki.issueCitizen({
    name: '王小明',
    last4: '6789',
    cardNumber: 'TP12345678901234',
    subjectSerialNumber: '1010000000000001',
    cardRank: 'mobile',
    notBefore: day('2016-02-29'),
    notAfter: new Date('2021-02-28T15:59:59Z'),
  });
  assert.is(card.cardNumber, 'TP12345678901234');
  const found = gpkiFacts(await decoded(card.certificate), pki.trust);
  assert.is(codeOf(found), 'accepted');
  assert.is(rightOf(found).generation, 'G2');
  assert.is(rightOf(found).cardRank, 'mobile');
  const renewed = await pki.renew(card, { notBefore: day('2016-03-01'), notAfter: day('2020-01-01') });
  assert.is((await decoded(renewed.certificate)).notAfter, day('2020-01-01').getTime());
});

lives('a period ends with the day in Taipei, also on 29 February', () => {
  const end = (from: string, years: number) => endOfTaipeiDayAfterYears(new Date(from), years).toISOString();
  assert.is(end('2026-01-01T00:00:00Z', 5), '2031-01-01T15:59:59.000Z');
  assert.is(end('2026-01-01T17:00:00Z', 5), '2031-01-02T15:59:59.000Z');
  assert.is(end('2024-02-29T00:00:00Z', 5), '2029-02-28T15:59:59.000Z');
  assert.is(end('2024-02-29T00:00:00Z', 4), '2028-02-29T15:59:59.000Z');
});

lives('a card signs with the certificate that it has, also after 展期', async () => {
  const pki = await sharedPki();
  const renewed = await pki.renew(await pki.issueCitizen({ name: '王小明', last4: '6789' }));
  const cms = await renewed.sign(challenge);
  const verified = await accepted(verifySignedData({ cms, content: challenge, ...termsOf(pki) }));
  assert.is(verified.facts.serial, renewed.serial);
});

lives.run();
