/**
 * 應用系統授權設定 and 查詢人員自訂帳號 (ECPA-4…7): a system, a category of permission, then people by national ID, several at
 * once. Each step is a page of its own, so that it works without script; nothing is granted before the last.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { type Text, valueErrors } from '@mandate/domain';
import { delegationCrumbs, userPanel } from '../delegation/head.js';
import { clerkDone } from '../delegation/list-page.js';
import type { Office } from '../delegation/model.js';
import { type AtWork, atWork, inOffice } from '../delegation/office.js';
import { layout } from '../parts/layout.js';
import { type Shortfall, summary } from '../parts/notice.js';
import { stepper } from '../parts/steps.js';
import { sessionCodes, sessionOverPage } from '../screens/session.js';
import { type Html, html } from '../site/html.js';
import { commandIdOf } from '../site/ids.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Page, Screen } from '../site/screen.js';
import type { Visit } from '../site/visit.js';
import { accountPanel, categoryList, type Found, foundForm, idsForm, systemForm } from './parts.js';

export const peoplePath = '/people';

const most = 50;

/** Each ID of the lines, once. */
const idsIn = (text: string): ReadonlyArray<string> =>
  [...new Set(text.split(/[\s,,、]+/).filter((one) => one !== ''))].slice(0, most);

interface Asked {
  readonly system: string;
  readonly category: string;
}

const askedIn = ({ url, form, request }: Visit): Asked => {
  const from = (name: string): string =>
    request.method === 'POST' ? form.text(name) : (url.searchParams.get(name) ?? '');
  return { system: from('system'), category: from('category') };
};

const page = (
  visit: Visit,
  { view, purpose }: AtWork,
  office: Office,
  inner: Html,
  shortfall?: Shortfall,
  status = 200,
): Response =>
  visit.page(
    layout(view, {
      title: view.words.pick(purpose.label),
      crumbs: delegationCrumbs(view),
      current: purpose.id,
      body: html`${summary(view, shortfall, { ids: 'grant.ids', people: 'grant.tick', nationalId: 'account.id' })}${stepper(
        view,
        purpose,
        'step.work',
      )}${clerkDone(view, visit)}${userPanel(view, office.list)}${inner}`,
    }),
    { status },
  );

/** The drop-down of systems, and what there is in the one that was chosen. */
const choosing = ({ view }: AtWork, office: Office, asked: Asked): Html =>
  html`${systemForm(view, office, asked.system)}${categoryList(view, office, asked.system)}`;

const isCategory = ({ entries }: Office, { system, category }: Asked): boolean =>
  entries.some(({ code, kind, parent }) => code === category && kind === 'function' && parent === system);

const showPeople: Screen = (visit) =>
  inOffice(visit, async (work, office) => {
    const asked = askedIn(visit);
    const inner = isCategory(office, asked)
      ? html`${choosing(work, office, asked)}${idsForm(work.view, office, asked, '')}`
      : html`${choosing(work, office, asked)}${accountPanel(work.view, '', undefined)}`;
    return page(visit, work, office, inner);
  });

const at = (path: string, text: Text): Shortfall => ({ text, fields: [{ path, text }] });

/** 搜尋: whom the IDs belong to; an ID that nobody has is said beside the others. */
const findAll = async (visit: Visit, ids: ReadonlyArray<string>): Promise<ReadonlyArray<Found>> => {
  const found: Array<Found> = [];
  for (const nationalId of ids) {
    const answer = await visit.client.findPerson({ body: { nationalId } });
    found.push(
      answer._tag === 'Right'
        ? { nationalId, name: answer.right.name, account: answer.right.account }
        : {
            nationalId,
            fault: visit.words.pick(
              shortfallOf(answer.left).fields[0]?.text ?? shortfallOf(answer.left).text,
            ),
          },
    );
  }
  return found;
};

const searchPeople: Screen = (visit) =>
  inOffice(visit, async (work, office) => {
    const asked = askedIn(visit);
    if (!isCategory(office, asked)) return visit.goTo(peoplePath);
    const typed = visit.form.text('ids');
    const ids = idsIn(typed);
    const form = html`${choosing(work, office, asked)}${idsForm(work.view, office, asked, typed)}`;
    if (ids.length === 0) return page(visit, work, office, form, at('ids', valueErrors.REQUIRED), 422);
    const found = await findAll(visit, ids);
    return page(visit, work, office, html`${form}${foundForm(work.view, asked, found, typed, randomUUID())}`);
  });

const grant: Screen = (visit) =>
  atWork(visit, async (work) => {
    const { form, client, words } = visit;
    const asked = askedIn(visit);
    const people = form.all('people').map((nationalId) => ({ nationalId }));
    const again = (shortfall: Shortfall, status: number): Promise<Response> =>
      inOffice(visit, async (_, office) => {
        const found = await findAll(visit, idsIn(form.text('ids')));
        const inner = html`${choosing(work, office, asked)}${foundForm(work.view, asked, found, form.text('ids'), randomUUID())}`;
        return page(visit, work, office, inner, shortfall, status);
      });
    if (people.length === 0)
      return again(
        at('people', { zh: words.say('grant.noneTicked'), en: words.say('grant.noneTicked') }),
        422,
      );
    const commandId = commandIdOf({ form });
    const sent = await client.authorizePeople(
      { body: { people, permissions: [asked.category] } },
      { idempotencyKey: commandId },
    );
    if (sent._tag === 'Left')
      return sessionCodes.has(codeOf(sent.left))
        ? sessionOverPage(visit, work.purpose)
        : again(shortfallOf(sent.left), statusOf(sent.left));
    return visit.goTo(
      `${peoplePath}?${new URLSearchParams({ system: asked.system, done: 'added', receipt: commandId })}`,
    );
  });

/** 查詢人員自訂帳號 → 員工身分證號 → 搜尋 (ECPA-7). */
const lookUp: Screen = (visit) =>
  inOffice(visit, async (work, office) => {
    const nationalId = visit.form.text('nationalId').trim();
    const answer = await visit.client.findPerson({ body: { nationalId } });
    const inner = (found: Found | undefined): Html =>
      html`${choosing(work, office, { system: '', category: '' })}${accountPanel(work.view, nationalId, found)}`;
    if (answer._tag === 'Right') return page(visit, work, office, inner({ nationalId, ...answer.right }));
    const shortfall = shortfallOf(answer.left);
    const told = shortfall.fields.length > 0 ? shortfall : at('nationalId', shortfall.text);
    return page(visit, work, office, inner(undefined), told, statusOf(answer.left));
  });

export const peoplePages: ReadonlyArray<Page> = [
  { method: 'GET', path: peoplePath, show: showPeople },
  { method: 'POST', path: `${peoplePath}/search`, show: searchPeople },
  { method: 'POST', path: peoplePath, show: grant },
  { method: 'POST', path: `${peoplePath}/account`, show: lookUp },
];
