/**
 * A renewed card registered with one button (MOICA-16, DOC-9, DOC-10). Kind and card kind are those of the row before, the days
 * from today to the end of the certificate. Nothing of it is believed of the page: the card is read again.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { ClientFault } from '@mandate/adapters-http/client';
import { registerErrors } from '@mandate/domain';
import type { Shortfall } from '../parts/notice.js';
import { sessionCodes } from '../screens/session.js';
import { commandIdOf } from '../site/ids.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Page, Screen } from '../site/screen.js';
import { shortDay } from '../site/times.js';
import type { Visit } from '../site/visit.js';
import {
  type AtWork,
  type Credential,
  isRead,
  type Officer,
  serialsOf,
  type Typed,
  typedIn,
} from './model.js';
import { atWork, inList, refuse, today } from './office.js';
import { credentialsPath } from './path.js';
import { cardRead } from './read-card.js';
import { renewedPage } from './renewed-page.js';
import { renewedPath, renewedWanted } from './wanted.js';

/** The active row, else the last, of a kind that the pack still has. */
const rowBefore = (
  { rules }: AtWork,
  rows: ReadonlyArray<Credential>,
  { account }: Officer,
): Credential | undefined => {
  const own = rows.filter(
    (row) =>
      row.account === account &&
      rules.kinds.some(({ id }) => id === row.kind) &&
      rules.cardKinds.some(({ id }) => id === row.cardKind),
  );
  return own.find(({ active }) => active !== null) ?? own.at(-1);
};

/** The desk has the ordinary form: whose card it is, is not said by who signed in. */
const forOneself = (
  visit: Visit,
  show: (work: AtWork, officer: Officer, before: Credential | undefined) => Promise<Response>,
): Promise<Response> =>
  inList(visit, async (work, rows) =>
    work.own === undefined
      ? visit.goTo(credentialsPath())
      : show(work, work.own, rowBefore(work, rows, work.own)),
  );

const showRenewed: Screen = (visit) =>
  forOneself(visit, async (work, officer, before) =>
    visit.page(renewedPage(work, { officer, before, typed: typedIn(visit.form), commandId: randomUUID() })),
  );

/** What the card in the reader would be registered as, or why not: another's, or the one that is on record. */
const readCard: Screen = (visit) =>
  atWork(visit, async ({ own }) => {
    const { words } = visit;
    if (own === undefined) return visit.json({ refused: words.say('credential.read.half') });
    return cardRead(
      visit,
      own.nationalId,
      typedIn(visit.form),
      ({ serial1, serial2, notAfter, warnings }): Readonly<Record<string, string>> => {
        if (warnings.length === 0)
          return { serial1, serial2, from: today(visit), to: shortDay(notAfter, words.lang) };
        const known = words.pick(registerErrors.CREDENTIAL_ALREADY_REGISTERED);
        return {
          refused: [known, words.say('credential.renewed.same')].join(words.lang === 'zh' ? '' : ' '),
        };
      },
    );
  });

const save: Screen = (visit) =>
  forOneself(visit, async (work, officer, before) => {
    const sent = typedIn(visit.form);
    const commandId = commandIdOf(visit);
    const again = (typed: Typed, shortfall: Shortfall, status: number): Response =>
      visit.page(renewedPage(work, { officer, before, typed, commandId: randomUUID(), shortfall }), {
        status,
      });
    const unread: Typed = {
      ...sent,
      ...{ signing: '', encryption: '', serial1: '', serial2: '', from: '', to: '' },
    };
    const refused = (fault: ClientFault): Promise<Response> | Response =>
      fault.kind !== 'problem' || sessionCodes.has(codeOf(fault))
        ? refuse(visit, work, fault)
        : again(unread, { text: shortfallOf(fault).text, fields: [] }, statusOf(fault));
    if (before === undefined) return visit.goTo(renewedPath);
    if (!isRead(sent))
      return again(unread, { text: registerErrors.CREDENTIAL_MUST_BE_READ, fields: [] }, 422);
    const { nationalId } = officer;
    const { signing, encryption } = sent;
    const shown = await visit.client.showCredential({ body: { nationalId, signing, encryption } });
    if (shown._tag === 'Left') return refused(shown.left);
    const { kind, cardKind } = before;
    const days = { from: today(visit), to: shortDay(shown.right.notAfter, visit.words.lang) };
    const done = await visit.client.registerCredential(
      { body: { nationalId, kind, cardKind, serials: serialsOf(sent), active: true, ...days } },
      { idempotencyKey: commandId },
    );
    return done._tag === 'Right' ? visit.goTo(`${credentialsPath()}?done=added`) : refused(done.left);
  });

/** The page that was asked for before the account was, where it was this one. */
export const insteadOfList = (visit: Visit): Response | undefined =>
  renewedWanted(visit) ? visit.goTo(renewedPath) : undefined;

export const renewedPages: ReadonlyArray<Page> = [
  { method: 'GET', path: renewedPath, show: showRenewed },
  { method: 'POST', path: renewedPath, show: save },
  { method: 'POST', path: credentialsPath('renewed', 'read-card'), show: readCard },
];
