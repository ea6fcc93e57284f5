/**
 * 審核 of what an agency asked to have changed (NHI-23): what holds, what shall hold, who to call, the documents, and the decision.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { requestNumber } from '../agency-data/model.js';
import { csrfField } from '../parts/session-panel.js';
import type { AnswerOf } from '../site/answer-of.js';
import { type Html, html, nothing } from '../site/html.js';
import { isId } from '../site/ids.js';
import { statusOf } from '../site/refusal.js';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';
import type { StaffScreen, StaffVisit } from './visit.js';

type Asked = AnswerOf<'agencyDataRequests'>['requests'][number];

const codePattern = /^[A-Za-z0-9]{1,20}$/;
const base = (code: string): string => `/staff/agencies/${code}/data-requests`;

const labelOf = ({ pack, words: { pick } }: View, id: string): string => {
  const field = pack.agencyFields?.find((one) => one.id === id);
  return field === undefined ? id : pick(field.label);
};

const statusKeys = {
  pending: 'record.reviewing',
  approved: 'record.approved',
  rejected: 'record.rejected',
} as const;

const deciding = (view: View, code: string, id: string): Html => {
  const { say } = view.words;
  const note = `note-${id}`;
  return html`<form method="post" action="${base(code)}">${csrfField(view)}<input type="hidden" name="request" value="${id}"><input type="hidden" name="commandId" value="${randomUUID()}"><div class="field long"><label for="${note}">${say(
    'data.note',
  )}</label><textarea id="${note}" name="note" rows="2"></textarea></div><div class="buttons"><button class="button" name="outcome" value="approved">${say(
    'data.approve',
  )}</button><button class="button quiet warn" name="outcome" value="rejected">${say('data.reject')}</button></div></form>`;
};

const panel = (staff: StaffVisit, code: string, asked: Asked, number: number): Html => {
  const { view } = staff;
  const { say, lang } = view.words;
  const { id, changes, contact, attachments, explanation, from, status, note } = asked;
  const line = (key: string, value: string | null): Html =>
    value === null ? nothing : html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>`;
  return html`<section class="panel" aria-labelledby="r${number}"><h2 id="r${number}">${say('data.requests')} ${number} <span class="tag">${say(
    statusKeys[status],
  )}</span></h2><dl class="facts">${line('data.number', requestNumber(id))}${changes.map(
    ({ field, value, now }) =>
      html`<div><dt>${labelOf(view, field)}</dt><dd>${now ?? say('data.none')} → <strong>${
        value ?? say('clerks.forgotten')
      }</strong></dd></div>`,
  )}${
    contact === null
      ? nothing
      : html`<div><dt>${say('data.contactName')}</dt><dd>${contact.name} ${contact.phone}</dd></div>`
  }${attachments.map(
    (hash, at) =>
      html`<div><dt>${say(at === 0 ? 'data.attachment.one' : 'data.attachment.two')}</dt><dd><a href="${base(code)}/documents/${hash}"><code>${hash.slice(
        0,
        16,
      )}…</code></a></dd></div>`,
  )}${line('data.explanation', explanation)}${line(
    'data.effectiveOn',
    from === null ? null : longTime(from, lang),
  )}${line('data.noteOf', note)}</dl>${status === 'pending' && staff.has('reviewer') ? deciding(view, code, id) : nothing}</section>`;
};

export const showDataRequests: StaffScreen = async (staff, { code = '' }) => {
  const { visit, view, page, refused } = staff;
  const fields = visit.settings.pack.agencyFields ?? [];
  if (fields.length === 0 || !codePattern.test(code)) return visit.notFound();
  const found = await visit.client.agencyDataRequests({ params: { agencyCode: code } });
  if (found._tag === 'Left') return refused(found.left);
  const { say } = view.words;
  const title = say('data.requests');
  return page({
    title: `${code} ${title}`,
    crumbs: [{ label: code, href: `/staff/agencies/${code}` }, { label: title }],
    current: '/staff/agencies',
    body:
      found.right.requests.length === 0
        ? html`<p class="empty">${say('message.noRecords')}</p>`
        : html`${found.right.requests.map((asked, at) => panel(staff, code, asked, at + 1))}`,
  });
};

export const decideDataRequest: StaffScreen = async (staff, { code = '' }) => {
  const { visit, refused, forbidden, has } = staff;
  if (!has('reviewer')) return forbidden();
  const { form, client } = visit;
  const outcome = form.text('outcome') === 'approved' ? 'approved' : 'rejected';
  const [requestId, commandId, note] = [
    form.text('request'),
    form.text('commandId'),
    form.text('note').trim(),
  ];
  if (!codePattern.test(code) || !isId(requestId) || !isId(commandId)) return visit.notFound();
  const decided = await client.decideAgencyData(
    { params: { agencyCode: code, requestId }, body: { outcome, ...(note === '' ? {} : { note }) } },
    { idempotencyKey: commandId },
  );
  if (decided._tag === 'Left') return statusOf(decided.left) === 403 ? forbidden() : refused(decided.left);
  return visit.goTo(base(code));
};

/** A document as it was handed in, to be kept as a file: no browser is to read it as a page of this site. */
export const showDocument: StaffScreen = async ({ visit, has, forbidden }, { code = '', hash = '' }) => {
  if (!has('reviewer') && !has('auditor')) return forbidden();
  if (!codePattern.test(code)) return visit.notFound();
  const asked = await visit.client.agencyDataRequests({ params: { agencyCode: code } });
  const named =
    asked._tag === 'Right' && asked.right.requests.some(({ attachments }) => attachments.includes(hash));
  const body = named ? visit.settings.attachments?.find(hash) : undefined;
  if (body === undefined) return visit.notFound();
  return new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${hash.slice(0, 16)}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
};
