/**
 * What was read from both cards, the manager's contact, and the command: first registration (GEPI-28, GEPI-29) and the three
 * replacements (GEPI-46…48).
 *
 * @packageDocumentation
 */
import { hasManager, helpdeskOfCa, type PurposePolicy } from '@mandate/domain';
import { certificatePanel } from '../parts/certificate.js';
import { contactOf, personFields, personLabels } from '../parts/contact-form.js';
import { layout } from '../parts/layout.js';
import { type Shortfall, summary } from '../parts/notice.js';
import { serialCode } from '../parts/serial.js';
import { csrfField } from '../parts/session-panel.js';
import { stepper } from '../parts/steps.js';
import type { AnswerOf } from '../site/answer-of.js';
import { type Html, html, nothing } from '../site/html.js';
import { commandIdOf } from '../site/ids.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import { noTermsCookie, termsOf } from '../site/terms-cookie.js';
import type { SessionCard, SessionPanel, View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { commandOf, crumbsOf, nextPath, pathOf, sessionFor } from './flow.js';
import { receiptPath } from './receipt.js';
import { type Carried, canSend, send } from './send.js';
import { sessionCodes, sessionOverPage } from './session.js';
import { showTerms } from './terms.js';

/** Keys of the pack for each command. */
const keys: Readonly<
  Record<string, { readonly title: string; readonly hint: string; readonly failed: string }>
> = {
  RegisterAgency: {
    title: 'screen.firstRegistrationConfirm.title',
    hint: 'hint.enterContact',
    failed: 'message.registrationFailed',
  },
  ReplaceAgencyCertificate: {
    title: 'screen.replaceAgencyConfirm.title',
    hint: 'hint.confirmContact',
    failed: 'message.agencyReplaceFailed',
  },
  ReplaceManagerCertificate: {
    title: 'screen.replaceManagerConfirm.title',
    hint: 'hint.enterContactAgain',
    failed: 'message.managerReplaceFailed',
  },
  ReplaceBothCertificates: {
    title: 'screen.replaceBothConfirm.title',
    hint: 'hint.enterContactAgain',
    failed: 'message.bothReplaceFailed',
  },
};

type OnRecord = AnswerOf<'agencyRecord'>;

const caName = (view: View, ca: SessionCard['ca']): string => {
  const desk = helpdeskOfCa(view.pack, ca);
  return desk === undefined ? ca : view.words.pick(desk.name);
};

/** What the new certificate takes the place of: whose it is, and which (NHI-17: 單位憑證主體). */
const onRecord = (view: View, record: OnRecord | undefined): Html => {
  const { say, has } = view.words;
  if (record === undefined || !has('panel.currentCertificate')) return nothing;
  const { agencyCode, agencyName, organisation, credential } = record;
  const lines: ReadonlyArray<readonly [string, Html | string]> = [
    ['column.agencyCode', agencyCode],
    ['column.agencyName', agencyName],
    [
      'certificate.currentSubject',
      credential.proof === 'registeredCard' ? say('certificate.byHealthCard') : agencyName,
    ],
    [`certificate.organisation.${organisation.kind}`, organisation.value],
    ...(credential.proof === 'registeredCard'
      ? []
      : ([
          ['certificate.ca', caName(view, credential.ca)],
          ['certificate.serial', serialCode(credential.serial)],
        ] as const)),
  ];
  return html`<section class="panel" data-current><h2>${say('panel.currentCertificate')}</h2><dl class="facts">${lines.map(
    ([key, value]) => html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>`,
  )}</dl></section>`;
};

/** 「新憑證資料」, field by field as the pack names them; saved only after its subject was seen (NHI-17). */
const newCertificate = (view: View, card: SessionCard): Html => {
  const { say, has } = view.words;
  if (card.card !== 'next' || !has('panel.newCertificate')) return certificatePanel(view, card);
  const lines: ReadonlyArray<readonly [string, Html | string]> = [
    ['column.agencyCode', view.session?.agencyCode ?? ''],
    ['certificate.newIssuer', caName(view, card.ca)],
    ['certificate.newSubject', html`<strong>${card.displayName}</strong>`],
    ['certificate.newSerial', serialCode(card.serial)],
  ];
  return html`<section class="panel" data-new><h2>${say('panel.newCertificate')}</h2><dl class="facts">${lines.map(
    ([key, value]) => html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>`,
  )}</dl><p class="hint">${say('hint.replaceSave')}</p></section>`;
};

/** What was read; a new certificate beside the one that it takes the place of, where that is told (NHI-17). */
const certificates = (view: View, { cards }: SessionPanel, record: OnRecord | undefined): Html => {
  const panels = (some: SessionPanel['cards']): ReadonlyArray<Html> =>
    some.map((card) => newCertificate(view, card));
  if (record === undefined) return html`<div class="pair">${panels(cards)}</div>`;
  const isNext = ({ card }: SessionCard): boolean => card === 'next';
  return html`<div class="pair">${onRecord(view, record)}${panels(cards.filter(isNext))}</div><div class="pair">${panels(
    cards.filter((card) => !isNext(card)),
  )}</div>`;
};

/** What this screen calls its button; a replacement is saved where the pack has that word. */
const buttonOf = ({ words: { has } }: View, purpose: PurposePolicy): string =>
  commandOf(purpose) === 'ReplaceAgencyCertificate' && has('button.save') ? 'button.save' : 'button.confirm';

const keysOf = (purpose: PurposePolicy) => {
  const command = commandOf(purpose);
  return command !== undefined && Object.hasOwn(keys, command) ? keys[command] : undefined;
};

const body = (
  view: View,
  visit: Visit,
  purpose: PurposePolicy,
  session: SessionPanel,
  shortfall: Shortfall | undefined,
  record: OnRecord | undefined,
): Html => {
  const { say } = view.words;
  const words = keysOf(purpose);
  return html`${summary(view, shortfall, personLabels('contact'))}${stepper(view, purpose, 'step.confirm')}
${
  shortfall !== undefined && shortfall.fields.length === 0 && words !== undefined
    ? html`<p><strong>${say(words.failed)}</strong></p>`
    : nothing
}
${certificates(view, session, record)}
<form class="panel" method="post" action="${pathOf(purpose, 'confirm')}" novalidate>${csrfField(
    view,
  )}<input type="hidden" name="commandId" value="${commandIdOf(visit)}">${
    view.words.has('replace.notSeen')
      ? html`<input type="hidden" name="shown" value="${shownOf(session)}">`
      : nothing
  }<h2>${say('panel.input')}</h2>${
    hasManager(view.pack)
      ? html`<p class="hint">${words === undefined ? '' : say(words.hint)}</p>${personFields(
          view,
          'contact',
          visit.form,
          shortfall,
        )}<p class="hint">${say('hint.required')}</p>`
      : nothing
  }<div class="buttons"><button class="button">${say(buttonOf(view, purpose))}</button><button class="button quiet" formaction="/sign-out" formnovalidate>${say(
    'button.cancel',
  )}</button></div></form>`;
};

/** Which new cards the page has shown: what is saved is what was seen (NHI-17). */
const shownOf = ({ cards }: SessionPanel): string =>
  cards
    .filter(({ card }) => card === 'next')
    .map(({ ca, serial }) => `${ca}:${serial}`)
    .join(' ');

/** Beside the new certificate, where the pack has words for it. */
const recordFor = async (visit: Visit, purpose: PurposePolicy): Promise<OnRecord | undefined> => {
  if (commandOf(purpose) !== 'ReplaceAgencyCertificate' || !visit.words.has('panel.currentCertificate'))
    return undefined;
  const found = await visit.client.agencyRecord();
  return found._tag === 'Right' ? found.right : undefined;
};

const show = async (
  visit: Visit,
  purpose: PurposePolicy,
  session: SessionPanel,
  refusal?: { readonly shortfall: Shortfall; readonly status: number },
): Promise<Response> => {
  const view = await visit.view();
  const key = keysOf(purpose)?.title ?? '';
  const title = view.words.has(key) ? view.words.say(key) : view.words.pick(purpose.label);
  const record = await recordFor(visit, purpose);
  return visit.page(
    layout(view, {
      title,
      crumbs: crumbsOf(view, purpose, title),
      current: purpose.id,
      body: body(view, visit, purpose, session, refusal?.shortfall, record),
    }),
    refusal === undefined ? {} : { status: refusal.status },
  );
};

/** 「首次註冊資訊確認」 and the like; the cards come first. */
export const showConfirm = async (visit: Visit, purpose: PurposePolicy): Promise<Response> => {
  if (keysOf(purpose) === undefined) return visit.notFound();
  const session = sessionFor(await visit.view(), purpose);
  if (session === undefined) return sessionOverPage(visit, purpose);
  return session.state === 'confirmed'
    ? show(visit, purpose, session)
    : visit.goTo(nextPath(purpose, session));
};

/** Whether another person became the manager: the register tells by the identity, the screens cannot (GEPI-49). */
const newManagerOf = ({ steps }: PurposePolicy, events: Carried['events']): boolean | undefined =>
  steps.some(({ role, card }) => role === 'manager' && card === 'next')
    ? events.some(({ type }) => type === 'ManagerAppointed')
    : undefined;

/** To the receipt, at its own address. */
const done = async (
  visit: Visit,
  purpose: PurposePolicy,
  session: SessionPanel,
  commandId: string,
  events: Carried['events'],
): Promise<Response> => {
  // Its confirmation has served, and opens nothing any more.
  await visit.client.endSession();
  visit.setCookie(noTermsCookie);
  const { id, cookie } = visit.receipts.keep(visit.request, {
    ...{ of: 'holder', purpose: purpose.id, commandId },
    number: events[0]?.id ?? commandId,
    at: new Date(visit.settings.now()).toISOString(),
    agencyCode: session.agencyCode ?? '',
    cards: session.cards.map(({ role, displayName, serial, notAfter }) => ({
      ...{ role, displayName },
      // Of other means there is none that anybody could read.
      serial: notAfter === null ? '' : serial,
    })),
    newManager: newManagerOf(purpose, events),
  });
  visit.setCookie(cookie);
  return visit.goTo(receiptPath(id));
};

export const takeConfirm = async (visit: Visit, purpose: PurposePolicy): Promise<Response> => {
  const command = commandOf(purpose);
  if (command === undefined || !canSend(command)) return visit.notFound();
  const session = sessionFor(await visit.view(), purpose);
  if (session === undefined) {
    // A form that comes twice is one command: the first has ended the session.
    const receipt = visit.receipts.ofCommand(visit.request, visit.form.text('commandId'));
    return receipt === undefined ? sessionOverPage(visit, purpose) : visit.goTo(receiptPath(receipt));
  }
  const terms = termsOf(visit.request);
  if (terms === undefined && purpose.terms) return visit.goTo(pathOf(purpose));
  const commandId = commandIdOf(visit);
  if (visit.words.has('replace.notSeen') && visit.form.text('shown') !== shownOf(session)) {
    const text = visit.words.say('replace.notSeen');
    return show(visit, purpose, session, {
      shortfall: { text: { zh: text, en: text }, fields: [] },
      status: 409,
    });
  }
  const sent = await send(visit, command, commandId, {
    ...(terms === undefined || !purpose.terms ? {} : { terms }),
    ...(hasManager(visit.settings.pack) ? { contact: contactOf(visit.form) } : {}),
  });
  if (sent._tag === 'Right') return done(visit, purpose, session, commandId, sent.right.events);
  const code = codeOf(sent.left);
  if (sessionCodes.has(code)) return sessionOverPage(visit, purpose);
  if (code.startsWith('TERMS_')) return showTerms(visit, purpose, shortfallOf(sent.left));
  return show(visit, purpose, session, { shortfall: shortfallOf(sent.left), status: statusOf(sent.left) });
};
