import { createHash, createHmac } from 'node:crypto';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { KeyVault, Pseudonym } from '../../src/ports/key-vault.js';
import { commandDigest, recordedDigest } from '../../src/register/command-digest.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const command = {
  type: 'RevokeClerk',
  commandId: '0d3c2b1a-8a53-4f2b-9c55-5f0c1a1e4e01',
  agencyCode: 'DM001',
  clerkId: '0d3c2b1a-8a53-4f2b-9c55-5f0c1a1e4e02',
  confirmed: true,
};

// -------------------------------------------------------------------------------------
const digest = suite('the digest of a command');

digest('RFC 8785: SHA-256 of its canonical JSON, whatever the order of its fields', () => {
  const text =
    '{"agencyCode":"DM001","clerkId":"0d3c2b1a-8a53-4f2b-9c55-5f0c1a1e4e02",' +
    '"commandId":"0d3c2b1a-8a53-4f2b-9c55-5f0c1a1e4e01","confirmed":true,"type":"RevokeClerk"}';
  assert.is(commandDigest(sha256, command), sha256(text));
  assert.is(commandDigest(sha256, Object.fromEntries(Object.entries(command).reverse())), sha256(text));
});

digest('leaves the confirmation out, and that alone', () => {
  const confirmation = '0d3c2b1a-8a53-4f2b-9c55-5f0c1a1e4e03';
  assert.is(commandDigest(sha256, { ...command, confirmation }), commandDigest(sha256, command));
  for (const field of Object.keys(command)) {
    const other = { ...command, [field]: 'x' };
    assert.is.not(commandDigest(sha256, other), commandDigest(sha256, command), field);
    const without = Object.fromEntries(Object.entries(command).filter(([key]) => key !== field));
    assert.is.not(commandDigest(sha256, without), commandDigest(sha256, command), field);
  }
});

const vault: Pick<KeyVault, 'pseudonym'> = {
  pseudonym: (kind, value) =>
    TE.right(createHmac('sha256', 'secret').update(`${kind}/${value}`).digest('hex') as Pseudonym),
};

const recorded = async (told: string, confirmation: string | null): Promise<string> => {
  const answer = await recordedDigest(vault as KeyVault, told, confirmation)();
  assert.ok(answer._tag === 'Right');
  return answer.right;
};

digest('stands in events as a pseudonym, with the confirmation’s hash: a guess cannot be tried', async () => {
  const told = commandDigest(sha256, command);
  const sitting = sha256('a sitting');
  const written = await recorded(told, sitting);
  assert.is(written, await recorded(told, sitting));
  const others = [told, sha256(told), await recorded(told, null), await recorded(told, sha256('another'))];
  for (const other of others) assert.is.not(written, other);
});

digest.run();
