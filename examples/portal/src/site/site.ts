/**
 * The pages of a portal as a web-standard `fetch`, before the register's own interface at `/api`.
 *
 * @packageDocumentation
 */
import { type PurposePolicy, purposeOf } from '@mandate/domain';
import { renewalPages } from '../renewal/screens.js';
import { showCard, takeCard } from '../screens/card.js';
import { showConfirm, takeConfirm } from '../screens/confirm.js';
import { helpPage } from '../screens/help.js';
import { homePage } from '../screens/home.js';
import { showResult } from '../screens/result.js';
import { requestReview, showReview } from '../screens/review.js';
import { signedOutPage, signOut } from '../screens/session.js';
import { acceptTerms, startPurpose } from '../screens/terms.js';
import { testModePage } from '../screens/test-mode.js';
import { workPages } from '../screens/work.js';
import { framedSite, type Site } from './framed.js';
import type { Screen } from './screen.js';
import type { SiteSettings } from './settings.js';
import type { Visit } from './visit.js';

export type { Site } from './framed.js';

/** A purpose of the pack; no other word leads anywhere. */
const purposeScreen =
  (show: (visit: Visit, purpose: PurposePolicy, step: string) => Promise<Response>): Screen =>
  (visit, { purpose = '', step = '' }) => {
    const found = purposeOf(visit.settings.pack, purpose);
    return found === undefined ? visit.notFound() : show(visit, found, step);
  };

/** Pages over the register's interface. */
export const portalSite = (settings: SiteSettings): Site => {
  const { api, test } = settings;
  return framedSite(
    settings,
    (add) => {
      add('GET', '/', async (visit) => visit.page(homePage(await visit.view())));
      add('GET', '/help', async (visit) => visit.page(helpPage(await visit.view())));
      if (test !== undefined)
        add('GET', '/test-mode', async (visit) => visit.page(testModePage(await visit.view())));
      add('GET', '/signed-out', signedOutPage);
      add('POST', '/sign-out', signOut);
      // Before the purposes, whose addresses are words of the pack.
      const renewal = settings.renewal === undefined ? [] : renewalPages(settings.renewal, settings);
      for (const { method, path, show } of [...workPages, ...renewal]) add(method, path, show);
      add('GET', '/:purpose', purposeScreen(startPurpose));
      add('POST', '/:purpose', purposeScreen(acceptTerms));
      add('GET', '/:purpose/review', purposeScreen(showReview));
      add('POST', '/:purpose/review', purposeScreen(requestReview));
      add('GET', '/:purpose/confirm', purposeScreen(showConfirm));
      add('POST', '/:purpose/confirm', purposeScreen(takeConfirm));
      add(
        'GET',
        '/:purpose/result',
        purposeScreen((visit, purpose) => showResult(visit, purpose)),
      );
      add('GET', '/:purpose/:step', purposeScreen(showCard));
      add('POST', '/:purpose/:step', purposeScreen(takeCard));
    },
    api,
  );
};
