/**
 * The screens that ask for a card (GEPI-16…21).
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { CardStep, PurposePolicy } from '@mandate/domain';
import { cardForm, cardTitle } from '../parts/card-form.js';
import { layout } from '../parts/layout.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import { termsOf } from '../site/terms-cookie.js';
import type { Visit } from '../site/visit.js';
import { pageOf, refusedPage } from './errors.js';
import { commandOf, crumbsOf, nextPath, pathOf, sessionFor, workPath } from './flow.js';
import { showResult } from './result.js';
import { pendingPage } from './review.js';
import { sessionCodes, sessionOverPage } from './session.js';

/** Which of the purpose's cards is asked for. */
const stepIndex = ({ steps }: PurposePolicy, role: string): number =>
  steps.findIndex((step) => step.role === role);

const show = async (
  visit: Visit,
  purpose: PurposePolicy,
  step: CardStep,
  fault?: ClientFault,
): Promise<Response> => {
  const view = await visit.view();
  const { form } = visit;
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
        typed: { agencyCode: form.text('agencyCode'), nationalId: form.text('nationalId') },
        shortfall: fault === undefined ? undefined : shortfallOf(fault),
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

/** Refusals of a card step that have a page of their own. */
const refused = (
  visit: Visit,
  purpose: PurposePolicy,
  step: CardStep,
  fault: ClientFault,
): Promise<Response> => {
  const code = codeOf(fault);
  if (code === 'ALREADY_PENDING') return pendingPage(visit, purpose);
  if (sessionCodes.has(code)) return sessionOverPage(visit, purpose);
  return Object.hasOwn(pageOf, code) ? refusedPage(visit, fault) : show(visit, purpose, step, fault);
};

/** What the card is to sign, for the page's script; a page with what is wrong where there is nothing to sign. */
const challenge = async (visit: Visit, purpose: PurposePolicy, step: CardStep): Promise<Response> => {
  const { form, client } = visit;
  const first = stepIndex(purpose, step.role) === 0;
  const issued = await client.issueChallenge({
    body: {
      purpose: purpose.id,
      ...(first ? optional('agencyCode', form.text('agencyCode')) : {}),
      ...optional('nationalId', form.text('nationalId')),
    },
  });
  if (issued._tag === 'Left') return refused(visit, purpose, step, issued.left);
  const { nonce, text, session } = issued.right;
  return visit.json({ nonce, text, csrf: session.csrf ?? '' });
};

const confirm = async (visit: Visit, purpose: PurposePolicy, step: CardStep): Promise<Response> => {
  const { form, client } = visit;
  const confirmed = await client.confirmCard({ body: { nonce: form.text('nonce'), cms: form.text('cms') } });
  if (confirmed._tag === 'Left') return refused(visit, purpose, step, confirmed.left);
  const { state, next } = confirmed.right;
  if (state === 'review') return visit.goTo(pathOf(purpose, 'review'));
  if (state !== 'confirmed') return visit.goTo(pathOf(purpose, next ?? step));
  return commandOf(purpose) === 'LogIn' ? showResult(visit, purpose) : visit.goTo(workPath(purpose));
};

/** A form of a card step: first for what is to be signed, then with what the card made of it. */
export const takeCard = async (visit: Visit, purpose: PurposePolicy, role: string): Promise<Response> => {
  const step = purpose.steps[stepIndex(purpose, role)];
  if (step === undefined) return visit.notFound();
  if (visit.form.text('cms') !== '') return confirm(visit, purpose, step);
  const byScript = visit.request.headers.get('accept')?.includes('application/json') === true;
  return byScript ? challenge(visit, purpose, step) : show(visit, purpose, step);
};
