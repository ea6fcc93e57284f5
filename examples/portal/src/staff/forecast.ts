/**
 * Who of all agencies will be locked out: the first first, page by page.
 *
 * @packageDocumentation
 */
import { lockoutTable, undatedList } from '../history/forecast.js';
import { telling } from '../history/telling.js';
import { attribute, html, nothing } from '../site/html.js';
import type { StaffScreen } from './visit.js';

const which = ['lockouts', 'already', 'undated'] as const;
type Which = (typeof which)[number];

const labels: Readonly<Record<Which, string>> = {
  lockouts: 'forecast.soon',
  already: 'forecast.already',
  undated: 'forecast.undated',
};

const isWhich = (text: string | null): text is Which => which.some((one) => one === text);

const days = 90;

/** A page that is asked for later goes on with the span of the first. */
const spanOf = (query: URLSearchParams, now: number): { readonly from: string; readonly to: string } => {
  const from = query.get('from');
  const start = from !== null && !Number.isNaN(Date.parse(from)) ? Date.parse(from) : now;
  return { from: new Date(start).toISOString(), to: new Date(start + days * 86_400_000).toISOString() };
};

export const forecastOfAll: StaffScreen = async ({ visit, view, page, refused }) => {
  const query = visit.url.searchParams;
  const asked = query.get('which');
  const one: Which = isWhich(asked) ? asked : 'lockouts';
  const cursor = query.get('cursor');
  const span = spanOf(query, visit.settings.now());
  const found = await visit.client.staffForecast({
    query: { ...span, which: one, limit: '50', ...(cursor === null ? {} : { cursor }) },
  });
  if (found._tag === 'Left') return refused(found.left);
  const { items, counts, next, people } = found.right;
  const { say } = view.words;
  const told = telling(view, people, []);
  const title = say('staff.forecast');
  return page({
    title,
    crumbs: [{ label: title }],
    current: '/staff/forecast',
    body: html`<p class="lead">${say('forecast.lead').replace('{n}', String(days))}</p><nav aria-label="${title}"><ul class="tabs">${which.map(
      (tab) =>
        html`<li><a class="tab" href="/staff/forecast?which=${tab}"${attribute('aria-current', tab === one ? 'page' : undefined)}>${say(
          labels[tab],
        )}(${counts[tab]})</a></li>`,
    )}</ul></nav>${
      one === 'undated'
        ? items.length === 0
          ? html`<p class="empty">${say('forecast.none')}</p>`
          : undatedList(
              told,
              items.map(({ who }) => who),
              true,
            )
        : lockoutTable(
            told,
            items.flatMap(({ lockout }) => (lockout === null ? [] : [lockout])),
            say(labels[one]),
            { withAgency: true, forStaff: true },
          )
    }${
      next === null
        ? nothing
        : html`<p><a class="button quiet" href="/staff/forecast?${new URLSearchParams({ which: one, from: span.from, cursor: next }).toString()}">${say(
            'history.older',
          )}</a></p>`
    }`,
  });
};
