/**
 * Opening what is sealed: for lists that show names, and never for a replay that does not need them.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import type { SealedPart } from '../events/define.js';
import { type OpenedEvent, registerEvents, type StoredEvent } from '../events/table.js';
import type { KeyVault } from '../ports/key-vault.js';
import type { t } from '../schema.js';
import { parseJson } from './json.js';
import { fromVaultFault } from './vault-faults.js';

/** Opens a sealed part as `codec`; `undefined` where the person was forgotten. */
export const openSealed = async <S>(
  vault: KeyVault,
  codec: t.Type<S, S, unknown>,
  sealed: SealedPart,
): Promise<E.Either<RegisterError, S | undefined>> => {
  const opened = await vault.open(sealed.subject, sealed.aad, sealed.text)();
  if (E.isLeft(opened)) {
    return E.left(fromVaultFault(opened.left));
  }
  if (opened.right === undefined) return E.right(undefined);
  const value = parseJson(opened.right);
  return codec.is(value)
    ? E.right(value)
    : E.left(registerError('STORE_CORRUPT', { detail: `a sealed part of ${sealed.aad} does not decode` }));
};

/** Opens the personal data of an event, where it has any. */
export const openEvent = async (
  vault: KeyVault,
  event: StoredEvent,
): Promise<E.Either<RegisterError, OpenedEvent>> => {
  if (event.sealed === undefined) return E.right(event as OpenedEvent);
  const codec = registerEvents[event.type].sealed;
  if (codec === undefined) return E.right(event as OpenedEvent);
  const personal = await openSealed(vault, codec as t.Type<unknown, unknown, unknown>, event.sealed);
  return E.isLeft(personal) ? personal : E.right({ ...event, personal: personal.right } as OpenedEvent);
};
