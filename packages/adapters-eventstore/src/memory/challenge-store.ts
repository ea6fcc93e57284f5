/**
 * A challenge store in memory: for tests, demonstrations and prototypes.
 *
 * @packageDocumentation
 */
import type { ChallengeStore, Consumed, TransientRecord } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { instantOf, keyTaken } from '../challenge-rules.js';

interface Kept {
  readonly record: TransientRecord;
  readonly expires: number;
  readonly used: boolean;
}

const purge = (kept: Map<string, Kept>, now: number): void => {
  for (const [key, { expires }] of kept) if (expires <= now) kept.delete(key);
};

/** Makes an empty {@link ChallengeStore} that lives as long as the process. */
export const memoryChallengeStore = (): ChallengeStore => {
  const challenges = new Map<string, Kept>();
  const confirmations = new Map<string, Kept>();

  const consume = (key: string): Consumed => {
    const found = challenges.get(key);
    if (found === undefined) return { _tag: 'Unknown' };
    if (found.used) return { _tag: 'Used' };
    challenges.set(key, { ...found, used: true });
    return { _tag: 'Fresh', text: found.record.text, expiresAt: found.record.expiresAt };
  };

  return {
    addChallenge: (record, now) => async () => {
      const [expires, at] = [instantOf(record.expiresAt), instantOf(now)];
      if (E.isLeft(expires)) return expires;
      if (E.isLeft(at)) return at;
      purge(challenges, at.right);
      purge(confirmations, at.right);
      const known = challenges.get(record.key);
      if (known !== undefined) {
        const same = known.record.text === record.text && known.record.expiresAt === record.expiresAt;
        return same ? E.right(undefined) : E.left(keyTaken(record));
      }
      challenges.set(record.key, { record, expires: expires.right, used: false });
      return E.right(undefined);
    },
    consumeChallenge: (key) => TE.fromIO(() => consume(key)),
    saveConfirmation: (record, replaces) => async () => {
      const expires = instantOf(record.expiresAt);
      if (E.isLeft(expires)) return expires;
      if (confirmations.get(record.key)?.record.text !== replaces?.text) return E.right(false);
      confirmations.set(record.key, { record, expires: expires.right, used: false });
      return E.right(true);
    },
    findConfirmation: (key) => TE.fromIO(() => confirmations.get(key)?.record),
    removeConfirmation: (key) =>
      TE.fromIO(() => {
        confirmations.delete(key);
      }),
  };
};
