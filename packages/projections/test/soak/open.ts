/** Where the events of a lane lie, and how a process opens them. */
import { sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { eventStoreDb } from '@mandate/adapters-eventstore/eventstoredb';
import type { EventStore, KeyVault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { secret } from '../support/world.js';

export interface Where {
  /** A file of SQLite, or the address of a server. */
  readonly events: string;
  readonly vault: string;
}

/** Tries until it succeeds: what is to be opened may be broken at this moment. */
export const atLast = async <F, A>(task: TaskEither<F, A>): Promise<A> => {
  for (;;) {
    const answer = await task();
    if (E.isRight(answer)) return answer.right;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export const openStore = (events: string): Promise<EventStore> =>
  events.startsWith('esdb:')
    ? atLast<unknown, EventStore>(
        eventStoreDb({ connectionString: events, deadlineMilliseconds: 1_000, patienceMilliseconds: 10_000 }),
      )
    : atLast<unknown, EventStore>(sqliteEventStore({ file: events, pollMilliseconds: 20 }));

export const openKeys = (vault: string): Promise<KeyVault & { readonly close: () => Promise<void> }> =>
  atLast(sqliteKeyVault({ file: vault, secret }));
