import { randomUUID } from 'node:crypto';
import { createTestPki } from '@mandate/certificates/test-pki';
import type { ClerkList, Register } from '@mandate/domain';
import { gepiCatalogue, gepiCatalogueNext } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { citizenCard } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  clerkBySerial,
  clerkIdOf,
  confirmed,
  give,
  issuePair,
  ofPerson,
  registerAgency,
} from '../support/counter.js';
import { byStaff, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wangCard = await citizenCard(pki, people.wang);
const chenCard = await citizenCard(pki, people.chen);
const wang = clerkByCard(people.wang, wangCard);

/** An office whose agency is registered, and a delegation session in it. */
const session = async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const visit = await confirmed(office.register, 'delegation', pair);
  return { ...office, office, visit };
};

const listOf = async (register: Register): Promise<ClerkList> =>
  right(await register.clerkList((await confirmed(register, 'delegation', pair)).confirmation.id)());

// -------------------------------------------------------------------------------------
const opening = suite('授權指派作業');

opening('GEPI-31: agency card and manager card open a session, and then the list', async () => {
  const { register, visit } = await session();
  assert.ok(visit.confirmation.complete);
  const list = right(await register.clerkList(visit.confirmation.id)());
  assert.is(list.agencyCode, cityOffice.code);
  assert.is(list.agencyName, cityOffice.name);
  assert.is(list.manager.name, people.lin.name);
  assert.equal(list.clerks, []);
});

opening('GEPI-12: no terms are asked for in delegation', async () => {
  const { register, visit } = await session();
  const command = { type: 'AuthorizeClerk', clerk: wang, permissions: ['premium-edit'] };
  right(await give(register, visit, command));
});

opening('GEPI-31: one card is not enough for the list, nor is the session of another work', async () => {
  const { register } = await session();
  const half = await confirmed(register, 'delegation', pair, pair.shown.slice(0, 1));
  assert.is(refusal(await register.clerkList(half.confirmation.id)()), 'CONFIRMATION_INCOMPLETE');
  const other = await confirmed(register, 'query-oid', pair, pair.shown.slice(0, 1));
  assert.is(refusal(await register.clerkList(other.confirmation.id)()), 'CONFIRMATION_OTHER_PURPOSE');
});

opening('GEPI-31: another person is told from another card of the manager', async () => {
  const { register } = await session();
  const show = async (shown: Parameters<typeof showCards>[3][number]) =>
    refusal(await showCards(register, 'delegation', cityOffice.code, [...pair.shown.slice(0, 1), shown]));
  assert.is(await show(ofPerson(wangCard, people.wang)), 'MANAGER_PERSON_DIFFERS');
  const second = await citizenCard(pki, people.lin);
  assert.is(await show(ofPerson(second, people.lin)), 'MANAGER_CERTIFICATE_NOT_REGISTERED');
});

opening.run();

// -------------------------------------------------------------------------------------
const adding = suite('新增授權經辦人');

adding(
  'GEPI-33, GEPI-37: card, ID and functions are given; it succeeds, and the clerk stands in the list',
  async () => {
    const { register, visit } = await session();
    const permissions = ['premium-send', 'premium-edit'];
    const done = right(await give(register, visit, { type: 'AuthorizeClerk', clerk: wang, permissions }));
    assert.equal(typesOf(done), ['ClerkAuthorized']);
    const [listed] = (await listOf(register)).clerks;
    assert.is(listed?.id, clerkIdOf(done));
    assert.is(listed?.name, people.wang.name);
    assert.is(listed?.nationalId, people.wang.nationalId);
    assert.equal(listed?.permissions, ['premium-edit', 'premium-send']);
    assert.is(listed?.credential.serial, wangCard.card.serial);
  },
);

adding('GEPI-32: the list holds every clerk, in the order in which they were added', async () => {
  const { register } = await session();
  await addClerk(register, pair, wang, ['premium-edit']);
  await addClerk(register, pair, clerkByCard(people.chen, chenCard), ['benefit-query']);
  const { clerks } = await listOf(register);
  assert.equal(
    clerks.map(({ name, nationalId }) => [name, nationalId]),
    [
      [people.wang.name, people.wang.nationalId],
      [people.chen.name, people.chen.nationalId],
    ],
  );
});

adding('GEPI-30: one session adds as many clerks as the manager likes', async () => {
  const { register, visit } = await session();
  for (const [person, card] of [
    [people.wang, wangCard],
    [people.chen, chenCard],
    [people.huang, await citizenCard(pki, people.huang)],
  ] as const) {
    const clerk = clerkByCard(person, card);
    right(await give(register, visit, { type: 'AuthorizeClerk', clerk, permissions: ['premium-edit'] }));
  }
  assert.is((await listOf(register)).clerks.length, 3);
});

adding('GEPI-34: no PIN of the clerk is asked: the card is only read, and is so on record', async () => {
  const { register } = await session();
  await addClerk(register, pair, wang, ['premium-edit']);
  assert.is((await listOf(register)).clerks[0]?.credential.proof, 'read');
});

adding(
  'GEPI-35: a serial typed with spaces and colons is the same serial, and stays typed by hand',
  async () => {
    const { register } = await session();
    const spelled = chenCard.card.serial.toLowerCase().replace(/(..)(?=.)/g, '$1: ');
    await addClerk(register, pair, clerkBySerial(people.chen, spelled), ['premium-edit']);
    const [listed] = (await listOf(register)).clerks;
    assert.is(listed?.credential.serial, chenCard.card.serial);
    assert.is(listed?.credential.proof, 'typedByHand');
  },
);

adding('GEPI-35: a serial that cannot be one is told by its field', async () => {
  const { register, visit } = await session();
  const clerk = clerkBySerial(people.chen, 'F'.repeat(35));
  const answer = await give(register, visit, {
    type: 'AuthorizeClerk',
    clerk,
    permissions: ['premium-edit'],
  });
  assert.equal(E.isLeft(answer) && answer.left.fields?.map(({ path }) => path), ['clerk.certificate.serial']);
});

adding('GEPI-33: the functions are required', async () => {
  const { register, visit } = await session();
  const answer = await give(register, visit, { type: 'AuthorizeClerk', clerk: wang, permissions: [] });
  assert.is(refusal(answer), 'PERMISSION_REQUIRED');
});

adding('GEPI-36: a group of the menu is not a function; what is not in the menu is none', async () => {
  const { register, visit } = await session();
  const answer = async (code: string) =>
    refusal(await give(register, visit, { type: 'AuthorizeClerk', clerk: wang, permissions: [code] }));
  assert.is(await answer('premium'), 'PERMISSION_IS_GROUP');
  assert.is(await answer('premium-certificate'), 'PERMISSION_UNKNOWN');
});

adding('GEPI-21: the typed ID must fit the card that was read, and so must the name', async () => {
  const { register, visit } = await session();
  const add = async (clerk: object) =>
    refusal(await give(register, visit, { type: 'AuthorizeClerk', clerk, permissions: ['premium-edit'] }));
  assert.is(await add({ ...wang, nationalId: people.chen.nationalId }), 'IDENTITY_MISMATCH');
  assert.is(await add({ ...wang, name: '王大明' }), 'NAME_MISMATCH');
});

adding('GEPI-9: a clerk uses a citizen certificate and no other', async () => {
  const { register, visit } = await session();
  const certificate = clerkByCard(people.wang, pair.agencyCard).certificate;
  const answer = await give(register, visit, {
    type: 'AuthorizeClerk',
    clerk: { ...wang, certificate },
    permissions: ['premium-edit'],
  });
  assert.is(refusal(answer), 'ISSUER_NOT_ACCEPTED');
});

adding('the encryption certificate of a card is nobody’s credential', async () => {
  const { register, visit } = await session();
  const der = Buffer.from(wangCard.card.encryptionCertificate).toString('base64');
  const answer = await give(register, visit, {
    type: 'AuthorizeClerk',
    clerk: { ...wang, certificate: { kind: 'card', der } },
    permissions: ['premium-edit'],
  });
  assert.is(refusal(answer), 'KEY_USAGE_NOT_ACCEPTED');
});

adding('GEPI-43: the manager may be a clerk too', async () => {
  const { register } = await session();
  await addClerk(register, pair, clerkByCard(people.lin, pair.managerCard), ['premium-edit']);
  assert.is((await listOf(register)).clerks[0]?.name, people.lin.name);
});

adding.run();

// -------------------------------------------------------------------------------------
const changing = suite('修改授權經辦人');

changing('GEPI-38: the four fields are sent again; what changed is what happened', async () => {
  const { register } = await session();
  const clerkId = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
  const visit = await confirmed(register, 'delegation', pair);
  const change = { type: 'ChangeClerk', clerkId, clerk: wang };
  const done = right(await give(register, visit, { ...change, permissions: ['benefit-query'] }));
  assert.equal(typesOf(done), ['ClerkPermissionsChanged']);
  assert.equal(
    refusal(await give(register, visit, { ...change, permissions: ['benefit-query'] })),
    'NOTHING_CHANGED',
  );
  assert.equal((await listOf(register)).clerks[0]?.permissions, ['benefit-query']);
});

changing(
  'GEPI-39: the screen opens with the old serial; one save brings new card and new functions',
  async () => {
    const { register } = await session();
    const clerkId = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
    assert.is((await listOf(register)).clerks[0]?.credential.serial, wangCard.card.serial);
    const renewed = await pki.renew(wangCard.card);
    const der = Buffer.from(renewed.certificate).toString('base64');
    const clerk = { ...wang, certificate: { kind: 'card', der, cardNumber: renewed.cardNumber } };
    const visit = await confirmed(register, 'delegation', pair);
    const done = right(
      await give(register, visit, { type: 'ChangeClerk', clerkId, clerk, permissions: ['benefit-query'] }),
    );
    assert.equal(typesOf(done), ['CertificateReplaced', 'ClerkPermissionsChanged']);
    const [listed] = (await listOf(register)).clerks;
    assert.is(listed?.credential.serial, renewed.serial);
    assert.equal(listed?.permissions, ['benefit-query']);
  },
);

changing('another person in the entry: the old one ends, the new one begins', async () => {
  const { register } = await session();
  const clerkId = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
  const visit = await confirmed(register, 'delegation', pair);
  const done = right(
    await give(register, visit, {
      type: 'ChangeClerk',
      clerkId,
      clerk: clerkByCard(people.chen, chenCard),
      permissions: ['premium-edit'],
    }),
  );
  assert.equal(typesOf(done), ['ClerkRevoked', 'ClerkAuthorized']);
  assert.equal(
    (await listOf(register)).clerks.map(({ name }) => name),
    [people.chen.name],
  );
});

changing('a clerk of nobody cannot be changed', async () => {
  const { register, visit } = await session();
  const answer = await give(register, visit, {
    type: 'ChangeClerk',
    clerkId: randomUUID(),
    clerk: wang,
    permissions: ['premium-edit'],
  });
  assert.is(refusal(answer), 'CLERK_NOT_FOUND');
});

changing.run();

// -------------------------------------------------------------------------------------
const deleting = suite('刪除授權經辦人');

deleting('GEPI-40: 刪除 asks again; only the second 確認 deletes', async () => {
  const { register } = await session();
  const clerkId = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
  const visit = await confirmed(register, 'delegation', pair);
  const command = { type: 'RevokeClerk', clerkId };
  assert.is(refusal(await give(register, visit, { ...command, confirmed: false })), 'DELETION_NOT_CONFIRMED');
  assert.equal(typesOf(right(await give(register, visit, { ...command, confirmed: true }))), [
    'ClerkRevoked',
  ]);
  assert.equal((await listOf(register)).clerks, []);
  assert.is(refusal(await give(register, visit, { ...command, confirmed: true })), 'CLERK_NOT_FOUND');
});

deleting('GEPI-42: remedy two, delete and add again, keeps both entries in the history', async () => {
  const { register, settings } = await session();
  const first = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
  const visit = await confirmed(register, 'delegation', pair);
  right(await give(register, visit, { type: 'RevokeClerk', clerkId: first, confirmed: true }));
  const second = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
  assert.is.not(second, first);
  const all = right(await settings.store.readAll('start', 100)());
  assert.is(all.events.filter(({ type }) => type === 'ClerkAuthorized').length, 2);
});

deleting.run();

// -------------------------------------------------------------------------------------
const menus = suite('功能選單');

menus('GEPI-36: the menu is data: groups and functions in the order in which they are shown', async () => {
  const { register } = await session();
  const menu = right(await register.catalogue()());
  assert.is(menu.version, 1);
  assert.equal(
    [...menu.entries.values()].map(({ code, kind, parent }) => [code, kind, parent]),
    gepiCatalogue.map(({ code, kind, parent }) => [code, kind, parent]),
  );
});

menus('X-6: a new function is opened to nobody until the manager assigns it', async () => {
  const { register, office } = await session();
  const clerkId = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
  right(await byStaff(office, { type: 'PublishCatalogue', version: 2, entries: gepiCatalogueNext }));
  assert.equal((await listOf(register)).clerks[0]?.permissions, ['premium-edit']);
  const visit = await confirmed(register, 'delegation', pair);
  const permissions = ['premium-edit', 'premium-certificate'];
  const done = right(await give(register, visit, { type: 'ChangeClerk', clerkId, clerk: wang, permissions }));
  assert.equal(done.events[0]?.data, {
    clerk: clerkId,
    granted: ['premium-certificate'],
    revoked: [],
    catalogueVersion: 2,
  });
});

menus('a published menu is not published again, and one that is no tree is refused', async () => {
  const { office } = await session();
  const publish = async (version: number, entries: ReadonlyArray<object>) =>
    refusal(await byStaff(office, { type: 'PublishCatalogue', version, entries }));
  assert.is(await publish(1, gepiCatalogue), 'VERSION_NOT_NEXT');
  assert.is(await publish(3, gepiCatalogueNext), 'VERSION_NOT_NEXT');
  assert.is(await publish(2, [...gepiCatalogue].reverse()), 'CATALOGUE_INVALID');
});

menus.run();
