/**
 * Who is in, for what, and until when; with the way out.
 *
 * @packageDocumentation
 */
import { purposeOf } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import { clockTime } from '../site/times.js';
import type { View } from '../site/view.js';

/** The hidden field that shows a form to be this site's; the script fills it when a session begins on the page. */
export const csrfField = ({ csrf }: View): Html =>
  html`<input type="hidden" name="csrf" value="${csrf}" data-csrf>`;

export const sessionPanel = (view: View): Html => {
  const { session, pack, words } = view;
  if (session === undefined) return nothing;
  const { say, pick } = words;
  const purpose = purposeOf(pack, session.purpose);
  return html`<section class="session" aria-label="${say('session.title')}"><dl>
<div><dt>${say('session.purpose')}</dt><dd>${purpose === undefined ? session.purpose : pick(purpose.label)}</dd></div>
${
  session.agencyCode === null
    ? nothing
    : html`<div><dt>${say('session.agency')}</dt><dd>${session.agencyCode}</dd></div>`
}
${
  session.cards.length === 0
    ? nothing
    : html`<div><dt>${say('session.cards')}</dt><dd>${session.cards.map(({ displayName }) => displayName).join('、')}</dd></div>`
}
<div><dt>${say('session.until')}</dt><dd><time datetime="${session.until}">${clockTime(session.until)}</time></dd></div>
</dl><form method="post" action="/sign-out">${csrfField(view)}<button class="button quiet">${say(
    'session.signOut',
  )}</button></form></section>`;
};
