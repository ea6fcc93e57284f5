/**
 * Signing in and out of staff's pages.
 *
 * @packageDocumentation
 */
import { textField } from '../parts/field.js';
import { type Shortfall, summary } from '../parts/notice.js';
import { dataTable } from '../parts/table.js';
import { html, nothing } from '../site/html.js';
import { noReceiptCookie } from '../site/receipt-shelf.js';
import type { Screen } from '../site/screen.js';
import type { Visit } from '../site/visit.js';
import type { StaffDesk } from './desk.js';
import { staffLayout } from './frame.js';

const form = async (
  visit: Visit,
  desk: StaffDesk,
  account: string,
  shortfall?: Shortfall,
): Promise<Response> => {
  const view = { ...(await visit.view()), session: undefined };
  const { say, lang } = view.words;
  const title = say('staff.signIn.title');
  return visit.page(
    staffLayout(view, undefined, {
      title,
      crumbs: [{ label: title }],
      body: html`${summary(view, shortfall)}<form method="post" action="/staff/sign-in" class="panel" novalidate>${textField(
        view,
        {
          ...{ name: 'account', label: 'staff.account', required: true, value: account },
          ...{ width: 'short', autocomplete: 'username' },
        },
      )}${textField(view, {
        ...{ name: 'password', label: 'staff.password', required: true, type: 'password' },
        ...{ width: 'medium', autocomplete: 'current-password' },
      })}<div class="buttons"><button class="button">${say('staff.signIn')}</button></div></form>${
        view.test === undefined
          ? nothing
          : html`<section class="drawer" aria-labelledby="accounts"><h2 class="drawer-head" id="accounts">${
              lang === 'zh' ? '測試帳號' : 'Test accounts'
            }</h2><div class="drawer-body">${dataTable({
              caption: lang === 'zh' ? '測試帳號' : 'Test accounts',
              quiet: true,
              columns: [
                { label: say('staff.account'), kind: 'head' },
                { label: say('staff.roles') },
                { label: say('staff.password') },
              ],
              rows: desk.accounts.map((one) => [
                one.account,
                one.roles.map((role) => say(`staff.role.${role}`)).join('、'),
                html`<code>${one.password}</code>`,
              ]),
              empty: '',
            })}</div></section>`
      }`,
    }),
    shortfall === undefined ? {} : { status: 403 },
  );
};

export const showSignIn: Screen = (visit) => {
  const { staff } = visit.settings;
  if (staff === undefined) return visit.notFound();
  return staff.find(visit.request) === undefined ? form(visit, staff, '') : visit.goTo('/staff');
};

/** Sent by a page of this site: nobody is signed in by another site's form. */
const isOwn = ({ request, settings: { pack } }: Visit): boolean =>
  request.headers.get('origin') === pack.origin;

export const signIn: Screen = (visit) => {
  const { staff, pack } = visit.settings;
  if (staff === undefined) return visit.notFound();
  const account = visit.form.text('account').trim();
  const cookie = isOwn(visit) ? staff.signIn(account, visit.form.text('password')) : undefined;
  if (cookie !== undefined) {
    visit.setCookie(cookie);
    return visit.goTo('/staff');
  }
  const text = pack.texts['staff.signIn.wrong'];
  return form(visit, staff, account, { text: text ?? { zh: '', en: '' }, fields: [] });
};

export const signOutStaff: Screen = (visit) => {
  const { staff } = visit.settings;
  if (staff === undefined) return visit.notFound();
  const session = staff.find(visit.request);
  if (session !== undefined && isOwn(visit) && visit.form.text('csrf') === session.csrf)
    visit.setCookie(staff.signOut(visit.request));
  visit.setCookie(noReceiptCookie);
  return visit.goTo('/staff/sign-in');
};
