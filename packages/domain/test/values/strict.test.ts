import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { t } from '../../src/schema.js';
import {
  AgencyCode,
  decodeValue,
  Email,
  FunctionCode,
  list,
  literal,
  PersonalId,
  PersonName,
  PhoneExtension,
  strict,
  TaiwanPhone,
  tagged,
} from '../../src/values/index.js';
import { codeOf, right } from './support.js';

const Contact = strict(
  { name: PersonName, email: Email, phone: TaiwanPhone },
  { extension: PhoneExtension },
  'Contact',
);
const Register = strict({ kind: literal('register'), agency: AgencyCode, contact: Contact }, {}, 'Register');
const Authorize = strict(
  {
    kind: literal('authorize'),
    clerks: list(strict({ id: PersonalId, permissions: list(FunctionCode, { least: 1, most: 3 }) }), {
      most: 2,
    }),
  },
  {},
  'Authorize',
);
const Command = tagged('kind', { register: Register, authorize: Authorize }, 'Command');

const contact = { name: '陳小美', email: 'chen@example.gov.tw', phone: '0221927111' };

/** `path code` of each failure, sorted. */
const issues = (codec: t.Mixed, input: unknown): ReadonlyArray<string> => {
  const decoded = decodeValue(codec, input);
  return decoded._tag === 'Right' ? [] : decoded.left.map((issue) => `${issue.path} ${issue.code}`).sort();
};

// -------------------------------------------------------------------------------------
// objects
// -------------------------------------------------------------------------------------

const objects = suite('strict objects');

objects('right input gives a new object in normal form', () => {
  const input = { ...contact, phone: '02-2192-7111', extension: ' 5312 ' };
  const decoded = right(Contact, input);
  assert.equal(decoded, { ...contact, extension: '5312' });
  assert.is.not(decoded, input);
  assert.ok(Contact.is(decoded));
  assert.not(Contact.is(input));
  assert.equal(right(Contact, decoded), decoded);
  assert.equal(Contact.encode(decoded), decoded);
});

objects('what is written has the named fields only, and no optional one that is undefined', () => {
  const inner = strict({ a: t.string }, { b: t.number });
  const codec = strict({ inner }, { other: inner, list: list(inner, { most: 2 }) });
  const value = { inner: { a: 'x', b: undefined, c: 1 }, other: undefined, list: [{ a: 'y' }] };
  const written = codec.encode(value as unknown as t.TypeOf<typeof codec>);
  assert.equal(Object.keys(written), ['inner', 'list']);
  assert.equal(Object.keys(written.inner), ['a']);
  assert.equal(written.list, [{ a: 'y' }]);
});

objects('GEPI-28: all failures are collected, each with its path and code', () => {
  assert.equal(
    issues(Register, { kind: 'register', agency: '1', contact: { email: 'x', phone: 7, extension: 'y' } }),
    [
      'agency AGENCY_CODE_FORMAT',
      'contact.email EMAIL_FORMAT',
      'contact.extension PHONE_EXTENSION_FORMAT',
      'contact.name REQUIRED',
      'contact.phone WRONG_TYPE',
    ],
  );
});

objects('GEPI-16: a required field that is missing, null, undefined or blank is REQUIRED', () => {
  for (const name of [undefined, null, '', ' \u3000']) {
    assert.equal(issues(Contact, { ...contact, name }), ['name REQUIRED']);
  }
  assert.equal(issues(Contact, {}), ['email REQUIRED', 'name REQUIRED', 'phone REQUIRED']);
  assert.equal(issues(Contact, null), [' REQUIRED']);
  assert.equal(issues(Register, { kind: 'register', agency: '10001' }), ['contact REQUIRED']);
});

objects('GEPI-28: an optional field may be missing, null or a blank box, and is then absent', () => {
  for (const extension of [undefined, null, '', ' \u3000']) {
    assert.equal(Object.keys(right(Contact, { ...contact, extension })), ['name', 'email', 'phone']);
  }
  assert.equal(issues(Contact, { ...contact, extension: 5312 }), ['extension WRONG_TYPE']);
  assert.not(Contact.is({ ...contact, extension: undefined }));
});

objects('an empty text stays where the codec of an optional field takes it', () => {
  assert.equal(right(strict({}, { note: t.string }), { note: '' }), { note: '' });
});

objects('an unknown field is refused once, without its name', () => {
  assert.equal(issues(Contact, { ...contact, A123456789: 1, fax: 2 }), ['* UNKNOWN_FIELD']);
  assert.equal(issues(Register, { kind: 'register', agency: '10001', contact: { ...contact, fax: 1 } }), [
    'contact.* UNKNOWN_FIELD',
  ]);
});

objects('a hundred thousand unknown fields are one failure, and not one field is read', () => {
  let reads = 0;
  const crowded: Record<string, unknown> = {};
  for (const key of Object.keys(contact).concat(Array.from({ length: 100_000 }, (_, n) => `k${n}`))) {
    Object.defineProperty(crowded, key, {
      enumerable: true,
      get: () => {
        reads += 1;
        return 'x';
      },
    });
  }
  assert.equal(issues(Contact, crowded), ['* UNKNOWN_FIELD']);
  assert.is(reads, 0);
  assert.equal(issues(Register, { kind: 'register', agency: '1', contact: crowded }), [
    'agency AGENCY_CODE_FORMAT',
    'contact.* UNKNOWN_FIELD',
  ]);
  assert.is(reads, 0);
});

objects('__proto__ and its like are unknown fields, and change nothing', () => {
  const text = JSON.stringify(contact).slice(0, -1);
  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
    assert.equal(
      issues(Contact, JSON.parse(`${text},"${key}":{"polluted":true}}`)),
      ['* UNKNOWN_FIELD'],
      key,
    );
  }
  assert.not('polluted' in {});
});

objects('fields are the own fields of a record, never inherited ones', () => {
  assert.equal(issues(Contact, Object.create(contact)), [' WRONG_TYPE']);
  assert.equal(issues(strict({ toString: t.unknown }), {}), ['toString REQUIRED']);
  assert.equal(right(Contact, Object.assign(Object.create(null), contact)), contact);
  for (const other of [
    [],
    new Map(Object.entries(contact)),
    new Date(0),
    () => contact,
    'x',
    1,
    true,
    Symbol('x'),
    1n,
  ]) {
    assert.is(codeOf(Contact, other), 'WRONG_TYPE');
  }
});

objects('a getter or proxy that throws is not data', () => {
  const getter = Object.defineProperty({ ...contact }, 'name', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  const { proxy, revoke } = Proxy.revocable({ ...contact }, {});
  revoke();
  assert.is(codeOf(Contact, getter), 'WRONG_TYPE');
  assert.is(codeOf(Contact, proxy), 'WRONG_TYPE');
});

objects('a codec without codes of its own fails with WRONG_TYPE at its path', () => {
  const shape = strict({ count: t.number, both: t.intersection([t.string, t.string]) });
  assert.equal(issues(shape, { count: '1', both: 'x' }), ['count WRONG_TYPE']);
  assert.equal(issues(t.string, 1), [' WRONG_TYPE']);
});

objects.run();

// -------------------------------------------------------------------------------------
// choices and lists
// -------------------------------------------------------------------------------------

const choices = suite('tagged objects and lists');

const clerk = { id: 'A123456789', permissions: ['premium-filing'] };

choices('only the member that the tag names is tried', () => {
  const command = right(Command, { kind: 'authorize', clerks: [clerk] });
  assert.equal(command, { kind: 'authorize', clerks: [clerk] });
  assert.ok(Command.is(command));
  assert.equal(Command.encode(command), command);
  assert.equal(issues(Command, { kind: 'authorize' }), ['clerks REQUIRED']);
  assert.not(Command.is({ kind: 'authorize' }));
});

choices('a tag that is missing, of another type or unknown is refused at the tag', () => {
  assert.equal(issues(Command, {}), ['kind REQUIRED']);
  assert.equal(issues(Command, { kind: 1 }), ['kind WRONG_TYPE']);
  for (const kind of ['delete', '__proto__', 'constructor', 'toString', '']) {
    assert.equal(issues(Command, { kind }), ['kind UNKNOWN_KIND'], kind);
  }
  assert.equal(issues(Command, []), [' WRONG_TYPE']);
  assert.equal(issues(Command, undefined), [' REQUIRED']);
  assert.equal(issues(Register, { kind: 'x', agency: '10001', contact }), ['kind UNKNOWN_KIND']);
  assert.equal(issues(Register, { kind: 1, agency: '10001', contact }), ['kind WRONG_TYPE']);
});

choices('GEPI-33: failures of entries have their place in the list', () => {
  const input = { kind: 'authorize', clerks: [clerk, { id: 'A123456788', permissions: ['ok', 'No'] }] };
  assert.equal(issues(Command, input), [
    'clerks.1.id PERSONAL_ID_CHECKSUM',
    'clerks.1.permissions.1 FUNCTION_CODE_FORMAT',
  ]);
});

choices('how many entries there are is looked at before any of them', () => {
  const clerks = (permissions: unknown): unknown => ({
    kind: 'authorize',
    clerks: [{ id: 'A123456789', permissions }],
  });
  assert.equal(issues(Command, clerks([])), ['clerks.0.permissions LIST_TOO_SHORT']);
  assert.equal(issues(Command, clerks(new Array(1_000_000))), ['clerks.0.permissions LIST_TOO_LONG']);
  assert.equal(issues(Command, clerks(new Array(2))), [
    'clerks.0.permissions.0 REQUIRED',
    'clerks.0.permissions.1 REQUIRED',
  ]);
  assert.equal(issues(Command, clerks({ length: 1, 0: 'a' })), ['clerks.0.permissions WRONG_TYPE']);
  assert.equal(issues(Command, clerks(null)), ['clerks.0.permissions REQUIRED']);
  const codes = list(FunctionCode, { least: 1, most: 2 });
  assert.equal(issues(codes, undefined), [' REQUIRED']);
  assert.ok(codes.is(['a']));
  assert.not(codes.is([]));
  assert.not(codes.is(['a', 'b', 'c']));
  assert.not(codes.is(new Array(1)));
  assert.equal(codes.encode(right(codes, ['a', 'b'])), ['a', 'b']);
});

choices('a list in which everything is wrong is read until a hundred things are, and no further', () => {
  let reads = 0;
  const wrong = Array.from({ length: 2000 }, () =>
    Object.defineProperty({ permissions: [7, 7, 7] }, 'id', {
      enumerable: true,
      get: () => {
        reads += 1;
        return 'x';
      },
    }),
  );
  const entries = strict({
    clerks: list(strict({ id: PersonalId, permissions: list(FunctionCode, { most: 3 }) }), { most: 2000 }),
  });
  assert.is(issues(entries, { clerks: wrong }).length, 100);
  assert.is(reads, 25);
});

choices.run();

// -------------------------------------------------------------------------------------
// anything
// -------------------------------------------------------------------------------------

const anything = suite('anything that a caller sends');

const wild = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** Right input with one part put out of order. */
const nearly = fc.record(
  {
    kind: fc.oneof(fc.constantFrom('register', 'authorize', '__proto__'), wild),
    agency: fc.oneof(fc.constant('10001'), wild),
    contact: fc.oneof(
      fc.record({ name: wild, email: wild, phone: wild, extension: wild }, { requiredKeys: [] }),
      wild,
    ),
    clerks: fc.oneof(fc.array(fc.record({ id: wild, permissions: wild })), wild),
  },
  { requiredKeys: [] },
);

anything('never throws, and what is accepted is its own normal form', () => {
  fc.assert(
    fc.property(fc.oneof(wild, nearly, fc.jsonValue()), (input) => {
      for (const codec of [Command, Contact, Register, Authorize]) {
        const decoded = codec.decode(input);
        if (decoded._tag === 'Left') assert.ok(decoded.left.length > 0);
        else assert.ok(codec.is(decoded.right));
        assert.type(codec.is(input), 'boolean');
      }
    }),
    { numRuns: 1000 },
  );
});

anything('no failure holds what was sent', () => {
  const marker = 'QZ7X';
  const marked = fc.string().map((text) => `${text}${marker}`);
  const input = fc.oneof(
    fc.dictionary(marked, fc.oneof(marked, fc.dictionary(marked, marked))),
    fc.record({
      kind: fc.constantFrom('register', 'authorize', marker),
      agency: marked,
      contact: fc.record({ name: fc.integer(), email: marked, phone: marked }),
      clerks: fc.array(fc.record({ id: marked, [marker]: marked })),
    }),
  );
  fc.assert(
    fc.property(input, (sent) => {
      const decoded = decodeValue(Command, sent);
      assert.is(decoded._tag, 'Left');
      assert.not.match(JSON.stringify(decoded), marker);
      // The errors of io-ts themselves are as silent, should somebody report them.
      const raw = Command.decode(sent);
      const told =
        raw._tag === 'Left'
          ? raw.left.map((e) => [e.value, e.message, ...e.context.map((c) => [c.key, c.actual])])
          : [];
      const below = told.flat(2).filter((part) => part !== sent);
      assert.not.match(JSON.stringify(below), marker);
    }),
  );
});

anything.run();
