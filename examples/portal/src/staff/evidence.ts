/**
 * Evidence of an event, verified again on the page: from the pinned anchors and what was kept, believing nobody's word.
 *
 * @packageDocumentation
 */
import { type EvidenceReport, verifyEvidence } from '@mandate/certificates';
import { purposeOf, toEvidence } from '@mandate/domain';
import { textField } from '../parts/field.js';
import { summary } from '../parts/notice.js';
import { dataTable } from '../parts/table.js';
import type { AnswerOf } from '../site/answer-of.js';
import { type Html, html, nothing } from '../site/html.js';
import { printedSerial } from '../site/serial.js';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';
import type { StaffScreen, StaffVisit } from './visit.js';

type Bundle = NonNullable<AnswerOf<'evidence'>['bundle']>;

const hashPattern = /^[0-9a-f]{64}$/;

const form = (view: View, hash: string, wrong: boolean): Html => {
  const { say } = view.words;
  const error = say('evidence.missing');
  return html`${
    wrong ? summary(view, { text: { zh: error, en: error }, fields: [] }) : nothing
  }<form method="get" action="/staff/evidence" class="panel" role="search">${textField(view, {
    ...{ name: 'hash', label: 'evidence.hash', required: true, value: hash, maxlength: 64 },
    ...{ width: 'full' },
  })}<div class="buttons"><button class="button">${say('evidence.show')}</button></div></form>`;
};

export const askEvidence: StaffScreen = ({ visit, view, page }) => {
  const hash = (visit.url.searchParams.get('hash') ?? '').trim().toLowerCase();
  if (hashPattern.test(hash)) return visit.goTo(`/staff/evidence/${hash}`);
  const title = view.words.say('staff.evidence');
  return page(
    {
      title,
      crumbs: [{ label: title }],
      current: '/staff/evidence',
      body: html`<p class="lead">${view.words.say('staff.evidence.text')}</p>${form(view, hash, hash !== '')}`,
    },
    hash === '' ? 200 : 404,
  );
};

/** The lists that a bundle names, each by its hash; one that is gone is missing in what follows. */
const listsOf = async (
  { visit }: StaffVisit,
  hash: string,
  bundle: Bundle,
): Promise<ReadonlyMap<string, Uint8Array>> => {
  const lists = new Map<string, Uint8Array>();
  if (bundle.format !== 'mandate-evidence/2') return lists;
  const named = bundle.revocation.flatMap(({ proofs }) => proofs.filter(({ der }) => der === null));
  for (const { sha256 } of named) {
    const got = await visit.client.evidenceList({ params: { hash, list: sha256 } });
    if (got._tag === 'Right') lists.set(sha256, new Uint8Array(await got.right.arrayBuffer()));
  }
  return lists;
};

const fact = (label: string, value: Html | string): Html =>
  html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

const proved = (
  { words: { say, lang } }: View,
  report: EvidenceReport & { readonly indication: 'passed' },
): Html => {
  const { facts, at } = report;
  return html`<div class="notice good" role="status"><h2>${say('evidence.proves')}</h2><dl class="facts">${fact(
    say('evidence.signer'),
    html`<strong>${facts.commonName ?? facts.organisationName ?? ''}</strong> (${facts.ca} <code class="serial">${printedSerial(
      facts.serial,
    )}</code>)`,
  )}${fact(say('evidence.when'), longTime(at.toISOString(), lang))}${fact(
    say('evidence.how'),
    say(`evidence.how.${report.proved}`),
  )}</dl></div>`;
};

const refused = (
  { words: { say } }: View,
  { error }: EvidenceReport & { readonly indication: 'failed' | 'indeterminate' },
): Html =>
  html`<div class="notice bad" role="alert"><h2>${say('evidence.fails')}</h2><p><code>${error.code}</code></p></div>`;

/** Every rule that was applied, and where it stands; open where one does not hold. */
const checks = ({ words: { say } }: View, report: EvidenceReport): Html =>
  html`<details class="more"${report.indication === 'passed' ? nothing : html` open`}><summary>${say(
    'evidence.check',
  )}(${report.checks.length})</summary>${dataTable({
    caption: say('evidence.check'),
    quiet: true,
    columns: [
      { label: say('evidence.check'), kind: 'head' },
      { label: say('certificate.holder') },
      { label: say('evidence.result') },
    ],
    rows: report.checks.map((check) => [
      check.check,
      html`<code class="serial">${check.subject.slice(0, 16)}</code><br><span class="hint">${check.source}</span>`,
      check.indication === 'passed'
        ? html`<span class="tag good">${say('evidence.passed')}</span>`
        : html`<span class="tag bad">${say('evidence.failed')}</span>`,
    ]),
    empty: '',
  })}</details>`;

/** What the signed text says of itself, for people; the text stands below as it was signed. */
const challengeFacts = ({ pack, words: { say, pick } }: View, challenge: string): Html => {
  const purpose = /"purpose":"([a-z0-9-]+)"/.exec(challenge)?.[1] ?? '';
  const agency = /"agencyCode":"([A-Z0-9]+)"/.exec(challenge)?.[1];
  const known = purposeOf(pack, purpose);
  return html`<dl class="facts">${fact(say('session.purpose'), known === undefined ? purpose : pick(known.label))}${
    agency === undefined ? nothing : fact(say('column.agencyCode'), agency)
  }</dl>`;
};

export const showEvidence: StaffScreen = async (staff, { hash = '' }) => {
  const { visit, view, page } = staff;
  if (!hashPattern.test(hash)) return visit.notFound();
  const found = await visit.client.evidence({ params: { hash } });
  if (found._tag === 'Left') return staff.refused(found.left);
  const { state, bundle } = found.right;
  const { say, lang } = view.words;
  const title = say('staff.evidence');
  const shown = (body: Html, status = 200): Response =>
    page(
      {
        title,
        crumbs: [{ label: title, href: '/staff/evidence' }, { label: hash.slice(0, 12) }],
        current: '/staff/evidence',
        body: html`<dl class="facts panel">${fact(say('evidence.hash'), html`<code class="serial">${hash}</code>`)}</dl>${body}`,
      },
      status,
    );
  if (bundle === null)
    return shown(
      html`<div class="notice warn" role="status"><p>${say(
        state === 'forgotten' ? 'evidence.gone' : 'evidence.missing',
      )}</p></div>`,
      state === 'forgotten' ? 200 : 404,
    );
  // As JSON has them its fields are texts; the codec on the other side has made sure of them.
  const evidence = toEvidence(bundle as Parameters<typeof toEvidence>[0], await listsOf(staff, hash, bundle));
  const report = await verifyEvidence(evidence, { anchors: visit.settings.anchors ?? [] })();
  return shown(
    html`${report.indication === 'passed' ? proved(view, report) : refused(view, report)}${
      bundle.challenge === null
        ? nothing
        : html`<section class="panel" aria-labelledby="challenge"><h2 id="challenge">${say(
            'evidence.challenge',
          )}</h2>${challengeFacts(view, bundle.challenge)}<pre>${bundle.challenge}</pre></section>`
    }${checks(view, report)}<p class="hint">${say('evidence.again').replace(
      '{at}',
      longTime(new Date(visit.settings.now()).toISOString(), lang),
    )}</p>`,
  );
};
