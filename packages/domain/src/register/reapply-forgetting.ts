/**
 * Keeping the promises of forgetting in a vault that does not know of them (docs/replay-and-audit.md, Backup and restore).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { RegisterError } from '../errors.js';
import type { Sha256 } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { KeyVault } from '../ports/key-vault.js';
import { privacyStream } from '../ports/stream-name.js';
import { type ForgottenKeys, forgottenKeys } from '../privacy/forgotten.js';
import { createRegisterCodec } from './codec.js';
import { deleteKeys } from './execute-forget.js';
import { createStreamCaches } from './stream-cache.js';
import { createStreams, type Fold } from './streams.js';
import { fromVaultFault } from './vault-faults.js';

/** What was done. */
export interface Reapplied {
  /** How many forgettings are on record. */
  readonly forgettings: number;
  /** How many keys were there again, or still, and are deleted now; of a dry run, how many would be. */
  readonly keys: number;
}

/** How many of the keys the vault still opens with. */
const keysThere = async (
  vault: KeyVault,
  { subject, keys }: ForgottenKeys,
): Promise<E.Either<RegisterError, number>> => {
  const retired = await vault.retiredKeysOf(subject)();
  if (E.isLeft(retired)) return E.left(fromVaultFault(retired.left));
  const inUse = await vault.keyOf(subject)();
  if (E.isLeft(inUse)) return E.left(fromVaultFault(inUse.left));
  const there = new Set([...retired.right, inUse.right]);
  return E.right(new Set(keys.filter((key) => there.has(key))).size);
};

const collect: Fold<ReadonlyArray<ForgottenKeys>>['evolve'] = (found, event, drafts) => {
  const forgotten = forgottenKeys(event);
  if (forgotten === undefined) return found;
  const all = drafts.array(found);
  all.push(forgotten);
  return all;
};

/**
 * Deletes the keys that are named in a portal's `SubjectForgotten` and `ApplicantForgotten`, where the vault has them: in
 * a vault that was restored from before a forgetting, or where a forgetting was cut off and never asked for again. Other
 * keys are left alone, also newer ones of the same persons.
 *
 * Touches no key unless the whole stream is sound: `STORE_CORRUPT` where it is not. May be run at any time, and again. A dry
 * run counts and touches none.
 */
export const reapplyForgetting =
  (settings: {
    readonly portal: string;
    readonly store: EventStore;
    readonly vault: KeyVault;
    readonly sha256: Sha256;
    /** @defaultValue false */
    readonly dryRun?: boolean;
  }): TaskEither<RegisterError, Reapplied> =>
  async () => {
    const { portal, store, vault, sha256, dryRun = false } = settings;
    const streams = createStreams<ReadonlyArray<ForgottenKeys>>({
      store,
      sha256,
      codec: createRegisterCodec(sha256),
      caches: createStreamCaches({ streams: 0, events: 0 }),
      fold: { initial: [], evolve: collect },
    });
    const loaded = await streams.load(privacyStream(portal));
    if (E.isLeft(loaded)) return loaded;
    const all = loaded.right.state;
    let keys = 0;
    for (const forgotten of all) {
      const deleted = await (dryRun ? keysThere : deleteKeys)(vault, forgotten);
      if (E.isLeft(deleted)) return deleted;
      keys += deleted.right;
    }
    return E.right({ forgettings: all.length, keys });
  };
