/**
 * 單位資料查詢及變更: fields that need no proof are saved, for the others documents are handed in and staff decide (NHI-22…24). Which
 * is which, and from when a value holds, the pack says.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { AgencyField, PurposePolicy } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import { notice, type Shortfall, summary } from '../parts/notice.js';
import { stepper } from '../parts/steps.js';
import { refusedPage } from '../screens/errors.js';
import { crumbsOf, nextPath, sessionFor } from '../screens/flow.js';
import { sessionCodes, sessionOverPage } from '../screens/session.js';
import { html, nothing } from '../site/html.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Page, Screen } from '../site/screen.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import type { Data } from './model.js';
import { currentTable, plainForm, proofForm, requestTable } from './parts.js';
import { dataPath, filesPath } from './path.js';

const purposeOf = ({ settings: { pack } }: Visit): PurposePolicy | undefined =>
  pack.purposes.find(({ commands }) => commands.includes('ChangeAgencyData'));

interface AtWork {
  readonly view: View;
  readonly purpose: PurposePolicy;
  readonly data: Data;
}

/** Lets in whose session is for this; everybody else is led to the cards. */
const atWork = async (
  visit: Visit,
  show: (work: AtWork) => Promise<Response> | Response,
): Promise<Response> => {
  const purpose = purposeOf(visit);
  if (purpose === undefined) return visit.notFound();
  const view = await visit.view();
  const session = sessionFor(view, purpose);
  if (session?.state !== 'confirmed')
    return visit.request.method === 'GET'
      ? visit.goTo(nextPath(purpose, session))
      : sessionOverPage(visit, purpose);
  const data = await visit.client.agencyData();
  if (data._tag === 'Right') return show({ view, purpose, data: data.right });
  return sessionCodes.has(codeOf(data.left))
    ? sessionOverPage(visit, purpose)
    : refusedPage(visit, data.left);
};

const doneKeys: Readonly<Record<string, string>> = { saved: 'data.saved', asked: 'data.review' };

const page = (visit: Visit, work: AtWork, shortfall?: Shortfall, status = 200): Response => {
  const { view, purpose, data } = work;
  const { say } = view.words;
  const done = doneKeys[visit.url.searchParams.get('done') ?? ''];
  const waits = data.fields.some(({ changesAt }) => changesAt !== null);
  const fields = view.pack.agencyFields ?? [];
  const commandId = randomUUID();
  return visit.page(
    layout(view, {
      title: view.words.pick(purpose.label),
      crumbs: crumbsOf(view, purpose),
      current: purpose.id,
      body: html`${summary(view, shortfall, labelsOf(fields))}${stepper(view, purpose, 'step.work')}${
        done === undefined
          ? nothing
          : notice('good', html`<h2>${say(done)}</h2>${waits ? html`<p>${say('data.delay')}</p>` : nothing}`)
      }${currentTable(view, data)}${plainForm(view, visit.form, commandId, shortfall)}${
        visit.settings.attachments === undefined ? nothing : proofForm(view, visit.form, commandId, shortfall)
      }${requestTable(view, data)}`,
    }),
    { status },
  );
};

/** Of a field of the form that is no key of the pack's texts, the pack's own label is said beside it. */
const labelsOf = (_: ReadonlyArray<AgencyField>) => ({
  contactName: 'data.contactName',
  contactPhone: 'data.contactPhone',
  document1: 'data.attachment.one',
});

const nameOfPath = (path: string): string =>
  ({ 'contact.name': 'contactName', 'contact.phone': 'contactPhone', contact: 'contactName' })[path] ?? path;

const valuesIn = (
  { form, settings: { pack } }: Visit,
  evidence: AgencyField['evidence'],
): ReadonlyArray<{ readonly field: string; readonly value: string }> =>
  (pack.agencyFields ?? [])
    .filter((field) => field.evidence === evidence)
    .map(({ id }) => ({ field: id, value: form.text(id).trim() }))
    .filter(({ value }) => value !== '');

const empty = ({ words: { say } }: View): Shortfall => {
  const text = say('data.empty');
  return { text: { zh: text, en: text }, fields: [] };
};

type Body = Parameters<Visit['client']['changeAgencyData']>[0]['body'];

const send = (visit: Visit, body: Body, done: string): Promise<Response> =>
  atWork(visit, async (work) => {
    if (body.changes.length === 0) return page(visit, work, empty(work.view), 422);
    const idempotencyKey = visit.form.text('commandId') || randomUUID();
    const sent = await visit.client.changeAgencyData({ body }, { idempotencyKey });
    if (sent._tag === 'Right') return visit.goTo(`${dataPath}?done=${done}`);
    if (sessionCodes.has(codeOf(sent.left))) return sessionOverPage(visit, work.purpose);
    const shortfall = shortfallOf(sent.left, nameOfPath);
    const told =
      codeOf(sent.left) === 'ATTACHMENT_REQUIRED'
        ? { ...shortfall, fields: [{ path: 'document1', text: shortfall.text }] }
        : shortfall;
    return page(visit, work, told, statusOf(sent.left));
  });

const showData: Screen = (visit) => atWork(visit, (work) => page(visit, work));

const savePlain: Screen = (visit) => send(visit, { changes: [...valuesIn(visit, 'none')] }, 'saved');

const askProof: Screen = (visit) => {
  const { form, settings } = visit;
  const kept = ['document1', 'document2'].flatMap((name) =>
    form.files(name).flatMap(({ body }) => settings.attachments?.keep(body) ?? []),
  );
  return send(
    visit,
    {
      changes: [...valuesIn(visit, 'attachments')],
      attachments: [...new Set(kept)],
      contact: { name: form.text('contactName').trim(), phone: form.text('contactPhone').trim() },
    },
    'asked',
  );
};

export const agencyDataPages: ReadonlyArray<Page> = [
  { method: 'GET', path: dataPath, show: showData },
  { method: 'POST', path: dataPath, show: savePlain },
  { method: 'POST', path: filesPath, show: askProof },
];
