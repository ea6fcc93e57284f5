/**
 * Any agency, for staff: how it stands, its history and forecast, and the ways to what an operator may do to it. Names are for auditors alone; the
 * register leaves them out for the others.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import { dayOf } from '../history/days.js';
import { lockoutTable, undatedList } from '../history/forecast.js';
import type { HistoryPlace } from '../history/place.js';
import { menuOf, showAsOf, showBlame, showDiff, showTimeLine } from '../history/screens.js';
import { certificateName, fact, telling } from '../history/telling.js';
import { textField } from '../parts/field.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { staffLayout } from './frame.js';
import type { StaffScreen, StaffVisit } from './visit.js';

/** What an address may have for a code; the register knows the rest. */
const codePattern = /^[A-Za-z0-9]{1,20}$/;

const base = (code: string): string => `/staff/agencies/${code}`;

export const staffPlace = ({ visit, session, has }: StaffVisit, agencyCode: string): HistoryPlace => {
  const { client } = visit;
  const params = { agencyCode };
  return {
    base: `${base(agencyCode)}/history`,
    exports: {
      csv: `/api/agencies/${agencyCode}/history.csv`,
      jsonLines: `/api/agencies/${agencyCode}/history.jsonl`,
    },
    evidenceAt: has('auditor') ? (hash) => `/staff/evidence/${hash}` : undefined,
    frame: (view, page) =>
      staffLayout({ ...view, session: undefined, csrf: session.csrf }, session, {
        ...page,
        title: `${agencyCode} ${page.title}`,
        crumbs: [{ label: agencyCode, href: base(agencyCode) }, ...page.crumbs],
        current: '/staff/agencies',
      }),
    list: (query) => client.agencyHistory({ params, query }),
    asOf: (query) => client.agencyHistoryAsOf({ params, query }),
    blame: (query) => client.agencyHistoryBlame({ params, query }),
    diff: (query) => client.agencyHistoryDiff({ params, query }),
  };
};

// -------------------------------------------------------------------------------------
// looking one up
// -------------------------------------------------------------------------------------

export const askAgency: StaffScreen = ({ visit, view, page }) => {
  const code = (visit.url.searchParams.get('code') ?? '').trim().toUpperCase();
  if (codePattern.test(code)) return visit.goTo(base(code));
  const { say } = view.words;
  const title = say('staff.agency');
  return page({
    title,
    crumbs: [{ label: title }],
    current: '/staff/agencies',
    body: html`<form method="get" action="/staff/agencies" class="panel" role="search">${textField(view, {
      ...{ name: 'code', label: 'field.recordsAgencyCode', required: true, value: code },
      ...{ width: 'short', maxlength: 10 },
    })}<div class="buttons"><button class="button">${say('button.query')}</button></div></form>`,
  });
};

// -------------------------------------------------------------------------------------
// one
// -------------------------------------------------------------------------------------

type State = 'registered' | 'suspended' | 'deregistered';

/** What an operator may do to it; each asks before anything is done. */
const deedLinks = ({ words: { say } }: View, code: string, state: State): Html => {
  if (state === 'deregistered') return nothing;
  const first =
    state === 'registered'
      ? html`<a class="button danger" href="${base(code)}/suspension">${say('agency.suspend')}</a>`
      : html`<a class="button" href="${base(code)}/reopening">${say('agency.reopen')}</a>`;
  return html`<p class="buttons">${first}<a class="danger-link" href="${base(code)}/deregistration">${say(
    'deed.deregister',
  )}</a></p>`;
};

const showOne = async ({ visit, view, page, refused, has }: StaffVisit, code: string): Promise<Response> => {
  const { say } = view.words;
  const found = await visit.client.agencyHistoryAsOf({ params: { agencyCode: code } });
  if (found._tag === 'Left') return refused(found.left);
  const { authority, people } = found.right;
  const { agency, manager, clerks } = authority;
  const told = telling(view, people, []);
  const at = base(code);
  return page({
    title: agency === null ? code : `${code} ${agency.name}`,
    crumbs: [{ label: say('staff.agency'), href: '/staff/agencies' }, { label: code }],
    current: '/staff/agencies',
    body: html`${
      agency === null
        ? html`<p class="empty">${say('agency.unknown')}</p>`
        : html`<section class="panel" aria-labelledby="now"><h2 id="now">${say('agency.now')}</h2><dl class="facts">${fact(
            say('asOf.state'),
            html`<span class="tag ${agency.status === 'registered' ? 'good' : 'warn'}">${say(`state.${agency.status}`)}</span>`,
          )}${fact(say('panel.agencyCertificate'), certificateName(told, agency.credential))}${
            manager === null
              ? nothing
              : fact(
                  say('panel.managerCertificate'),
                  html`${told.person(manager.person)} ${certificateName(told, manager.credential)}`,
                )
          }${fact(say('planner.card.clerk'), say('clerks.all').replace('{n}', String(clerks.length)))}</dl></section>`
    }<p class="buttons"><a class="button" href="${at}/history">${say('history.title')}</a><a class="button quiet" href="${at}/forecast">${say('forecast.title')}</a>${
      (visit.settings.pack.agencyFields ?? []).length === 0
        ? nothing
        : html`<a class="button quiet" href="${at}/data-requests">${say('data.requests')}</a>`
    }</p>${agency !== null && has('operator') ? deedLinks(view, code, agency.status) : nothing}`,
  });
};

const ofAgency =
  (show: (staff: StaffVisit, code: string) => Promise<Response>): StaffScreen =>
  (staff, { code = '' }) =>
    codePattern.test(code) ? show(staff, code.toUpperCase()) : staff.visit.notFound();

export const showAgency = ofAgency(showOne);

// -------------------------------------------------------------------------------------
// history and forecast
// -------------------------------------------------------------------------------------

const past = (
  show: (
    visit: StaffVisit['visit'],
    place: HistoryPlace,
    onFault: (fault: ClientFault) => Promise<Response>,
  ) => Promise<Response>,
) =>
  ofAgency((staff, code) =>
    show(staff.visit, staffPlace(staff, code), async (fault) => staff.refused(fault)),
  );

export const agencyTimeLine = past(showTimeLine);
export const agencyAsOf = past(showAsOf);
export const agencyDiff = past(showDiff);
export const agencyBlame = past(showBlame);

const days = 90;

export const agencyForecast = ofAgency(async ({ visit, view, page, refused }, code) => {
  const now = visit.settings.now();
  const to = new Date(now + days * 86_400_000).toISOString();
  const found = await visit.client.agencyForecast({
    params: { agencyCode: code },
    query: { from: new Date(now).toISOString(), to },
  });
  if (found._tag === 'Left') return refused(found.left);
  const { lockouts, already, undated, people } = found.right;
  const { say } = view.words;
  const told = telling(view, people, await menuOf(visit));
  const title = say('forecast.title');
  return page({
    title: `${code} ${title}`,
    crumbs: [{ label: code, href: base(code) }, { label: title }],
    current: '/staff/agencies',
    body: html`<p class="lead">${say('forecast.lead').replace('{n}', String(days))}</p>${
      already.length === 0
        ? nothing
        : lockoutTable(told, already, say('forecast.already'), { forStaff: true })
    }${lockoutTable(told, lockouts, say('forecast.soon'), { forStaff: true })}${undatedList(told, undated)}<p class="hint">${dayOf(now)}</p>`,
  });
});
