/**
 * Who may enter 使用者憑證登記: people by their account, for themselves, and the registry desk (DOC-3).
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { Either } from 'fp-ts/lib/Either.js';
import { refusedPage } from '../screens/errors.js';
import { nextPath, sessionFor } from '../screens/flow.js';
import { sessionCodes, sessionOverPage } from '../screens/session.js';
import { codeOf } from '../site/refusal.js';
import { shortDay } from '../site/times.js';
import type { SessionPanel } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { type AtWork, type Credential, type Officer, registering } from './model.js';
import { wantRenewed } from './wanted.js';

/** A refusal of the session ends it; anything else is said. */
export const refuse = (visit: Visit, { purpose }: AtWork, fault: ClientFault): Promise<Response> =>
  sessionCodes.has(codeOf(fault)) ? sessionOverPage(visit, purpose) : refusedPage(visit, fault);

/** Whose session it is, where it is a person's and not the desk's. */
const ownOf = ({ cards }: SessionPanel): Officer | undefined => {
  const card = cards.find(({ role }) => role === 'clerk');
  if (card === undefined || card.nationalId === null) return undefined;
  const { nationalId, displayName: name, account = null } = card;
  return { nationalId, name, account };
};

/** Lets in whose session registers credentials; everybody else is led to the account. */
export const atWork = async (visit: Visit, show: (work: AtWork) => Promise<Response>): Promise<Response> => {
  const purposes = registering(visit.settings.pack);
  const [first] = purposes;
  const rules = visit.settings.pack.credentials;
  if (first === undefined || rules === undefined) return visit.notFound();
  const view = await visit.view();
  const purpose = purposes.find((one) => sessionFor(view, one) !== undefined) ?? first;
  const session = sessionFor(view, purpose);
  if (session?.state !== 'confirmed') {
    if (visit.request.method !== 'GET') return sessionOverPage(visit, purpose);
    wantRenewed(visit);
    return visit.goTo(nextPath(purpose, session));
  }
  return show({
    ...{ view, purpose, rules },
    own: ownOf(session),
    maintains: purpose.commands.includes('ActivateCredential'),
  });
};

/** The same with the rows that this session may see. */
export const inList = (
  visit: Visit,
  show: (work: AtWork, rows: ReadonlyArray<Credential>) => Promise<Response>,
): Promise<Response> =>
  atWork(visit, async (work) => {
    const list = await visit.client.credentials();
    return list._tag === 'Left' ? refuse(visit, work, list.left) : show(work, list.right.credentials);
  });

/** As days are written in the form. */
export const today = ({ settings, words: { lang } }: Visit): string =>
  shortDay(new Date(settings.now()).toISOString(), lang);

/** Whom a national ID belongs to. */
export const officerOf = async (visit: Visit, nationalId: string): Promise<Either<ClientFault, Officer>> => {
  const found = await visit.client.findPerson({ body: { nationalId } });
  return found._tag === 'Left' ? found : { _tag: 'Right', right: { nationalId, ...found.right } };
};
