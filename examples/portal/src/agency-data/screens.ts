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
import { commandIdOf } from '../site/ids.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Page, Screen } from '../site/screen.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import type { Data, OnRecord } from './model.js';
import { currentTable, partName, partsOf, plainForm, proofForm, requestTable, tickOf } from './parts.js';
import { dataPath, filesPath } from './path.js';

const purposeOf = ({ settings: { pack } }: Visit): PurposePolicy | undefined =>
  pack.purposes.find(({ commands }) => commands.includes('ChangeAgencyData'));

interface AtWork {
  readonly view: View;
  readonly purpose: PurposePolicy;
  readonly data: Data;
  readonly record: OnRecord;
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
  const record = await visit.client.agencyRecord();
  if (data._tag === 'Right' && record._tag === 'Right')
    return show({ view, purpose, data: data.right, record: record.right });
  const fault = data._tag === 'Left' ? data.left : record._tag === 'Left' ? record.left : undefined;
  if (fault === undefined) return visit.notFound();
  return sessionCodes.has(codeOf(fault)) ? sessionOverPage(visit, purpose) : refusedPage(visit, fault);
};

const doneKeys: Readonly<Record<string, string>> = { saved: 'data.saved', asked: 'data.review' };

const page = (visit: Visit, work: AtWork, shortfall?: Shortfall, status = 200): Response => {
  const { view, purpose, data, record } = work;
  const { say } = view.words;
  const done = doneKeys[visit.url.searchParams.get('done') ?? ''];
  const waits = data.fields.some(({ changesAt }) => changesAt !== null);
  const fields = view.pack.agencyFields ?? [];
  const form = { data, form: visit.form, commandId: randomUUID(), shortfall };
  return visit.page(
    layout(view, {
      title: view.words.pick(purpose.label),
      crumbs: crumbsOf(view, purpose),
      current: purpose.id,
      body: html`${summary(view, labelled(shortfall, fields), labels)}${stepper(view, purpose, 'step.work')}${
        done === undefined
          ? nothing
          : notice('good', html`<h2>${say(done)}</h2>${waits ? html`<p>${say('data.delay')}</p>` : nothing}`)
      }${currentTable(view, data)}${plainForm(view, form)}${
        visit.settings.attachments === undefined ? nothing : proofForm(view, record, form)
      }${requestTable(view, data)}`,
    }),
    { status },
  );
};

const labels = {
  effectiveOn: 'data.effectiveOn',
  contactName: 'data.contactName',
  contactPhone: 'data.contactPhone',
  document1: 'data.attachment.one',
  explanation: 'data.explanation',
};

/** In the list of what is wrong a field of the pack is told with the pack's own label. */
const labelled = (
  shortfall: Shortfall | undefined,
  fields: ReadonlyArray<AgencyField>,
): Shortfall | undefined =>
  shortfall === undefined
    ? undefined
    : {
        ...shortfall,
        fields: shortfall.fields.map(({ path, text }) => {
          const label = fields.find(({ id }) => id === path)?.label;
          return label === undefined
            ? { path, text }
            : { path, text: { zh: `${label.zh}: ${text.zh}`, en: `${label.en}: ${text.en}` } };
        }),
      };

const nameOfPath = (path: string): string =>
  ({ 'contact.name': 'contactName', 'contact.phone': 'contactPhone', contact: 'contactName' })[path] ?? path;

/** What was typed of a field; of one in parts they are one text, as an address is written. */
const typedOf = ({ form, words }: Visit, id: string): string => {
  const parts = partsOf(words, id);
  return parts.length === 0
    ? form.text(id).trim()
    : parts.map((_, at) => form.text(partName(id, at)).trim()).join('');
};

const valuesIn = (
  visit: Visit,
  evidence: AgencyField['evidence'],
): ReadonlyArray<{ readonly field: string; readonly value: string }> =>
  (visit.settings.pack.agencyFields ?? [])
    .filter((field) => field.evidence === evidence)
    .map(({ id }) => ({ field: id, value: typedOf(visit, id) }))
    .filter(({ value }) => value !== '');

/** What was ticked and left empty, or typed and not ticked (NHI-23: 先勾選變更登記地址). */
const unticked = (visit: Visit, { words: { say } }: View): Shortfall | undefined => {
  const typed = new Set(valuesIn(visit, 'attachments').map(({ field }) => field));
  const told = (key: string) => ({ zh: say(key), en: say(key) });
  const fields = (visit.settings.pack.agencyFields ?? [])
    .filter(
      ({ id, evidence }) =>
        evidence === 'attachments' && typed.has(id) !== (visit.form.text(tickOf(id)) === 'yes'),
    )
    .map(({ id }) => ({ path: id, text: told(typed.has(id) ? 'data.tick' : 'data.empty') }));
  return fields.length === 0 ? undefined : { text: told('data.tick'), fields };
};

const empty = ({ words: { say } }: View): Shortfall => {
  const text = say('data.empty');
  return { text: { zh: text, en: text }, fields: [] };
};

type Body = Parameters<Visit['client']['changeAgencyData']>[0]['body'];

const send = (
  visit: Visit,
  body: Body,
  done: string,
  lacking: (view: View) => Shortfall | undefined = () => undefined,
): Promise<Response> =>
  atWork(visit, async (work) => {
    const missing = lacking(work.view);
    if (missing !== undefined) return page(visit, work, missing, 422);
    if (body.changes.length === 0) return page(visit, work, empty(work.view), 422);
    const sent = await visit.client.changeAgencyData({ body }, { idempotencyKey: commandIdOf(visit) });
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

const optional = (
  name: 'effectiveOn' | 'explanation',
  value: string,
): { readonly [key in typeof name]?: string } => (value.trim() === '' ? {} : { [name]: value.trim() });

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
      ...optional('effectiveOn', form.text('effectiveOn')),
      ...optional('explanation', form.text('explanation')),
    },
    'asked',
    (view) => unticked(visit, view),
  );
};

export const agencyDataPages: ReadonlyArray<Page> = [
  { method: 'GET', path: dataPath, show: showData },
  { method: 'POST', path: dataPath, show: savePlain },
  { method: 'POST', path: filesPath, show: askProof },
];
