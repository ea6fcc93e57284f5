import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { suiteNeeding } from '@mandate/testing';
import { bedNeed, until } from '@mandate/testing/card-service';
import * as assert from 'uvu/assert';
import { nhiAtr, t7sAtr } from '../../src/virtual-card/index.js';
import { startBed } from '../support/bed.js';
import { hex } from './support.js';

const test = suiteNeeding('bed for tests with a card service', bedNeed('opensc-tool'));

/** Processes that have the folder in their environment or arguments, or hold it open as their service's. */
const processesOf = (folder: string): ReadonlyArray<string> =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return ['cmdline', 'mountinfo'].some((file) =>
          readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(folder),
        );
      } catch {
        return false; // it ended meanwhile
      }
    });

const namespaceName = (folder: string): string => folder.split('/').at(-1) ?? folder;

const refusesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const client = connect(port, '127.0.0.1');
    client.on('connect', () => {
      client.destroy();
      resolve(false);
    });
    client.on('error', () => resolve(true));
  });

test('two beds at once do not see each other’s cards, and leave nothing behind', async () => {
  const [one, other] = await Promise.all([startBed(), startBed()]);
  const [t7s, nhi] = await Promise.all([
    one.startCard({ kind: 't7s' }),
    other.startCard({ kind: 'nhi', slot: 1 }),
  ]);
  assert.equal([await one.seesCard(0), await one.seesCard(1)], [true, false]);
  assert.equal([await other.seesCard(0), await other.seesCard(1)], [false, true]);
  const atr = async (bed: typeof one, reader: string) =>
    (await bed.run('opensc-tool', ['--reader', reader, '--atr'])).stdout
      .trim()
      .replaceAll(':', '')
      .toUpperCase();
  assert.is(await atr(one, '0'), hex(t7sAtr));
  assert.is(await atr(other, '1'), hex(nhiAtr));
  assert.ok(await refusesConnections(35_963), 'vpcd listens inside alone');
  const folders = [one.folder, other.folder].map(namespaceName);
  assert.ok(folders.every((folder) => processesOf(folder).length > 0));
  await Promise.all([one.end(), other.end()]);
  await Promise.all([t7s.ended, nhi.ended]);
  assert.equal(folders.flatMap(processesOf), []);
  assert.not.ok(existsSync(one.folder));
});

test('a card is pulled out and put in again, and the service sees it', async () => {
  const bed = await startBed();
  const card = await bed.startCard({ kind: 'nhi', out: true });
  assert.not(await bed.seesCard(0));
  await card.insert();
  await until(() => bed.seesCard(0));
  await card.pull();
  await until(async () => !(await bed.seesCard(0)));
  await card.insert();
  await until(() => bed.seesCard(0));
  await bed.end();
});

test('a card that is pulled out during VERIFY answers nothing, and the try is spent', async () => {
  const bed = await startBed();
  const card = await bed.startCard({ kind: 'piv' });
  await card.misbehave({ type: 'pull', during: 'verify' });
  const { status } = await bed.run('pkcs11-tool', ['--login', '--pin', '000000', '--list-objects']);
  assert.is.not(status, 0);
  await until(async () => !(await bed.seesCard(0)));
  await card.insert();
  await until(() => bed.seesCard(0));
  const { stdout } = await bed.run('opensc-tool', [
    ...['--reader', '0', '--card-driver', 'default'],
    ...['--send-apdu', '00A4040009A0000003080000100000', '--send-apdu', '0020008000'],
  ]);
  assert.match(stdout, /SW1=0x63, SW2=0xC2/);
  await bed.end();
});

test('the service is killed and comes back, and so does the card', async () => {
  const bed = await startBed();
  const card = await bed.startCard({ kind: 'nhi' });
  await bed.killService();
  await card.next('lost');
  assert.not(await bed.seesCard(0));
  await bed.startService();
  await card.next('power-on');
  await until(() => bed.seesCard(0));
  await bed.end();
});

test('a test process that is killed leaves no process behind', async () => {
  const program = fileURLToPath(new URL('../support/bed-to-be-killed.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--conditions=mandate-source', '--import', import.meta.resolve('tsx'), program],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [said] = await once(child.stdout, 'data');
  const path = String(said).trim();
  const folder = namespaceName(path);
  assert.ok(processesOf(folder).length >= 3);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until(async () => processesOf(folder).length === 0);
  rmSync(path, { recursive: true });
});

test.run();
