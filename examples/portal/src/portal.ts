/**
 * The portal as one `fetch`: the register's interface under `/api`, the pages before it.
 *
 * @packageDocumentation
 */
import { nodeSha256, randomIds } from '@mandate/adapters-eventstore';
import { changesOf, type RegisterAppOptions, registerApp } from '@mandate/adapters-http/server';
import {
  certificates,
  clerkLists,
  knownPeople,
  permissionHistories,
  registrationHistories,
  reviews,
  unassignedFunctions,
} from '@mandate/projections';
import { businessClient } from './business/client-port.js';
import { type Assets, makeAssets } from './site/assets.js';
import type { SiteSettings } from './site/settings.js';
import { portalSite } from './site/site.js';
import { demonstrationAccounts, type StaffDesk, staffDesk } from './staff/desk.js';
import { calendar } from './world/calendar.js';
import type { World } from './world/world.js';

export interface Portal {
  /** Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The staff of the demonstration. */
  readonly staff: StaffDesk;
  /** Ends what is open for long; the world stays open. */
  readonly close: () => Promise<void>;
}

/** Puts the portal of a world together. */
export const openPortal = async (
  { office, policy, scene, instance, anyHour, renewal, attachments }: World,
  more: Pick<SiteSettings, 'onFault' | 'component' | 'anywhere' | 'oldestComponent'> & {
    /** Whose request it is: without it nothing is counted by address, which is right for a portal of this computer alone. */
    readonly addressOf?: RegisterAppOptions['addressOf'];
    /** In test mode a card in a reader is chosen before those of the drawer. */
    readonly readerFirst?: boolean;
    /** Made once where there are several portals. */
    readonly assets?: Assets;
  } = {},
): Promise<Portal> => {
  const { register, stores, reading, cards, clock } = office;
  const { runner, authority } = reading;
  const { portal } = policy;
  const { readerFirst = false, addressOf, assets: _made, ...settings } = more;
  const { healthCards = [], testAccounts = [] } = scene;
  const business = businessClient();
  const staff = staffDesk(demonstrationAccounts(), clock.now);
  const app = registerApp({
    register,
    origins: [policy.origin],
    basePath: '/api',
    reads: {
      clerkLists: clerkLists(runner.read, portal),
      registrations: registrationHistories(runner.read, portal),
      history: permissionHistories(runner.read, portal),
      reviews: reviews(runner.read, portal, stores.vault),
      certificates: certificates(runner.read, portal),
      unassignedFunctions: (page) => unassignedFunctions(runner.read, portal, page),
      people: knownPeople(runner.read),
      waitFor: runner.waitFor,
      status: runner.status,
    },
    authority,
    clients: business.port,
    staff: staff.port,
    clock,
    ids: randomIds,
    calendar,
    sha256: nodeSha256,
    changes: changesOf({ store: stores.events, sha256: nodeSha256, portal }),
    ...(addressOf === undefined ? {} : { addressOf }),
  });
  const site = portalSite({
    pack: policy,
    api: app,
    assets: more.assets ?? (await makeAssets()),
    now: clock.now,
    business: business.token,
    staff,
    anchors: cards.anchors,
    ...(renewal === undefined ? {} : { renewal }),
    ...(addressOf === undefined ? {} : { addressOf }),
    attachments,
    anywhere: () => [{ base: '', policy, office }],
    ...(cards.drawer === undefined
      ? {}
      : { test: { drawer: cards.drawer, instance, anyHour, readerFirst, healthCards, testAccounts } }),
    ...settings,
  });
  return { fetch: site.fetch, staff, close: app.close };
};
