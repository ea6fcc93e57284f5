/**
 * Opens every portal of the demonstration, each on a folder of its own, and puts them behind one front.
 *
 * @packageDocumentation
 */
import { join } from 'node:path';
import type { Clock } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { DrawerCard } from '../cards/deck.js';
import { openPortal, type Portal } from '../portal.js';
import { renewalSite } from '../renewal/site.js';
import { makeAssets } from '../site/assets.js';
import type { SiteSettings } from '../site/settings.js';
import type { StartFault } from '../world/fault.js';
import { openRenewalDesk, type Place } from '../world/renewal-desk.js';
import { openWorld, type World } from '../world/world.js';
import { type Entry, entries } from './entries.js';
import { type FrontPortal, portalsFront } from './front.js';

export interface PortalsSettings {
  /** Absolute path. GEPI's data lie in it as they did when GEPI was alone; the others' in a folder each, inside. */
  readonly folder: string;
  readonly origin: string;
  readonly anyHour: boolean;
  readonly reader: boolean;
  readonly making?: () => void;
  readonly onFault?: NonNullable<SiteSettings['onFault']>;
  /** The oldest card component that the pages take. @defaultValue any */
  readonly oldestComponent?: string;
  /** @defaultValue the computer's */
  readonly clock?: Clock;
}

export interface OpenPortals {
  /** Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** By path. */
  readonly portals: ReadonlyMap<string, { readonly portal: Portal; readonly world: World }>;
  readonly close: () => Promise<void>;
}

/** Citizen cards of all drawers, each once: whoever acts in two portals has one card. */
const citizenCards = (
  home: World,
  worlds: ReadonlyArray<{ readonly world: World }>,
): ReadonlyArray<DrawerCard> => {
  const known = new Set(home.box.deck.map(({ card }) => card.record.serial));
  const others = worlds.flatMap(({ world: { box, policy } }) =>
    box.deck
      .filter(({ card: { record } }) => record.ca === 'MOICA' && !known.has(record.serial))
      .map((card): DrawerCard => ({ ...card, id: `${policy.portal}-${card.id}` })),
  );
  return [...home.box.deck, ...others];
};

const openRenewal = async (
  home: World,
  worlds: ReadonlyArray<{ readonly world: World }>,
  places: ReadonlyArray<Place>,
) => {
  const deck = citizenCards(home, worlds);
  const desk = await openRenewalDesk(home.office, home.box, deck, places);
  return { desk, deck, words: home.policy, instance: home.instance, now: home.office.clock.now };
};

const folderOf = (folder: string, { id }: Entry): string => (id === 'gepi' ? folder : join(folder, id));

/** Opens them one after the other: GEPI's folder is the one that holds the others. */
export const openPortals = async (settings: PortalsSettings): Promise<E.Either<StartFault, OpenPortals>> => {
  const { folder, origin, anyHour, reader, making, onFault, oldestComponent, clock } = settings;
  const end: Array<() => Promise<void>> = [];
  const close = async (): Promise<void> => {
    for (const stop of end.splice(0).reverse()) await stop();
  };
  const assets = await makeAssets();
  const open = new Map<string, { readonly portal: Portal; readonly world: World }>();
  const listed: Array<FrontPortal> = [];
  const places: Array<Place> = [];
  let home: World | undefined;
  let told = false;
  for (const entry of entries) {
    const world = await openWorld({
      ...{ folder: folderOf(folder, entry), origin, anyHour, scene: entry.scene, cardFiles: reader },
      ...(clock === undefined ? {} : { clock }),
      renewalElsewhere: true,
      ...(home === undefined ? {} : { lent: home.box }),
      making: () => {
        if (!told) making?.();
        told = true;
      },
    });
    if (E.isLeft(world)) {
      await close();
      return world;
    }
    end.push(world.right.close);
    const portal = await openPortal(world.right, {
      ...{ readerFirst: reader, assets, anywhere: () => places },
      ...(onFault === undefined ? {} : { onFault }),
      ...(oldestComponent === undefined ? {} : { oldestComponent }),
    });
    end.push(portal.close);
    open.set(entry.id, { portal, world: world.right });
    listed.push({ ...entry, pack: world.right.policy, portal });
    places.push({ base: `/${entry.id}`, policy: world.right.policy, office: world.right.office });
    // The first that has it lends the others its cards, and keeps the renewals.
    if (home === undefined && entry.scene.renewal) home = world.right;
  }
  const renewal = home === undefined ? undefined : await openRenewal(home, [...open.values()], places);
  if (renewal !== undefined) end.push(renewal.desk.close);
  const site =
    renewal === undefined
      ? undefined
      : renewalSite({
          ...{ ...renewal, assets, readerFirst: reader },
          ...(onFault === undefined ? {} : { onFault }),
        });
  return E.right({ fetch: portalsFront(origin, assets, listed, site).fetch, portals: open, close });
};
