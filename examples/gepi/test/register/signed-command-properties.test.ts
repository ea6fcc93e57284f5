import { randomUUID } from 'node:crypto';
import { createTestPki } from '@mandate/certificates/test-pki';
import { CommandToSign, decodeValue } from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people, school } from '../../src/world/cast.js';
import { ask } from '../../src/world/counter.js';
import { citizenCard } from '../../src/world/drawer.js';
import { clerkByCard, clerkBySerial, issuePair } from '../support/counter.js';
import { refusal, right } from '../support/office.js';
import { newClerk, openSession, type SignableCommand, sign } from '../support/signing.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wangCard = await citizenCard(pki, people.wang);
const chenCard = await citizenCard(pki, people.chen);

// -------------------------------------------------------------------------------------
// commands
// -------------------------------------------------------------------------------------

/** Few enough values of each field that two commands often differ in one of them alone. */
const serial = fc.constantFrom('a'.repeat(32), 'A'.repeat(32), 'b'.repeat(32));
const person = fc.constantFrom(people.wang, people.chen);
const functions = fc.shuffledSubarray(['premium-edit', 'premium-send', 'benefit-query'], { minLength: 1 });
const id = fc.constantFrom(randomUUID(), randomUUID());
const clerkId = fc.constantFrom(randomUUID(), randomUUID());
const agencyCode = fc.constantFrom(...[cityOffice.code, cityOffice.code, cityOffice.code, school.code]);

const clerk = fc.oneof(
  fc.tuple(person, serial).map(([who, typed]) => clerkBySerial(who, typed)),
  fc.tuple(person, fc.constantFrom(wangCard, chenCard)).map(([who, card]) => clerkByCard(who, card)),
  fc
    .tuple(person, person)
    .map(([who, other]) => ({ ...clerkBySerial(who, 'a'.repeat(32)), name: other.name })),
);

const command: fc.Arbitrary<SignableCommand> = fc.oneof(
  fc.record({
    type: fc.constant('AuthorizeClerk'),
    ...{ commandId: id, agencyCode, clerk, permissions: functions },
  }),
  fc.record({
    type: fc.constant('ChangeClerk'),
    ...{ commandId: id, agencyCode, clerkId, clerk, permissions: functions },
  }),
  fc.record({
    type: fc.constant('RevokeClerk'),
    commandId: id,
    agencyCode,
    clerkId,
    confirmed: fc.boolean(),
  }),
);

const ofCity = command.filter((one) => one['agencyCode'] === cityOffice.code);

/** What the register reads in a command: equal for two spellings of the same. */
const read = (one: SignableCommand): string => {
  const decoded = decodeValue(CommandToSign, one);
  assert.ok(E.isRight(decoded));
  return JSON.stringify(decoded.right);
};

// -------------------------------------------------------------------------------------
const changed = suite('a command that is changed after it was signed');

const notSigned: ReadonlyArray<string> = [
  'COMMAND_NOT_SIGNED',
  'COMMAND_SIGNATURE_OTHER',
  // Of another agency nothing is asked further.
  'CONFIRMATION_OTHER_AGENCY',
];

changed('is refused whatever was changed, and as it was signed it is not', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { register } = office;
  await fc.assert(
    fc.asyncProperty(ofCity, fc.array(command, { maxLength: 6 }), async (signed, others) => {
      // Under an id of its own: what was signed before must not matter, and what is done is done.
      const fresh = randomUUID();
      const own = (one: SignableCommand) => ({
        ...one,
        commandId: one.commandId === signed.commandId ? fresh : one.commandId,
      });
      right(await sign(register, visit, own(signed), pair.managerCard));
      const before = right(await office.settings.store.head()());
      for (const other of others.map(own)) {
        if (read(other) === read(own(signed))) continue;
        const code = refusal(await ask(register, visit, other));
        assert.ok(notSigned.includes(code) || isOwnFault(other, code), code);
      }
      assert.is(right(await office.settings.store.head()()), before);
      const answer = await ask(register, visit, own(signed));
      if (E.isLeft(answer)) assert.not.ok(notSigned.includes(answer.left.code), answer.left.code);
    }),
    { numRuns: 60 },
  );
});

/** A card that is not the named person's is refused before anybody asks for a signature. */
const isOwnFault = (one: SignableCommand, code: string): boolean =>
  JSON.stringify(one).includes('"kind":"card"') && ['NAME_MISMATCH', 'IDENTITY_MISMATCH'].includes(code);

changed('is refused in every one of its fields, each alone', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { register } = office;
  const signed: SignableCommand = {
    type: 'ChangeClerk',
    commandId: randomUUID(),
    clerkId: randomUUID(),
    clerk: clerkBySerial(people.wang, 'a'.repeat(32)),
    permissions: ['premium-edit', 'premium-send'],
  };
  right(await sign(register, visit, signed, pair.managerCard));
  const certificate = { kind: 'card', der: Buffer.from(wangCard.card.certificate).toString('base64') };
  const wang = clerkBySerial(people.wang, 'a'.repeat(32));
  const { clerkId: _, ...without } = signed as SignableCommand & { readonly clerkId: string };
  const changes: ReadonlyArray<readonly [what: string, one: SignableCommand, code: string]> = [
    ['the type', { ...without, type: 'AuthorizeClerk' }, 'COMMAND_SIGNATURE_OTHER'],
    ['the id', { ...signed, commandId: randomUUID() }, 'COMMAND_NOT_SIGNED'],
    ['the agency', { ...signed, agencyCode: school.code }, 'CONFIRMATION_OTHER_AGENCY'],
    ['the clerk', { ...signed, clerkId: randomUUID() }, 'COMMAND_SIGNATURE_OTHER'],
    ['the name', { ...signed, clerk: { ...wang, name: '王大明' } }, 'COMMAND_SIGNATURE_OTHER'],
    [
      'the national ID',
      { ...signed, clerk: { ...wang, nationalId: people.chen.nationalId } },
      'COMMAND_SIGNATURE_OTHER',
    ],
    [
      'the serial',
      { ...signed, clerk: clerkBySerial(people.wang, 'b'.repeat(32)) },
      'COMMAND_SIGNATURE_OTHER',
    ],
    ['the kind of certificate', { ...signed, clerk: { ...wang, certificate } }, 'COMMAND_SIGNATURE_OTHER'],
    [
      'a function more',
      { ...signed, permissions: ['premium-edit', 'premium-send', 'benefit-query'] },
      'COMMAND_SIGNATURE_OTHER',
    ],
    ['a function less', { ...signed, permissions: ['premium-edit'] }, 'COMMAND_SIGNATURE_OTHER'],
    ['their order', { ...signed, permissions: ['premium-send', 'premium-edit'] }, 'COMMAND_SIGNATURE_OTHER'],
  ];
  for (const [what, one, code] of changes) assert.is(refusal(await ask(register, visit, one)), code, what);
  // As it was signed it is heard, and refused for what it says.
  assert.is(refusal(await ask(register, visit, signed)), 'CLERK_NOT_FOUND');
});

changed.run();

// -------------------------------------------------------------------------------------
const garbage = suite('whatever a caller sends to be signed');

const anything = fc.anything({ withNullPrototype: true, withMap: true, withSet: true, withBigInt: true });

garbage('is refused by a value, and nothing of it is handed out to be signed', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { register } = office;
  const confirmation = visit.confirmation.id;
  const sound = { ...newClerk(), agencyCode: cityOffice.code };
  const fields = ['type', 'commandId', 'agencyCode', 'clerk', 'permissions'] as const;
  await fc.assert(
    fc.asyncProperty(anything, fc.constantFrom(...fields), async (value, field) => {
      refusal(await register.issueChallenge({ confirmation, command: value })());
      refusal(await register.issueChallenge({ confirmation: value, command: sound })());
      const answer = await register.issueChallenge({ confirmation, command: { ...sound, [field]: value } })();
      if (E.isRight(answer)) assert.is(field, 'permissions');
    }),
    { numRuns: 300 },
  );
});

garbage('a proxy that throws at whatever is asked of it is no data', async () => {
  const { office } = await openSession(pki, pair);
  const thrower = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error('never');
      },
      getPrototypeOf: () => {
        throw new Error('never');
      },
    },
  );
  assert.is(refusal(await office.register.issueChallenge(thrower)()), 'INVALID_INPUT');
});

garbage.run();
