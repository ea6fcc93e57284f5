import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChallengeRequest } from '../../src/register/challenge.js';
import { Command, cardCommands, staffCommands } from '../../src/register/commands.js';
import { CardAnswer } from '../../src/register/confirm.js';
import { LongText, ShortText, StaffAccount } from '../../src/register/input.js';
import type { t } from '../../src/schema.js';
import { decodeValue } from '../../src/values/index.js';
import { hex64, uuid } from './fixtures.js';

// -------------------------------------------------------------------------------------
// one of everything that comes from outside, every field filled
// -------------------------------------------------------------------------------------

const commandId = uuid(1);
const byCards = { commandId, agencyCode: '10001', confirmation: uuid(2) };
const terms = { hash: hex64(1), presentedAt: '2026-03-02T02:00:00.000Z', receipt: hex64(2) };
const contact = { name: '林示範', email: 'lin@example.com', phone: '04-22289111', extension: '123' };
const applicant = { name: '林示範', phone: '04-22289111', extension: '123' };
const typed = { kind: 'typed', serial: '5'.padEnd(32, '1F') };
const read = { kind: 'card', der: 'MIIB', cardNumber: 'TP03000000000012' };
const clerk = { name: '王小明', nationalId: 'A123456789', certificate: read };
const permissions = ['premium-edit', 'query'];
const legalBasis = '個人資料保護法第11條';
const withForm = { ...byCards, terms, contact };
const entry = { code: 'query', kind: 'function', zh: '查詢', en: 'Query', parent: 'premium' };

const commands: Readonly<Record<keyof typeof cardCommands | keyof typeof staffCommands, object>> = {
  RegisterAgency: withForm,
  RequestReview: { ...byCards, terms, applicant },
  AuthorizeClerk: { ...byCards, clerk, permissions },
  ChangeClerk: { ...byCards, clerkId: uuid(3), clerk: { ...clerk, certificate: typed }, permissions },
  RevokeClerk: { ...byCards, clerkId: uuid(3), confirmed: true },
  ReplaceAgencyCertificate: withForm,
  ReplaceManagerCertificate: withForm,
  ReplaceBothCertificates: withForm,
  AuthorizePeople: { ...byCards, people: [{ nationalId: 'A123456789' }], permissions },
  RegisterCredential: {
    ...byCards,
    nationalId: 'A123456789',
    kind: 'citizen',
    cardKind: 'regular',
    serials: { kind: 'typed', serial1: '5'.padEnd(32, '1F'), serial2: '6'.padEnd(32, '1F') },
    active: true,
    from: '2026-03-02',
    to: '2031-03-02',
  },
  ActivateCredential: { ...byCards, credential: uuid(3), from: '2026-03-02', to: '2031-03-02' },
  DeactivateCredential: { ...byCards, credential: uuid(3) },
  ChangeAgencyData: {
    ...byCards,
    changes: [{ field: 'mailing-address', value: '臺北市示範路1號' }],
    attachments: ['a'.repeat(64)],
    contact: applicant,
    effectiveOn: '2026-04-01',
    explanation: '門牌整編\n附證明',
  },
  LogIn: byCards,
  DecideReview: {
    commandId,
    agencyCode: '10001',
    review: uuid(4),
    outcome: 'approved',
    note: '已電話確認\n無誤',
  },
  DecideAgencyData: { commandId, agencyCode: '10001', request: uuid(4), outcome: 'approved', note: '已核對' },
  SuspendAgency: { commandId, agencyCode: '10001', reason: 'audit' },
  ReopenAgency: { commandId, agencyCode: '10001', reason: 'audit-over' },
  DeregisterAgency: { commandId, agencyCode: '10001', reason: 'abolished' },
  ImportClerks: {
    commandId,
    agencyCode: '10001',
    source: '舊系統',
    file: 'f'.repeat(64),
    clerks: [{ row: 2, name: '王小明', nationalId: 'A123456789', serial: '1'.repeat(32), permissions }],
  },
  PublishCatalogue: { commandId, version: 1, entries: [entry] },
  PublishTerms: {
    commandId,
    version: 1,
    title: '約定條款',
    text: '1.第一條。\n2.第二條。',
    english: '1. One.',
  },
  ForgetSubject: { commandId, nationalId: 'A123456789', legalBasis },
  ForgetApplicant: { commandId, agencyCode: '10001', review: uuid(4), legalBasis },
};

interface Sample {
  readonly name: string;
  readonly codec: t.Mixed;
  /** The codec with its fields, which a choice of several does not show. */
  readonly fields: t.Mixed;
  readonly value: unknown;
}

const samples: ReadonlyArray<Sample> = [
  ...Object.entries(commands).map(([type, rest]) => ({
    name: type,
    codec: Command,
    fields: { ...cardCommands, ...staffCommands }[type as keyof typeof commands],
    value: { type, ...rest },
  })),
  {
    name: 'ChallengeRequest',
    codec: ChallengeRequest,
    fields: ChallengeRequest,
    value: {
      purpose: 'delegation',
      agencyCode: '10001',
      nationalId: 'A123456789',
      confirmation: uuid(2),
    },
  },
  {
    name: 'CardAnswer',
    codec: CardAnswer,
    fields: CardAnswer,
    value: { nonce: 'd2hhdGV2ZXI', cms: 'MIIB' },
  },
  { name: 'StaffAccount', codec: StaffAccount, fields: StaffAccount, value: 'ops-1' },
];

// -------------------------------------------------------------------------------------
// places
// -------------------------------------------------------------------------------------

type Path = ReadonlyArray<string>;

/** Where a value has texts. */
const textsIn = (value: unknown, path: Path = []): ReadonlyArray<Path> => {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
};

/** The value with the text at a place changed. */
const changedAt = (value: unknown, [key, ...rest]: Path, change: (text: string) => string): unknown => {
  if (key === undefined) return change(String(value));
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? changedAt(item, rest, change) : item));
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: changedAt(record[key], rest, change) };
};

const insert = (into: string, at: number, what: string): string => {
  const place = at % (into.length + 1);
  return into.slice(0, place) + what + into.slice(place);
};

const places = samples.flatMap((sample) => textsIn(sample.value).map((path) => ({ ...sample, path })));

/** Half of a character: what is left when a text was cut in two at the wrong place. */
const loneSurrogate = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

const outside = suite('texts from outside');

outside('each of the samples is accepted and fills every field that its codec knows', () => {
  for (const { name, codec, fields, value } of samples) {
    const decoded = decodeValue(codec, value);
    assert.ok(E.isRight(decoded), `${name}: ${JSON.stringify(decoded)}`);
    if (!('required' in fields && 'optional' in fields)) continue;
    const known = [...Object.keys(Object(fields.required)), ...Object.keys(Object(fields.optional))];
    assert.equal(Object.keys(Object(value)).sort(), known.sort(), name);
  }
});

outside('property: half a character is refused in whatever field it stands, and the field is told', () => {
  for (const { name, codec, value, path } of places) {
    const field = path.join('.');
    fc.assert(
      fc.property(loneSurrogate, fc.nat(), (half, at) => {
        const decoded = decodeValue(
          codec,
          changedAt(value, path, (text) => insert(text, at, half)),
        );
        assert.ok(E.isLeft(decoded), `${name} ${field} takes a lone surrogate`);
        assert.ok(
          decoded.left.every((issue) => issue.path === field),
          `${name} ${field}: ${JSON.stringify(decoded.left)}`,
        );
      }),
      { numRuns: 50 },
    );
  }
});

outside('a free text with half a character is TEXT_CHARACTERS, and a pair is a character', () => {
  for (const codec of [ShortText, LongText]) {
    for (const text of ['a\ud800', '\udc00b', 'a\ud800b', '\udc00\ud800']) {
      const decoded = decodeValue(codec, text);
      assert.ok(E.isLeft(decoded), codec.name);
      assert.equal(
        decoded.left.map(({ code }) => code),
        ['TEXT_CHARACTERS'],
      );
    }
    assert.equal(decodeValue(codec, '𠮷野家'), E.right('𠮷野家'));
  }
});

outside('a free text holds nothing that nobody sees', () => {
  for (const codec of [ShortText, LongText]) {
    for (const hidden of [
      '\u0000',
      '\u007f',
      '\u0085',
      '\u202e',
      '\u200b',
      '\ufeff',
      '\ufffe',
      '\ufffd',
      '\u2028',
    ]) {
      const decoded = decodeValue(codec, `a${hidden}b`);
      assert.ok(E.isLeft(decoded), `${codec.name} takes U+${hidden.charCodeAt(0).toString(16)}`);
      assert.is(decoded.left[0]?.code, 'TEXT_CHARACTERS');
    }
  }
});

outside('a blank text is none, and a text that is too long is told as such', () => {
  const most = { ShortText: 200, LongText: 20_000 };
  for (const codec of [ShortText, LongText]) {
    const length = most[codec.name as keyof typeof most];
    for (const blank of ['', ' ', '\n', '\u3000\t']) {
      const decoded = decodeValue(codec, blank);
      assert.ok(E.isLeft(decoded), JSON.stringify(blank));
      assert.is(decoded.left[0]?.code, 'REQUIRED');
    }
    assert.ok(E.isRight(decodeValue(codec, '字'.repeat(length))));
    for (const more of [length + 1, length * 10]) {
      const decoded = decodeValue(codec, '字'.repeat(more));
      assert.ok(E.isLeft(decoded));
      assert.is(decoded.left[0]?.code, 'TEXT_LENGTH');
    }
  }
});

outside('a text of several lines is kept to the letter, one of one line has none', () => {
  const text = ' 1.第一條。\r\n\t2.第二條。\n';
  assert.equal(decodeValue(LongText, text), E.right(text));
  assert.ok(E.isLeft(decodeValue(ShortText, '第一行\n第二行')));
  assert.equal(decodeValue(ShortText, ' 個資法\u3000第11條 '), E.right('個資法\u3000第11條'));
});

outside.run();
