/**
 * 自然人憑證線上展期 as a site of its own beside the portals: the certificate is the holder's, and no portal's.
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '@mandate/domain';
import type { DrawerCard } from '../cards/deck.js';
import { drawerOf } from '../cards/drawer.js';
import { framedSite, type Site } from '../site/framed.js';
import type { SiteSettings } from '../site/settings.js';
import type { RenewalDesk } from '../world/renewal-desk.js';
import { base } from './frame.js';
import { renewalPages } from './screens.js';

export interface RenewalSiteSettings
  extends Pick<SiteSettings, 'assets' | 'now' | 'addressOf' | 'onFault' | 'component'> {
  readonly desk: RenewalDesk;
  /** Whose words the frame has, for what the renewal's own pack does not say. */
  readonly words: PortalPolicy;
  /** Test cards that can be extended. */
  readonly deck: ReadonlyArray<DrawerCard>;
  readonly instance: string;
  readonly readerFirst: boolean;
}

/** Nobody signs in here: what a browser is at stands in a cookie of the renewal. */
const nobody: SiteSettings['api'] = { fetch: async () => new Response(null, { status: 503 }) };

export const renewalSite = ({
  desk,
  words,
  deck,
  instance,
  readerFirst,
  ...site
}: RenewalSiteSettings): Site => {
  const drawer = drawerOf(deck);
  return framedSite(
    {
      ...site,
      pack: words,
      api: nobody,
      test: { drawer, cardsAt: `${base}/cards`, instance, anyHour: true, readerFirst },
    },
    (add) => {
      for (const { method, path, show } of renewalPages(desk, site)) add(method, path, show);
    },
  );
};
