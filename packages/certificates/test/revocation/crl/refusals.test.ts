/** Lists that must not be believed, each with its own code. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Extension, extensionOids } from '../../../src/certificate.js';
import {
  basicConstraintsExtension,
  encodeName,
  keyUsageExtension,
} from '../../../src/der/encode-certificate.js';
import * as w from '../../../src/der/writer.js';
import { type CrlSource, decodeCrl, historicAlgorithms } from '../../../src/index.js';
import { makeCertificate, makeCrl, makeKey } from '../../../src/test-pki/index.js';
import { link } from '../../path/support.js';
import { accepted, decoded, text } from '../../support.js';
import { day, nameDer } from './support.js';
import { ca, card, entryFor, everywhere, listOf, outcome, partition } from './world.js';

const time = suite('crlStatus: freshness');

const minute = 60_000;
const around = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * minute);

time('RFC 5280 6.3.3 (a): a stale list', async () => {
  const list = everywhere(await listOf({ nextUpdate: day('2026-03-01') }));
  assert.is(await outcome(await card(), list), 'CRL_STALE');
});

time('a list that does not say when it ends is stale', async () => {
  assert.is(await outcome(await card(), everywhere(await listOf({ absent: 'nextUpdate' }))), 'CRL_STALE');
});

time('a list from the future', async () => {
  const list = everywhere(await listOf({ thisUpdate: day('2026-03-03') }));
  assert.is(await outcome(await card(), list), 'CRL_NOT_YET_VALID');
});

time(
  'clocks may differ by five minutes at both ends, or by what is configured, at most an hour',
  async () => {
    const holder = await card();
    const crls = everywhere(await listOf({ thisUpdate: day('2026-03-01'), nextUpdate: day('2026-03-08') }));
    const [from, to] = [day('2026-03-01'), day('2026-03-08')];
    const at = (instant: Date, clockSkew?: number) =>
      outcome(holder, crls, { at: instant, ...(clockSkew === undefined ? {} : { clockSkew }) });
    assert.is(await at(from), 'good');
    assert.is(await at(around(from, -5)), 'good');
    assert.is(await at(around(from, -6)), 'CRL_NOT_YET_VALID');
    assert.is(await at(to), 'good');
    assert.is(await at(around(to, 5)), 'good');
    assert.is(await at(around(to, 6)), 'CRL_STALE');
    assert.is(await at(around(to, 1), 0), 'CRL_STALE');
    assert.is(await at(around(from, -1), 0), 'CRL_NOT_YET_VALID');
    assert.is(await at(around(to, 61), 1e12), 'CRL_STALE');
    assert.is(await at(around(to, 1), Number.NaN), 'CRL_STALE');
    assert.is(await at(around(to, 1), -1e12), 'CRL_STALE');
  },
);

time.run();

// -------------------------------------------------------------------------------------

const forged = suite('crlStatus: signature and algorithm');

forged('the list of another CA', async () => {
  assert.is(
    await outcome(await card(), everywhere(await listOf({ issuer: 'Other' }))),
    'CRL_ISSUER_MISMATCH',
  );
});

forged('a list in the name of the CA by a stranger, with the identifier of the CA’s key', async () => {
  const list = await listOf({ signer: 'Stranger', authorityKey: text('CA') });
  assert.is(await outcome(await card(), everywhere(list)), 'CRL_SIGNATURE_INVALID');
});

forged('a list in the name of the CA by a stranger, with the identifier of his own', async () => {
  assert.is(
    await outcome(await card(), everywhere(await listOf({ signer: 'Stranger' }))),
    'CRL_SIGNER_NOT_TRUSTED',
  );
});

forged('a list with SHA-1, unless the past is read', async () => {
  const holder = await card();
  const list = everywhere(await listOf({ digest: 'SHA-1' }));
  assert.is(await outcome(holder, list), 'CRL_ALGORITHM_NOT_ACCEPTED');
  assert.is(await outcome(holder, list, { algorithms: historicAlgorithms }), 'good');
});

forged('a list by a key of 1,024 bits', async () => {
  const key = await makeKey(1024);
  const weak = await decoded(
    await makeCertificate({
      serial: Uint8Array.of(9),
      issuer: nameDer('Root'),
      subject: nameDer('CA'),
      notBefore: day('2020-01-01'),
      notAfter: day('2030-01-01'),
      publicKey: key.publicKey,
      extensions: [],
      signer: key,
    }),
  );
  const der = await makeCrl({
    issuer: nameDer('CA'),
    signer: key,
    thisUpdate: day('2026-03-01'),
    nextUpdate: day('2026-03-08'),
  });
  const list = everywhere(await accepted(decodeCrl(der)));
  assert.is(await outcome(await card(), list, { issuer: weak }), 'CRL_ALGORITHM_NOT_ACCEPTED');
});

forged('a list by an issuer whose key usage has no cRLSign', async () => {
  const issuer = await link({
    subject: 'CA',
    issuer: 'Root',
    extensions: [basicConstraintsExtension(true), keyUsageExtension(['keyCertSign'])],
  });
  assert.is(await outcome(await card(), everywhere(await listOf()), { issuer }), 'CRL_SIGNER_NOT_TRUSTED');
});

forged('an anchor is a name and a key: its key usage is not judged', async () => {
  const anchor = await link({
    subject: 'Root',
    issuer: 'Root',
    extensions: [basicConstraintsExtension(true), keyUsageExtension(['keyCertSign'])],
  });
  const list = everywhere(await listOf({ issuer: 'Root' }));
  assert.is(await outcome(await ca(), list, { issuer: anchor, anchor }), 'good');
});

forged('critical extensions that are not known, of the list or of any entry', async () => {
  const holder = await card();
  const extension = { oid: '2.999.1', critical: true, value: w.nullValue };
  assert.is(
    await outcome(holder, everywhere(await listOf({ extensions: [extension] }))),
    'CRL_EXTENSION_UNKNOWN',
  );
  const other = entryFor(await card(), { extensions: [extension] });
  assert.is(await outcome(holder, everywhere(await listOf({ entries: [other] }))), 'CRL_EXTENSION_UNKNOWN');
  const lax = { ...extension, critical: false };
  const fine = await listOf({ extensions: [lax], entries: [entryFor(await card(), { extensions: [lax] })] });
  assert.is(await outcome(holder, everywhere(fine)), 'good');
});

forged.run();

// -------------------------------------------------------------------------------------

const scope = suite('crlStatus: scope');

scope('RFC 5280 6.3.3 (b) (2) (i): a list of another point', async () => {
  const holder = await card([{ uris: [partition] }]);
  const at = async (uri: string) =>
    outcome(holder, everywhere(await listOf({ issuingPoint: { uris: [uri] } })));
  assert.is(await at(partition), 'good');
  assert.is(await at(`${partition}x`), 'CRL_OUT_OF_SCOPE');
});

scope('a relative name is a name with the issuer’s before it', async () => {
  const relative = [{ type: '2.5.4.3', value: 'CRL1' }];
  const holder = await card([{ relative }]);
  const full = await listOf({
    issuingPoint: {
      directory: encodeName([
        { type: '2.5.4.6', value: 'TW' },
        { type: '2.5.4.11', value: 'CA' },
        { type: '2.5.4.3', value: 'crl1' },
      ]),
    },
  });
  assert.is(await outcome(holder, everywhere(full)), 'good');
  assert.is(await outcome(holder, everywhere(await listOf({ issuingPoint: { relative } }))), 'good');
  const another = [{ type: '2.5.4.3', value: 'CRL2' }];
  const wrong = await listOf({ issuingPoint: { relative: another } });
  assert.is(await outcome(holder, everywhere(wrong)), 'CRL_OUT_OF_SCOPE');
});

scope('4.2.1.13: a name relative to two issuers of lists is relative to none', async () => {
  const relative = [{ type: '2.5.4.3', value: 'CRL1' }];
  const attribute = w.sequence(w.oid('2.5.4.3'), w.utf8('CRL1'));
  const point = (...issuers: ReadonlyArray<string>): Extension => ({
    oid: extensionOids.crlDistributionPoints,
    critical: false,
    value: w.sequence(
      w.sequence(
        w.context(0, w.context(1, attribute)),
        w.context(2, ...issuers.map((issuer) => w.context(4, nameDer(issuer)))),
      ),
    ),
  });
  const lists = everywhere(
    await listOf({ issuer: 'Lists', issuingPoint: { relative, indirect: true } }),
    await listOf({ issuer: 'Root' }),
  );
  const extra = [await ca('Lists')];
  assert.is(await outcome(await card([], [point('Lists')]), lists, { extra }), 'good');
  assert.is(await outcome(await card([], [point('Lists', 'Others')]), lists, { extra }), 'CRL_OUT_OF_SCOPE');
});

scope('(b) (2) (ii) to (iv): lists of other kinds of certificate', async () => {
  const [holder, authority] = [await card(), await ca()];
  const only = (kind: 'user' | 'ca' | 'attribute', issuer: string) =>
    listOf({ issuer, issuingPoint: { only: kind } });
  assert.is(await outcome(holder, everywhere(await only('user', 'CA'))), 'good');
  assert.is(await outcome(holder, everywhere(await only('ca', 'CA'))), 'CRL_OUT_OF_SCOPE');
  assert.is(await outcome(holder, everywhere(await only('attribute', 'CA'))), 'CRL_OUT_OF_SCOPE');
  assert.is(await outcome(authority, everywhere(await only('ca', 'Root'))), 'good');
  assert.is(await outcome(authority, everywhere(await only('user', 'Root'))), 'CRL_OUT_OF_SCOPE');
});

const compromise = ['keyCompromise', 'cACompromise', 'aACompromise'] as const;
const others = [
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
] as const;

scope('(d) (e): a list of some reasons is half an answer; a list of the others completes it', async () => {
  const holder = await card();
  const half = await listOf({ issuingPoint: { onlySomeReasons: compromise } });
  const rest = await listOf({ issuingPoint: { onlySomeReasons: others } });
  assert.is(await outcome(holder, everywhere(half)), 'CRL_REASONS_INCOMPLETE');
  assert.is(await outcome(holder, everywhere(rest)), 'CRL_REASONS_INCOMPLETE');
  assert.is(await outcome(holder, everywhere(half, rest)), 'good');
});

scope('half an answer that says revoked is an answer', async () => {
  const holder = await card();
  const onlySomeReasons = compromise;
  const half = await listOf({ issuingPoint: { onlySomeReasons }, entries: [entryFor(holder)] });
  assert.is(await outcome(holder, everywhere(half)), 'revoked');
  const rest = await listOf({
    issuingPoint: { onlySomeReasons: others },
    entries: [entryFor(holder, { reason: 'certificateHold' })],
  });
  assert.is(await outcome(holder, everywhere(rest)), 'hold');
  assert.is(await outcome(holder, everywhere(rest, half)), 'revoked');
});

scope('the reasons of a point limit a list that has them all', async () => {
  const holder = await card([{ uris: [partition], reasons: compromise }]);
  const list = await listOf();
  const atPointAlone: CrlSource = {
    find: (query) => everywhere(...(query.uris.length === 0 ? [] : [list])).find(query),
  };
  assert.is(await outcome(holder, atPointAlone), 'CRL_REASONS_INCOMPLETE');
  // The whole list of the issuer answers for the rest.
  assert.is(await outcome(holder, everywhere(list)), 'good');
});

scope('cRLIssuer: a list that is not announced as indirect', async () => {
  const holder = await card([{ uris: [partition], issuer: nameDer('Other') }]);
  assert.is(await outcome(holder, everywhere(await listOf({ issuer: 'Other' }))), 'CRL_OUT_OF_SCOPE');
});

scope.run();
