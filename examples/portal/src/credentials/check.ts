/**
 * 確定: whose credential it is and what its serials are, checked before 啟用狀態 is asked for (DOC-7, DOC-8, DOC-12). Everything that
 * is wrong is said at once, each beside its field.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import { decodeValue, registerErrors, type Text, TypedCertificateSerial, valueErrors } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Shortfall } from '../parts/notice.js';
import { sessionCodes } from '../screens/session.js';
import { codeOf, shortfallOf } from '../site/refusal.js';
import type { Visit } from '../site/visit.js';
import { type AtWork, isRead, kindOf, type Officer, type Typed } from './model.js';
import { officerOf } from './office.js';

type Lines = Shortfall['fields'];

/** What the second stage is about. */
export interface Checked {
  readonly officer: Officer;
  /** Serials as they are printed. */
  readonly typed: Typed;
  /** Until when a card that was read is good; ISO, UTC. */
  readonly notAfter: string | undefined;
}

export type Unchecked =
  /** The session is over, or nobody answers. */
  { readonly fault: ClientFault } | { readonly shortfall: Shortfall };

const line = (path: string, text: Text): Lines => [{ path, text }];

/** A refusal as lines beside fields: its own, or the one where it belongs. */
const linesOf = (fault: ClientFault, path: string, nameOf?: (path: string) => string): Lines => {
  const { fields, text } = shortfallOf(fault, nameOf);
  return fields.length > 0 ? fields : line(path, text);
};

const typedSerial = (path: 'serial1' | 'serial2', text: string): Lines => {
  const read = decodeValue(TypedCertificateSerial, text);
  return read._tag === 'Right' ? [] : read.left.flatMap(({ code }) => line(path, valueErrors[code]));
};

const lost = (fault: ClientFault): boolean => fault.kind !== 'problem' || sessionCodes.has(codeOf(fault));

const sentAs: Readonly<Record<string, string>> = { signing: 'serial1', encryption: 'serial2' };

export const check = async (
  visit: Visit,
  { rules }: AtWork,
  typed: Typed,
): Promise<Either<Unchecked, Checked>> => {
  const stop = (fault: ClientFault): Either<Unchecked, Checked> => ({ _tag: 'Left', left: { fault } });
  const wrong: Array<Lines[number]> = [];
  const found = await officerOf(visit, typed.nationalId);
  if (found._tag === 'Left') {
    if (lost(found.left)) return stop(found.left);
    wrong.push(...linesOf(found.left, 'nationalId'));
  }
  let serials: Pick<Typed, 'serial1' | 'serial2'> = typed;
  let notAfter: string | undefined;
  if (isRead(typed)) {
    const { nationalId, signing, encryption } = typed;
    const shown = await visit.client.showCredential({ body: { nationalId, signing, encryption } });
    if (shown._tag === 'Left') {
      if (lost(shown.left)) return stop(shown.left);
      const lines = linesOf(shown.left, 'serial1', (path) => sentAs[path] ?? path);
      // An ID that was refused above is said once.
      wrong.push(...lines.filter(({ path }) => !wrong.some((known) => known.path === path)));
    } else {
      serials = shown.right;
      notAfter = shown.right.notAfter;
      if (shown.right.warnings.length > 0)
        wrong.push(...line('serial1', registerErrors.CREDENTIAL_ALREADY_REGISTERED));
    }
  } else if (kindOf(rules, typed.kind)?.entry === 'read') {
    wrong.push(...line('serial1', registerErrors.CREDENTIAL_MUST_BE_READ));
  } else {
    wrong.push(...typedSerial('serial1', typed.serial1), ...typedSerial('serial2', typed.serial2));
  }
  if (!rules.cardKinds.some(({ id }) => id === typed.cardKind))
    wrong.push(...line('cardKind', valueErrors.REQUIRED));
  const [first] = wrong;
  if (first !== undefined || found._tag === 'Left')
    return {
      _tag: 'Left',
      left: { shortfall: { text: first?.text ?? registerErrors.INVALID_INPUT, fields: wrong } },
    };
  const { serial1, serial2 } = serials;
  return { _tag: 'Right', right: { officer: found.right, typed: { ...typed, serial1, serial2 }, notAfter } };
};
