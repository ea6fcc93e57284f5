/** Who may sign a list (RFC 5280 6.3.3 (f), (g)). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Extension } from '../../../src/certificate.js';
import { basicConstraintsExtension, keyUsageExtension } from '../../../src/der/encode-certificate.js';
import { distributionPointsExtension } from '../../../src/der/encode-crl.js';
import type { Certificate } from '../../../src/index.js';
import { link, trusting } from '../../path/support.js';
import { withTrust } from '../../support.js';
import { nameDer } from './support.js';
import {
  answer,
  ca,
  card,
  entryFor,
  errorOf,
  everywhere,
  listOf,
  now,
  outcome,
  partition,
  root,
} from './world.js';

const caThatSigns: ReadonlyArray<Extension> = [
  basicConstraintsExtension(true),
  keyUsageExtension(['keyCertSign', 'cRLSign']),
];
const listsAlone: ReadonlyArray<Extension> = [keyUsageExtension(['cRLSign'])];

/** Lists of the root: without them nobody below it is in good standing. */
const rootList = (change: Parameters<typeof listOf>[0] = {}) => listOf({ issuer: 'Root', ...change });

// -------------------------------------------------------------------------------------
// several keys of one name
// -------------------------------------------------------------------------------------

const generations = suite('crlStatus: several keys of one name');

/** Another generation of the CA: same name, another key, under the same root. */
const sibling = (extensions = caThatSigns) =>
  link({ subject: 'CA', issuer: 'Root', key: 'CA-G2', extensions });

generations('the list of one generation says nothing of the cards of another', async () => {
  const holder = await card();
  const other = await sibling();
  const lists = everywhere(await listOf({ signer: 'CA-G2' }), await rootList());
  const { code, detail } = await errorOf(holder, lists, { extra: [other] });
  assert.is(code, 'CRL_SIGNER_NOT_TRUSTED');
  assert.match(detail, /another key of the name/);
  const trust = withTrust(await trusting(await root()), {
    issuers: [{ ca: 'MOICA', generation: 'G2', certificate: other }],
  });
  assert.is(await outcome(holder, lists, { trust }), 'CRL_SIGNER_NOT_TRUSTED');
  assert.is(
    await outcome(holder, lists, { trust: withTrust(trust, { issuers: [], links: [other] }) }),
    'CRL_SIGNER_NOT_TRUSTED',
  );
});

generations('where one list speaks for all keys of a name, it does when it is told so', async () => {
  const holder = await card();
  const extra = [await sibling()];
  const signers = 'issuerName';
  const silent = everywhere(await listOf({ signer: 'CA-G2' }), await rootList());
  assert.is(await outcome(holder, silent, { extra, signers }), 'good');
  const naming = everywhere(await listOf({ signer: 'CA-G2', entries: [entryFor(holder)] }), await rootList());
  assert.is(await outcome(holder, naming, { extra, signers }), 'revoked');
});

generations('the own list answers, though that of another generation lies beside it', async () => {
  const holder = await card();
  const own = await listOf({ entries: [entryFor(holder)] });
  const other = await listOf({ signer: 'CA-G2', number: 99 });
  assert.is(await outcome(holder, everywhere(own, other), { extra: [await sibling()] }), 'revoked');
  assert.is(await outcome(holder, everywhere(other, own), { extra: [await sibling()] }), 'revoked');
});

generations.run();

// -------------------------------------------------------------------------------------
// a key for lists, certified by the issuer
// -------------------------------------------------------------------------------------

const dedicated = suite('crlStatus: a key for lists alone');

const signersPoint = 'http://ca.test.invalid/signers.crl';

const listKey = (
  extensions = listsAlone,
  change: Partial<Parameters<typeof link>[0]> = {},
): Promise<Certificate> =>
  link({
    subject: 'CA',
    issuer: 'CA',
    key: 'CA-lists',
    signer: 'CA',
    extensions: [...extensions, distributionPointsExtension([{ uris: [signersPoint] }])],
    ...change,
  });

/** A list by the key for lists, and one of the CA's own key on which the key for lists is asked about. */
const byListKey = async (signerEntries: ReadonlyArray<ReturnType<typeof entryFor>> = []) => {
  const holder = await card([{ uris: [partition] }]);
  const list = await listOf({ signer: 'CA-lists', issuingPoint: { uris: [partition] } });
  const ownList = await listOf({ issuingPoint: { uris: [signersPoint] }, entries: signerEntries });
  return { holder, lists: everywhere(list, ownList) };
};

dedicated('which the issuer’s own key certified signs for it; its certificate is a proof', async () => {
  const signer = await listKey();
  const { holder, lists } = await byListKey();
  const told = await answer(holder, lists, { extra: [signer, await ca()] });
  assert.is(told.status, 'good');
  assert.equal(
    told.proofs?.map(({ kind }) => kind),
    ['crl', 'certificate', 'crl'],
  );
  assert.is(told.proofs?.[1]?.fingerprint, signer.fingerprint);
});

dedicated('whose certificate was revoked signs nothing any more', async () => {
  const signer = await listKey();
  const { holder, lists } = await byListKey([entryFor(signer)]);
  const { code, detail } = await errorOf(holder, lists, { extra: [signer, await ca()] });
  assert.is(code, 'CRL_SIGNER_NOT_TRUSTED');
  assert.match(detail, /the signer is revoked/);
});

dedicated('on hold signs nothing either, and neither does one of whom nobody knows', async () => {
  const signer = await listKey();
  const held = await byListKey([entryFor(signer, { reason: 'certificateHold' })]);
  assert.match((await errorOf(held.holder, held.lists, { extra: [signer] })).detail, /the signer is hold/);
  const list = await listOf({ signer: 'CA-lists' });
  const { code, detail } = await errorOf(held.holder, everywhere(list), { extra: [signer] });
  assert.is(code, 'CRL_SIGNER_NOT_TRUSTED');
  assert.match(detail, /revocation of the signer/);
});

dedicated('does not vouch for itself', async () => {
  const signer = await listKey();
  const list = await listOf({ signer: 'CA-lists' });
  assert.is(await outcome(signer, everywhere(list), { extra: [signer] }), 'CRL_SIGNER_NOT_TRUSTED');
});

const wrongSigners: ReadonlyArray<readonly [string, () => Promise<Certificate>, RegExp]> = [
  ['that another CA certified', () => listKey(listsAlone, { signer: 'Other' }), /path of the signer/],
  ['without cRLSign', () => listKey([keyUsageExtension(['digitalSignature'])]), /may not sign lists/],
  ['without any key usage', () => listKey([]), /another key of the name/],
  ['that may sign certificates as well', () => listKey(caThatSigns), /another key of the name/],
  [
    'that has expired',
    () => listKey(listsAlone, { change: { notAfter: new Date('2021-01-01') } }),
    /CERTIFICATE_EXPIRED/,
  ],
];

for (const [what, signer, detail] of wrongSigners) {
  dedicated(`${what}: refused`, async () => {
    const { holder, lists } = await byListKey();
    const error = await errorOf(holder, lists, { extra: [await signer(), await ca()] });
    assert.is(error.code, 'CRL_SIGNER_NOT_TRUSTED');
    assert.match(error.detail, detail);
  });
}

dedicated('that another generation of the CA certified, and calls good: refused', async () => {
  const { holder, lists } = await byListKey();
  const signer = await listKey(listsAlone, { signer: 'CA-G2' });
  const own = await lists.find({ issuer: holder.issuer, uris: [partition], at: now })();
  const others = [
    await listOf({ signer: 'CA-G2', issuingPoint: { uris: [signersPoint] } }),
    await rootList(),
    ...(own._tag === 'Right' ? own.right : []),
  ];
  const extra = [signer, await sibling(), await ca()];
  const { code, detail } = await errorOf(holder, everywhere(...others), { extra });
  assert.is(code, 'CRL_SIGNER_NOT_TRUSTED');
  assert.match(detail, /another key of the name/);
});

dedicated.run();

// -------------------------------------------------------------------------------------
// indirect lists
// -------------------------------------------------------------------------------------

const indirect = suite('crlStatus: indirect lists');

const byOther = () => card([{ uris: [partition], issuer: nameDer('Publisher') }]);
const publisher = (issuer = 'Root') =>
  link({ subject: 'Publisher', issuer, extensions: [keyUsageExtension(['cRLSign'])] });
const scope = { uris: [partition], indirect: true };

indirect('a publisher whom the certificate names speaks for its issuer', async () => {
  const holder = await byOther();
  const extra = [await publisher()];
  const silent = await listOf({ issuer: 'Publisher', issuingPoint: scope });
  assert.is(await outcome(holder, everywhere(silent, await rootList()), { extra }), 'good');
  const entries = [entryFor(holder, { certificateIssuer: nameDer('CA') })];
  const naming = await listOf({ issuer: 'Publisher', issuingPoint: scope, entries });
  assert.is(await outcome(holder, everywhere(naming, await rootList()), { extra }), 'revoked');
});

indirect('the same number of another issuer is another certificate', async () => {
  const holder = await byOther();
  const extra = [await publisher()];
  for (const certificateIssuer of [undefined, nameDer('Other')]) {
    const entries = [entryFor(holder, certificateIssuer === undefined ? {} : { certificateIssuer })];
    const list = await listOf({ issuer: 'Publisher', issuingPoint: scope, entries });
    assert.is(await outcome(holder, everywhere(list, await rootList()), { extra }), 'good');
  }
});

indirect('a publisher whom the certificate does not name speaks for nobody', async () => {
  const extra = [await publisher()];
  const list = await listOf({ issuer: 'Publisher', issuingPoint: scope });
  assert.is(
    await outcome(await card(), everywhere(list, await rootList()), { extra }),
    'CRL_ISSUER_MISMATCH',
  );
});

indirect('a publisher that is revoked, not known, or of another root', async () => {
  const holder = await byOther();
  const list = await listOf({ issuer: 'Publisher', issuingPoint: scope });
  const named = await publisher();
  const revoking = await rootList({ entries: [entryFor(named)] });
  assert.is(await outcome(holder, everywhere(list, revoking), { extra: [named] }), 'CRL_SIGNER_NOT_TRUSTED');
  assert.is(await outcome(holder, everywhere(list, await rootList())), 'CRL_SIGNER_NOT_TRUSTED');
  const strangers = await link({ subject: 'Elsewhere', issuer: 'Elsewhere' });
  const stranger = await publisher('Elsewhere');
  const extra = [stranger, strangers];
  assert.is(await outcome(holder, everywhere(list, await rootList()), { extra }), 'CRL_SIGNER_NOT_TRUSTED');
  // Trusted for something else, and in good standing there: it must lead to the anchor of the certificate's own path.
  const trust = await trusting(await root(), strangers);
  const lists = everywhere(list, await rootList(), await listOf({ issuer: 'Elsewhere' }));
  assert.is(await outcome(holder, lists, { extra, trust }), 'CRL_SIGNER_NOT_TRUSTED');
});

indirect('a circle of publishers who vouch for each other ends, and is refused', async () => {
  const pointing = (subject: string, to: string) =>
    link({
      subject,
      issuer: 'CA',
      extensions: [
        keyUsageExtension(['cRLSign']),
        distributionPointsExtension([{ uris: [partition], issuer: nameDer(to) }]),
      ],
    });
  const [a, b] = [await pointing('A', 'B'), await pointing('B', 'A')];
  const holder = await card([{ uris: [partition], issuer: nameDer('A') }]);
  const lists = everywhere(
    await listOf({ issuer: 'A', issuingPoint: scope }),
    await listOf({ issuer: 'B', issuingPoint: scope }),
  );
  assert.is(await outcome(holder, lists, { extra: [a, b, await ca()] }), 'CRL_SIGNER_NOT_TRUSTED');
});

indirect('a publisher whom the CA that is asked about has made itself does not speak for it', async () => {
  const authority = await link({
    subject: 'CA',
    issuer: 'Root',
    extensions: [
      ...caThatSigns,
      distributionPointsExtension([{ uris: [partition], issuer: nameDer('Publisher') }]),
    ],
  });
  const list = await listOf({ issuer: 'Publisher', issuingPoint: scope });
  const ownList = await listOf();
  const made = await publisher('CA');
  const { code, detail } = await errorOf(authority, everywhere(list, ownList), { extra: [made, authority] });
  assert.is(code, 'CRL_SIGNER_NOT_TRUSTED');
  assert.match(detail, /certified by whom it speaks of/);
  const real = await publisher();
  assert.is(
    await outcome(authority, everywhere(list, await rootList()), { extra: [real, authority] }),
    'good',
  );
});

indirect('a bag of look-alikes costs a bounded number of signatures', async () => {
  const holder = await byOther();
  const many = await Promise.all(
    Array.from({ length: 60 }, () =>
      link({ subject: 'Publisher', issuer: 'Root', key: 'Decoy', identifiers: false }),
    ),
  );
  const list = await listOf({ issuer: 'Publisher', issuingPoint: scope });
  const { detail } = await errorOf(holder, everywhere(list), { extra: many });
  assert.match(detail, /more than 48 signatures/);
});

indirect.run();
