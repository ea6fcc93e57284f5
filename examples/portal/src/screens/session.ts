/**
 * The ends of a session: by its holder, or by time.
 *
 * @packageDocumentation
 */
import type { PurposePolicy } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import { html, nothing } from '../site/html.js';
import { noReceiptCookie } from '../site/receipt-shelf.js';
import { noTermsCookie } from '../site/terms-cookie.js';
import type { Visit } from '../site/visit.js';
import { pathOf } from './flow.js';

/** Refusals that say that nobody is in any more. */
export const sessionCodes: ReadonlySet<string> = new Set([
  'SESSION_REQUIRED',
  'SESSION_INCOMPLETE',
  'CONFIRMATION_UNKNOWN',
  'CONFIRMATION_EXPIRED',
  'CONFIRMATION_INCOMPLETE',
]);

/** 「作業已逾時」: what was completed stays, the rest begins again. */
export const sessionOverPage = async (visit: Visit, purpose?: PurposePolicy): Promise<Response> => {
  const view = await visit.view();
  const { say } = view.words;
  const title = say('session.over.title');
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: title }],
      ...(purpose === undefined ? {} : { current: purpose.id }),
      body: html`<div class="panel"><p>${say('session.over.text')}</p><p class="buttons">${
        purpose === undefined
          ? nothing
          : html`<a class="button" href="${pathOf(purpose)}">${say('session.again')}</a>`
      }<a class="button quiet" href="/">${say('link.home')}</a></p></div>`,
    }),
    { status: 403 },
  );
};

/** Signs out, and says so: the card is still in the reader. */
export const signOut = async (visit: Visit): Promise<Response> => {
  const ended = await visit.client.endSession();
  visit.setCookie(noTermsCookie);
  visit.setCookie(noReceiptCookie);
  return visit.goTo(ended._tag === 'Right' ? '/signed-out' : '/');
};

export const signedOutPage = async (visit: Visit): Promise<Response> => {
  const view = await visit.view();
  const { say } = view.words;
  const title = say('session.signedOut.title');
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: title }],
      body: html`<div class="panel"><p>${say('session.signedOut.text')}</p><p class="buttons"><a class="button" href="/">${say(
        'link.home',
      )}</a></p></div>`,
    }),
  );
};
