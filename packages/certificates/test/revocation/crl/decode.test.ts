import { readdirSync, readFileSync } from 'node:fs';
import { sharedData, suiteNeeding } from '@mandate/testing';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { authorityKeyExtension, encodeName } from '../../../src/der/encode-certificate.js';
import {
  crlNumberExtension,
  deltaCrlExtension,
  freshestCrlExtension,
  issuingPointExtension,
} from '../../../src/der/encode-crl.js';
import * as w from '../../../src/der/writer.js';
import { decodeCrl } from '../../../src/index.js';
import { accepted, refusal, text } from '../../support.js';
import {
  day,
  entryOf,
  framed,
  nameDer,
  ownEntry,
  readCrl,
  readName,
  serialOctets,
  sha256WithRsa,
  unsigned,
  withEntryOctets,
} from './support.js';

// -------------------------------------------------------------------------------------
// what a list says
// -------------------------------------------------------------------------------------

const reading = suite('decodeCrl');

reading('RFC 5280 5.1: issuer, times, numbers and scope are those of the list', async () => {
  const crl = await readCrl(
    unsigned({
      extensions: [
        authorityKeyExtension(Uint8Array.of(1, 2, 3)),
        crlNumberExtension(2026),
        deltaCrlExtension(2000),
        issuingPointExtension({
          uris: ['http://ca.test.invalid/1.crl'],
          only: 'user',
          onlySomeReasons: ['keyCompromise', 'aACompromise'],
        }),
        freshestCrlExtension([{ uris: ['http://ca.test.invalid/delta.crl'] }]),
      ],
    }),
  );
  assert.is(crl.issuer.text, 'C=TW,OU=CA');
  assert.is(crl.thisUpdate, day('2026-03-01').getTime());
  assert.is(crl.nextUpdate, day('2026-03-08').getTime());
  assert.is(crl.aki, '010203');
  assert.is(crl.crlNumber, '7EA');
  assert.is(crl.baseCrlNumber, '7D0');
  assert.equal(crl.issuingPoint, {
    name: { fullName: [{ type: 'uri', value: 'http://ca.test.invalid/1.crl' }] },
    onlyUserCertificates: true,
    onlyCaCertificates: false,
    onlyAttributeCertificates: false,
    onlySomeReasons: new Set(['keyCompromise', 'aACompromise']),
    indirect: false,
  });
  assert.equal(crl.freshestCrl, [
    { name: { fullName: [{ type: 'uri', value: 'http://ca.test.invalid/delta.crl' }] } },
  ]);
  assert.is(crl.size, 0);
  assert.is(crl.unknownCritical, undefined);
});

reading('RFC 5280 5.3: an entry has its date, its reason, and when the key was lost', async () => {
  const crl = await readCrl(
    unsigned({
      entries: [
        entryOf('1'),
        entryOf('80', { reason: 'certificateHold' }),
        entryOf('FF01', { reason: 'keyCompromise', invalidityDate: day('2025-12-31') }),
        entryOf('02', { invalidityDate: day('2051-02-28'), revokedAt: day('2050-01-01') }),
      ],
    }),
  );
  assert.is(crl.size, 4);
  assert.equal(ownEntry(crl, '1'), { revokedAt: day('2026-01-05').getTime(), reason: 'unspecified' });
  assert.is(ownEntry(crl, '80')?.reason, 'certificateHold');
  assert.equal(ownEntry(crl, 'FF01'), {
    revokedAt: day('2026-01-05').getTime(),
    reason: 'keyCompromise',
    invalidityDate: day('2025-12-31').getTime(),
  });
  assert.equal(ownEntry(crl, '2'), {
    revokedAt: day('2050-01-01').getTime(),
    reason: 'unspecified',
    invalidityDate: day('2051-02-28').getTime(),
  });
  for (const other of ['', '0', '3', 'FF', 'FF0', 'FF0100', '-1', 'x', '1'.repeat(60)]) {
    assert.is(ownEntry(crl, other), undefined, other);
  }
});

reading('an entry of one issuer says nothing of the same number of another', async () => {
  const crl = await readCrl(unsigned({ entries: [entryOf('5')] }));
  assert.ok(crl.entry(await readName('CA'), '5'));
  assert.is(crl.entry(await readName('CB'), '5'), undefined);
});

reading('RFC 5280 5.3.3: the certificate issuer of an entry goes for those that follow', async () => {
  const crl = await readCrl(
    unsigned({
      extensions: [issuingPointExtension({ indirect: true })],
      entries: [
        entryOf('1'),
        entryOf('2', { certificateIssuer: nameDer('B') }),
        entryOf('3', { reason: 'superseded' }),
        entryOf('4', { certificateIssuer: nameDer('C'), reason: 'keyCompromise' }),
        entryOf('5', { certificateIssuer: nameDer('CA') }),
      ],
    }),
  );
  const [a, b, c] = await Promise.all(['CA', 'B', 'C'].map(readName));
  const found = (issuer: typeof a) =>
    ['1', '2', '3', '4', '5'].filter((serial) => issuer && crl.entry(issuer, serial) !== undefined);
  assert.equal(found(a), ['1', '5']);
  assert.equal(found(b), ['2', '3']);
  assert.equal(found(c), ['4']);
  assert.is(c && crl.entry(c, '4')?.reason, 'keyCompromise');
});

reading('an issuer that every entry repeats is one run; the index grows by entries alone', async () => {
  const entries = (certificateIssuer?: Uint8Array) =>
    Array.from({ length: 300 }, (_, i) =>
      entryOf(
        (i + 256).toString(16).toUpperCase(),
        certificateIssuer === undefined ? {} : { certificateIssuer },
      ),
    );
  const extensions = [issuingPointExtension({ indirect: true })];
  const own = await readCrl(unsigned({ extensions, entries: entries() }));
  const others = await readCrl(unsigned({ extensions, entries: entries(nameDer('B')) }));
  const issuer = await readName('B');
  for (let i = 256; i < 556; i += 1) {
    const serial = i.toString(16).toUpperCase();
    assert.ok(others.entry(issuer, serial), serial);
    assert.is(ownEntry(others, serial), undefined);
  }
  assert.ok(others.indexBytes <= own.indexBytes + 512, `${others.indexBytes}`);
});

reading('a certificate that is listed twice has the earliest date and the gravest reason', async () => {
  const early = day('2025-01-01');
  const hold = entryOf('7', { reason: 'certificateHold', revokedAt: early });
  const loss = entryOf('7', { reason: 'keyCompromise' });
  for (const entries of [
    [hold, loss],
    [loss, entryOf('8'), hold],
  ]) {
    const crl = await readCrl(unsigned({ entries }));
    assert.equal(ownEntry(crl, '7'), { revokedAt: early.getTime(), reason: 'keyCompromise' });
  }
});

reading('a critical extension that is not known is noted, in the list and in an entry', async () => {
  const unknown = { oid: '2.999.1', critical: true, value: w.nullValue };
  const lax = { ...unknown, critical: false };
  assert.is((await readCrl(unsigned({ extensions: [unknown] }))).unknownCritical, '2.999.1');
  assert.is((await readCrl(unsigned({ extensions: [lax] }))).unknownCritical, undefined);
  const entry = (extensions: (typeof unknown)[]) => unsigned({ entries: [entryOf('1', { extensions })] });
  assert.is((await readCrl(entry([unknown]))).unknownCritical, '2.999.1');
  const noted = await readCrl(entry([lax]));
  assert.is(noted.unknownCritical, undefined);
  assert.ok(ownEntry(noted, '1'));
});

reading('a serial that is not positive is read, and is the number of no certificate', async () => {
  const entry = (serial: Uint8Array) => w.sequence(w.element(2, serial), w.time(day('2026-01-05')));
  const crl = await readCrl(withEntryOctets(entry(Uint8Array.of(0xff)), entry(Uint8Array.of(0))));
  assert.is(crl.size, 2);
  for (const serial of ['FF', '0', '00', '1', '-1']) assert.is(ownEntry(crl, serial), undefined);
});

reading('the octets belong to the record: the caller may reuse its own', async () => {
  const der = unsigned({ entries: [entryOf('9')] });
  const crl = await readCrl(der);
  der.fill(0);
  assert.ok(ownEntry(crl, '9'));
  const given = unsigned({ entries: [entryOf('9')] });
  const owned = await accepted(decodeCrl(given, { owned: true }));
  assert.is(owned.der.buffer, given.buffer);
});

reading('a list of 50,000 is read in many slices; all entries are found, and none other', async () => {
  const serial = (i: number): string =>
    (BigInt(i) * 0x9e3779b97f4a7c15f39cc0605cedc834n).toString(16).slice(-30);
  const numbers = Array.from({ length: 50_000 }, (_, i) =>
    `1${serial(i + 1).padStart(30, '0')}`.toUpperCase(),
  );
  const der = unsigned({ entries: numbers.map((number) => entryOf(number, { reason: 'superseded' })) });
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
  };
  const crl = await accepted(decodeCrl(der, { pause }));
  assert.ok(pauses >= 8, `${pauses} pauses`);
  assert.is(crl.size, 50_000);
  for (const number of numbers) assert.ok(ownEntry(crl, number), number);
  for (const number of numbers) assert.is(ownEntry(crl, `2${number.slice(1)}`), undefined);
  assert.ok(crl.indexBytes < 1_000_000);
});

reading(
  'what is read slowly counts for more: entries with rare extensions come in smaller slices',
  async () => {
    const rare = [{ oid: '2.999.1', critical: false, value: w.nullValue }];
    const entries = Array.from({ length: 1000 }, (_, i) =>
      entryOf((i + 256).toString(16), { extensions: rare }),
    );
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    const crl = await accepted(decodeCrl(unsigned({ entries }), { pause }));
    assert.is(crl.size, 1000);
    assert.ok(pauses >= 4, `${pauses} pauses`);
  },
);

reading.run();

// -------------------------------------------------------------------------------------
// what is no list
// -------------------------------------------------------------------------------------

const refusing = suite('decodeCrl refuses');

const malformed = async (der: Uint8Array, why: string): Promise<void> => {
  assert.is(await refusal(decodeCrl(der)), 'CRL_MALFORMED', why);
};

const time = w.time(day('2026-01-05'));
const good = w.sequence(w.smallInteger(5), time);
const reason = (code: number) =>
  w.sequence(w.oid('2.5.29.21'), w.octetString(w.element(0x0a, Uint8Array.of(code))));
const ascii = (tag: number, value: string) => w.element(tag, text(value));

const wrongEntries: ReadonlyArray<readonly [string, Uint8Array]> = [
  ['an entry that is no sequence', w.setOf(w.smallInteger(5), time)],
  ['an entry without a date', w.sequence(w.smallInteger(5))],
  ['an entry without a serial', w.sequence(time, time)],
  ['an empty serial', w.sequence(w.element(2), time, w.sequence(reason(1)))],
  ['a serial with a leading zero', w.sequence(w.element(2, Uint8Array.of(0, 5)), time)],
  ['a serial with leading ones', w.sequence(w.element(2, Uint8Array.of(0xff, 0x80)), time)],
  ['a serial of 21 octets', w.sequence(w.element(2, new Uint8Array(21).fill(1)), time)],
  ['a serial of 200 octets', w.sequence(w.element(2, new Uint8Array(200).fill(1)), time)],
  ['a date without seconds', w.sequence(w.smallInteger(5), ascii(0x17, '2601050000Z'))],
  ['a date with an offset', w.sequence(w.smallInteger(5), ascii(0x17, '260105000000+0800'))],
  ['a date with a fraction', w.sequence(w.smallInteger(5), ascii(0x18, '20260105000000.5Z'))],
  ['a day that does not exist', w.sequence(w.smallInteger(5), ascii(0x17, '260229000000Z'))],
  ['30 February of a leap year', w.sequence(w.smallInteger(5), ascii(0x18, '20240230000000Z'))],
  ['29 February 2100', w.sequence(w.smallInteger(5), ascii(0x18, '21000229000000Z'))],
  ['month 13', w.sequence(w.smallInteger(5), ascii(0x17, '261305000000Z'))],
  ['month 0', w.sequence(w.smallInteger(5), ascii(0x17, '260005000000Z'))],
  ['24 o’clock', w.sequence(w.smallInteger(5), ascii(0x17, '260105240000Z'))],
  ['a leap second', w.sequence(w.smallInteger(5), ascii(0x17, '260105235960Z'))],
  ['letters in a date', w.sequence(w.smallInteger(5), ascii(0x17, '26010500000aZ'))],
  ['something after the extensions', w.sequence(w.smallInteger(5), time, w.sequence(reason(1)), time)],
  ['empty extensions', w.sequence(w.smallInteger(5), time, w.sequence())],
  ['an extension twice', w.sequence(w.smallInteger(5), time, w.sequence(reason(1), reason(1)))],
  ['reason 7', w.sequence(w.smallInteger(5), time, w.sequence(reason(7)))],
  ['reason 11', w.sequence(w.smallInteger(5), time, w.sequence(reason(11)))],
  [
    'a reason of two octets',
    w.sequence(
      w.smallInteger(5),
      time,
      w.sequence(w.sequence(w.oid('2.5.29.21'), w.octetString(w.element(0x0a, Uint8Array.of(1, 1))))),
    ),
  ],
  [
    'an invalidity date in UTCTime',
    w.sequence(w.smallInteger(5), time, w.sequence(w.sequence(w.oid('2.5.29.24'), w.octetString(time)))),
  ],
];

for (const [what, entry] of wrongEntries) {
  refusing(`RFC 5280 5.1.2.6: ${what}, wherever it stands`, async () => {
    await malformed(withEntryOctets(entry), what);
    await malformed(withEntryOctets(good, entry, good), what);
  });
}

refusing('the wrong entries are wrong by themselves, not by what is around them', async () => {
  assert.is(
    (await readCrl(withEntryOctets(good, w.sequence(w.smallInteger(6), time, w.sequence(reason(1)))))).size,
    2,
  );
});

const tbs = (...fields: ReadonlyArray<Uint8Array>) => framed(w.sequence(...fields));
const v2 = w.smallInteger(1);
const issuer = nameDer('CA');
const numbered = w.context(0, w.sequence(w.sequence(w.oid('2.5.29.20'), w.octetString(w.smallInteger(1)))));

const wrongLists: ReadonlyArray<readonly [string, Uint8Array]> = [
  ['version 3', tbs(w.smallInteger(2), sha256WithRsa, issuer, time, time)],
  ['another algorithm inside', tbs(v2, w.sequence(w.oid('1.2.840.113549.1.1.5'), w.nullValue), issuer, time)],
  ['no issuer', tbs(v2, sha256WithRsa, w.sequence(), time, time)],
  ['no date', tbs(v2, sha256WithRsa, issuer)],
  ['a number for a date', tbs(v2, sha256WithRsa, issuer, w.smallInteger(5))],
  ['three dates', tbs(v2, sha256WithRsa, issuer, time, time, time)],
  ['extensions before the entries', tbs(v2, sha256WithRsa, issuer, time, time, numbered, w.sequence(good))],
  ['two lists of entries', tbs(v2, sha256WithRsa, issuer, time, time, w.sequence(good), w.sequence(good))],
  ['extensions in version 1', tbs(sha256WithRsa, issuer, time, time, numbered)],
  [
    'extensions of an entry in version 1',
    tbs(
      sha256WithRsa,
      issuer,
      time,
      time,
      w.sequence(w.sequence(w.smallInteger(5), time, w.sequence(reason(1)))),
    ),
  ],
  ['an extension twice', unsigned({ extensions: [crlNumberExtension(1), crlNumberExtension(1)] })],
  ['no extension', tbs(v2, sha256WithRsa, issuer, time, time, w.context(0, w.sequence()))],
  [
    'a negative CRL number',
    unsigned({ extensions: [{ ...crlNumberExtension(1), value: w.element(2, Uint8Array.of(0xff)) }] }),
  ],
  [
    'a scope of users and of CAs alone',
    unsigned({
      extensions: [
        {
          ...issuingPointExtension({}),
          value: w.sequence(
            w.contextPrimitive(1, Uint8Array.of(0xff)),
            w.contextPrimitive(2, Uint8Array.of(0xff)),
          ),
        },
      ],
    }),
  ],
  [
    'a flag that says false',
    unsigned({
      extensions: [
        { ...issuingPointExtension({}), value: w.sequence(w.contextPrimitive(1, Uint8Array.of(0))) },
      ],
    }),
  ],
  [
    'entries of another issuer, not announced as indirect',
    unsigned({ entries: [entryOf('1', { certificateIssuer: nameDer('B') })] }),
  ],
  [
    'an entry of two issuers',
    unsigned({
      extensions: [issuingPointExtension({ indirect: true })],
      entries: [
        entryOf('1', {
          extensions: [
            {
              oid: '2.5.29.29',
              critical: true,
              value: w.sequence(w.context(4, nameDer('B')), w.context(4, nameDer('C'))),
            },
          ],
        }),
      ],
    }),
  ],
  [
    'an entry of an issuer without a name',
    unsigned({
      extensions: [issuingPointExtension({ indirect: true })],
      entries: [
        entryOf('1', {
          extensions: [{ oid: '2.5.29.29', critical: true, value: w.sequence(w.ia5Context(6, 'http://x')) }],
        }),
      ],
    }),
  ],
];

for (const [what, der] of wrongLists) refusing(`RFC 5280 5.1: ${what}`, () => malformed(der, what));

refusing('a serial repeated more often than any CA would', async () => {
  await malformed(unsigned({ entries: Array.from({ length: 600 }, () => entryOf('5')) }), 'collisions');
});

refusing('names of certificate issuers so long that to tell thousands apart would take minutes', async () => {
  const indirect = { extensions: [issuingPointExtension({ indirect: true })] };
  const named = (values: ReadonlyArray<string>) =>
    entryOf('1', { certificateIssuer: encodeName(values.map((value) => ({ type: '2.5.4.10', value }))) });
  const long = Array.from({ length: 8 }, () => 'a'.repeat(490));
  await readCrl(unsigned({ ...indirect, entries: [named(long)] }));
  await malformed(unsigned({ ...indirect, entries: [named([...long, ...long])] }), 'long');
  // One character that stands for eighteen: 1.5 kB of name become 9,000.
  await malformed(unsigned({ ...indirect, entries: [named(['\ufdfa'.repeat(500)])] }), 'long when prepared');
  const different = (count: number) =>
    Array.from({ length: count }, (_, i) => named([`${i}`, ...long.slice(1)]));
  await readCrl(unsigned({ ...indirect, entries: different(100) }));
  await malformed(unsigned({ ...indirect, entries: different(1_200) }), 'too many');
});

refusing('octets after the structure, BER lengths, lengths beyond the end', async () => {
  const der = unsigned({ entries: [entryOf('5'), entryOf('6', { reason: 'keyCompromise' })] });
  await malformed(Uint8Array.of(...der, 0), 'trailing');
  await malformed(der.subarray(0, -1), 'cut');
  // 30 82 hh ll → 30 83 00 hh ll, and the indefinite form.
  await malformed(Uint8Array.of(0x30, 0x83, 0, ...der.subarray(2)), 'length not minimal');
  await malformed(Uint8Array.of(0x30, 0x80, ...der.subarray(4), 0, 0), 'indefinite');
  await malformed(Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, ...der.subarray(4)), 'huge');
  await malformed(Uint8Array.of(0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), 'absurd');
  const long = Uint8Array.of(0x30, 0x81, good.length - 2, ...good.subarray(2));
  await malformed(withEntryOctets(long), 'entry length not minimal');
  await malformed(withEntryOctets(Uint8Array.of(0x30, 0x80, ...good.subarray(2), 0, 0)), 'indefinite entry');
  await malformed(withEntryOctets(Uint8Array.of(0x30, 0x7f, ...good.subarray(2))), 'entry beyond the list');
  await malformed(new Uint8Array(0), 'empty');
  await malformed(text('<html><body>404</body></html>'), 'a page');
});

refusing('more octets or entries than the caller allows', async () => {
  const der = unsigned({ entries: [entryOf('5'), entryOf('6')] });
  assert.is(await refusal(decodeCrl(der, { maxBytes: der.length - 1 })), 'CRL_TOO_LARGE');
  assert.is(await refusal(decodeCrl(der, { maxEntries: 1 })), 'CRL_TOO_LARGE');
  assert.is(await refusal(decodeCrl(der, { maxBytes: der.length, maxEntries: 2 })), 'accepted');
});

refusing('what is no octets', async () => {
  assert.is(await refusal(decodeCrl('MII' as unknown as Uint8Array)), 'CRL_MALFORMED');
});

refusing('every beginning of a list', async () => {
  const der = unsigned({
    entries: [entryOf('5'), entryOf('6', { reason: 'keyCompromise' })],
    extensions: [crlNumberExtension(1), issuingPointExtension({ uris: ['http://x'], indirect: true })],
  });
  for (let length = 0; length < der.length; length += 1) {
    assert.is(await refusal(decodeCrl(der.subarray(0, length))), 'CRL_MALFORMED', String(length));
  }
});

refusing('garbage, and never by an exception', async () => {
  const der = unsigned({
    entries: [entryOf('5'), entryOf('6', { reason: 'keyCompromise', invalidityDate: day('2026-01-01') })],
    extensions: [crlNumberExtension(1), issuingPointExtension({ uris: ['http://x'] })],
  });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (octets) => {
      assert.is(await refusal(decodeCrl(octets)), 'CRL_MALFORMED');
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (changes) => {
        const copy = der.slice();
        for (const [at, octet] of changes) copy[at] = octet;
        const code = await refusal(decodeCrl(copy));
        assert.ok(code === 'accepted' || code === 'CRL_MALFORMED', code);
      },
    ),
    { numRuns: 500 },
  );
});

refusing.run();

// -------------------------------------------------------------------------------------
// properties
// -------------------------------------------------------------------------------------

const properties = suite('decodeCrl, any list');

const anyEntry = fc.record({
  serial: fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .filter((octets) => octets.some((octet) => octet > 0)),
  revokedAt: fc.date({ min: day('1990-01-01'), max: day('2070-01-01'), noInvalidDate: true }).map((date) => {
    date.setUTCMilliseconds(0);
    return date;
  }),
  reason: fc.constantFrom('unspecified', 'keyCompromise', 'certificateHold', 'aACompromise', undefined),
  rare: fc.boolean(),
});

properties('every entry is found as it was written, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyEntry, { selector: ({ serial }) => numberOf(serial), maxLength: 60 }),
      async (specs) => {
        const crl = await readCrl(
          unsigned({
            entries: specs.map(({ rare, reason: given, ...entry }) => ({
              ...entry,
              ...(given === undefined ? {} : { reason: given as 'unspecified' }),
              ...(rare ? { extensions: [{ oid: '2.999.1', critical: false, value: w.nullValue }] } : {}),
            })),
          }),
        );
        assert.is(crl.size, specs.length);
        for (const { serial, revokedAt, reason: given } of specs) {
          assert.equal(ownEntry(crl, numberOf(serial)), {
            revokedAt: revokedAt.getTime(),
            reason: given ?? 'unspecified',
          });
        }
        const known = new Set(specs.map(({ serial }) => numberOf(serial)));
        for (const number of known) {
          const near = (BigInt(`0x${number}`) + 1n).toString(16).toUpperCase();
          if (!known.has(near)) assert.is(ownEntry(crl, near), undefined);
        }
      },
    ),
  );
});

const numberOf = (octets: Uint8Array): string =>
  BigInt(`0x${[...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('')}`)
    .toString(16)
    .toUpperCase();

properties('a serial comes back from its text', () => {
  assert.equal([...serialOctets('ABC')], [0x0a, 0xbc]);
});

properties.run();

// -------------------------------------------------------------------------------------
// lists that others made
// -------------------------------------------------------------------------------------

const pkits = suiteNeeding('CRLs of NIST PKITS', {
  available: sharedData('pkits') !== undefined,
  reason: 'no PKITS in ../shared/data',
  remedy: 'put pkits (NIST PKITS 1.0.1) into ../shared/data',
});

pkits('all 173 can be read but one, whose signature is no bit string of whole octets', async () => {
  const folder = sharedData('pkits', 'crls') ?? '';
  const files = readdirSync(folder).filter((file) => file.endsWith('.crl'));
  assert.is(files.length, 173);
  for (const file of files) {
    const code = await refusal(decodeCrl(new Uint8Array(readFileSync(`${folder}/${file}`))));
    assert.is(code, file === 'BadCRLSignatureCACRL.crl' ? 'CRL_MALFORMED' : 'accepted', file);
  }
});

pkits.run();
