import { createHmac, hkdfSync } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeyVault } from '@mandate/domain';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryKeyVault, sqliteKeyVault } from '../src/index.js';
import { systemRandom } from '../src/vault/subject-key.js';
import { freshFile } from './support/directory.js';
import { left, right } from './support/right.js';

const secret = new Uint8Array(32).map((_, index) => index);
const otherSecret = new Uint8Array(32).fill(9);
/** Forgets the key that the subject has now. */
const forget = async (vault: KeyVault, subject: string): Promise<boolean> =>
  right(vault.forget(subject, (await right(vault.keyOf(subject))) ?? 'none'));
const memory = () => memoryKeyVault({ secret });

// -------------------------------------------------------------------------------------
// secret
// -------------------------------------------------------------------------------------

const secrets = suite('the secret of a vault');

secrets('shorter than 32 bytes is refused with a clear word', async () => {
  const short = secret.slice(0, 31);
  assert.match((await left(memoryKeyVault({ secret: short }).pseudonym('person', 'A'))).detail, /31 bytes/);
  const fault = await left(sqliteKeyVault({ file: freshFile('vault.db'), secret: short }));
  assert.is(fault.code, 'VAULT_UNAVAILABLE');
  assert.match(fault.detail, /31 bytes; it must have at least 32/);
});

secrets('another one than the vault was made with is refused at opening', async () => {
  const file = freshFile('vault.db');
  const vault = await right(sqliteKeyVault({ file, secret }));
  const sealed = await right(vault.seal('s', 'aad', 'plain'));
  await vault.close();
  const fault = await left(sqliteKeyVault({ file, secret: otherSecret }));
  assert.match(fault.detail, 'not the one that this vault was made with');
  const again = await right(sqliteKeyVault({ file, secret }));
  assert.is(await right(again.open('s', 'aad', sealed)), 'plain');
  await again.close();
});

secrets('overwritten by its owner after opening, the vault goes on with what it was given', async () => {
  const given = Uint8Array.from(secret);
  const vault = memoryKeyVault({ secret: given });
  given.fill(0);
  assert.is(await right(vault.pseudonym('card', 'A')), await right(memory().pseudonym('card', 'A')));
});

secrets('pseudonyms are HMAC-SHA-256 under a key of their kind: these values stand for ever', async () => {
  const expected = (kind: string, value: string) =>
    createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', `mandate/v1/pseudonym/${kind}`, 32)))
      .update(value)
      .digest('hex');
  for (const kind of ['person', 'card', 'command'] as const) {
    assert.is(await right(memory().pseudonym(kind, 'A123456789')), expected(kind, 'A123456789'));
  }
  assert.is(
    await right(memory().pseudonym('person', 'A123456789')),
    'a3564743b005ca4ec943b984d067b58406bbde2e61cef69d7b3b2648da89e087',
  );
});

secrets('memory and sqlite vaults of one secret have the same pseudonyms', async () => {
  const vault = await right(sqliteKeyVault({ file: freshFile('vault.db'), secret }));
  const one = await right(vault.pseudonym('person', 'A123456789'));
  assert.is(one, await right(memory().pseudonym('person', 'A123456789')));
  assert.is.not(one, await right(memoryKeyVault({ secret: otherSecret }).pseudonym('person', 'A123456789')));
  await vault.close();
});

secrets.run();

// -------------------------------------------------------------------------------------
// sealed text
// -------------------------------------------------------------------------------------

const sealedText = suite('sealed text');

sealedText('has four parts: version, key id, iv, ciphertext with tag', async () => {
  const sealed = await right(memory().seal('s', 'aad', 'plain'));
  assert.match(sealed, /^v1\.[\w-]{32}\.[\w-]{16}\.[\w-]+$/);
  assert.is(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').length, 'plain'.length + 16);
});

sealedText('of a forgotten subject with a changed key id is tampered, not forgotten', async () => {
  const vault = memory();
  const sealed = await right(vault.seal('s', 'aad', 'plain'));
  await forget(vault, 's');
  assert.is(await right(vault.open('s', 'aad', sealed)), undefined);
  const [version, keyId = '', ...rest] = sealed.split('.');
  const turned = [...keyId].reverse().join('');
  assert.is(
    (await left(vault.open('s', 'aad', [version, turned, ...rest].join('.')))).code,
    'SEALED_TAMPERED',
  );
});

sealedText('of another subject is tampered, also when neither has a key', async () => {
  const vault = memory();
  const sealed = await right(vault.seal('a', 'aad', 'plain'));
  await forget(vault, 'a');
  assert.is((await left(vault.open('b', 'aad', sealed))).code, 'SEALED_TAMPERED');
});

sealedText('property: any text opens for its subject and aad, and for no other', async () => {
  const vault = memory();
  const text = fc.string({ unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(text, text, text, text, async (subject, aad, plain, otherAad) => {
      const sealed = await right(vault.seal(subject, aad, plain));
      assert.is(await right(vault.open(subject, aad, sealed)), plain);
      if (otherAad !== aad) {
        assert.is((await left(vault.open(subject, otherAad, sealed))).code, 'SEALED_TAMPERED');
      }
    }),
  );
});

sealedText('property: garbage is SEALED_TAMPERED and nothing throws', async () => {
  const vault = memory();
  await right(vault.seal('s', 'aad', 'plain'));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^v1\.[\w-]{32}\.[\w-]{16}\.[\w-]{22,90}$/)),
      async (garbage) => {
        assert.is((await left(vault.open('s', 'aad', garbage))).code, 'SEALED_TAMPERED');
      },
    ),
  );
});

sealedText.run();

// -------------------------------------------------------------------------------------
// forgetting on disk
// -------------------------------------------------------------------------------------

const onDisk = suite('forgetting on disk');

/** Everything that the vault's directory holds. */
const bytesOf = (file: string): ReadonlyArray<Buffer> =>
  readdirSync(dirname(file)).map((name) => readFileSync(join(dirname(file), name)));

const wrappedKeys = (file: string): ReadonlyMap<string, Buffer> => {
  const db = new Database(file, { readonly: true });
  const rows = db
    .prepare<[], { subject: string; wrapped: Buffer }>('SELECT subject, wrapped FROM keys')
    .all();
  db.close();
  return new Map(rows.map(({ subject, wrapped }) => [subject, wrapped]));
};

onDisk('a forgotten key is in no file any more, however the vault grew; the others are', async () => {
  const file = freshFile('vault.db');
  const vault = await right(sqliteKeyVault({ file, secret, synchronous: 'NORMAL' }));
  const subjects = Array.from(
    { length: 1_500 },
    (_, n) => `subject-${(n * 7_919) % 1_500}-${'x'.repeat(n % 40)}`,
  );
  for (let n = 0; n < subjects.length; n += 100) {
    await Promise.all(
      subjects.slice(n, n + 100).map((subject) => right(vault.seal(subject, 'aad', 'plain'))),
    );
  }
  const before = wrappedKeys(file);
  const gone = subjects.filter((_, n) => n % 50 === 3);
  for (const [n, subject] of gone.entries()) {
    const key = before.get(subject);
    assert.ok(key !== undefined && bytesOf(file).some((bytes) => bytes.includes(key)), 'it was there');
    const keyId = (await right(vault.keyOf(subject))) ?? '';
    // As the register does it, and with somebody who comes back in between.
    if (n % 3 > 0) assert.is(await right(vault.retire(subject, keyId)), true);
    if (n % 3 > 1) await right(vault.seal(subject, 'aad', 'back'));
    assert.is(await right(vault.forget(subject, keyId)), true);
  }
  // Others come and go in the meantime, so that pages are written again and again.
  await Promise.all(gone.slice(0, 10).map((subject) => right(vault.seal(subject, 'aad', 'again'))));
  const files = bytesOf(file);
  for (const [subject, key] of before) {
    const there = files.some((bytes) => bytes.includes(key));
    if (gone.includes(subject)) assert.is(there, false, `the key of ${subject} is still on disk`);
    else assert.is(there, true);
  }
  assert.is(statSync(file).mode & 0o777, 0o600);
  await vault.close();
});

onDisk('the file alone holds neither key nor secret in clear', async () => {
  const file = freshFile('vault.db');
  const drawn: Array<Uint8Array> = [];
  const random = (length: number) => {
    const bytes = systemRandom(length);
    if (length === 32) drawn.push(bytes);
    return bytes;
  };
  const vault = await right(sqliteKeyVault({ file, secret, random }));
  await right(vault.seal('s', 'aad', 'plain'));
  const [salt, key] = drawn;
  if (salt === undefined || key === undefined) throw new Error('salt and key were not drawn');
  const found = (bytes: Uint8Array) => bytesOf(file).some((content) => content.includes(Buffer.from(bytes)));
  assert.is(found(salt), true);
  assert.is(found(key), false);
  assert.is(found(secret), false);
  await vault.close();
});

onDisk(
  'while a reader holds an older state forgetting is a fault, the key is out of use, and a retry ends it',
  async () => {
    const file = freshFile('vault.db');
    const vault = await right(sqliteKeyVault({ file, secret, busyTimeoutMilliseconds: 80 }));
    const sealed = await right(vault.seal('s', 'aad', 'plain'));
    const key = wrappedKeys(file).get('s');
    const keyId = (await right(vault.keyOf('s'))) ?? '';
    if (key === undefined) throw new Error('no key');
    const reader = new Database(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM keys').get();
    assert.match((await left(vault.forget('s', keyId))).detail, 'forget again');
    assert.is(await right(vault.open('s', 'aad', sealed)), undefined);
    reader.exec('COMMIT');
    reader.close();
    assert.is(await right(vault.forget('s', keyId)), true);
    assert.is(
      bytesOf(file).some((bytes) => bytes.includes(key)),
      false,
    );
    assert.is(await right(vault.forget('s', keyId)), false);
    await vault.close();
  },
);

onDisk(
  'a forgetting that a reader held up is ended by a retry, also when the subject has come back',
  async () => {
    const file = freshFile('vault.db');
    const vault = await right(sqliteKeyVault({ file, secret, busyTimeoutMilliseconds: 80 }));
    await right(vault.seal('s', 'aad', 'plain'));
    const key = wrappedKeys(file).get('s');
    const keyId = (await right(vault.keyOf('s'))) ?? '';
    if (key === undefined) throw new Error('no key');
    await right(vault.retire('s', keyId));
    const reader = new Database(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM keys').get();
    assert.match((await left(vault.forget('s', keyId))).detail, 'forget again');
    reader.exec('COMMIT');
    reader.close();
    const back = await right(vault.seal('s', 'aad', 'back'));
    assert.is(await right(vault.forget('s', keyId)), true);
    assert.is(
      bytesOf(file).some((bytes) => bytes.includes(key)),
      false,
    );
    assert.is(await right(vault.open('s', 'aad', back)), 'back');
    await vault.close();
  },
);

onDisk('a wrapped key that was exchanged for that of another subject opens nothing', async () => {
  const file = freshFile('vault.db');
  const vault = await right(sqliteKeyVault({ file, secret, cachedKeys: 0 }));
  await right(vault.seal('a', 'aad', 'plain'));
  const sealed = await right(vault.seal('b', 'aad', 'plain'));
  const db = new Database(file);
  db.exec("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE subject = 'a') WHERE subject = 'b'");
  db.close();
  assert.is((await left(vault.open('b', 'aad', sealed))).code, 'VAULT_CORRUPT');
  assert.is((await left(vault.seal('b', 'aad', 'more'))).code, 'VAULT_CORRUPT');
  await vault.close();
});

onDisk('a file of another kind is VAULT_CORRUPT, a closed vault VAULT_UNAVAILABLE', async () => {
  const file = freshFile('vault.db');
  const db = new Database(file);
  db.exec('CREATE TABLE t (a)');
  db.close();
  assert.is((await left(sqliteKeyVault({ file, secret }))).code, 'VAULT_CORRUPT');
  const vault = await right(sqliteKeyVault({ file: freshFile('vault.db'), secret }));
  await vault.close();
  for (const call of [
    vault.seal('s', '', ''),
    vault.open('s', '', ''),
    vault.forget('s', 'k'),
    vault.keyOf('s'),
    vault.retiredKeysOf('s'),
    vault.retire('s', 'k'),
    vault.pseudonym('card', ''),
  ]) {
    assert.match((await left<{ readonly detail: string }, unknown>(call)).detail, 'STORE_CLOSED');
  }
});

onDisk.run();
