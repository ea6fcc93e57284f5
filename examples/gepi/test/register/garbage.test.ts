import { randomUUID } from 'node:crypto';
import { createTestPki } from '@mandate/certificates/test-pki';
import { type RegisterError, registerErrors } from '@mandate/domain';
import fc from 'fast-check';
import type * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { clerkByCard, confirmed, give, issuePair, registerAgency } from '../support/counter.js';
import { byStaff, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const office = await openOffice(pki);
await registerAgency(office.register, pair);
const session = await confirmed(office.register, 'delegation', pair);
const { register } = office;

/** The answer is a refusal of the table, with both texts, and nothing was appended. */
const refuses = async (answer: Promise<E.Either<RegisterError, unknown>>): Promise<RegisterError> => {
  const before = right(await office.settings.store.head()());
  const given = await answer;
  if (given._tag === 'Right') throw new Error('not refused');
  const { code, zh, en, status } = given.left;
  assert.is(given.left._tag, 'RegisterError');
  const entry = registerErrors[code];
  assert.equal({ zh, en, status }, { zh: entry.zh, en: entry.en, status: entry.status });
  assert.ok(zh.length > 0 && en.length > 0);
  assert.is(right(await office.settings.store.head()()), before);
  return given.left;
};

/** Values that JSON can make, and a good many that it cannot. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
  key: fc.oneof(
    fc.string(),
    fc.constantFrom('type', 'commandId', 'agencyCode', '__proto__', 'constructor', 'toString', 'clerk'),
  ),
} as fc.ObjectConstraints);

const garbage = suite('whatever a caller sends');

garbage('a command is refused by a value, never by an exception', async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (input) => {
      await refuses(register.execute(input)());
      await refuses(register.execute(input, { staff: 'ops-1' })());
    }),
    { numRuns: 300 },
  );
});

garbage('a request for a challenge, too', async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (input) => {
      await refuses(register.issueChallenge(input)());
    }),
    { numRuns: 300 },
  );
});

garbage('an answer to a challenge, too', async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (input) => {
      await refuses(register.confirmCard(input)());
    }),
    { numRuns: 300 },
  );
});

garbage('the id of a confirmation, too', async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (input) => {
      await refuses(register.clerkList(input)());
      await refuses(register.organisationOf(input)());
      await refuses(register.serialOf(input)());
    }),
    { numRuns: 100 },
  );
});

garbage('the hash of evidence, too', async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (input) => {
      assert.is(refusal(await register.evidence(input as string)()), 'INVALID_INPUT');
    }),
    { numRuns: 100 },
  );
});

// A right command with something else in one of its places.
const command = {
  type: 'AuthorizeClerk',
  commandId: randomUUID(),
  agencyCode: cityOffice.code,
  confirmation: session.confirmation.id,
  clerk: clerkByCard(people.wang, pair.managerCard),
  permissions: ['premium-edit'],
};
const places = ['type', 'commandId', 'agencyCode', 'confirmation', 'clerk', 'permissions'] as const;
const insides = ['name', 'nationalId', 'certificate'] as const;

garbage('a right command with one wrong field is refused, and the field is told by its path', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), anything, async (place, value) => {
      const error = await refuses(register.execute({ ...command, [place]: value })());
      if (error.code !== 'INVALID_INPUT') return;
      for (const { path, zh, en } of error.fields ?? []) {
        assert.ok(path === '*' || path === '' || path.startsWith(place), path);
        assert.ok(zh.length > 0 && en.length > 0);
      }
    }),
    { numRuns: 300 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...insides), anything, async (place, value) => {
      const clerk = { ...command.clerk, [place]: value };
      await refuses(register.execute({ ...command, clerk })());
    }),
    { numRuns: 200 },
  );
});

garbage('a field that is not known is refused, without repeating its name', async () => {
  const error = await refuses(register.execute({ ...command, [people.wang.nationalId]: 1 })());
  assert.equal(
    error.fields?.map(({ path, code }) => [path, code]),
    [['*', 'UNKNOWN_FIELD']],
  );
});

garbage('what a card could have sent: octets of any kind', async () => {
  const signed = Buffer.from(await pair.agencyCard.card.sign(new TextEncoder().encode('x')));
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    // A right answer, cut off or with one octet changed.
    fc.nat({ max: signed.length - 1 }).map((length) => signed.subarray(0, Math.max(1, length))),
    fc.tuple(fc.nat({ max: signed.length - 1 }), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
      const copy = Buffer.from(signed);
      copy.writeUInt8((copy.readUInt8(at) ^ mask) & 0xff, at);
      return copy;
    }),
  );
  await fc.assert(
    fc.asyncProperty(octets, async (bytes) => {
      const request = { purpose: 'delegation', agencyCode: cityOffice.code };
      const { nonce } = right(await register.issueChallenge(request)());
      const error = await refuses(register.confirmCard({ nonce, cms: bytes.toString('base64') })());
      assert.is.not(error.code, 'CHALLENGE_UNKNOWN');
    }),
    { numRuns: 150 },
  );
});

garbage('a certificate of a clerk that is none', async () => {
  const real = Buffer.from(pair.managerCard.card.certificate);
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.nat({ max: real.length - 1 }).map((length) => real.subarray(0, Math.max(1, length))),
    fc.tuple(fc.nat({ max: real.length - 1 }), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
      const copy = Buffer.from(real);
      copy.writeUInt8((copy.readUInt8(at) ^ mask) & 0xff, at);
      return copy;
    }),
  );
  await fc.assert(
    fc.asyncProperty(octets, async (bytes) => {
      const certificate = { kind: 'card', der: bytes.toString('base64') };
      const clerk = { name: people.lin.name, nationalId: people.lin.nationalId, certificate };
      const answer = give(register, session, {
        type: 'AuthorizeClerk',
        clerk,
        permissions: ['premium-edit'],
      });
      await refuses(answer);
    }),
    { numRuns: 150 },
  );
});

garbage.run();

// -------------------------------------------------------------------------------------
const accounts = suite('commands of staff and of card holders');

const suspend = { type: 'SuspendAgency', agencyCode: cityOffice.code, reason: 'audit' };

accounts('a command of staff without an account, or with one that could be a name, is refused', async () => {
  for (const staff of [undefined, '', ' ', '王小明', 'a b', 'ops-1\ud800', 'x'.repeat(65)]) {
    const options = staff === undefined ? {} : { staff };
    const error = await refuses(register.execute({ ...suspend, commandId: randomUUID() }, options)());
    assert.equal(
      error.fields?.map(({ path, code }) => [path, code]),
      [['staff', staff === undefined || staff.trim() === '' ? 'REQUIRED' : 'TEXT_CHARACTERS']],
    );
  }
});

accounts('a command of card holders is not given in the name of staff', async () => {
  const error = await refuses(
    register.execute({ ...command, commandId: randomUUID() }, { staff: 'ops-1' })(),
  );
  assert.equal(
    error.fields?.map(({ path }) => path),
    ['staff'],
  );
});

accounts('a reason is a code, never a text about a person', async () => {
  const answer = await byStaff(office, { ...suspend, reason: '王小明離職' });
  assert.is(refusal(answer), 'INVALID_INPUT');
});

accounts.run();
