/** A site on a register that says nothing, for pages that need none. */
import { gepiPolicyFor } from '@mandate/domain';
import { makeAssets } from '../../src/site/assets.js';
import type { SiteSettings } from '../../src/site/settings.js';
import { portalSite, type Site } from '../../src/site/site.js';

export const origin = 'http://localhost:8080';

export const silentApi: SiteSettings['api'] = {
  fetch: async () => new Response(null, { status: 503 }),
};

export const openSite = async (more: Partial<SiteSettings> = {}): Promise<Site> =>
  portalSite({
    pack: gepiPolicyFor(origin),
    api: silentApi,
    assets: await makeAssets(),
    now: () => 0,
    ...more,
  });

/** A page by GET; with cookies. */
export const get = (
  site: Site,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => site.fetch(new Request(`${origin}${path}`, { headers }));
