import { spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nhiCard, pivAtr, pivCard, type VpcdEvent, vpcdCard } from '../../src/virtual-card/index.js';
import { fakeVpcd } from './fake-vpcd.js';
import { citizen, hex } from './support.js';

const newPiv = () => pivCard({ card: citizen, pin: '123456' });
const select = '00A4040009A0000003080000100000';
const wrongPin = '0020008008303030303030FFFF';

const test = suite('virtual card in a reader of vpcd');

test('it tells its answer to reset when asked, and is silent to power and reset', async () => {
  const reader = await fakeVpcd();
  const events: VpcdEvent[] = [];
  const card = vpcdCard({ card: newPiv(), port: reader.port, onEvent: (event) => events.push(event) });
  card.insert();
  card.insert();
  const inside = await reader.card();
  for (const control of ['01', '02', '00']) inside.tell(control);
  assert.is(await inside.ask('04'), hex(pivAtr));
  assert.equal(
    events.map(({ status }) => status),
    ['inserted', 'power-on', 'reset', 'power-off'],
  );
  card.pull();
  await inside.gone;
  await reader.close();
});

test('commands are answered, also where length and message come apart; events say status words and nothing else', async () => {
  const reader = await fakeVpcd();
  const events: VpcdEvent[] = [];
  const card = vpcdCard({ card: newPiv(), port: reader.port, onEvent: (event) => events.push(event) });
  card.insert();
  const inside = await reader.card();
  assert.is((await inside.askInParts(select)).slice(-4), '9000');
  assert.is(await inside.ask(wrongPin), '63C2');
  assert.equal(events.slice(1), [
    { status: 'exchange', purpose: 'other', sw: '9000', triesLeft: 3 },
    { status: 'exchange', purpose: 'verify', sw: '63C2', triesLeft: 2 },
  ]);
  card.pull();
  await reader.close();
});

test('the reader’s reset takes what was selected and verified', async () => {
  const reader = await fakeVpcd();
  const card = vpcdCard({ card: newPiv(), port: reader.port });
  card.insert();
  const inside = await reader.card();
  await inside.ask(select);
  assert.is(await inside.ask('0020008008313233343536FFFF'), '9000');
  assert.is(await inside.ask('0020008000'), '9000');
  inside.tell('02');
  assert.is(await inside.ask('0020008000'), '6985');
  await inside.ask(select);
  assert.is(await inside.ask('0020008000'), '63C3');
  card.pull();
  await reader.close();
});

test('pulled out during VERIFY it leaves without an answer, with one try less', async () => {
  const reader = await fakeVpcd();
  const piv = newPiv();
  const card = vpcdCard({ card: piv, port: reader.port });
  card.insert();
  const inside = await reader.card();
  card.misbehave({ type: 'pull', during: 'verify' });
  await inside.ask(select);
  assert.is(await inside.ask(wrongPin), 'gone');
  assert.is(piv.triesLeft(), 2);
  card.insert();
  assert.is((await (await reader.card()).ask(select)).slice(-4), '9000');
  card.pull();
  await reader.close();
});

test('short answers, rubbish and delays go through as they are', async () => {
  const reader = await fakeVpcd();
  const card = vpcdCard({ card: newPiv(), port: reader.port });
  card.insert();
  const inside = await reader.card();
  card.misbehave({ type: 'truncate', octets: 1, during: 'any' });
  assert.is((await inside.ask(select)).length, 2);
  card.misbehave({ type: 'garbage', octets: 100, during: 'any' });
  assert.is((await inside.ask(select)).length, 200);
  card.misbehave({ type: 'slow', milliseconds: 5, during: 'any' });
  assert.is((await inside.ask(select)).slice(-4), '9000');
  card.behave();
  assert.is((await inside.ask(select)).slice(-4), '9000');
  card.pull();
  await reader.close();
});

test('when vpcd goes away and comes back, so does the card', async () => {
  const reader = await fakeVpcd();
  const events: string[] = [];
  const card = vpcdCard({ card: newPiv(), port: reader.port, onEvent: ({ status }) => events.push(status) });
  card.insert();
  await reader.card();
  await reader.close();
  const again = await fakeVpcd(reader.port);
  assert.is(await (await again.card()).ask('04'), hex(pivAtr));
  assert.equal(events, ['inserted', 'lost', 'inserted']);
  card.pull();
  await again.close();
});

/** A port at which nothing listens: one that was just let go. */
const silentPort = async (): Promise<number> => {
  const reader = await fakeVpcd();
  await reader.close();
  return reader.port;
};

/** When so many connections were begun in this process. */
const connections = (count: number): Promise<void> =>
  new Promise((resolve) => {
    let left = count;
    const seen = (): void => {
      left -= 1;
      if (left > 0) return;
      unsubscribe('net.client.socket', seen);
      resolve();
    };
    subscribe('net.client.socket', seen);
  });

test('where no vpcd is, that is said once with address and cause; the card goes on trying in silence', async () => {
  const port = await silentPort();
  const events: VpcdEvent[] = [];
  let told = (): void => {};
  const missed = new Promise<void>((resolve) => {
    told = resolve;
  });
  const card = vpcdCard({
    card: newPiv(),
    port,
    onEvent: (event) => {
      events.push(event);
      told();
    },
  });
  const noVpcd = { status: 'no-vpcd', host: '127.0.0.1', port, cause: 'ECONNREFUSED' } as const;
  card.insert();
  await missed;
  await connections(4);
  const saidMeanwhile = [...events];
  // Who takes it out and puts it in again asks again.
  card.pull();
  card.insert();
  const reader = await fakeVpcd(port);
  assert.is(await (await reader.card()).ask('04'), hex(pivAtr));
  assert.is(events.at(-1)?.status, 'inserted');
  card.pull();
  await reader.close();
  assert.equal(saidMeanwhile, [noVpcd]);
});

const main = fileURLToPath(new URL('../../src/virtual-card/main.ts', import.meta.url));
const start = (...args: ReadonlyArray<string>) =>
  spawn(
    process.execPath,
    ['--conditions=mandate-source', '--import', import.meta.resolve('tsx'), main, ...args],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );

test('the program holds the card of a file, obeys its standard input, and ends with it', async () => {
  const reader = await fakeVpcd();
  const folder = mkdtempSync(join(tmpdir(), 'mandate-card-'));
  const file = join(folder, 'card.json');
  const holder = {
    cardNumber: '900012345678',
    name: '陳筱玲',
    nationalId: 'A123456789',
    birthDate: '0650229',
    sex: 'F',
    issuedOn: '1040309',
  } as const;
  writeFileSync(file, JSON.stringify(holder));
  const child = start('--kind', 'nhi', '--card', file, '--port', String(reader.port));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async () => JSON.parse((await lines.next()).value ?? 'null');
  const inside = await reader.card();
  assert.equal(await said(), { status: 'ready', kind: 'nhi' });
  assert.equal(await said(), { status: 'inserted' });
  const selectNhi = '00A4040010D158000001000000000000000000001100';
  const basic = '00CA1100020000';
  assert.is(await inside.ask(selectNhi), '9000');
  assert.is(await inside.ask(basic), hex(nhiAnswer(holder, selectNhi, basic)));
  await said();
  await said();
  child.stdin.write('eat\n{"do":"pull"}\n');
  assert.equal(await said(), { status: 'not-understood' });
  await inside.gone;
  assert.equal([await said(), await said()], [{ status: 'pulled' }, { status: 'done', do: 'pull' }]);
  child.stdin.end();
  assert.equal(await once(child, 'exit'), [0, null]);
  await reader.close();
  rmSync(folder, { recursive: true });
});

test('--quiet: the program says nothing of what is exchanged, and all else', async () => {
  const reader = await fakeVpcd();
  const child = start('--kind', 'nhi', '--quiet', '--port', String(reader.port));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async () => JSON.parse((await lines.next()).value ?? 'null').status;
  const inside = await reader.card();
  assert.equal([await said(), await said()], ['ready', 'inserted']);
  assert.is(await inside.ask('00A4040010D158000001000000000000000000001100'), '9000');
  child.stdin.write('{"do":"pull"}\n');
  assert.equal([await said(), await said()], ['pulled', 'done']);
  child.stdin.end();
  await once(child, 'exit');
  await reader.close();
});

const nhiAnswer = (holder: Parameters<typeof nhiCard>[0], ...commands: ReadonlyArray<string>): Uint8Array => {
  const card = nhiCard(holder);
  const answers = commands.map((command) => card.process(Uint8Array.from(Buffer.from(command, 'hex'))));
  return answers.at(-1) ?? new Uint8Array(0);
};

test('--help: the program tells how it is used, all that a line may say, and ends well', async () => {
  for (const word of ['--help', '-h']) {
    const child = start(word);
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('utf8');
    });
    assert.equal(await once(child, 'close'), [0, null]);
    assert.match(said, /^mandate-virtual-card --kind/);
    assert.match(said, '"during":"verify|sign|write|other|any"');
  }
});

test('the program says that no vpcd is there', async () => {
  const port = await silentPort();
  const child = start('--kind', 'nhi', '--port', String(port));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async () => JSON.parse((await lines.next()).value ?? 'null');
  assert.equal(await said(), { status: 'ready', kind: 'nhi' });
  assert.equal(await said(), { status: 'no-vpcd', host: '127.0.0.1', port, cause: 'ECONNREFUSED' });
  child.stdin.end();
  await once(child, 'exit');
});

test('the program says in words what it was not told, or cannot read', async () => {
  const noKind = start();
  assert.equal(await once(noKind, 'exit'), [2, null]);
  const noFile = start('--kind', 'piv', '--card', '/nowhere/card.json');
  assert.equal(await once(noFile, 'exit'), [2, null]);
});

test.run();
