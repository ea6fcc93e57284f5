/**
 * 審核: the queue, one application with what differs, and the decision (GEPI-23…27, 50).
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { ClientFault } from '@mandate/adapters-http/client';
import { helpdeskOfCa, type PortalPolicy, purposeOf } from '@mandate/domain';
import { errorAt, notice, summary } from '../parts/notice.js';
import { csrfField } from '../parts/session-panel.js';
import { dataTable } from '../parts/table.js';
import type { AnswerOf } from '../site/answer-of.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import { isId } from '../site/ids.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import { printedSerial } from '../site/serial.js';
import { longTime, shortDay, shortTime } from '../site/times.js';
import type { View } from '../site/view.js';
import type { StaffScreen, StaffVisit } from './visit.js';

type Review = AnswerOf<'review'>;
type Status = Review['status'];

const statuses: Readonly<Record<Status, readonly [key: string, tone: string]>> = {
  pending: ['record.reviewing', 'warn'],
  approved: ['record.approved', 'good'],
  rejected: ['record.rejected', 'bad'],
  used: ['records.used', 'good'],
  superseded: ['records.superseded', 'plain-tag'],
};

const isStatus = (text: string | null): text is Status => text !== null && Object.hasOwn(statuses, text);

const statusTag = ({ words: { say } }: View, status: Status): Html =>
  html`<span class="tag ${statuses[status][1]}">${say(statuses[status][0])}</span>`;

const purposeName = (pack: PortalPolicy, { words: { pick } }: View, id: string): string => {
  const purpose = purposeOf(pack, id);
  return purpose === undefined ? id : pick(purpose.label);
};

// -------------------------------------------------------------------------------------
// queue
// -------------------------------------------------------------------------------------

export const showReviews: StaffScreen = async ({ visit, view, page, refused }) => {
  const { say, lang } = view.words;
  const query = visit.url.searchParams;
  const wanted = query.get('status');
  const status = isStatus(wanted) ? wanted : 'pending';
  const cursor = query.get('cursor');
  const found = await visit.client.reviews({
    query: { status, limit: '50', ...(cursor === null ? {} : { cursor }) },
  });
  if (found._tag === 'Left') return refused(found.left);
  const { items, next } = found.right;
  const title = say('staff.reviews');
  return page({
    title,
    crumbs: [{ label: title }],
    current: '/staff/reviews',
    body: html`<form method="get" action="/staff/reviews" class="panel filter"><div class="field"><label for="f-status">${say(
      'reviews.which',
    )}</label><select id="f-status" name="status">${Object.entries(statuses).map(
      ([one, [key]]) => html`<option value="${one}"${flag('selected', one === status)}>${say(key)}</option>`,
    )}</select></div><button class="button quiet">${say('history.show')}</button></form>${dataTable({
      caption: title,
      quiet: true,
      columns: [
        { label: say('reviews.requestedAt'), kind: 'number' },
        { label: say('column.agencyName'), kind: 'head' },
        { label: say('reviews.purpose') },
        { label: say('reviews.status') },
        { label: say('column.actions'), kind: 'actions' },
      ],
      rows: items.map((one) => [
        html`<time datetime="${one.requestedAt}">${shortTime(one.requestedAt, lang)}</time>`,
        html`${one.agencyCode}<br>${one.agencyName}`,
        purposeName(view.pack, view, one.purpose),
        statusTag(view, one.status),
        html`<a class="button quiet small" href="/staff/reviews/${one.review}">${say('reviews.open')}<span class="unseen"> ${one.agencyName}</span></a>`,
      ]),
      empty: say('reviews.none'),
    })}${
      next === null
        ? nothing
        : html`<p><a class="button quiet" href="/staff/reviews?${new URLSearchParams({ status, cursor: next }).toString()}">${say(
            'history.older',
          )}</a></p>`
    }`,
  });
};

// -------------------------------------------------------------------------------------
// one
// -------------------------------------------------------------------------------------

const fact = (label: string, value: Html | string): Html =>
  html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

const differences = ({ words: { say } }: View, { differences: found }: Review): Html =>
  html`<section aria-labelledby="differs"><h2 id="differs">${say('review.differs')}</h2>${dataTable({
    caption: say('review.differs'),
    quiet: true,
    columns: [
      { label: say('review.field'), kind: 'head' },
      { label: say('review.expected') },
      { label: say('review.found') },
    ],
    rows: found.map(({ field, expected, found: presented }) => [
      say(`review.field.${field}`),
      html`<code>${expected ?? say('review.none')}</code>`,
      html`<mark><code>${presented ?? say('review.none')}</code></mark>`,
    ]),
    empty: say('diff.nothing'),
  })}</section>`;

const facts = (view: View, review: Review): Html => {
  const { say, pick, lang } = view.words;
  const { applicant, credential, decidedAt, decidedBy, validFrom, note } = review;
  const desk = helpdeskOfCa(view.pack, credential.ca);
  return html`<div class="pair"><section class="panel" aria-labelledby="application"><h2 id="application">${say(
    'reviews.applicant',
  )}</h2><dl class="facts">${fact(say('reviews.purpose'), purposeName(view.pack, view, review.purpose))}${fact(
    say('reviews.requestedAt'),
    longTime(review.requestedAt, lang),
  )}${
    applicant === null
      ? fact(say('reviews.applicant'), say('history.forgotten'))
      : html`${fact(say('column.name'), applicant.name)}${fact(
          say('help.phone'),
          `${applicant.phone}${applicant.extension === null ? '' : ` #${applicant.extension}`}`,
        )}`
  }${fact(say('reviews.status'), statusTag(view, review.status))}${
    decidedAt === null ? nothing : fact(say('review.decidedAt'), longTime(decidedAt, lang))
  }${decidedBy === null ? nothing : fact(say('review.decidedBy'), decidedBy)}${
    validFrom === null ? nothing : fact(say('records.validFrom'), shortDay(validFrom, lang))
  }${note === null ? nothing : fact(say('review.note'), note)}</dl></section><section class="panel" aria-labelledby="certificate"><h2 id="certificate">${say(
    'review.certificate',
  )}</h2><dl class="facts">${fact(say('certificate.ca'), desk === undefined ? credential.ca : pick(desk.name))}${fact(
    say('certificate.serial'),
    html`<code class="serial">${printedSerial(credential.serial)}</code>`,
  )}${fact(
    say('certificate.valid'),
    `${shortDay(credential.notBefore, lang)} ${say('certificate.validTo')} ${shortDay(credential.notAfter, lang)}`,
  )}</dl></section></div>`;
};

const decision = (
  staff: StaffVisit,
  review: Review,
  commandId: string,
  fault: ClientFault | undefined,
): Html => {
  const { view, visit } = staff;
  const { say } = view.words;
  const shortfall = fault === undefined ? undefined : shortfallOf(fault);
  const error = errorAt(view, shortfall, 'note');
  return html`<form method="post" action="/staff/reviews/${review.review}" class="panel" novalidate>${csrfField(
    view,
  )}<input type="hidden" name="commandId" value="${commandId}"><h2>${say('review.decide')}</h2><div class="field${
    error === undefined ? '' : ' bad'
  }"><label for="f-note">${say('review.note')}</label><p class="hint" id="f-note-hint">${say(
    'review.note.hint',
  )}</p>${error === undefined ? nothing : html`<p class="error" id="f-note-error">${error}</p>`}<textarea id="f-note" name="note" rows="3" aria-describedby="f-note-hint${
    error === undefined ? '' : ' f-note-error'
  }">${visit.form.text('note')}</textarea></div><div class="buttons"><button class="button" name="outcome" value="approved">${say(
    'review.approve',
  )}</button><button class="button danger" name="outcome" value="rejected">${say(
    'review.reject',
  )}</button></div></form>`;
};

const showOne = async (staff: StaffVisit, id: string, fault?: ClientFault): Promise<Response> => {
  const { visit, view, page, refused, has } = staff;
  const found = await visit.client.review({ params: { reviewId: id } });
  if (found._tag === 'Left')
    return codeOf(found.left) === 'REVIEW_NOT_FOUND' ? visit.notFound() : refused(found.left);
  const review = found.right;
  const { say } = view.words;
  const title = `${say('review.title')}:${review.agencyCode} ${review.agencyName}`;
  const decided = visit.url.searchParams.get('done') === 'decided';
  return page(
    {
      title,
      crumbs: [{ label: say('staff.reviews'), href: '/staff/reviews' }, { label: review.agencyCode }],
      current: '/staff/reviews',
      body: html`${summary(view, fault === undefined ? undefined : shortfallOf(fault))}${
        decided ? notice('good', html`<h2>${say('review.decided')}</h2>`) : nothing
      }${differences(view, review)}${facts(view, review)}${
        review.status === 'pending' && has('reviewer')
          ? decision(staff, review, randomUUID(), fault)
          : nothing
      }<p><a href="/staff/agencies/${review.agencyCode}">${say('staff.agency')} ${review.agencyCode}</a></p>`,
    },
    fault === undefined ? 200 : statusOf(fault),
  );
};

export const showReview: StaffScreen = (staff, { id = '' }) =>
  isId(id) ? showOne(staff, id) : staff.visit.notFound();

export const decideReview: StaffScreen = async (staff, { id = '' }) => {
  const { visit } = staff;
  if (!isId(id)) return visit.notFound();
  const { form, client } = visit;
  const found = await client.review({ params: { reviewId: id } });
  if (found._tag === 'Left') return staff.refused(found.left);
  const note = form.text('note').trim();
  const commandId = form.text('commandId');
  const decided = await client.decideReview(
    {
      params: { reviewId: id },
      body: {
        agencyCode: found.right.agencyCode,
        // Whatever else a form says is for the register to refuse.
        outcome: form.text('outcome') === 'approved' ? 'approved' : 'rejected',
        ...(note === '' ? {} : { note }),
      },
    },
    isId(commandId) ? { idempotencyKey: commandId } : {},
  );
  return decided._tag === 'Right'
    ? visit.goTo(`/staff/reviews/${id}?done=decided`)
    : showOne(staff, id, decided.left);
};
