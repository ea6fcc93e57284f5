// The same card, asked by strangers' programs and by ours: whoever is right, both say the same.
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { singleUsePin } from '@mandate/domain';
import { suiteNeeding } from '@mandate/testing';
import { bedNeed, until } from '@mandate/testing/card-service';
import * as assert from 'uvu/assert';
import { type CardTransport, pcscTransport } from '../../src/index.js';
import { virtualReaderName } from '../../src/virtual-card/index.js';
import { type Bed, startBed } from '../support/bed.js';
import { citizen, pin, readerOn, rightOf } from './support.js';

interface World {
  bed: Bed;
  transport: CardTransport;
  former: string | undefined;
  /** What our driver says. */
  seen: { cardNumber: string | undefined; certificates: ReadonlyArray<Uint8Array>; atr: string };
}

const agree = suiteNeeding<World>(
  'OpenSC and our PIV driver on one card',
  bedNeed('opensc-tool', 'pkcs15-tool', 'pkcs11-tool', 'piv-tool'),
);

const onCard = await citizen();
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex').toUpperCase();
const hashOf = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');
const hashes = (all: ReadonlyArray<Uint8Array>): ReadonlyArray<string> =>
  [...new Set(all.map(hashOf))].sort();

agree.before(async (world) => {
  world.bed = await startBed();
  world.former = process.env['PCSCLITE_CSOCK_NAME'];
  Object.assign(process.env, world.bed.env);
  await world.bed.startCard({ kind: 'piv', contents: onCard.save(), pin });
  await until(() => world.bed.seesCard(0));
  world.transport = pcscTransport();
  const reader = readerOn(world.transport);
  const { cardNumber, certificates } = await rightOf(reader.inspect());
  let atr = '';
  // It has no length while somebody else keeps the card.
  await until(async () => {
    const states = await rightOf(reader.readers());
    atr = hex(states.find((one) => one.reader === virtualReaderName(0))?.atr ?? new Uint8Array(0));
    return atr !== '';
  });
  world.seen = { cardNumber, certificates, atr };
});

agree.after(async ({ bed, transport, former }) => {
  await transport.close();
  await bed.end();
  if (former === undefined) delete process.env['PCSCLITE_CSOCK_NAME'];
  else process.env['PCSCLITE_CSOCK_NAME'] = former;
});

agree('opensc-tool has the same answer to reset', async ({ bed, seen }) => {
  const { stdout } = await bed.run('opensc-tool', ['--reader', '0', '--atr']);
  assert.is(stdout.trim().replaceAll(':', '').toUpperCase(), seen.atr);
});

agree('opensc-tool, piv-tool and the token’s serial number have the same GUID', async ({ bed, seen }) => {
  assert.is(seen.cardNumber?.length, 32);
  for (const tool of ['opensc-tool', 'piv-tool']) {
    const { stdout } = await bed.run(tool, ['--serial']);
    assert.is(stdout.slice(0, 47).replaceAll(' ', '').toUpperCase(), seen.cardNumber, tool);
  }
  // CK_TOKEN_INFO has 16 letters for it: the end of the GUID.
  const { stdout } = await bed.run('pkcs11-tool', ['--list-slots']);
  const [, serial = ''] = /serial num +: (\S+)/.exec(stdout) ?? [];
  assert.is(serial.length, 16);
  assert.ok(seen.cardNumber?.includes(serial.toUpperCase()), `${serial} of ${seen.cardNumber}`);
});

agree('pkcs15-tool reads the same certificates, octet for octet, and no other', async ({ bed, seen }) => {
  const { stdout } = await bed.run('pkcs15-tool', ['--list-certificates']);
  const ids = [...stdout.matchAll(/^\s+ID +: (\S+)$/gm)].map(([, id = '']) => id);
  const read: Uint8Array[] = [];
  for (const id of ids) {
    const { stdout: pem } = await bed.run('pkcs15-tool', ['--read-certificate', id]);
    read.push(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'));
  }
  assert.is(ids.length, 3);
  assert.equal(hashes(read), hashes(seen.certificates));
});

const objectIds = async (bed: Bed, ...more: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const { stdout } = await bed.run('pkcs11-tool', ['--list-objects', ...more]);
  return [...stdout.matchAll(/^ +ID: +(\S+)$/gm)].map(([, id = '']) => id);
};

agree('pkcs11-tool lists and reads the same certificates, octet for octet', async ({ bed, seen }) => {
  const ids = await objectIds(bed, '--type', 'cert');
  const read: Uint8Array[] = [];
  for (const id of ids) {
    const file = join(bed.folder, `certificate-${id}`);
    const wanted = ['--read-object', '--type', 'cert', '--id', id, '--output-file', file];
    const { status, stderr } = await bed.run('pkcs11-tool', wanted);
    assert.is(status, 0, stderr);
    read.push(readFileSync(file));
  }
  assert.is(ids.length, 3);
  assert.equal(hashes(read), hashes(seen.certificates));
});

agree('what pkcs11-tool signs holds under the certificate that our driver read', async ({ bed, seen }) => {
  const content = Buffer.from('{"nonce":"Q2hhbGxlbmdl"}');
  const file = (name: string): string => join(bed.folder, name);
  writeFileSync(file('content'), content);
  const holds = (der: Uint8Array, octets: Uint8Array, signature: Uint8Array): boolean =>
    verify('sha256', octets, new X509Certificate(der).publicKey, signature);
  const signers = new Set<string>();
  const keyIds = await objectIds(bed, '--login', '--pin', pin, '--type', 'privkey');
  for (const id of ['01', '02']) {
    assert.ok(keyIds.includes(id), id);
    const login = ['--login', '--pin', pin, '--id', id, '--sign', '--mechanism', 'SHA256-RSA-PKCS'];
    const files = ['--input-file', file('content'), '--output-file', file('signature')];
    const { status, stderr } = await bed.run('pkcs11-tool', [...login, ...files]);
    assert.is(status, 0, stderr);
    const signature = readFileSync(file('signature'));
    const by = seen.certificates.filter((der) => holds(der, content, signature));
    assert.is(by.length, 1, id);
    for (const der of by) signers.add(hashOf(der));
    assert.not.ok(seen.certificates.some((der) => holds(der, content.subarray(1), signature)));
  }
  assert.equal([...signers], [hashOf(onCard.certificate)]);
});

agree(
  'what our driver signs holds for openssl under the certificate that pkcs15-tool read',
  async ({ bed, transport }) => {
    const { stdout: pem } = await bed.run('pkcs15-tool', ['--read-certificate', '02']);
    const content = new TextEncoder().encode('{"nonce":"b3BlbnNj"}');
    const signed = await rightOf(readerOn(transport).signRaw(content, singleUsePin(pin)));
    assert.ok(verify('sha256', content, createPublicKey(pem), signed.signature));
  },
);

agree.run();
