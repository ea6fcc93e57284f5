/**
 * Commands of card holders by their names in the pack, as far as they take terms and a contact.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { Either } from 'fp-ts/lib/Either.js';
import type { ContactFields } from '../parts/contact-form.js';
import type { AgreedTerms } from '../site/terms-cookie.js';
import type { Visit } from '../site/visit.js';

interface Request {
  /** As the pack asks: terms where the purpose has them, a contact where there is a manager. */
  readonly body: { readonly terms?: AgreedTerms; readonly contact?: ContactFields };
}

export interface Carried {
  readonly events: ReadonlyArray<{ readonly id: string; readonly type: string }>;
}

type Send = (
  visit: Visit,
  request: Request,
  options: { readonly idempotencyKey: string },
) => Promise<Either<ClientFault, Carried>>;

/** These two are of portals with a manager and terms alone. */
const withManager = ({ body: { terms, contact } }: Request) => {
  if (terms === undefined || contact === undefined) throw new Error('a replacement without terms or contact');
  return { body: { terms, contact } };
};

const sends: Readonly<Record<string, Send>> = {
  RegisterAgency: ({ client }, request, options) => client.registerAgency(request, options),
  ReplaceAgencyCertificate: ({ client }, request, options) =>
    client.replaceAgencyCertificate(request, options),
  ReplaceManagerCertificate: ({ client }, request, options) =>
    client.replaceManagerCertificate(withManager(request), options),
  ReplaceBothCertificates: ({ client }, request, options) =>
    client.replaceBothCertificates(withManager(request), options),
};

/** Whether a command of a pack is one of these. */
export const canSend = (command: string): boolean => Object.hasOwn(sends, command);

/** Sends it under the id that stands in the form, so that a form that comes twice is one command. */
export const send = async (
  visit: Visit,
  command: string,
  commandId: string,
  body: Request['body'],
): Promise<Either<ClientFault, Carried>> => {
  const found = canSend(command) ? sends[command] : undefined;
  if (found === undefined) throw new Error(`no form for ${command}`);
  return found(visit, { body }, { idempotencyKey: commandId });
};
