/**
 * The first page of a purpose: the terms, where the policy puts them first (GEPI-12…14), or else the first card.
 *
 * @packageDocumentation
 */
import { type PurposePolicy, registerErrors } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import type { Shortfall } from '../parts/notice.js';
import { termsForm } from '../parts/terms.js';
import { agreedTerms, termsCookie, termsOf } from '../site/terms-cookie.js';
import type { Visit } from '../site/visit.js';
import { refusedPage } from './errors.js';
import { crumbsOf, nextPath, sessionFor } from './flow.js';

/** The terms as they are handed out now. */
export const showTerms = async (
  visit: Visit,
  purpose: PurposePolicy,
  shortfall?: Shortfall,
): Promise<Response> => {
  const answer = await visit.client.terms();
  if (answer._tag === 'Left') return refusedPage(visit, answer.left);
  const view = await visit.view();
  const { say } = view.words;
  return visit.page(
    layout(view, {
      title: say('screen.terms.title'),
      crumbs: crumbsOf(view, purpose, say('crumb.terms')),
      current: purpose.id,
      body: termsForm(view, purpose, answer.right, shortfall),
    }),
    shortfall === undefined ? {} : { status: 422 },
  );
};

/** A session that stands goes on where it is. */
export const startPurpose = async (visit: Visit, purpose: PurposePolicy): Promise<Response> => {
  const view = await visit.view();
  const session = sessionFor(view, purpose);
  const agreed = !purpose.terms || termsOf(visit.request) !== undefined;
  return agreed && (session !== undefined || !purpose.terms)
    ? visit.goTo(nextPath(purpose, session))
    : showTerms(visit, purpose);
};

/** What was sent is not what the page sends: it is read and agreed to once more. */
const notAsHandedOut: Shortfall = { text: registerErrors.TERMS_RECEIPT_INVALID, fields: [] };

/** A purpose whose terms do not come first has nothing to agree to. */
export const acceptTerms = async (visit: Visit, purpose: PurposePolicy): Promise<Response> => {
  const { form } = visit;
  if (!purpose.terms) return visit.goTo(nextPath(purpose, sessionFor(await visit.view(), purpose)));
  const agreed = agreedTerms(form.text('hash'), form.text('presentedAt'), form.text('receipt'));
  if (agreed === undefined) return showTerms(visit, purpose, notAsHandedOut);
  visit.setCookie(termsCookie(agreed));
  return visit.goTo(nextPath(purpose, sessionFor(await visit.view(), purpose)));
};
