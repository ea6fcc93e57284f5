/**
 * Stores and services that fail on purpose.
 *
 * @packageDocumentation
 */
import {
  type EventStore,
  type KeyVault,
  type StoreFault,
  storeFault,
  type VaultFault,
  vaultFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';

export const unavailable: StoreFault = storeFault('STORE_UNAVAILABLE', 'down for a test');

/** A store that appends and then answers a fault, the first `times` times: the answer was lost on the way. */
export const losingAnswers = (store: EventStore, times: number): EventStore => {
  let left = times;
  return {
    ...store,
    append: (stream, expected, events) => async () => {
      const done = await store.append(stream, expected, events)();
      if (left === 0) return done;
      left -= 1;
      return E.left(unavailable);
    },
  };
};

/** A store whose first `times` appends meet somebody quicker. */
export const conflicting = (store: EventStore, times: number) => {
  let left = times;
  let tries = 0;
  const wrapped: EventStore = {
    ...store,
    append: (stream, expected, events) => async () => {
      tries += 1;
      if (left === 0) return store.append(stream, expected, events)();
      left -= 1;
      return E.right({ _tag: 'Conflict', actual: expected });
    },
  };
  return { store: wrapped, tries: () => tries };
};

/** A store that counts what is asked of it. */
export const counting = (store: EventStore) => {
  let rows = 0;
  let reads = 0;
  let appends = 0;
  const wrapped: EventStore = {
    ...store,
    readStream: (stream, from, limit) => async () => {
      reads += 1;
      const page = await store.readStream(stream, from, limit)();
      if (E.isRight(page)) rows += page.right.events.length;
      return page;
    },
    append: (stream, expected, events) => async () => {
      appends += 1;
      return store.append(stream, expected, events)();
    },
  };
  return {
    store: wrapped,
    /** What was read and appended since the last time this was asked. */
    since: () => {
      const seen = { rows, reads, appends };
      rows = 0;
      reads = 0;
      appends = 0;
      return seen;
    },
  };
};

/** A store that can be set back, or made another one, while programs go on using it. */
export const exchangeable = (first: EventStore) => {
  let store = first;
  const wrapped: EventStore = {
    append: (stream, expected, events) => () => store.append(stream, expected, events)(),
    readStream: (stream, from, limit) => () => store.readStream(stream, from, limit)(),
    readAll: (from, limit) => () => store.readAll(from, limit)(),
    subscribeAll: (from, signal) => store.subscribeAll(from, signal),
    head: () => () => store.head()(),
    close: () => store.close(),
  };
  return {
    store: wrapped,
    become: (next: EventStore) => {
      store = next;
    },
  };
};

/** Copies everything into an empty store, as a backup does. */
export const copyInto = async (from: EventStore, to: EventStore): Promise<void> => {
  const page = await from.readAll('start', 10_000)();
  if (E.isLeft(page) || !page.right.end) throw new Error('not everything was read');
  for (const { stream, revision, id, type, body, hash } of page.right.events) {
    const expected = revision === 0 ? 'no-stream' : revision - 1;
    const copied = await to.append(stream, expected, [{ id, type, body, hash }])();
    if (E.isLeft(copied) || copied.right._tag !== 'Appended') throw new Error('not copied');
  }
};

/** Any port of which every function answers a fault. */
export const down =
  <F>(fault: F) =>
  (): TE.TaskEither<F, never> =>
    TE.left(fault);

/** A vault of which one call of three kinds, counted together from 0, fails, and every other is answered. */
export const failingAt = (vault: KeyVault, failing: number): KeyVault => {
  const noVault = vaultFault('VAULT_UNAVAILABLE', 'down for a test');
  let calls = 0;
  const failsAt =
    <A extends unknown[], B>(real: (...given: A) => TE.TaskEither<VaultFault, B>) =>
    (...given: A): TE.TaskEither<VaultFault, B> =>
      calls++ === failing ? TE.left(noVault) : real(...given);
  return {
    ...vault,
    pseudonym: failsAt(vault.pseudonym),
    seal: failsAt(vault.seal),
    open: failsAt(vault.open),
  };
};
