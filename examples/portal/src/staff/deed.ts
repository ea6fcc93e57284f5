/**
 * What staff does that others have to live with, each in the same three steps: a form, a second question that says what will happen,
 * and a receipt. Nothing happens before the second question is answered.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { ClientFault } from '@mandate/adapters-http/client';
import { type Text, valueErrors } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Labels, Shortfall } from '../parts/notice.js';
import { summary } from '../parts/notice.js';
import { csrfField } from '../parts/session-panel.js';
import { type Html, html } from '../site/html.js';
import { isId } from '../site/ids.js';
import { shortfallOf, statusOf } from '../site/refusal.js';
import type { Page } from '../site/screen.js';
import { staffReceiptPath } from './receipt.js';
import { forStaff, type StaffScreen, type StaffVisit } from './visit.js';

/** What is about to be done. */
export interface Prepared {
  /** What will happen, above the second question. */
  readonly told: Html;
  readonly send: (options: {
    readonly idempotencyKey: string;
  }) => Promise<Either<ClientFault, { readonly events: ReadonlyArray<{ readonly id: string }> }>>;
  /** Lines of the receipt, by the keys of their labels; nothing personal. */
  readonly facts: ReadonlyArray<readonly [label: string, value: string]>;
}

export interface Deed {
  /** `/staff/terms`; `:code` is an agency's. */
  readonly path: string;
  /** Key of its name. */
  readonly title: string;
  /** Keys of the labels of the fields that the second question carries on, in the order of the form. */
  readonly labels: Labels;
  /** Whether another deed brings back what was before. @defaultValue false */
  readonly canBeUndone?: boolean;
  /** Those that may be empty. */
  readonly optional?: ReadonlyArray<string>;
  /** The inside of the form. */
  readonly form: (staff: StaffVisit, code: string, shortfall: Shortfall | undefined) => Promise<Html>;
  readonly prepare: (staff: StaffVisit, code: string) => Promise<Either<Shortfall, Prepared>>;
}

const codePattern = /^[A-Za-z0-9]{1,20}$/;
/** One field that was not right. */
export const shortfallAt = (path: string, text: Text): Shortfall => ({ text, fields: [{ path, text }] });

/** What was left empty. */
const missing = ({ labels, optional = [] }: Deed, { visit: { form } }: StaffVisit): Shortfall | undefined => {
  const text = valueErrors.REQUIRED;
  const fields = Object.keys(labels)
    .filter((name) => !optional.includes(name) && form.text(name).trim() === '')
    .map((path) => ({ path, text }));
  return fields.length === 0 ? undefined : { text, fields };
};

const pageOf = (
  { view, page }: StaffVisit,
  deed: Deed,
  code: string,
  body: Html,
  status: number,
): Response => {
  const title = view.words.say(deed.title);
  const crumbs = code === '' ? [] : [{ label: code, href: `/staff/agencies/${code}` }];
  return page(
    {
      title: code === '' ? title : `${code} ${title}`,
      crumbs: [...crumbs, { label: title }],
      current: code === '' ? deed.path : '/staff/agencies',
      body,
    },
    status,
  );
};

const addressOf = ({ path }: Deed, code: string): string => path.replace(':code', code);

const first = async (
  staff: StaffVisit,
  deed: Deed,
  code: string,
  shortfall?: Shortfall,
  status = 422,
): Promise<Response> => {
  const { view } = staff;
  const body = html`${summary(view, shortfall, deed.labels)}<form method="post" action="${addressOf(
    deed,
    code,
  )}" class="panel" novalidate>${csrfField(view)}${await deed.form(staff, code, shortfall)}<p class="hint">${view.words.say(
    'hint.required',
  )}</p><div class="buttons"><button class="button">${view.words.say('deed.next')}</button></div></form>`;
  return pageOf(staff, deed, code, body, shortfall === undefined ? 200 : status);
};

const second = (staff: StaffVisit, deed: Deed, code: string, { told }: Prepared): Response => {
  const { view, visit } = staff;
  const { say } = view.words;
  const address = addressOf(deed, code);
  const body = html`<section class="panel" aria-labelledby="told"><h2 id="told">${say('deed.told')}</h2>${told}</section>
<form method="post" action="${address}" class="notice warn">${csrfField(view)}<input type="hidden" name="commandId" value="${randomUUID()}">${Object.keys(
    deed.labels,
  ).map(
    (name) => html`<input type="hidden" name="${name}" value="${visit.form.text(name)}">`,
  )}<p><strong>${say(
    deed.canBeUndone === true ? 'deed.askOnly' : 'deed.ask',
  )}</strong></p><div class="buttons"><button class="button danger" name="confirmed" value="yes">${say(
    'deed.sure',
  )}</button><button class="button quiet" name="again" value="yes">${say('button.back')}</button></div></form>`;
  return pageOf(staff, deed, code, body, 200);
};

const carryOut = async (
  staff: StaffVisit,
  deed: Deed,
  code: string,
  prepared: Prepared,
  commandId: string,
): Promise<Response> => {
  const { visit, session } = staff;
  const sent = await prepared.send({ idempotencyKey: commandId });
  if (sent._tag === 'Left') {
    if (statusOf(sent.left) === 403) return staff.refused(sent.left);
    return first(staff, deed, code, shortfallOf(sent.left, fieldOfPath), statusOf(sent.left));
  }
  const { id, cookie } = visit.receipts.keep(visit.request, {
    ...{ of: 'staff', commandId, item: deed.title, account: session.member.account, facts: prepared.facts },
    number: sent.right.events[0]?.id ?? commandId,
    at: new Date(visit.settings.now()).toISOString(),
  });
  visit.setCookie(cookie);
  return visit.goTo(staffReceiptPath(id));
};

/** `entries[3].code` is of the field `entries`. */
const fieldOfPath = (path: string): string => path.replace(/[.[].*$/, '');

const take = async (staff: StaffVisit, deed: Deed, code: string): Promise<Response> => {
  const { form } = staff.visit;
  if (form.text('again') === 'yes') return first(staff, deed, code);
  const lacking = missing(deed, staff);
  if (lacking !== undefined) return first(staff, deed, code, lacking);
  const prepared = await deed.prepare(staff, code);
  if (prepared._tag === 'Left') return first(staff, deed, code, prepared.left);
  const commandId = form.text('commandId');
  return form.text('confirmed') === 'yes' && isId(commandId)
    ? carryOut(staff, deed, code, prepared.right, commandId)
    : second(staff, deed, code, prepared.right);
};

/** The pages of a deed; for operators alone. */
export const deedPages = (deed: Deed): ReadonlyArray<Page> => {
  const screen = (show: (staff: StaffVisit, code: string) => Promise<Response>): StaffScreen => {
    return (staff, { code = '' }) => {
      if (!staff.has('operator')) return staff.forbidden();
      if (deed.path.includes(':code') && !codePattern.test(code)) return staff.visit.notFound();
      return show(staff, code.toUpperCase());
    };
  };
  return [
    { method: 'GET', path: deed.path, show: forStaff(screen((staff, code) => first(staff, deed, code))) },
    { method: 'POST', path: deed.path, show: forStaff(screen((staff, code) => take(staff, deed, code))) },
  ];
};
