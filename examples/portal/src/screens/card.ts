/**
 * The screens that ask for a card (GEPI-16…21).
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { CardStep, Means, PurposePolicy } from '@mandate/domain';
import { delegationOf } from '../delegation/purpose.js';
import { cardForm, cardTitle } from '../parts/card-form.js';
import { layout } from '../parts/layout.js';
import { chosenMeans } from '../parts/means-form.js';
import type { Shortfall } from '../parts/notice.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import { termsOf } from '../site/terms-cookie.js';
import type { Visit } from '../site/visit.js';
import { closedUnitPage, pageOf, refusedPage } from './errors.js';
import { commandOf, crumbsOf, nextPath, pathOf, sessionFor, workPath } from './flow.js';
import { showResult } from './result.js';
import { pendingPage } from './review.js';
import { sessionCodes, sessionOverPage } from './session.js';

/** Which of the purpose's cards is asked for. */
const stepIndex = ({ steps }: PurposePolicy, role: string): number =>
  steps.findIndex((step) => step.role === role);

const meansAsked = ({ form, url }: Visit, step: CardStep): Means =>
  chosenMeans(step, form.text('means') || (url.searchParams.get('means') ?? ''));

/** A health card of the test box fills in what would be read from it. */
const typedIn = ({ form, settings: { test } }: Visit) => {
  const card = test?.healthCards?.find(({ id }) => id === form.text('healthCard'));
  return {
    agencyCode: form.text('agencyCode'),
    nationalId: card?.nationalId ?? form.text('nationalId'),
    cardNumber: card?.cardNumber ?? form.text('cardNumber'),
    account: form.text('account'),
    unit: form.text('unit') === 'yes',
  };
};

/** Refusals that are about one field of the form. */
const fieldOfCode: Readonly<Record<string, string>> = {
  MEANS_LOCKED: 'cardNumber',
  REGISTERED_CARD_UNKNOWN: 'cardNumber',
  NOT_THE_RESPONSIBLE: 'nationalId',
  ACCOUNT_ROLE_MISSING: 'account',
  OFFICER_DIFFERS: 'account',
};

const fieldNames: Readonly<Record<string, string>> = {
  'registeredCard.nationalId': 'nationalId',
  'registeredCard.cardNumber': 'cardNumber',
  'registeredCard.password': 'password',
  'account.name': 'account',
  'account.secret': 'secret',
};

const shortfallOfStep = (fault: ClientFault, means: Means): Shortfall => {
  const shortfall = shortfallOf(fault, (path) => fieldNames[path] ?? path);
  const code = codeOf(fault);
  const refused = code === 'MEANS_REFUSED' ? (means === 'account' ? 'secret' : 'password') : undefined;
  const field = refused ?? fieldOfCode[code];
  return means === 'certificate' || field === undefined || shortfall.fields.length > 0
    ? shortfall
    : { ...shortfall, fields: [{ path: field, text: shortfall.text }] };
};

const show = async (
  visit: Visit,
  purpose: PurposePolicy,
  step: CardStep,
  fault?: ClientFault,
): Promise<Response> => {
  const view = await visit.view();
  const means = meansAsked(visit, step);
  const title = cardTitle(view, purpose, step);
  return visit.page(
    layout(view, {
      title: view.words.pick(purpose.label),
      crumbs: crumbsOf(view, purpose, title),
      current: purpose.id,
      body: cardForm(view, {
        purpose,
        step,
        index: stepIndex(purpose, step.role),
        action: pathOf(purpose, step),
        means,
        typed: typedIn(visit),
        shortfall: fault === undefined ? undefined : shortfallOfStep(fault, means),
      }),
    }),
    fault === undefined ? {} : { status: statusOf(fault) },
  );
};

/** The screen of a step; another one where that is not its turn (GEPI-20). */
export const showCard = async (visit: Visit, purpose: PurposePolicy, role: string): Promise<Response> => {
  const index = stepIndex(purpose, role);
  const step = purpose.steps[index];
  if (step === undefined) return visit.notFound();
  if (purpose.terms && termsOf(visit.request) === undefined) return visit.goTo(pathOf(purpose));
  const session = sessionFor(await visit.view(), purpose);
  if (session === undefined && index > 0) return sessionOverPage(visit, purpose);
  const turn = nextPath(purpose, session);
  return turn === pathOf(purpose, step) ? show(visit, purpose, step) : visit.goTo(turn);
};

const optional = (name: string, value: string): Record<string, string> =>
  value.trim() === '' ? {} : { [name]: value.trim() };

const closedCodes: ReadonlySet<string> = new Set(['AGENCY_SUSPENDED', 'AGENCY_OPENS_SOON']);

/** Refusals of a card step that have a page of their own. */
const refused = (
  visit: Visit,
  purpose: PurposePolicy,
  step: CardStep,
  fault: ClientFault,
): Promise<Response> => {
  const code = codeOf(fault);
  if (closedCodes.has(code) && visit.words.has('suspended.ask')) return closedUnitPage(visit, fault);
  if (code === 'ALREADY_PENDING') return pendingPage(visit, purpose);
  if (sessionCodes.has(code)) return sessionOverPage(visit, purpose);
  return Object.hasOwn(pageOf, code) ? refusedPage(visit, fault) : show(visit, purpose, step, fault);
};

/** Whose page it is, and for what the step is done: a sign-in with the box for units ticked is the unit's (NHI-2). */
interface Standing {
  readonly purpose: PurposePolicy;
  readonly step: CardStep;
  readonly acting: { readonly purpose: PurposePolicy; readonly step: CardStep };
}

const standingOf = (visit: Visit, purpose: PurposePolicy, step: CardStep): Standing => {
  const unit =
    visit.form.text('unit') === 'yes' && commandOf(purpose) === 'LogIn' && visit.words.has('login.unit');
  const other = unit ? delegationOf(visit) : undefined;
  const [first] = other?.steps ?? [];
  const acting =
    other === undefined || first === undefined ? { purpose, step } : { purpose: other, step: first };
  return { purpose, step, acting };
};

const issue = ({ form, client }: Visit, { purpose, step }: Standing['acting'], typed: object) =>
  client.issueChallenge({
    body: {
      purpose: purpose.id,
      ...(stepIndex(purpose, step.role) === 0 ? optional('agencyCode', form.text('agencyCode')) : {}),
      ...typed,
    },
  });

/** What the card is to sign, for the page's script; a page with what is wrong where there is nothing to sign. */
const challenge = async (visit: Visit, { purpose, step, acting }: Standing): Promise<Response> => {
  const issued = await issue(visit, acting, optional('nationalId', visit.form.text('nationalId')));
  if (issued._tag === 'Left') return refused(visit, purpose, step, issued.left);
  const { nonce, text, session } = issued.right;
  return visit.json({ nonce, text, csrf: session.csrf ?? '' });
};

type Answer = Parameters<Visit['client']['confirmCard']>[0]['body'];

const confirm = async (
  visit: Visit,
  standing: Standing,
  body: Answer,
  client = visit.client,
): Promise<Response> => {
  const { purpose, step } = standing.acting;
  const confirmed = await client.confirmCard({ body });
  if (confirmed._tag === 'Left') return refused(visit, standing.purpose, standing.step, confirmed.left);
  const { state, next } = confirmed.right;
  if (state === 'review') return visit.goTo(pathOf(purpose, 'review'));
  if (state !== 'confirmed') return visit.goTo(pathOf(purpose, next ?? step));
  return commandOf(purpose) === 'LogIn' ? showResult(visit, purpose, client) : visit.goTo(workPath(purpose));
};

/** Other means are shown in one go: what was typed answers the challenge, and is nowhere afterwards. */
const prove = async (visit: Visit, standing: Standing, means: Means): Promise<Response> => {
  const { form } = visit;
  const issued = await issue(visit, standing.acting, {});
  if (issued._tag === 'Left') return refused(visit, standing.purpose, standing.step, issued.left);
  const { nonce, session } = issued.right;
  const client = session.csrf === null ? visit.client : visit.begun(session.csrf);
  if (means === 'account') {
    const account = { name: form.text('account').trim(), secret: form.text('secret') };
    return confirm(visit, standing, { nonce, account }, client);
  }
  const { nationalId, cardNumber } = typedIn(visit);
  const registeredCard = {
    nationalId: nationalId.trim(),
    cardNumber: cardNumber.trim(),
    password: form.text('password'),
  };
  return confirm(visit, standing, { nonce, registeredCard }, client);
};

/** A form of a card step: first for what is to be signed, then with what the card made of it. */
export const takeCard = async (visit: Visit, purpose: PurposePolicy, role: string): Promise<Response> => {
  const step = purpose.steps[stepIndex(purpose, role)];
  if (step === undefined) return visit.notFound();
  const { form } = visit;
  if (form.text('healthCard') !== '') return show(visit, purpose, step);
  const standing = standingOf(visit, purpose, step);
  const means = meansAsked(visit, step);
  if (means !== 'certificate') return prove(visit, standing, means);
  if (form.text('cms') !== '')
    return confirm(visit, standing, { nonce: form.text('nonce'), cms: form.text('cms') });
  const byScript = visit.request.headers.get('accept')?.includes('application/json') === true;
  return byScript ? challenge(visit, standing) : show(visit, purpose, step);
};
