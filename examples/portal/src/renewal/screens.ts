/**
 * The pages of 自然人憑證線上展期 (MOICA-3…16). Which renewal a browser is at stands in a cookie; what it has come to, in its
 * events: a page that is loaded again shows the step that is next.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { type RegisterError, type RenewalView, registerError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type Shortfall, summary } from '../parts/notice.js';
import { setCookie } from '../site/cookies.js';
import { type Html, html } from '../site/html.js';
import type { Page, Screen } from '../site/screen.js';
import type { SiteSettings } from '../site/settings.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import type { RenewalDesk } from '../world/renewal-desk.js';
import { afterBody } from './after.js';
import { countedPages } from './counted.js';
import { base, renewalPage, renewalView, shortfallOf } from './frame.js';
import { birthDateOf, holderForm } from './holder-form.js';
import type { Counting } from './limits.js';
import {
  checkBody,
  confirmBody,
  overBody,
  readBody,
  receiptBody,
  sendBody,
  signBody,
  termsBody,
  writeBody,
} from './pages.js';
import { receiptText } from './receipt-text.js';
import { cookieName, whichOf } from './which.js';

const day = 86_400;
const statePath = `${base}/state`;

/** A form that another site's page has sent changes nothing here. */
const isOwn = ({ headers }: Request, origin: string): boolean => {
  const site = headers.get('sec-fetch-site');
  return site === null ? headers.get('origin') === origin : site === 'same-origin';
};

/** The pages of a desk. */
export const renewalPages = (
  desk: RenewalDesk,
  settings: Pick<SiteSettings, 'now' | 'addressOf'>,
): ReadonlyArray<Page> => {
  const { counted, wasRight } = countedPages(desk.renewals.pack, settings);
  const { renewals } = desk;
  const { pack } = renewals;

  const show = async (
    visit: Visit,
    title: string,
    body: (view: View) => Html,
    status?: number,
  ): Promise<Response> => {
    const view = await renewalView(visit, pack);
    const options = status === undefined ? {} : { status };
    return visit.page(renewalPage(view, view.words.say(title), body(view)), options);
  };

  const firstStep = (visit: Visit, shortfall?: Shortfall, status?: number): Promise<Response> =>
    show(visit, 'renewal.one.title', (view) => html`${summary(view, shortfall)}${readBody(view)}`, status);

  const refused = (visit: Visit, error: RegisterError): Promise<Response> =>
    firstStep(visit, shortfallOf(error, pack), error.status);

  const goOn = (visit: Visit, { card, id }: RenewalView): Response => {
    visit.setCookie(setCookie(cookieName, `${card}.${id}`, day));
    return visit.goTo(statePath);
  };

  const asked = (visit: Visit) => ({ ...whichOf(visit.request), commandId: randomUUID() });

  // ---- steps one and two

  const takeCard: Screen = async (visit) => {
    const { form } = visit;
    const shown = { certificate: form.text('certificate'), cardNumber: form.text('cardNumber') };
    const underWay = await renewals.resume(shown)();
    if (E.isLeft(underWay)) return refused(visit, underWay.left);
    return underWay.right === null
      ? show(visit, 'renewal.two.title', (view) => holderForm(view, form))
      : goOn(visit, underWay.right);
  };

  const holderOf = ({ form }: Visit) => ({
    certificate: form.text('certificate'),
    cardNumber: form.text('cardNumber'),
    nationalId: form.text('nationalId'),
    birthDate: birthDateOf(form),
  });

  const holderAgain = (visit: Visit, error: RegisterError): Promise<Response> =>
    show(
      visit,
      'renewal.two.title',
      (view) => holderForm(view, visit.form, shortfallOf(error, pack)),
      error.status,
    );

  /** Whether the ID number was the card's: one that was is not a guess. */
  const guessed = (visit: Visit, answer: E.Either<RegisterError, unknown>): void => {
    if (E.isRight(answer) || answer.left.code !== 'IDENTITY_MISMATCH') wasRight(visit);
  };

  const takeHolder: Screen = async (visit) => {
    const offered = await renewals.offer(holderOf(visit))();
    guessed(visit, offered);
    return E.isLeft(offered)
      ? holderAgain(visit, offered.left)
      : show(visit, 'renewal.confirm.title', (view) => confirmBody(view, offered.right, visit.form));
  };

  const apply: Screen = async (visit) => {
    const begun = await renewals.start({ ...holderOf(visit), commandId: randomUUID() })();
    guessed(visit, begun);
    return E.isLeft(begun) ? holderAgain(visit, begun.left) : goOn(visit, begun.right);
  };

  // ---- where it stands

  const done = async (visit: Visit, renewal: RenewalView): Promise<Response> => {
    const portals = await desk.after(renewal);
    return show(
      visit,
      'renewal.done.title',
      (view) => html`${receiptBody(view, renewal)}${afterBody(view, renewal, portals)}`,
    );
  };

  const standing = async (visit: Visit, renewal: RenewalView, waits: number | null): Promise<Response> => {
    switch (renewal.step) {
      case 'started':
        return show(visit, 'renewal.terms', (view) => termsBody(view, renewals.presentTerms()));
      case 'agreed': {
        const wanted = await renewals.toSign(whichOf(visit.request))();
        return E.isLeft(wanted)
          ? refused(visit, wanted.left)
          : show(visit, 'renewal.pin.sign', (view) => signBody(view, wanted.right.info));
      }
      case 'signed':
      case 'submitted':
        return show(visit, `renewal.step.${renewal.step}`, (view) => sendBody(view, renewal, waits));
      case 'issued':
      case 'unreadable':
        return show(visit, 'renewal.pin.write', (view) => writeBody(view, renewal));
      case 'writing':
        return show(visit, 'renewal.step.writing', (view) => checkBody(view, renewal));
      case 'completed':
        return done(visit, renewal);
      case 'voided':
      case 'referred':
        return show(visit, `renewal.step.${renewal.step}`, (view) => overBody(view, renewal));
    }
  };

  const state: Screen = async (visit) => {
    const found = await renewals.find(whichOf(visit.request))();
    if (E.isLeft(found)) return visit.goTo(base);
    const after = Number(visit.url.searchParams.get('after') ?? '');
    const isOld = found.right.step !== 'submitted';
    return standing(visit, found.right, isOld || !(after > 0) ? null : Math.min(after, day));
  };

  /** A step, and the page of what it came to: by an address that can be loaded again. */
  const stepBy =
    (take: (visit: Visit) => TaskEither<RegisterError, unknown>): Screen =>
    async (visit) => {
      const taken = await take(visit)();
      // What was refused because it was done already is shown as it stands now.
      if (E.isRight(taken) || taken.left.code === 'RENEWAL_OUT_OF_STEP') return visit.goTo(statePath);
      const { left } = taken;
      return show(
        visit,
        'renewal.title',
        (view) =>
          html`${summary(view, shortfallOf(left, pack))}<p class="buttons"><a class="button" href="${statePath}">${view.words.say(
            'renewal.button.resume',
          )}</a></p>`,
        left.status,
      );
    };

  const submit: Screen = async (visit) => {
    const sent = await renewals.submit(asked(visit))();
    if (E.isRight(sent)) {
      const { retryAfterSeconds } = sent.right;
      return visit.goTo(retryAfterSeconds === null ? statePath : `${statePath}?after=${retryAfterSeconds}`);
    }
    return stepBy(() => async () => sent)(visit, {});
  };

  const shownCertificate = ({ form }: Visit) => {
    const certificate = form.text('certificate');
    return certificate === '' ? {} : { certificate };
  };

  /** For the page's script, before it has the card written. */
  const announce: Screen = async (visit) => {
    const announced = await renewals.announceWrite({ ...asked(visit), ...shownCertificate(visit) })();
    if (E.isLeft(announced)) {
      const { zh, en, code } = announced.left;
      // Another window was first: nothing is to be written, and the step that follows shows how it stands.
      if (code === 'RENEWAL_OUT_OF_STEP') return visit.json({ certificate: null });
      return visit.json({ code, zh, en });
    }
    const { certificate } = announced.right;
    return visit.json({ certificate });
  };

  const receipt: Screen = async (visit) => {
    const found = await renewals.find(whichOf(visit.request))();
    if (E.isLeft(found) || found.right.step !== 'completed') return visit.notFound();
    const view = await renewalView(visit, pack);
    return new Response(receiptText(view, found.right), {
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="renewal-${found.right.id}.txt"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  };

  const own =
    (screen: Screen): Screen =>
    async (visit, path) =>
      isOwn(visit.request, visit.settings.pack.origin)
        ? screen(visit, path)
        : refused(visit, registerError('RENEWAL_NOT_FOUND'));

  const get = (path: string, screen: Screen): Page => ({
    method: 'GET',
    path: `${base}${path}`,
    show: screen,
  });
  const post = (path: string, screen: Screen, counting: ReadonlyArray<Counting> = ['step']): Page => ({
    method: 'POST',
    path: `${base}${path}`,
    show: own(counted(counting, screen)),
  });

  return [
    get('', (visit) => firstStep(visit)),
    post('/card', takeCard, ['begin']),
    post('/holder', takeHolder, ['begin', 'guess']),
    post('/apply', apply, ['begin', 'guess']),
    get('/state', state),
    post(
      '/terms',
      stepBy((visit) => {
        const { form } = visit;
        const [hash, presentedAt] = [form.text('hash'), form.text('presentedAt')];
        return renewals.acceptTerms({ ...asked(visit), hash, presentedAt });
      }),
    ),
    post(
      '/disagree',
      stepBy((visit) => renewals.cancel({ ...asked(visit), reason: 'termsRefused' })),
    ),
    post(
      '/cancel',
      stepBy((visit) => renewals.cancel({ ...asked(visit), reason: 'cancelled' })),
    ),
    post(
      '/sign',
      stepBy((visit) => {
        const { form } = visit;
        const [signature, certificate] = [form.text('signature'), form.text('certificate')];
        return renewals.sign({ ...asked(visit), signature, certificate });
      }),
    ),
    post('/submit', submit),
    post('/announce', announce),
    post(
      '/confirm',
      stepBy((visit) => renewals.confirmWrite({ ...asked(visit), ...shownCertificate(visit) })),
    ),
    post(
      '/refer',
      stepBy((visit) => renewals.refer(asked(visit))),
    ),
    get('/receipt.txt', receipt),
  ];
};
