import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { uriOfPoint } from '../../src/general-name.js';
import { type Crl, type CrlSource, revocationSource, verifyCertificate } from '../../src/index.js';
import { createTestPki, publishedLists } from '../../src/test-pki/index.js';
import { decoded, refusal, termsOf } from '../support.js';

const lists = suite('the lists that test CAs publish');

const time = (clock: string): Date => new Date(`2026-03-02T${clock}Z`);

const setUp = async () => {
  const pki = await createTestPki({ keyPool: 2 });
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const { issuer, crlPoints } = await decoded(card.certificate);
  const uris = crlPoints.slice(0, 1).flatMap(uriOfPoint);
  const source: CrlSource = publishedLists(pki);
  const listAt = async (at: Date): Promise<Crl> => {
    const found = await source.find({ issuer, uris, at })();
    if (found._tag === 'Left' || found.right[0] === undefined) throw new Error('no list');
    return found.right[0];
  };
  const verdictAt = (at: Date): Promise<string> => {
    const revocation = revocationSource({ trust: pki.trust, crls: source });
    return refusal(verifyCertificate({ der: card.certificate, ...termsOf(pki, { at, revocation }) }));
  };
  return { pki, card, listAt, verdictAt };
};

lists('all who ask within an hour get one list, of that hour; the next hour has its own', async () => {
  const { listAt } = await setUp();
  const [early, late, next] = await Promise.all([
    listAt(time('01:00:00')),
    listAt(time('01:59:59')),
    listAt(time('02:00:00')),
  ]);
  assert.is(early.fingerprint, late.fingerprint);
  assert.is(new Date(early.thisUpdate).toISOString(), time('01:00:00').toISOString());
  assert.is.not(late.fingerprint, next.fingerprint);
});

lists('a revocation comes out at once, and not before it was made', async () => {
  const { pki, card, listAt, verdictAt } = await setUp();
  assert.is(await verdictAt(time('01:20:00')), 'accepted');
  pki.revoke(card, time('01:30:00'));
  assert.is(await verdictAt(time('01:29:59')), 'accepted');
  assert.is(await verdictAt(time('01:30:00')), 'CERTIFICATE_REVOKED');
  assert.is(await verdictAt(time('03:10:00')), 'CERTIFICATE_REVOKED');
  const list = await listAt(time('01:40:00'));
  assert.is(new Date(list.thisUpdate).toISOString(), time('01:30:00').toISOString());
});

lists.run();
