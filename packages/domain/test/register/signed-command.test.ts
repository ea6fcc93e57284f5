import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonicalJson } from '../../src/register/canonical.js';
import { commandDigest } from '../../src/register/command-digest.js';
import { evidenceOfSignature, type Signature, signedCommandOf } from '../../src/register/signed-command.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const command = {
  type: 'RevokeClerk',
  commandId: '0d3c2b1a-8a53-4f2b-9c55-5f0c1a1e4e01',
  agencyCode: 'DM001',
  clerkId: '0d3c2b1a-8a53-4f2b-9c55-5f0c1a1e4e02',
  confirmed: true,
};

// -------------------------------------------------------------------------------------
const reading = suite('what a card signed, by the signed octets');

const octets = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalJson(value));
const named = { type: 'RevokeClerk', id: command.commandId, digest: commandDigest(sha256, command) };
const whole = { type: 'mandate-command/1', command: named, portal: 'gepi', step: 1 };

reading('a command by type, id and digest', () => {
  assert.equal(signedCommandOf(octets(whole)), named);
});

reading('no command: a card that was shown, a certificate that was read, another format, half a name', () => {
  const { digest: _, ...half } = named;
  for (const other of [
    { ...whole, type: 'mandate-challenge/1' },
    { ...whole, type: 'mandate-command/2' },
    { ...whole, command: undefined },
    { ...whole, command: half },
    { ...whole, command: { ...named, digest: 'no hash' } },
    { ...whole, command: { ...named, id: 'no id' } },
    [whole],
    null,
  ]) {
    assert.is(signedCommandOf(octets(other)), undefined, JSON.stringify(other));
  }
  assert.is(signedCommandOf(undefined), undefined);
});

reading('garbage names no command, and throws nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.is(signedCommandOf(bytes), undefined);
    }),
  );
});

reading.run();

// -------------------------------------------------------------------------------------
const serving = suite('a signature serves');

const signature = {
  command: named,
  evidence: sha256('a bundle'),
  expiresAt: '2026-03-02T02:10:00.000Z',
} as Signature;
const minutes = { challengeMinutes: 10 };
const codeAt = (told: string, at: string, kept: Signature | undefined = signature): string => {
  const answer = evidenceOfSignature(minutes, kept, told, at);
  return answer._tag === 'Left' ? answer.left.code : answer.right;
};

serving('the command that was signed, until it expires, and no other', () => {
  const at = '2026-03-02T02:09:59.999Z';
  assert.is(codeAt(named.digest, at), signature.evidence);
  assert.is(codeAt(sha256('another'), at), 'COMMAND_SIGNATURE_OTHER');
  assert.is(codeAt(named.digest, '2026-03-02T02:10:00.000Z'), 'COMMAND_NOT_SIGNED');
  // Given by a clock that was put back since: it would live for longer than its minutes.
  assert.is(codeAt(named.digest, '2026-03-02T01:50:00.000Z'), 'COMMAND_NOT_SIGNED');
  const nothing = evidenceOfSignature(minutes, undefined, named.digest, at);
  assert.ok(nothing._tag === 'Left' && nothing.left.code === 'COMMAND_NOT_SIGNED');
});

serving.run();
