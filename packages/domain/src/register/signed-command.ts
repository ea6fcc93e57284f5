/**
 * A command that a card signed: how the signed text names it, and how it is kept until it is carried out
 * (docs/decisions/0042-a-command-that-is-signed.md).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import { Hex64 } from '../events/hex.js';
import type { TransientRecord } from '../ports/challenge-store.js';
import { t } from '../schema.js';
import { Uuid } from '../values/index.js';
import type { KeepingPorts } from './confirmation-store.js';
import { parseJson } from './json.js';
import { fromStoreFault } from './streams.js';
import { isOver, openTransient, sealTransient } from './transient.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A command as the text that a card signs names it: which kind, which one, and what exactly it says. */
export const SignedCommand = t.strict({
  type: t.string,
  /** The `commandId` of the command and of its events. */
  id: Uuid,
  /** See `commandDigest`. */
  digest: Hex64,
});
export type SignedCommand = t.TypeOf<typeof SignedCommand>;

/** What a text says that it is, so that a card which was shown has not signed a command, nor the other way round. */
export const textTypes = { card: 'mandate-challenge/1', command: 'mandate-command/1' } as const;

/** That a card signed a command, with the hash of the evidence; kept for as long as its challenge could be answered. */
const Signature = t.strict({ command: SignedCommand, evidence: t.string, expiresAt: t.string });
export type Signature = t.TypeOf<typeof Signature>;

type Result<A> = Promise<E.Either<RegisterError, A>>;

// -------------------------------------------------------------------------------------
// reading evidence
// -------------------------------------------------------------------------------------

const CommandText = t.type({ type: t.literal(textTypes.command), command: SignedCommand });

/**
 * Which command a card signed, by the signed octets that `verifyEvidence` found to be whole (`report.content`);
 * `undefined` where they are no command's: the card was shown, and signed that alone.
 */
export const signedCommandOf = (content: Uint8Array | undefined): SignedCommand | undefined => {
  if (content === undefined) return undefined;
  const decoded = CommandText.decode(parseJson(new TextDecoder().decode(content)));
  return E.isRight(decoded) ? decoded.right.command : undefined;
};

// -------------------------------------------------------------------------------------
// keeping
// -------------------------------------------------------------------------------------

/** What is kept of a command is found by confirmation and command alone; no confirmation has such a key. */
const keyOf = (confirmation: string, commandId: string): string => `command/${confirmation}/${commandId}`;

const decode = (plain: string | undefined): Signature | undefined => {
  const decoded = Signature.decode(parseJson(plain ?? ''));
  return E.isRight(decoded) ? decoded.right : undefined;
};

const find = async (ports: KeepingPorts, key: string): Result<TransientRecord | undefined> => {
  const found = await ports.challenges.findConfirmation(key)();
  return E.isLeft(found) ? E.left(fromStoreFault(found.left)) : found;
};

/**
 * Keeps that a command was signed under a confirmation, in the place of what was signed under this command id before. Of
 * two that come together one is kept: to the other it is the same, or `COMMAND_SIGNATURE_OTHER`.
 */
export const keepSignature = async (
  ports: KeepingPorts,
  confirmation: string,
  signature: Signature,
): Result<void> => {
  const key = keyOf(confirmation, signature.command.id);
  const before = await find(ports, key);
  if (E.isLeft(before)) return before;
  const sealed = await sealTransient(ports.vault, key, JSON.stringify(signature));
  if (E.isLeft(sealed)) return sealed;
  const record = { key, text: sealed.right, expiresAt: signature.expiresAt };
  const saved = await ports.challenges.saveConfirmation(record, before.right)();
  if (E.isLeft(saved)) return E.left(fromStoreFault(saved.left));
  if (saved.right) return E.right(undefined);
  const quicker = await findSignature(ports, confirmation, signature.command.id);
  if (E.isLeft(quicker)) return quicker;
  return quicker.right?.command.digest === signature.command.digest
    ? E.right(undefined)
    : E.left(registerError('COMMAND_SIGNATURE_OTHER'));
};

/** What was last signed under a confirmation and a command id. */
export const findSignature = async (
  ports: KeepingPorts,
  confirmation: string,
  commandId: string,
): Result<Signature | undefined> => {
  const key = keyOf(confirmation, commandId);
  const found = await find(ports, key);
  if (E.isLeft(found) || found.right === undefined) return E.map(() => undefined)(found);
  // It opens in its own place alone.
  return E.map(decode)(await openTransient(ports.vault, key, found.right.text));
};

/**
 * The evidence that a command of this digest was signed. A command that says something else than the one that was signed
 * under its id is `COMMAND_SIGNATURE_OTHER`; `at` is ISO, UTC.
 */
export const evidenceOfSignature = (
  policy: { readonly challengeMinutes: number },
  signature: Signature | undefined,
  digest: string,
  at: string,
): E.Either<RegisterError, string> => {
  if (signature === undefined || isOver(signature.expiresAt, at, policy.challengeMinutes)) {
    return E.left(registerError('COMMAND_NOT_SIGNED'));
  }
  return signature.command.digest === digest
    ? E.right(signature.evidence)
    : E.left(registerError('COMMAND_SIGNATURE_OTHER'));
};
