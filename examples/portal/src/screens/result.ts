/**
 * What a purpose without a form comes to: the answers to 查詢機關憑證OID and 查詢自然人憑證序號 (GEPI-52, GEPI-53), and a clerk
 * who is in (GEPI-2).
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { PurposePolicy } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import { businessPath } from '../business/path.js';
import { copyable } from '../parts/copy.js';
import { layout } from '../parts/layout.js';
import { summary } from '../parts/notice.js';
import { stepKeys, stepper } from '../parts/steps.js';
import { type Html, html } from '../site/html.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import { printedSerial } from '../site/serial.js';
import type { SessionPanel, View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { commandOf, crumbsOf, nextPath, sessionFor } from './flow.js';
import { sessionCodes, sessionOverPage } from './session.js';

type Facts = ReadonlyArray<readonly [label: string, value: Html | string]>;

/** Asks, under a session, for what the purpose is for. */
type Ask = (visit: Visit, view: View, session: SessionPanel) => Promise<Either<ClientFault, Facts>>;

const right = (facts: Facts): Either<ClientFault, Facts> => ({ _tag: 'Right', right: facts });

const askOrganisation: Ask = async ({ client }, view) => {
  const { say } = view.words;
  const answer = await client.organisation();
  if (answer._tag === 'Left') return answer;
  const { agencyName, organisation } = answer.right;
  const label = organisation.kind === 'oid' ? 'column.oid' : 'certificate.organisation.businessNumber';
  return right([
    [say('column.agencyName'), agencyName],
    [say(label), copyable(view, organisation.value)],
  ]);
};

const askSerial: Ask = async ({ client }, view) => {
  const { say } = view.words;
  const answer = await client.serial();
  return answer._tag === 'Left'
    ? answer
    : right([
        [say('column.name'), answer.right.name],
        [say('column.serial'), copyable(view, printedSerial(answer.right.serial))],
      ]);
};

/** A clerk who is in goes on to the business; the session tells there who it is. */
const askLogIn: Ask = async ({ client }) => {
  const answer = await client.logIn();
  return answer._tag === 'Left' ? answer : right([]);
};

const askOf = (purpose: PurposePolicy): Ask | undefined => {
  const command = commandOf(purpose);
  if (command === 'LogIn') return askLogIn;
  if (command !== undefined) return undefined;
  return purpose.steps[0]?.role === 'agency' ? askOrganisation : askSerial;
};

const body = (view: View, purpose: PurposePolicy, answer: Either<ClientFault, Facts>): Html => {
  const { say } = view.words;
  const steps = stepper(view, purpose, stepKeys(purpose).at(-1) ?? '');
  const again = html`<p class="buttons"><a class="button quiet" href="/">${say('link.home')}</a></p>`;
  if (answer._tag === 'Left')
    return html`${steps}${summary(view, shortfallOf(answer.left))}${
      commandOf(purpose) === 'LogIn' ? html`<p class="panel">${say('login.gate')}</p>` : html``
    }${again}`;
  return html`${steps}<section class="panel"><dl class="facts">${answer.right.map(
    ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl></section>${again}`;
};

/**
 * The answer, asked anew each time: the page can be loaded again for as long as the session lasts. To sign in is a command, and so
 * comes with the form of the card; a page that is only looked at carries out none. Who was not let in has no session after that.
 */
export const showResult = async (
  visit: Visit,
  purpose: PurposePolicy,
  client = visit.client,
): Promise<Response> => {
  const ask = askOf(purpose);
  if (ask === undefined) return visit.notFound();
  const before = await visit.view();
  const session = sessionFor(before, purpose);
  const looked = visit.request.method === 'GET' && commandOf(purpose) !== undefined;
  if (session === undefined || looked) return sessionOverPage(visit, purpose);
  if (session.state !== 'confirmed') return visit.goTo(nextPath(purpose, session));
  const answer = await ask({ ...visit, client }, before, session);
  if (answer._tag === 'Left' && sessionCodes.has(codeOf(answer.left))) return sessionOverPage(visit, purpose);
  const signedIn = answer._tag === 'Right' && commandOf(purpose) === 'LogIn';
  if (signedIn) return visit.goTo(businessPath());
  if (visit.request.method !== 'GET') await visit.client.endSession();
  const view = await visit.view();
  return visit.page(
    layout(view, {
      title: view.words.pick(purpose.label),
      crumbs: crumbsOf(view, purpose, view.words.say('step.result')),
      current: purpose.id,
      body: body(view, purpose, answer),
    }),
    answer._tag === 'Left' ? { status: statusOf(answer.left) } : {},
  );
};
