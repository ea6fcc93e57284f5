/**
 * Who is the manager, with which certificate, and how to be reached.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { AgencyEvent } from '../agency/events.js';
import {
  type MatchedIdentity,
  type RootCredential,
  replacementCause,
  type SeenCredential,
  sameCertificate,
} from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Contact, ManagerEvent } from './events.js';
import type { Manager, ManagerState } from './state.js';

type Decision = E.Either<RegisterError, ReadonlyArray<ManagerEvent | AgencyEvent>>;

/** A citizen whose card was confirmed and whose ID was matched with it. */
export interface ConfirmedPerson {
  readonly person: string;
  readonly nationalId: string;
  readonly credential: SeenCredential;
  readonly identityProof: MatchedIdentity;
}

/** The manager, if there is one. */
export const currentManager = (state: ManagerState): E.Either<RegisterError, Manager> =>
  state === undefined ? E.left(registerError('MANAGER_MISSING')) : E.right(state);

/** The card is the manager's registered one: the right person and the right certificate, told apart. */
export const isTheManager = (
  state: ManagerState,
  card: { readonly person: string; readonly credential: RootCredential },
): E.Either<RegisterError, Manager> =>
  E.chain((manager: Manager): E.Either<RegisterError, Manager> => {
    if (manager.person !== card.person) return E.left(registerError('MANAGER_PERSON_DIFFERS'));
    if (!sameCertificate(manager.credential, card.credential)) {
      return E.left(registerError('MANAGER_CERTIFICATE_NOT_REGISTERED'));
    }
    return E.right(manager);
  })(currentManager(state));

/** Appoints a person; `previous` is who was manager until now (GEPI-28, GEPI-49). */
export const appointManager = (state: ManagerState, next: ConfirmedPerson, contact: Contact): Decision =>
  E.right([
    {
      type: 'ManagerAppointed',
      data: {
        person: next.person,
        credential: next.credential,
        identityProof: next.identityProof,
        previous: state?.person ?? null,
      },
      personal: { nationalId: next.nationalId, contact },
      subject: next.person,
    },
  ]);

const sameContact = (a: Contact, b: Contact): boolean =>
  a.name === b.name && a.email === b.email && a.phone === b.phone && a.extension === b.extension;

/**
 * The contact data confirmed or typed again in a replacement (GEPI-46, GEPI-47): an event only where they differ.
 * `current` is `undefined` where what was kept can no longer be read.
 */
export const confirmContact = (
  state: ManagerState,
  current: Contact | undefined,
  contact: Contact,
): Decision =>
  E.map((manager: Manager): ReadonlyArray<ManagerEvent> => {
    if (current !== undefined && sameContact(current, contact)) return [];
    return [
      {
        type: 'ContactChanged',
        data: { person: manager.person },
        personal: { contact },
        subject: manager.person,
      },
    ];
  })(currentManager(state));

/**
 * The manager's next card (GEPI-47). The same person with another certificate is a replacement; another person is a
 * new appointment (GEPI-49). The manual has one screen for both, so the identity decides.
 */
export const replaceManagerCertificate = (
  state: ManagerState,
  next: ConfirmedPerson,
  contact: Contact,
  currentContact: Contact | undefined,
): Decision =>
  E.chain((manager: Manager): Decision => {
    if (manager.person !== next.person) return appointManager(state, next, contact);
    if (sameCertificate(manager.credential, next.credential)) {
      return E.left(registerError('CERTIFICATE_UNCHANGED'));
    }
    return E.map(
      (changes: ReadonlyArray<ManagerEvent | AgencyEvent>): ReadonlyArray<ManagerEvent | AgencyEvent> => [
        {
          type: 'CertificateReplaced',
          data: {
            holder: 'manager',
            clerk: null,
            previous: manager.credential,
            next: next.credential,
            identityProof: next.identityProof,
            cause: replacementCause(manager.credential, next.credential),
            organisation: null,
            review: null,
          },
        },
        ...changes,
      ],
    )(confirmContact(state, currentContact, contact));
  })(currentManager(state));
