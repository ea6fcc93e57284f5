/**
 * Registers on EventStoreDB: `esdb://…`, `esdb+discover://…`.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromStoreFault, messageOf } from '../fault.js';
import type { OpenedEvents, StoreKind } from './kind.js';

const scheme = /^esdb(?:\+discover)?:\/\//;

/** The client is an optional peer, so it is asked for where it is needed. */
const adapter = async () => {
  try {
    return E.right(await import('@mandate/adapters-eventstore/eventstoredb'));
  } catch (error) {
    return E.left(cliFault('STORE_FAULT', messageOf(error)));
  }
};

/** What stands after `#` is the namespace of the register: `esdb://host:2113?tls=true#gepi.`. */
export const eventStoreDbKind: StoreKind = {
  isOwn: (address) => scheme.test(address),
  open: async (address): Promise<E.Either<CliFault, OpenedEvents>> => {
    const loaded = await adapter();
    if (E.isLeft(loaded)) return loaded;
    const { eventStoreDb, eventStoreDbEvidenceStore } = loaded.right;
    const [connectionString = '', namespace = ''] = address.split('#');
    const opened = await eventStoreDb({ connectionString, namespace })();
    if (E.isLeft(opened)) return E.left(fromStoreFault(opened.left));
    const { verify, tampered, largestAppend } = opened.right;
    return E.right({
      events: opened.right,
      checkFile: verify,
      tampered,
      largestAppend,
      evidence: eventStoreDbEvidenceStore(opened.right),
    });
  },
};
