/** The one button for a renewed card, by what a browser sends: whose card, whose row, and nothing believed of the page. */
import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DrawerCard } from '../src/cards/deck.js';
import { docScene } from '../src/world/doc/scene.js';
import { deckOf, type Running, runPortal } from './support/portal.js';
import { mainOf } from './support/steps.js';
import { hidden, type Shown, type Visitor, visitor } from './support/visitor.js';

interface World {
  running: Running;
  visitor: Visitor;
  deck: ReadonlyArray<DrawerCard>;
}

const test = suite<World>('portal: a renewed card and one button');

const at = '/user-credentials/renewed';

test.before.each(async (world) => {
  world.running = await runPortal({ scene: docScene });
  world.visitor = visitor(world.running);
  world.deck = await deckOf(world.running);
});

test.after.each(async ({ running }) => {
  await running.stop();
  assert.equal(running.faults, []);
});

/** By account; answers where that leads. */
const signIn = async (
  { get, post }: Visitor,
  purpose: 'credentials/clerk' | 'registry/officer',
  account: string,
  secret: string,
): Promise<string | null> => {
  await get(`/${purpose}`);
  const agencyCode = account === 'P0310' ? '393000001C' : '393000000C';
  const sent = await post(`/${purpose}`, { account, secret, agencyCode, means: 'account' });
  return sent.location;
};

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');

const both = ({ deck }: World, id: string): { readonly signing: string; readonly encryption: string } => {
  const found = deck.find((card) => card.id === id)?.card;
  if (found === undefined) throw new Error(`no card ${id}`);
  return { signing: base64(found.certificate), encryption: base64(found.encryptionCertificate) };
};

const serialOf = ({ deck }: World, id: string): string =>
  deck.find((card) => card.id === id)?.card.record.serial.replace(/^0+/, '') ?? '';

const rowsOf = async ({ get }: Visitor): Promise<ReadonlyArray<string>> => {
  const { text } = await get('/user-credentials');
  const rows = /<tbody[\s\S]*<\/tbody>/.exec(mainOf(text))?.[0].match(/<tr[\s\S]*?<\/tr>/g) ?? [];
  return rows.filter((row) => /user-credentials\//.test(row)).map((row) => row.replace(/<[^>]*>/g, ''));
};

const press = async (
  world: World,
  id: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Shown> => {
  const { text } = await world.visitor.get(at);
  const commandId = hidden(text, 'commandId');
  return world.visitor.post(at, { commandId, ...both(world, id), ...more });
};

test('MOICA-16: nothing is taken of who has not signed in, and the list is the list again once the button was shown', async (world) => {
  const { get, post } = world.visitor;
  assert.is((await get(at)).location, '/credentials/clerk');
  const early = await post(at, { commandId: randomUUID(), ...both(world, 'hsu-renewed') });
  assert.not.match(early.location ?? '', /done=/);
  await get(at);
  assert.is(await signIn(world.visitor, 'credentials/clerk', 'P0230', 'hsu-6201'), '/user-credentials');
  assert.is((await get('/user-credentials')).location, null);
  assert.is((await rowsOf(world.visitor)).length, 1);
});

test('DOC-9, DOC-10: one form registers and activates; a second sending of it changes nothing', async (world) => {
  const { get, post } = world.visitor;
  await signIn(world.visitor, 'credentials/clerk', 'P0230', 'hsu-6201');
  const { text } = await get(at);
  assert.match(text, /data-once-read/);
  const fields = { commandId: hidden(text, 'commandId'), ...both(world, 'hsu-renewed') };
  for (const _ of [1, 2]) {
    await get(at);
    const sent = await post(at, fields);
    assert.is(sent.location, '/user-credentials?done=added');
    const rows = await rowsOf(world.visitor);
    assert.is(rows.length, 2);
    assert.match(rows[0] ?? '', /電子識別證.*不啟用/s);
    assert.match(rows[1] ?? '', /電子識別證.*啟用.* 至 .*正式卡/s);
    assert.ok(rows[1]?.includes(serialOf(world, 'hsu-renewed')));
  }
});

test('DOC-7: another’s card, the card on record, no card and no certificate are refused in words, and leave the row as it was', async (world) => {
  const { get, post } = world.visitor;
  await signIn(world.visitor, 'credentials/clerk', 'P0230', 'hsu-6201');
  const wrong: ReadonlyArray<readonly [Readonly<Record<string, string>>, RegExp]> = [
    [both(world, 'sun'), /身分證統一編號與自然人憑證不符/],
    [both(world, 'hsu'), /此憑證序號已登記/],
    [{ signing: '', encryption: '' }, /使用電子識別證不須自行登打憑證序號/],
    [{ signing: 'AAAA', encryption: 'AAAA' }, /憑證/],
    [{ ...both(world, 'hsu-renewed'), encryption: both(world, 'sun').encryption }, /不符/],
  ];
  for (const [card, words] of wrong) {
    await get(at);
    const refused = await post(at, { commandId: randomUUID(), ...card });
    assert.is.not(refused.status, 200);
    assert.is(refused.location, null);
    assert.match(/<div[^>]*role="alert"[\s\S]*?<\/div>/.exec(refused.text)?.[0] ?? '', words);
    assert.match(refused.text, /data-once-read/);
  }
  // What the page would fill in is not believed.
  const sent = await press(world, 'hsu-renewed', {
    ...{ nationalId: 'N220001230', kind: 'citizen', cardKind: 'temporary' },
    ...{ serial1: 'A'.repeat(32), serial2: 'B'.repeat(32), from: '100/01/01', to: '150/01/01' },
  });
  assert.is(sent.location, '/user-credentials?done=added');
  const [, row = ''] = await rowsOf(world.visitor);
  assert.match(row, /P0230.*電子識別證.*正式卡/s);
  assert.ok(row.includes(serialOf(world, 'hsu-renewed')));
  assert.not.match(row, /100\/01\/01|150\/01\/01|AAAA/);
});

test('DOC-6, DOC-7: the page is told both serials and the days of a card that may be registered, and why another may not', async (world) => {
  const { get, post } = world.visitor;
  await signIn(world.visitor, 'credentials/clerk', 'P0230', 'hsu-6201');
  const ask = async (fields: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> => {
    await get(at);
    return JSON.parse((await post(`${at}/read-card`, fields)).text);
  };
  const shown = await ask(both(world, 'hsu-renewed'));
  assert.equal(Object.keys(shown).sort(), ['from', 'serial1', 'serial2', 'to']);
  assert.ok(shown['serial1']?.endsWith(serialOf(world, 'hsu-renewed')));
  assert.match((await ask(both(world, 'hsu')))['refused'] ?? '', /此憑證序號已登記.*尚未展期/);
  assert.match((await ask(both(world, 'sun')))['refused'] ?? '', /不符/);
  assert.match((await ask({ signing: both(world, 'sun').signing }))['refused'] ?? '', /./);
});

test('DOC-10, DOC-11: kind and card kind are those of the row before, also of one that is not active', async (world) => {
  const { get, post } = world.visitor;
  await signIn(world.visitor, 'credentials/clerk', 'P0231', 'sun-7302');
  await get('/user-credentials/add');
  const typed = await post('/user-credentials/save', {
    ...{ commandId: randomUUID(), kind: 'citizen', cardKind: 'temporary', state: 'inactive' },
    ...{ serial1: 'C'.repeat(32), serial2: 'D'.repeat(32) },
  });
  assert.is(typed.location, '/user-credentials?done=added');
  assert.match(mainOf((await get(at)).text), /自然人憑證[\s\S]*臨時卡/);
  assert.is((await press(world, 'sun')).location, '/user-credentials?done=added');
  const [before = '', row = ''] = await rowsOf(world.visitor);
  assert.match(before, /自然人憑證.*不啟用.*臨時卡/s);
  assert.match(row, /自然人憑證.*啟用.* 至 .*臨時卡/s);
  assert.not.match(row, /不啟用|自行登打/);
});

test('DOC-3: who has no row, and the registry desk, have the ordinary form', async (world) => {
  const { get } = world.visitor;
  await signIn(world.visitor, 'credentials/clerk', 'P0231', 'sun-7302');
  const { text } = await get(at);
  assert.match(mainOf(text), /您尚無登記資料,請使用一般新增。/);
  assert.not.match(text, /data-once-read/);
  assert.is((await press(world, 'sun')).location, at);
  assert.is((await rowsOf(world.visitor)).length, 0);
  world.visitor.forgetCookies();
  await signIn(world.visitor, 'registry/officer', 'P0001', 'desk-8403');
  assert.is((await get(at)).location, '/user-credentials');
  assert.is((await press(world, 'hsu-renewed')).location, '/user-credentials');
  assert.is((await rowsOf(world.visitor)).length, 1);
});

test.run();
