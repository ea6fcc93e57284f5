/**
 * 使用者憑證登記: the list, adding in two stages, and the desk's maintenance (DOC-2…12). Each step is a page of its own, so that all
 * but reading a card works without script.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { ClientFault } from '@mandate/adapters-http/client';
import { valueErrors } from '@mandate/domain';
import type { Shortfall } from '../parts/notice.js';
import { sessionCodes } from '../screens/session.js';
import { commandIdOf, isId } from '../site/ids.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Page, Screen } from '../site/screen.js';
import { shortDay } from '../site/times.js';
import type { Visit } from '../site/visit.js';
import { addPage } from './add-page.js';
import { check } from './check.js';
import { credentialListPage } from './list-page.js';
import {
  type AtWork,
  type Credential,
  daysOf,
  kindOf,
  type Officer,
  serialsOf,
  type Typed,
  typedIn,
} from './model.js';
import { atWork, inList, officerOf, refuse, today } from './office.js';
import { credentialsPath } from './path.js';
import { cardRead } from './read-card.js';
import { insteadOfList, renewedPages } from './renewed.js';
import { type MaintainForm, maintainPage, savePage } from './save-page.js';

const required = (path: string): Shortfall => ({
  text: valueErrors.REQUIRED,
  fields: [{ path, text: valueErrors.REQUIRED }],
});

/** Refusals that are about one field of the form. */
const fieldOfCode: Readonly<Record<string, string>> = {
  CREDENTIAL_DATES_INVALID: 'to',
  NOTHING_CHANGED: 'state',
};

const fieldOfPath = (path: string): string => path.replace(/^serials\./, '');

const shortfallOfForm = (fault: ClientFault): Shortfall => {
  const shortfall = shortfallOf(fault, fieldOfPath);
  const field = fieldOfCode[codeOf(fault)];
  return shortfall.fields.length > 0 || field === undefined
    ? shortfall
    : { ...shortfall, fields: [{ path: field, text: shortfall.text }] };
};

// -------------------------------------------------------------------------------------
// list
// -------------------------------------------------------------------------------------

const showList: Screen = (visit) =>
  inList(
    visit,
    async (work, rows) => insteadOfList(visit) ?? visit.page(credentialListPage(visit, work, rows)),
  );

// -------------------------------------------------------------------------------------
// adding
// -------------------------------------------------------------------------------------

const firstStage = (visit: Visit, work: AtWork, typed: Typed, shortfall?: Shortfall): Response => {
  const page = addPage(work, { typed, ...(shortfall === undefined ? {} : { shortfall }) });
  return visit.page(page, shortfall === undefined ? {} : { status: 422 });
};

const showAdd: Screen = (visit) =>
  atWork(visit, async (work) => {
    const kind = kindOf(work.rules, visit.url.searchParams.get('kind') ?? '')?.id ?? '';
    const [first] = work.rules.cardKinds;
    return firstStage(visit, work, { ...typedIn(visit.form), kind, cardKind: first?.id ?? '' });
  });

/** Rows that go out when one of the officer's is activated: accounts are one a person (DOC-9). */
const othersOf = (
  rows: ReadonlyArray<Credential>,
  account: string | null,
  but?: string,
): ReadonlyArray<Credential> =>
  rows.filter(
    (row) => row.active !== null && row.id !== but && row.account !== null && row.account === account,
  );

const secondStage = async (
  visit: Visit,
  work: AtWork,
  officer: Officer,
  typed: Typed,
  fault?: { readonly shortfall: Shortfall; readonly status: number },
): Promise<Response> => {
  const list = await visit.client.credentials();
  if (list._tag === 'Left') return refuse(visit, work, list.left);
  const page = savePage(work, {
    ...{ officer, typed, commandId: randomUUID(), others: othersOf(list.right.credentials, officer.account) },
    ...(fault === undefined ? {} : { shortfall: fault.shortfall }),
  });
  return visit.page(page, fault === undefined ? {} : { status: fault.status });
};

/** 確定. */
const confirm: Screen = (visit) =>
  atWork(visit, async (work) => {
    const sent = typedIn(visit.form);
    const typed = work.own === undefined ? sent : { ...sent, nationalId: work.own.nationalId };
    if (visit.form.text('again') === 'yes') return firstStage(visit, work, typed);
    const checked = await check(visit, work, typed);
    if (checked._tag === 'Left')
      return 'fault' in checked.left
        ? refuse(visit, work, checked.left.fault)
        : firstStage(visit, work, typed, checked.left.shortfall);
    const { officer, notAfter } = checked.right;
    return secondStage(visit, work, officer, {
      ...checked.right.typed,
      from: today(visit),
      to: notAfter === undefined ? '' : shortDay(notAfter, visit.words.lang),
    });
  });

/** 存檔. */
const save: Screen = (visit) =>
  atWork(visit, async (work) => {
    const sent = typedIn(visit.form);
    const typed = work.own === undefined ? sent : { ...sent, nationalId: work.own.nationalId };
    const again = async (shortfall: Shortfall, status: number): Promise<Response> => {
      const officer = await officerOf(visit, typed.nationalId);
      return officer._tag === 'Left'
        ? refuse(visit, work, officer.left)
        : secondStage(visit, work, officer.right, typed, { shortfall, status });
    };
    if (typed.state === '') return again(required('state'), 422);
    const { nationalId, kind, cardKind } = typed;
    const done = await visit.client.registerCredential(
      {
        body: {
          ...{ nationalId, kind, cardKind, serials: serialsOf(typed), active: typed.state === 'active' },
          ...daysOf(typed),
        },
      },
      { idempotencyKey: commandIdOf(visit) },
    );
    if (done._tag === 'Right') return visit.goTo(`${credentialsPath()}?done=added`);
    return sessionCodes.has(codeOf(done.left))
      ? refuse(visit, work, done.left)
      : again(shortfallOfForm(done.left), statusOf(done.left));
  });

const readCard: Screen = (visit) =>
  atWork(visit, async ({ own }) => {
    const typed = typedIn(visit.form);
    const nationalId = own?.nationalId ?? typed.nationalId;
    return nationalId === ''
      ? visit.json({ refused: visit.words.say('form.first') })
      : cardRead(visit, nationalId, typed, ({ serial1, serial2 }) => ({ serial1, serial2 }));
  });

// -------------------------------------------------------------------------------------
// maintaining
// -------------------------------------------------------------------------------------

const onRecord = (visit: Visit, { active }: Credential): Typed => {
  const { lang } = visit.words;
  return {
    ...typedIn(visit.form),
    state: active === null ? 'inactive' : 'active',
    from: active === null ? today(visit) : shortDay(active.from, lang),
    to: active === null ? '' : shortDay(active.to, lang),
  };
};

const showRow = (
  visit: Visit,
  id: string,
  formOf: (row: Credential) => Pick<MaintainForm, 'typed' | 'shortfall'>,
  status = 200,
): Promise<Response> =>
  inList(visit, async (work, rows) => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) return visit.notFound();
    const others = othersOf(rows, row.account, id);
    return visit.page(maintainPage(work, { ...formOf(row), row, others, commandId: randomUUID() }), {
      status,
    });
  });

const showMaintain: Screen = (visit, { id = '' }) =>
  showRow(visit, id, (row) => ({ typed: onRecord(visit, row) }));

const maintain: Screen = (visit, { id = '' }) =>
  atWork(visit, async (work) => {
    if (!isId(id) || !work.maintains) return visit.notFound();
    const typed = typedIn(visit.form);
    const again = (shortfall: Shortfall, status: number): Promise<Response> =>
      showRow(visit, id, () => ({ typed, shortfall }), status);
    if (typed.state === '') return again(required('state'), 422);
    const params = { credentialId: id };
    const options = { idempotencyKey: commandIdOf(visit) };
    const { from, to } = typed;
    const done =
      typed.state === 'active'
        ? await visit.client.activateCredential({ params, body: { from, to } }, options)
        : await visit.client.deactivateCredential({ params }, options);
    if (done._tag === 'Right') return visit.goTo(`${credentialsPath()}?done=changed`);
    return sessionCodes.has(codeOf(done.left))
      ? refuse(visit, work, done.left)
      : again(shortfallOfForm(done.left), statusOf(done.left));
  });

export const credentialPages: ReadonlyArray<Page> = [
  { method: 'GET', path: credentialsPath(), show: showList },
  { method: 'GET', path: credentialsPath('add'), show: showAdd },
  { method: 'POST', path: credentialsPath('add'), show: confirm },
  { method: 'POST', path: credentialsPath('save'), show: save },
  { method: 'POST', path: credentialsPath('read-card'), show: readCard },
  ...renewedPages,
  { method: 'GET', path: credentialsPath(':id'), show: showMaintain },
  { method: 'POST', path: credentialsPath(':id'), show: maintain },
];
