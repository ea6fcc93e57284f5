/**
 * 授權指派: the list, and one form for each thing that may be done (GEPI-30…43). Any number of commands in one session.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { ClientFault } from '@mandate/adapters-http/client';
import { registerErrors } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Shortfall } from '../parts/notice.js';
import { workPath } from '../screens/flow.js';
import { sessionCodes, sessionOverPage } from '../screens/session.js';
import { commandIdOf, isId } from '../site/ids.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Page, Screen } from '../site/screen.js';
import type { Visit } from '../site/visit.js';
import { clerkFormPage } from './clerk-form.js';
import { deleteClerkPage } from './delete-page.js';
import { clerkListPage, type Done, lastDone } from './list-page.js';
import type { ListedClerk, Office } from './model.js';
import { type AtWork, atWork, inOffice } from './office.js';
import { clerksPath } from './path.js';
import { delegationOf } from './purpose.js';
import {
  clerkAsTyped,
  clerkOf,
  emptyClerk,
  entryOf,
  fieldOfPath,
  type TypedClerk,
  typedIn,
} from './typed-clerk.js';
import { wantedPage } from './wanted.js';

/** The id under which a form is sent; a new one where the form has none. */
// -------------------------------------------------------------------------------------
// list
// -------------------------------------------------------------------------------------

const showList: Screen = (visit) =>
  inOffice(visit, async ({ view, purpose }, office) => {
    const wanted = purpose.commands.includes('ChangeClerk') ? wantedPage(visit, office) : undefined;
    return wanted === undefined
      ? visit.page(clerkListPage(view, purpose, office, lastDone(visit)))
      : visit.goTo(wanted);
  });

/** To the list, which says what was done. */
const done = (visit: Visit, what: Done, commandId: string): Response => {
  const purpose = delegationOf(visit);
  const list = purpose === undefined ? clerksPath() : workPath(purpose);
  return visit.goTo(`${list}?${new URLSearchParams({ done: what, receipt: commandId })}`);
};

// -------------------------------------------------------------------------------------
// adding and changing
// -------------------------------------------------------------------------------------

interface Filled {
  readonly typed: TypedClerk;
  readonly commandId: string;
  readonly fault?: ClientFault;
}

/** Codes that are about one field of the form, whichever of its parts they come from. */
const fieldOfCode: Readonly<Record<string, string>> = {
  PERMISSION_REQUIRED: 'permissions',
  PERMISSION_UNKNOWN: 'permissions',
  PERMISSION_IS_GROUP: 'permissions',
  NAME_MISMATCH: 'name',
  CERTIFICATE_IN_USE: 'serial',
  CERTIFICATE_SUPERSEDED: 'serial',
  CLERK_ALREADY_AUTHORIZED: 'nationalId',
  IDENTITY_MISMATCH: 'nationalId',
  REGISTERED_CARD_UNKNOWN: 'nationalId',
};

/** The register judges functions after the rest has a form; whoever ticked none is told at once. */
const noneTicked = { path: 'permissions', text: registerErrors.PERMISSION_REQUIRED } as const;

const shortfallOfForm = (fault: ClientFault, { permissions }: TypedClerk, fewest: number): Shortfall => {
  const shortfall = shortfallOf(fault, fieldOfPath);
  const { fields } = shortfall;
  if (
    fewest > 0 &&
    fields.length > 0 &&
    permissions.length === 0 &&
    !fields.some(({ path }) => path === 'permissions')
  )
    return { ...shortfall, fields: [...fields, noneTicked] };
  const code = codeOf(fault);
  const field = Object.hasOwn(fieldOfCode, code) ? fieldOfCode[code] : undefined;
  return fields.length > 0 || field === undefined
    ? shortfall
    : { ...shortfall, fields: [{ path: field, text: shortfall.text }] };
};

const showForm = (
  visit: Visit,
  { view, purpose }: AtWork,
  office: Office,
  clerk: ListedClerk | undefined,
  { typed, commandId, fault }: Filled,
): Response =>
  visit.page(
    clerkFormPage(view, purpose, {
      ...{ office, clerk, typed, commandId },
      ...(fault === undefined
        ? {}
        : { shortfall: shortfallOfForm(fault, typed, view.pack.clerks.minPermissions) }),
    }),
    fault === undefined ? {} : { status: statusOf(fault) },
  );

/** Another's clerk and one that never was are the same: not there. */
const findClerk = ({ list }: Office, id: string | undefined): ListedClerk | undefined =>
  list.clerks.find((clerk) => clerk.id === id);

/** 憑證類別 (NHI-8, NHI-9). */
const asked = ({ url }: Visit): TypedClerk['means'] =>
  url.searchParams.get('means') === 'registeredCard' ? 'registeredCard' : 'certificate';

const showAdd: Screen = (visit) =>
  inOffice(visit, async (work, office) =>
    showForm(visit, work, office, undefined, {
      typed: { ...emptyClerk, means: asked(visit) },
      commandId: randomUUID(),
    }),
  );

const showChange: Screen = (visit, { id }) =>
  inOffice(visit, async (work, office) => {
    const clerk = work.purpose.commands.includes('ChangeClerk') ? findClerk(office, id) : undefined;
    return clerk === undefined
      ? visit.notFound()
      : showForm(visit, work, office, clerk, { typed: clerkAsTyped(clerk), commandId: randomUUID() });
  });

/** What was refused is shown on the form with everything that was typed. */
const answerForm = (
  visit: Visit,
  sent: Either<ClientFault, unknown>,
  what: Done,
  commandId: string,
  again: (fault: ClientFault) => Promise<Response>,
): Promise<Response> | Response => {
  if (sent._tag === 'Right') return done(visit, what, commandId);
  return sessionCodes.has(codeOf(sent.left)) ? sessionOverPage(visit) : again(sent.left);
};

/** A health card of the test box, put into the reader in the place of the unit's own: who it is of need not be typed (NHI-5). */
const swapped = ({ form, settings: { test } }: Visit): TypedClerk | undefined => {
  const card = test?.healthCards?.find(({ id }) => id === form.text('healthCard'));
  return card === undefined
    ? undefined
    : { ...typedIn(form), name: card.holder, nationalId: card.nationalId, means: 'registeredCard' };
};

const add: Screen = (visit) =>
  atWork(visit, async () => {
    const card = swapped(visit);
    if (card !== undefined)
      return inOffice(visit, async (work, office) =>
        showForm(visit, work, office, undefined, { typed: card, commandId: commandIdOf(visit) }),
      );
    const typed = typedIn(visit.form);
    const mailed = visit.settings.pack.clerkMail === 'required';
    const commandId = commandIdOf(visit);
    const sent = await visit.client.authorizeClerk(
      { body: { clerk: entryOf(typed, mailed), permissions: typed.permissions } },
      { idempotencyKey: commandId },
    );
    return answerForm(visit, sent, 'added', commandId, (fault) =>
      inOffice(visit, async (work, office) =>
        showForm(visit, work, office, undefined, { typed, commandId: randomUUID(), fault }),
      ),
    );
  });

const change: Screen = (visit, { id = '' }) =>
  atWork(visit, async () => {
    if (!isId(id)) return visit.notFound();
    const typed = typedIn(visit.form);
    const commandId = commandIdOf(visit);
    const sent = await visit.client.changeClerk(
      { params: { clerkId: id }, body: { clerk: clerkOf(typed), permissions: typed.permissions } },
      { idempotencyKey: commandId },
    );
    return answerForm(visit, sent, 'changed', commandId, (fault) =>
      inOffice(visit, async (work, office) => {
        const clerk = findClerk(office, id);
        return clerk === undefined
          ? visit.notFound()
          : showForm(visit, work, office, clerk, { typed, commandId: randomUUID(), fault });
      }),
    );
  });

// -------------------------------------------------------------------------------------
// deleting
// -------------------------------------------------------------------------------------

const askDelete = (visit: Visit, id: string, fault?: ClientFault): Promise<Response> =>
  inOffice(visit, async ({ view, purpose }, office) => {
    const clerk = findClerk(office, id);
    if (clerk === undefined) return visit.notFound();
    const shortfall = fault === undefined ? undefined : shortfallOf(fault);
    return visit.page(
      deleteClerkPage(view, purpose, office, clerk, randomUUID(), shortfall),
      fault === undefined ? {} : { status: statusOf(fault) },
    );
  });

const showDelete: Screen = (visit, { id = '' }) => askDelete(visit, id);

const remove: Screen = (visit, { id = '' }) =>
  atWork(visit, async () => {
    if (!isId(id)) return visit.notFound();
    const commandId = commandIdOf(visit);
    const sent = await visit.client.revokeClerk(
      { params: { clerkId: id }, body: { confirmed: visit.form.text('confirmed') === 'yes' } },
      { idempotencyKey: commandId },
    );
    return answerForm(visit, sent, 'deleted', commandId, (fault) => askDelete(visit, id, fault));
  });

// -------------------------------------------------------------------------------------
// reading a card
// -------------------------------------------------------------------------------------

/** 讀取憑證, for the page's script: what the card shows, or why it cannot be a clerk's (GEPI-33, 34). */
const readCard: Screen = (visit) =>
  atWork(visit, async () => {
    const { form, client, words } = visit;
    const cardNumber = form.text('cardNumber');
    const read = await client.showCertificate({
      body: { der: form.text('der'), ...(cardNumber === '' ? {} : { cardNumber }) },
    });
    if (read._tag === 'Left') return visit.json({ refused: words.pick(shortfallOf(read.left).text) });
    const { name, serial, warnings } = read.right;
    return visit.json({ name, serial, warning: warnings.length > 0 });
  });

export const delegationPages: ReadonlyArray<Page> = [
  { method: 'GET', path: clerksPath(), show: showList },
  { method: 'GET', path: clerksPath('add'), show: showAdd },
  { method: 'POST', path: clerksPath('add'), show: add },
  { method: 'POST', path: clerksPath('read-card'), show: readCard },
  { method: 'GET', path: clerksPath(':id', 'delete'), show: showDelete },
  { method: 'POST', path: clerksPath(':id', 'delete'), show: remove },
  { method: 'GET', path: clerksPath(':id'), show: showChange },
  { method: 'POST', path: clerksPath(':id'), show: change },
];
