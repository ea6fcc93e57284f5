import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suiteNeeding } from '@mandate/testing';
import { bedNeed } from '@mandate/testing/card-service';
import * as assert from 'uvu/assert';
import { pivAtr, pivGuid } from '../../src/virtual-card/index.js';
import { type Bed, type BedCard, startBed } from '../support/bed.js';
import { citizen, hex } from './support.js';

type Context = { bed: Bed; card: BedCard };

const test = suiteNeeding<Partial<Context>>(
  'OpenSC and the virtual PIV card',
  bedNeed('opensc-tool', 'pkcs15-tool', 'pkcs11-tool', 'piv-tool', 'openssl'),
);

const on = ({ bed, card }: Partial<Context>): Context => {
  if (bed === undefined || card === undefined) throw new Error('no bed');
  return { bed, card };
};
const newCard = (bed: Bed, tries = 3): Promise<BedCard> =>
  bed.startCard({ kind: 'piv', contents: citizen.save(), pin: '123456', tries });

test.before(async (context) => {
  context.bed = await startBed();
});
test.before.each(async (context) => {
  if (context.bed !== undefined) context.card = await newCard(context.bed);
});
test.after.each(async (context) => {
  await context.card?.end();
});
test.after(async (context) => {
  await context.bed?.end();
});

test('opensc-tool lists both readers, tells the answer to reset, and takes the card for a PIV card', async (context) => {
  const { bed } = on(context);
  const readers = await bed.run('opensc-tool', ['--list-readers']);
  assert.match(readers.stdout, /^0 +Yes +Virtual PCD 00 00$/m);
  assert.match(readers.stdout, /^1 +No +Virtual PCD 00 01$/m);
  const atr = await bed.run('opensc-tool', ['--reader', '0', '--atr']);
  assert.is(atr.stdout.trim().replaceAll(':', '').toUpperCase(), hex(pivAtr));
  const name = await bed.run('opensc-tool', ['--reader', '0', '--name']);
  assert.is(name.stdout.trim(), 'Personal Identity Verification Card');
});

test('opensc-tool sends commands and shows answers as they are', async (context) => {
  const { bed } = on(context);
  const { stdout } = await bed.run('opensc-tool', [
    ...['--reader', '0', '--card-driver', 'default'],
    ...['--send-apdu', '00A4040009A0000003080000100000', '--send-apdu', '00FE000000'],
  ]);
  assert.match(stdout, /SW1=0x90, SW2=0x00/);
  assert.match(stdout, /SW1=0x6D, SW2=0x00/);
});

test('pkcs15-tool and piv-tool read the certificates that the test PKI issued', async (context) => {
  const { bed } = on(context);
  const listed = await bed.run('pkcs15-tool', ['--list-certificates']);
  assert.match(listed.stdout, /Certificate for PIV Authentication/);
  assert.match(listed.stdout, new RegExp(`Encoded serial : 02 \\S+ (00)?${citizen.serial}`, 'i'));
  const read = await bed.run('pkcs15-tool', ['--read-certificate', '01']);
  const der = Buffer.from(read.stdout.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  assert.is(hex(der), hex(citizen.certificate));
  const number = await bed.run('piv-tool', ['--serial']);
  assert.is(number.stdout.slice(0, 47).replaceAll(' ', ''), hex(pivGuid(citizen.cardNumber)));
});

test('pkcs11-tool lists the certificate without a PIN, and the key with it', async (context) => {
  const { bed } = on(context);
  const open = await bed.run('pkcs11-tool', ['--list-objects', '--type', 'cert']);
  assert.match(open.stdout, new RegExp(`serial: +${citizen.serial}`, 'i'));
  assert.match(open.stdout, /Certificate for PIV Authentication/);
  const keys = await bed.run('pkcs11-tool', [
    '--login',
    '--pin',
    '123456',
    '--list-objects',
    '--type',
    'privkey',
  ]);
  assert.is(keys.status, 0, keys.stderr);
  assert.match(keys.stdout, /Private Key Object; RSA/);
});

test('pkcs11-tool signs, and openssl says that the certificate’s key did', async (context) => {
  const { bed, card } = on(context);
  const file = (name: string) => join(bed.folder, name);
  writeFileSync(file('challenge'), 'challenge');
  const signed = await bed.run('pkcs11-tool', [
    ...['--login', '--pin', '123456', '--sign', '--mechanism', 'SHA256-RSA-PKCS', '--id', '01'],
    ...['--input-file', file('challenge'), '--output-file', file('signature')],
  ]);
  assert.is(signed.status, 0, signed.stderr);
  assert.ok(card.said.some(({ purpose, sw }) => purpose === 'sign' && sw?.startsWith('61') === true));
  writeFileSync(file('certificate'), citizen.certificate);
  const key = await bed.run('openssl', [
    'x509',
    '-in',
    file('certificate'),
    '-inform',
    'DER',
    '-pubkey',
    '-noout',
  ]);
  writeFileSync(file('key'), key.stdout);
  const verified = await bed.run('openssl', [
    ...['dgst', '-sha256', '-verify', file('key'), '-signature', file('signature'), file('challenge')],
  ]);
  assert.is(verified.stdout.trim(), 'Verified OK');
});

test('GEPI-17: OpenSC tells a wrong PIN, the last try, and a locked card apart', async (context) => {
  const { bed, card } = on(context);
  const login = (pin: string) =>
    bed.run('pkcs11-tool', ['--login', '--pin', pin, '--list-objects', '--type', 'privkey']);
  assert.match((await login('000000')).stderr, /CKR_PIN_INCORRECT/);
  assert.match((await login('000000')).stderr, /CKR_PIN_INCORRECT/);
  assert.match((await bed.run('pkcs11-tool', ['--list-slots'])).stdout, /final user PIN try/);
  assert.match((await login('000000')).stderr, /CKR_PIN_LOCKED/);
  assert.match((await login('123456')).stderr, /CKR_PIN_LOCKED/);
  assert.match((await bed.run('pkcs11-tool', ['--list-slots'])).stdout, /user PIN locked/);
  assert.is(card.said.at(-1)?.triesLeft, 0);
});

test.run();
