/**
 * Sessions in the memory of one process. They are short, and a restart only asks for the cards again.
 *
 * @packageDocumentation
 */
import type { Clock } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { SessionRecord, SessionStore } from './record.js';

export interface MemorySessionOptions {
  readonly clock: Clock;
  /** Of those with confirmed cards, and as many again without. @defaultValue 20,000 */
  readonly most?: number;
}

/**
 * What anybody can begin and what cards have opened lie apart: a flood of beginnings pushes out beginnings, and signs nobody
 * out. Of too many of one kind, the one that was not used for longest goes.
 */
export const memorySessionStore = ({ clock, most = 20_000 }: MemorySessionOptions): SessionStore => {
  // In the order of their last change, and each change of one is a use of it.
  const begun = new Map<string, SessionRecord>();
  const opened = new Map<string, SessionRecord>();
  const homeOf = ({ cards }: SessionRecord) => (cards.length === 0 ? begun : opened);
  const find = (key: string): SessionRecord | undefined => opened.get(key) ?? begun.get(key);
  const drop = (key: string): void => {
    begun.delete(key);
    opened.delete(key);
  };

  const makeRoom = (home: Map<string, SessionRecord>): void => {
    const now = clock.now();
    for (const [key, { expiresAt }] of home) {
      if (home.size <= most && expiresAt > now) break;
      home.delete(key);
    }
  };

  // Whose time is over is not kept until somebody else comes: what cards showed stands in it.
  const sweep = (): void => {
    makeRoom(begun);
    makeRoom(opened);
  };

  return {
    get: (key) =>
      TE.fromIO(() => {
        sweep();
        return find(key);
      }),
    replace: (previous, next) =>
      TE.fromIO(() => {
        const standing = find(previous?.key ?? next.key);
        if (standing?.version !== previous?.version) return false;
        if (previous !== undefined) drop(previous.key);
        const home = homeOf(next);
        home.set(next.key, next);
        makeRoom(home);
        return true;
      }),
    remove: (key) => TE.fromIO(() => drop(key)),
    removeWhere: (matches) =>
      TE.fromIO(() => {
        const found = [...begun.values(), ...opened.values()].filter(matches);
        for (const { key } of found) drop(key);
        return found;
      }),
    count: () => {
      sweep();
      return begun.size + opened.size;
    },
  };
};
