/**
 * Registering credentials, and which of a person's is the active one (DOC-3…11).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { CaName } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { CredentialRules } from '../policy/policy.js';
import type { CredentialHolder, RegisteredCredentialEvent } from './events.js';
import type { RegisteredCredential, RegisteredCredentials } from './state.js';

type Decision = E.Either<RegisterError, ReadonlyArray<RegisteredCredentialEvent>>;

/** The days on which it is active, as instants: the first of one day, the last of another (ISO, UTC). */
export interface ActiveDays {
  readonly from: string;
  readonly to: string;
}

export interface NewCredential {
  readonly id: string;
  readonly person: string;
  readonly holder: CredentialHolder;
  readonly kind: string;
  readonly cardKind: string;
  readonly ca: CaName;
  readonly serial1: string;
  readonly serial2: string;
  readonly proof: 'read' | 'typedByHand';
  /** `undefined`: 不啟用. */
  readonly active: ActiveDays | undefined;
}

/** Who acts: somebody who may register for anybody (登記桌), or a person for themselves (DOC-3). */
export type RegisteredBy = { readonly desk: true } | { readonly desk: false; readonly person: string };

type Named = Pick<RegisteredCredential, 'id' | 'person' | 'ca' | 'serial1'>;

/** The others of the person that are active now go out, in the same append (DOC-9). */
const activation = (state: RegisteredCredentials, row: Named, days: ActiveDays): Decision => {
  if (days.to < days.from) return E.left(registerError('CREDENTIAL_DATES_INVALID'));
  const others = [...state.values()].filter(
    (other) => other.person === row.person && other.id !== row.id && other.active !== undefined,
  );
  const { id: credential, person, serial1 } = row;
  return E.right([
    ...others.map(
      ({ id }): RegisteredCredentialEvent => ({
        type: 'CredentialDeactivated',
        data: { credential: id, cause: 'otherActivated' },
      }),
    ),
    {
      type: 'CredentialActivated',
      data: { credential, person, ca: row.ca as CaName, serial1, from: days.from, to: days.to },
    },
  ]);
};

/**
 * Whether a serial stands in a row already. The second alone may stand again, in rows of the same person: a renewal may give the
 * card a new certificate for signing and leave it that for encryption (MOICA-12, DOC-6).
 */
export const serialsTaken = (
  state: RegisteredCredentials,
  { person, serial1, serial2 }: Pick<RegisteredCredential, 'person' | 'serial1' | 'serial2'>,
): boolean =>
  [...state.values()].some((row) => {
    const isAgain = row.person === person && row.serial2 === serial2;
    return (
      [row.serial1, row.serial2].includes(serial1) ||
      (!isAgain && [row.serial1, row.serial2].includes(serial2))
    );
  });

/** 新增 (DOC-5, DOC-10): a row of its own, active or not. */
export const registerCredential = (
  state: RegisteredCredentials,
  rules: CredentialRules | undefined,
  by: RegisteredBy,
  input: NewCredential,
): Decision => {
  if (!by.desk && by.person !== input.person) return E.left(registerError('CREDENTIAL_OF_OTHER_PERSON'));
  const { id: credential, person, holder, kind, cardKind, ca, serial1, serial2, proof, active } = input;
  const rule = rules?.kinds.find((candidate) => candidate.id === kind);
  const card = rules?.cardKinds.some((candidate) => candidate.id === cardKind) === true;
  if (rule === undefined || !card) return E.left(registerError('CREDENTIAL_KIND_UNKNOWN'));
  // A card that is read is read, and nobody types its serials (DOC-7).
  if (rule.entry === 'read' && proof !== 'read') return E.left(registerError('CREDENTIAL_MUST_BE_READ'));
  if (serial1 === serial2 || serialsTaken(state, input)) {
    return E.left(registerError('CREDENTIAL_ALREADY_REGISTERED'));
  }
  const registered: RegisteredCredentialEvent = {
    type: 'CredentialRegistered',
    data: { credential, person, kind, cardKind, ca, serial1, serial2, proof },
    personal: holder,
    subject: person,
  };
  if (active === undefined) return E.right([registered]);
  return E.map((events: ReadonlyArray<RegisteredCredentialEvent>) => [registered, ...events])(
    activation(state, { id: credential, person, ca, serial1 }, active),
  );
};

/** 啟用 of a row, or other days for it. Only who registers for others modifies (DOC-3). */
export const activateCredential = (state: RegisteredCredentials, id: string, days: ActiveDays): Decision => {
  const row = state.get(id);
  if (row === undefined) return E.left(registerError('CREDENTIAL_NOT_FOUND'));
  const same = row.active?.from === days.from && row.active.to === days.to;
  return same ? E.left(registerError('NOTHING_CHANGED')) : activation(state, row, days);
};

/** 不啟用 of a row. */
export const deactivateCredential = (state: RegisteredCredentials, id: string): Decision => {
  const row = state.get(id);
  if (row === undefined) return E.left(registerError('CREDENTIAL_NOT_FOUND'));
  return row.active === undefined
    ? E.left(registerError('NOTHING_CHANGED'))
    : E.right([{ type: 'CredentialDeactivated', data: { credential: id, cause: 'byHand' } }]);
};
