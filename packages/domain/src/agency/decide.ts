/**
 * What an agency may decide about itself.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import {
  credentialKey,
  isMeans,
  type RootCredential,
  replacementCause,
  type SeenCredential,
  sameCertificate,
} from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { AgencyEvent } from './events.js';
import { type Organisation, sameOrganisation } from './organisation.js';
import type { AgencyState, RegisteredAgency } from './state.js';

type Decision = E.Either<RegisterError, ReadonlyArray<AgencyEvent>>;

/** The agency, if it is registered and open; otherwise why it cannot act (NHI-19, GEPI-15). */
export const activeAgency = (state: AgencyState): E.Either<RegisterError, RegisteredAgency> => {
  switch (state.status) {
    case 'unregistered':
      return E.left(registerError('AGENCY_NOT_REGISTERED'));
    case 'suspended':
      return E.left(registerError('AGENCY_SUSPENDED'));
    case 'deregistered':
      return E.left(registerError('AGENCY_DEREGISTERED'));
    case 'registered':
      return E.right(state);
  }
};

/**
 * Whether a first registration is open to this agency: it was never registered, or its service had ended (NHI-18).
 * Whether an agency that was abolished still exists is for the portal's directory to say.
 */
export const mayRegister = (state: AgencyState): E.Either<RegisterError, void> => {
  switch (state.status) {
    case 'unregistered':
    case 'deregistered':
      return E.right(undefined);
    case 'suspended':
      return E.left(registerError('AGENCY_SUSPENDED'));
    case 'registered':
      return E.left(registerError('AGENCY_ALREADY_REGISTERED'));
  }
};

/**
 * Refuses a certificate that another took the place of. A CA lets an agency's old card live on until it expires:
 * whoever still holds it must not get in by it.
 */
export const neverReplaced = (
  state: AgencyState,
  credential: RootCredential,
): E.Either<RegisterError, void> =>
  // Means of a person are no card that somebody else may still hold: the person may come back with them.
  !isMeans(credential) && state.status !== 'unregistered' && state.former.has(credentialKey(credential))
    ? E.left(registerError('CERTIFICATE_ALREADY_REPLACED', { ca: credential.ca }))
    : E.right(undefined);

/**
 * The kind of credential that an agency is registered with stays what it is until its service ends (NHI-18): a
 * certificate follows a certificate, and everything that was granted hangs off it.
 */
export const sameRootKind = (
  { credential: previous }: RegisteredAgency,
  next: RootCredential,
): E.Either<RegisterError, { readonly previous: SeenCredential; readonly next: SeenCredential }> =>
  isMeans(previous) || isMeans(next) ? E.left(registerError('ROOT_KIND_FIXED')) : E.right({ previous, next });

/** First registration (GEPI-22, GEPI-28). The review, where one was needed, is already approved and in force. */
export const registerAgency = (
  state: AgencyState,
  input: {
    readonly code: string;
    readonly name: string;
    readonly organisation: Organisation;
    readonly credential: RootCredential;
    readonly review: string | null;
  },
): Decision =>
  E.map((): ReadonlyArray<AgencyEvent> => [{ type: 'AgencyRegistered', data: input }])(
    E.chain(() => neverReplaced(state, input.credential))(mayRegister(state)),
  );

/** The agency's next certificate takes the place of the one on record (GEPI-46, GEPI-48). */
export const replaceAgencyCertificate = (
  state: AgencyState,
  input: {
    readonly next: RootCredential;
    readonly organisation: Organisation;
    readonly review: string | null;
  },
): Decision =>
  E.chain((agency: RegisteredAgency): Decision => {
    const kind = sameRootKind(agency, input.next);
    if (E.isLeft(kind)) return kind;
    const { previous, next } = kind.right;
    if (sameCertificate(previous, next)) return E.left(registerError('CERTIFICATE_UNCHANGED'));
    const fresh = neverReplaced(agency, next);
    if (E.isLeft(fresh)) return fresh;
    return E.right([
      {
        type: 'CertificateReplaced',
        data: {
          holder: 'agency',
          clerk: null,
          previous,
          next,
          identityProof: null,
          cause: replacementCause(previous, next),
          organisation: sameOrganisation(agency.organisation, input.organisation) ? null : input.organisation,
          review: input.review,
        },
      },
    ]);
  })(activeAgency(state));

/** Staff close the agency's access for the time being (NHI-19 has the same in another portal). */
export const suspendAgency = (state: AgencyState, reason: string): Decision =>
  E.map((): ReadonlyArray<AgencyEvent> => [{ type: 'AgencySuspended', data: { reason } }])(
    activeAgency(state),
  );

/** Staff open it again: at once, or from `opensAt` on (ISO, UTC; NHI-19). */
export const reopenAgency = (state: AgencyState, reason: string, opensAt?: string): Decision => {
  if (state.status === 'suspended' && state.opensAt !== undefined) {
    return E.left(registerError('AGENCY_OPENS_SOON'));
  }
  if (state.status === 'suspended') {
    const effective = opensAt === undefined ? {} : { effectiveAt: opensAt };
    return E.right([{ type: 'AgencyReopened', data: { reason }, ...effective }]);
  }
  return E.left(
    registerError(
      state.status === 'registered'
        ? 'AGENCY_NOT_SUSPENDED'
        : state.status === 'deregistered'
          ? 'AGENCY_DEREGISTERED'
          : 'AGENCY_NOT_REGISTERED',
    ),
  );
};

/** The agency was abolished or leaves: its service ends, its history stays (GEPI-15, clause 9). */
export const deregisterAgency = (state: AgencyState, reason: string): Decision => {
  if (state.status === 'unregistered') return E.left(registerError('AGENCY_NOT_REGISTERED'));
  if (state.status === 'deregistered') return E.left(registerError('AGENCY_DEREGISTERED'));
  return E.right([{ type: 'AgencyDeregistered', data: { reason } }]);
};
