/**
 * The office behind the counter: register, stores and read models, as a portal embeds them.
 *
 * @packageDocumentation
 */
import { join } from 'node:path';
import { nodeSha256, openSqliteAdapters, randomIds, type SqliteAdapters } from '@mandate/adapters-eventstore';
import { type Clock, createRegister, type PortalPolicy, type Register } from '@mandate/domain';
import { isActiveIn } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { areKept, type PortalCards } from '../cards/portal-cards.js';
import { calendar } from './calendar.js';
import { type StartFault, startFault } from './fault.js';
import { gepiScene } from './gepi-scene.js';
import { openReading, type Reading } from './reading.js';
import type { Scene } from './scene.js';

export interface OfficeSettings {
  /** Where the databases lie; made where it is not there. */
  readonly folder: string;
  readonly secret: Uint8Array;
  readonly policy: PortalPolicy;
  /** What is behind the ports of this portal. @defaultValue GEPI */
  readonly scene?: Scene;
  readonly cards: PortalCards;
  readonly clock: Clock;
}

export interface Office {
  readonly register: Register;
  readonly stores: SqliteAdapters;
  readonly reading: Reading;
  readonly cards: PortalCards;
  readonly clock: Clock;
  readonly close: () => Promise<void>;
}

/** Opens all of it. Cards that were put together by hand are refused: a drawer beside real anchors must not exist. */
export const openOffice = async (settings: OfficeSettings): Promise<E.Either<StartFault, Office>> => {
  const { folder, secret, policy, cards, clock, scene = gepiScene } = settings;
  const { directory, registeredCards, accounts } = scene;
  if (!areKept(cards))
    return E.left(startFault('UNUSABLE', 'cards that neither testCards nor readerCards made'));
  const opened = await openSqliteAdapters({ directory: folder, secret, clock })();
  if (E.isLeft(opened)) return E.left(startFault('DAMAGED', `${opened.left.code}: ${opened.left.detail}`));
  const stores = opened.right;
  const { events: store, vault, evidence, challenges } = stores;
  const reading = await openReading(join(folder, 'read-models.db'), policy, store, vault);
  if (E.isLeft(reading)) {
    await stores.close();
    return E.left(startFault('DAMAGED', `${reading.left.code}: ${reading.left.detail}`));
  }
  const register = createRegister({
    policy,
    store,
    vault,
    evidence,
    challenges,
    directory,
    trust: cards.trust,
    revocation: cards.revocation,
    clock,
    ids: randomIds,
    calendar,
    sha256: nodeSha256,
    isActive: isActiveIn(reading.right.runner, store),
    ...(registeredCards === undefined ? {} : { registeredCards }),
    ...(accounts === undefined ? {} : { accounts }),
  });
  const close = async (): Promise<void> => {
    await reading.right.close();
    await stores.close();
  };
  return E.right({ register, stores, reading: reading.right, cards, clock, close });
};
