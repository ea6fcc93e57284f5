/**
 * What is short-lived: sealed under one key for all of it, and never older than its minutes.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { RegisterError } from '../errors.js';
import type { KeyVault } from '../ports/key-vault.js';
import { fromVaultFault } from './vault-faults.js';

/** One key for all that is short-lived: a stranger who types an ID leaves no key of that person behind. */
const transient = 'transient';

export const sealTransient = async (
  vault: KeyVault,
  context: string,
  plain: string,
): Promise<E.Either<RegisterError, string>> => {
  const sealed = await vault.seal(transient, context, plain)();
  return E.isLeft(sealed) ? E.left(fromVaultFault(sealed.left)) : sealed;
};

/** `undefined` where the key is gone. */
export const openTransient = async (
  vault: KeyVault,
  context: string,
  sealed: string,
): Promise<E.Either<RegisterError, string | undefined>> => {
  const opened = await vault.open(transient, context, sealed)();
  return E.isLeft(opened) ? E.left(fromVaultFault(opened.left)) : opened;
};

/** An ISO time so many minutes later. */
export const plusMinutes = (iso: string, minutes: number): string =>
  new Date(Date.parse(iso) + minutes * 60_000).toISOString();

/** For clocks that differ a little, of several machines or of one that is adjusted. */
const slack = 60_000;

/**
 * Whether something that was given so many minutes has had them at `now` (ISO, UTC). What ends later than it could if it
 * were given now was given by a clock that has been put back since: it would live for longer than its minutes.
 */
export const isOver = (expiresAt: string, now: string, minutes: number): boolean =>
  expiresAt <= now || Date.parse(expiresAt) - Date.parse(now) > minutes * 60_000 + slack;
