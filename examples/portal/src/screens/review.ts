/**
 * The certificate does not match the records: who applies for a review, and that it is under way (GEPI-23…27).
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { PurposePolicy } from '@mandate/domain';
import { certificatePanel } from '../parts/certificate.js';
import { applicantOf, personFields, personLabels } from '../parts/contact-form.js';
import { layout } from '../parts/layout.js';
import { notice, summary } from '../parts/notice.js';
import { csrfField } from '../parts/session-panel.js';
import { stepper } from '../parts/steps.js';
import { type Html, html } from '../site/html.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import { noTermsCookie, termsOf } from '../site/terms-cookie.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { crumbsOf, nextPath, pathOf, sessionFor } from './flow.js';

/** The sections with their extensions and regions (GEPI-27). */
const sections = ({ pack, words: { pick, say, lang } }: View): Html =>
  html`${pack.helpdesks
    .filter(({ routes }) => routes.length > 0)
    .map(
      (desk) =>
        html`<p><strong>${pick(desk.name)}</strong> ${desk.phone}</p><ul class="plain">${desk.routes.map(
          ({ section, extension, regions }) =>
            html`<li>${pick(section)} ${say('help.extension')} ${extension}: ${regions.join(
              lang === 'zh' ? '、' : ', ',
            )}</li>`,
        )}</ul>`,
    )}`;

/** That the application waits; shown again at each attempt until it is decided (GEPI-24, GEPI-25). */
export const pendingPage = async (visit: Visit, purpose: PurposePolicy): Promise<Response> => {
  const view = await visit.view();
  const { say } = view.words;
  return visit.page(
    layout(view, {
      title: view.words.pick(purpose.label),
      crumbs: crumbsOf(view, purpose, say('record.reviewing')),
      current: purpose.id,
      body: html`${notice('info', html`<h2>${say('record.reviewing')}</h2><p>${say('message.reviewPending')}</p>`)}
<div class="panel"><ul><li>${say('hint.reviewAgain')}</li><li>${say('hint.reviewRejected')}</li><li>${say(
        'hint.reviewStillPending',
      )}</li></ul>${sections(view)}</div><p class="buttons"><a class="button" href="/query-records">${say(
        'screen.records.title',
      )}</a><a class="button quiet" href="/">${say('link.home')}</a></p>`,
    }),
  );
};

const form = async (visit: Visit, purpose: PurposePolicy, fault?: ClientFault): Promise<Response> => {
  const view = await visit.view();
  const { say } = view.words;
  const shortfall = fault === undefined ? undefined : shortfallOf(fault);
  const card = view.session?.cards[0];
  return visit.page(
    layout(view, {
      title: say('screen.review.title'),
      crumbs: crumbsOf(view, purpose, say('screen.review.title')),
      current: purpose.id,
      body: html`${summary(view, shortfall, personLabels('applicant'))}${stepper(view, purpose, 'step.card.agency')}
${notice('warn', html`<h2>${say('message.reviewMismatch')}</h2><p>${say('hint.reviewCause')}</p>`)}
${card === undefined ? html`` : certificatePanel(view, card)}
<form class="panel" method="post" action="${pathOf(purpose, 'review')}" novalidate>${csrfField(
        view,
      )}<p>${say('hint.reviewConfirm')}</p>${personFields(view, 'applicant', visit.form, shortfall)}<p class="hint">${say(
        'hint.required',
      )}</p><div class="buttons"><button class="button">${say(
        'button.confirm',
      )}</button><button class="button quiet" formaction="/sign-out" formnovalidate>${say(
        'button.cancel',
      )}</button></div></form>`,
    }),
    fault === undefined ? {} : { status: statusOf(fault) },
  );
};

export const showReview = async (visit: Visit, purpose: PurposePolicy): Promise<Response> => {
  const session = sessionFor(await visit.view(), purpose);
  return session?.state === 'review' ? form(visit, purpose) : visit.goTo(nextPath(purpose, session));
};

export const requestReview = async (visit: Visit, purpose: PurposePolicy): Promise<Response> => {
  const terms = termsOf(visit.request);
  if (terms === undefined) return visit.goTo(pathOf(purpose));
  const asked = await visit.client.requestReview({
    body: { terms, applicant: applicantOf(visit.form) },
  });
  if (asked._tag === 'Left')
    return codeOf(asked.left) === 'ALREADY_PENDING'
      ? pendingPage(visit, purpose)
      : form(visit, purpose, asked.left);
  // Its confirmation has served, and opens nothing any more.
  await visit.client.endSession();
  visit.setCookie(noTermsCookie);
  return pendingPage(visit, purpose);
};
