/**
 * Forgetting a person, and the applicant of a review (docs/decisions/0012-forgetting.md).
 *
 * First the keys are taken out of use, then the event, then the keys are deleted. A crash after the event leaves a
 * promise on record that the retry keeps; and whoever comes back in between is sealed under a key that it does not name.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Actor } from '../events/define.js';
import type { NewEvent } from '../events/table.js';
import type { KeyVault, SubjectId } from '../ports/key-vault.js';
import { agencyStream, privacyStream } from '../ports/stream-name.js';
import { type ForgottenKeys, forgottenKeys } from '../privacy/forgotten.js';
import { mayForgetApplicant, reviewSubject } from '../review/decide.js';
import type { StaffCommand } from './commands.js';
import type { RegisterContext } from './context.js';
import { personPseudonym } from './identify.js';
import { type Ask, type Executed, nothing, type Result, run } from './run.js';
import { fromVaultFault } from './vault-faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type ForgetCommand = Extract<StaffCommand, { readonly type: 'ForgetSubject' | 'ForgetApplicant' }>;

/** Whom a command forgets. */
interface Forgetting {
  readonly subject: SubjectId;
  /** Left where the subject may not be forgotten now. */
  readonly allowed: () => Result<void>;
  readonly event: (keys: ReadonlyArray<string>) => NewEvent;
}

// -------------------------------------------------------------------------------------
// whom
// -------------------------------------------------------------------------------------

const forgettingOf = async (context: RegisterContext, command: ForgetCommand): Result<Forgetting> => {
  const { legalBasis } = command;
  if (command.type === 'ForgetApplicant') {
    const { agencyCode: agency, review } = command;
    return E.right({
      subject: reviewSubject(review),
      allowed: async () => {
        const loaded = await context.agencies.load(agencyStream(context.policy.portal, agency));
        return E.isLeft(loaded) ? loaded : mayForgetApplicant(loaded.right.state.reviews, review);
      },
      event: (keys) => ({ type: 'ApplicantForgotten', data: { agency, review, keys, legalBasis } }),
    });
  }
  return E.map(
    (person: string): Forgetting => ({
      subject: person,
      allowed: () => inactive(context, person),
      event: (keys) => ({ type: 'SubjectForgotten', data: { person, keys, legalBasis } }),
    }),
  )(await personPseudonym(context.vault, command.nationalId));
};

const inactive = async (context: RegisterContext, person: string): Result<void> => {
  const active = await context.isActive?.(person)();
  if (active !== undefined && E.isLeft(active)) {
    return E.left(registerError('DIRECTORY_UNAVAILABLE', { detail: active.left.detail }));
  }
  return active?.right === true ? E.left(registerError('PERSON_STILL_ACTIVE')) : E.right(undefined);
};

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

/** All keys of a subject: one that an earlier try took out of use is forgotten with the rest. */
const keysOf = async (vault: KeyVault, subject: SubjectId): Result<ReadonlyArray<string>> => {
  const retired = await vault.retiredKeysOf(subject)();
  if (E.isLeft(retired)) return E.left(fromVaultFault(retired.left));
  const inUse = await vault.keyOf(subject)();
  if (E.isLeft(inUse)) return E.left(fromVaultFault(inUse.left));
  return E.right(inUse.right === undefined ? retired.right : [...retired.right, inUse.right]);
};

const each = async (
  act: KeyVault['retire'] | KeyVault['forget'],
  { subject, keys }: ForgottenKeys,
): Result<number> => {
  let acted = 0;
  for (const key of keys) {
    const done = await act(subject, key)();
    if (E.isLeft(done)) return E.left(fromVaultFault(done.left));
    if (done.right) acted += 1;
  }
  return E.right(acted);
};

/** Deletes keys; answers how many were there still. */
export const deleteKeys = (vault: KeyVault, forgotten: ForgottenKeys): Result<number> =>
  each(vault.forget, forgotten);

// -------------------------------------------------------------------------------------
// execute
// -------------------------------------------------------------------------------------

const done: E.Either<RegisterError, void> = E.right(undefined);

/** Carries out a command that forgets somebody. */
export const executeForget = async (ask: Ask, command: ForgetCommand, actor: Actor): Result<Executed> => {
  const { context } = ask;
  const found = await forgettingOf(context, command);
  if (E.isLeft(found)) return found;
  const { subject, allowed, event } = found.right;
  let keys: ReadonlyArray<string> = [];
  return run(ask, {
    stream: privacyStream(context.policy.portal),
    streams: context.others,
    decide: async () => {
      const may = await allowed();
      if (E.isLeft(may)) return may;
      const kept = await keysOf(context.vault, subject);
      if (E.isLeft(kept)) return kept;
      if (kept.right.length === 0) return E.left(registerError('PERSON_UNKNOWN'));
      keys = kept.right;
      return E.right({ events: [event(keys)], actor, cause: null, evidence: [], confirmation: null });
    },
    keep: async () => E.map(() => [])(await each(context.vault.retire, { subject, keys })),
    withoutEvents: nothing,
    after: async (executed) => {
      for (const recorded of executed.events) {
        const forgotten = forgottenKeys(recorded);
        if (forgotten === undefined) continue;
        const deleted = await deleteKeys(context.vault, forgotten);
        if (E.isLeft(deleted)) return deleted;
      }
      return done;
    },
  });
};
