/**
 * Stores and vaults with a fault in them.
 */
import { type EventStore, type KeyVault, type RecordedEvent, storeFault, vaultFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** A store whose events are read back otherwise than they were written. */
export const changing = (store: EventStore, change: (event: RecordedEvent) => RecordedEvent): EventStore => ({
  ...store,
  readAll: (from, limit) => async () =>
    E.map((page: { readonly events: ReadonlyArray<RecordedEvent>; readonly end: boolean }) => ({
      ...page,
      events: page.events.map(change),
    }))(await store.readAll(from, limit)()),
  readStream: (stream, from, limit) => async () =>
    E.map((page: { readonly events: ReadonlyArray<RecordedEvent>; readonly end: boolean }) => ({
      ...page,
      events: page.events.map(change),
    }))(await store.readStream(stream, from, limit)()),
});

/** A store that answers `STORE_UNAVAILABLE` while `down()` is true. Counts what was read. */
export const sometimesDown = (store: EventStore, down: (reads: number) => boolean) => {
  const counts = { reads: 0, events: 0 };
  const broken: EventStore = {
    ...store,
    readAll: (from, limit) => async () => {
      counts.reads++;
      if (down(counts.reads)) return E.left(storeFault('STORE_UNAVAILABLE', 'pulled the plug'));
      const page = await store.readAll(from, limit)();
      if (E.isRight(page)) counts.events += page.right.events.length;
      return page;
    },
  };
  return { store: broken, counts };
};

/** A vault that opens nothing while `down()` is true. Counts what was opened. */
export const vaultDown = (vault: KeyVault, down: () => boolean) => {
  const counts = { opened: 0 };
  const broken: KeyVault = {
    ...vault,
    open: (subject, aad, sealed) => async () => {
      counts.opened++;
      return down()
        ? E.left(vaultFault('VAULT_UNAVAILABLE', 'no answer'))
        : vault.open(subject, aad, sealed)();
    },
  };
  return { vault: broken, counts };
};
