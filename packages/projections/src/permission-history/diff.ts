/**
 * What differs between who could act at two instants, and how to get from one to the other.
 *
 * @packageDocumentation
 */
import { isSeen, sameCertificate } from '@mandate/domain';
import { byFunction, inOrder, provedBy } from './fold.js';
import type {
  AgencyAt,
  AuthorityAt,
  AuthorityDiff,
  CertificateChange,
  ClerkAt,
  CredentialAt,
  ManagerAt,
  PermissionChange,
} from './model.js';

// -------------------------------------------------------------------------------------
// difference
// -------------------------------------------------------------------------------------

/** Structures of this package, made by one code: equal texts are equal values. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The same entry: clerk ids are given once, and an id that was authorised again is another entry. */
const sameClerk = (a: ClerkAt, b: ClerkAt): boolean =>
  a.clerk === b.clerk && a.authorized.eventId === b.authorized.eventId;

const missingIn = (
  clerks: ReadonlyArray<ClerkAt>,
  others: ReadonlyArray<ClerkAt>,
): ReadonlyArray<ClerkAt> => {
  const known = new Map(others.map((clerk) => [clerk.clerk, clerk]));
  return clerks.filter((clerk) => {
    const other = known.get(clerk.clerk);
    return other === undefined || !sameClerk(clerk, other);
  });
};

/** What the clerks of one instant hold and those of the other do not. */
const permissionsOnlyIn = (
  clerks: ReadonlyArray<ClerkAt>,
  others: ReadonlyArray<ClerkAt>,
): ReadonlyArray<PermissionChange> => {
  const keyOf = (clerk: ClerkAt, fn: string, eventId: string): string => `${clerk.clerk} ${fn} ${eventId}`;
  const known = new Set(
    others.flatMap((clerk) =>
      clerk.permissions.map((held) => keyOf(clerk, held.function, held.granted.eventId)),
    ),
  );
  return clerks.flatMap((clerk) =>
    clerk.permissions
      .filter((held) => !known.has(keyOf(clerk, held.function, held.granted.eventId)))
      .map((held) => ({ ...held, clerk: clerk.clerk, person: clerk.person })),
  );
};

/** Activations of one instant that the other has not. */
const activeOnlyIn = (
  credentials: ReadonlyArray<CredentialAt>,
  others: ReadonlyArray<CredentialAt>,
): ReadonlyArray<CredentialAt> => {
  const known = new Set(others.map(({ activated }) => activated.eventId));
  return credentials.filter(({ activated }) => !known.has(activated.eventId));
};

type WithCertificate = Pick<AgencyAt, 'credential'> | Pick<ManagerAt, 'credential'> | ClerkAt;

const certificateChange = (
  holder: CertificateChange['holder'],
  clerk: string | null,
  from: WithCertificate & { readonly identityProof?: CertificateChange['identityProof'] },
  to: WithCertificate & { readonly identityProof?: CertificateChange['identityProof'] },
): ReadonlyArray<CertificateChange> => {
  const identityProof = to.identityProof ?? null;
  if (same(from.credential, to.credential) && (from.identityProof ?? null) === identityProof) return [];
  const kind = sameCertificate(from.credential, to.credential) ? 'proved' : 'replaced';
  return [{ holder, clerk, kind, from: from.credential, to: to.credential, identityProof }];
};

/** The agency without its certificate, which is told on its own. */
const registrationOf = (agency: AgencyAt | null): unknown =>
  agency === null ? null : [agency.name, agency.organisation, agency.status, agency.registered.eventId];

/** What differs between two instants of one agency. */
export const diffOf = (from: AuthorityAt, to: AuthorityAt): AuthorityDiff => {
  const left = missingIn(from.clerks, to.clerks);
  const joined = missingIn(to.clerks, from.clerks);
  const stayed = from.clerks.flatMap((before) => {
    const after = to.clerks.find((clerk) => sameClerk(before, clerk));
    return after === undefined ? [] : certificateChange('clerk', before.clerk, before, after);
  });
  const sameManager = from.manager?.appointed.eventId === to.manager?.appointed.eventId;
  const ofManager =
    sameManager && from.manager !== null && to.manager !== null
      ? certificateChange('manager', null, from.manager, to.manager)
      : [];
  const sameRegistration = same(registrationOf(from.agency), registrationOf(to.agency));
  const ofAgency =
    from.agency !== null && to.agency !== null
      ? certificateChange('agency', null, from.agency, to.agency)
      : [];
  return {
    agencyCode: to.agencyCode,
    granted: permissionsOnlyIn(to.clerks, from.clerks),
    revoked: permissionsOnlyIn(from.clerks, to.clerks),
    joined,
    left,
    certificates: [...ofAgency, ...ofManager, ...stayed],
    activated: activeOnlyIn(to.credentials, from.credentials),
    deactivated: activeOnlyIn(from.credentials, to.credentials),
    manager: sameManager ? null : { from: from.manager, to: to.manager },
    agency: sameRegistration ? null : { from: from.agency, to: to.agency },
    terms:
      from.terms?.accepted.eventId === to.terms?.accepted.eventId ? null : { from: from.terms, to: to.terms },
  };
};

// -------------------------------------------------------------------------------------
// application
// -------------------------------------------------------------------------------------

const changedClerk = (clerk: ClerkAt, diff: AuthorityDiff): ClerkAt => {
  const mine = ({ clerk: id }: { readonly clerk: string | null }): boolean => id === clerk.clerk;
  const gone = new Set(diff.revoked.filter(mine).map((held) => held.function));
  const granted = diff.granted.filter(mine).map(({ function: code, catalogueVersion, granted: event }) => ({
    function: code,
    catalogueVersion,
    granted: event,
  }));
  const permissions = [...clerk.permissions.filter((held) => !gone.has(held.function)), ...granted];
  const certificate = diff.certificates.find((change) => change.holder === 'clerk' && mine(change));
  return {
    ...clerk,
    credential: certificate?.to ?? clerk.credential,
    identityProof: certificate?.identityProof ?? clerk.identityProof,
    permissions: permissions.sort(byFunction),
  };
};

/** Goes from the first instant of a difference to the second. */
export const applyDiff = (from: AuthorityAt, diff: AuthorityDiff): AuthorityAt => {
  const certificateOf = (holder: CertificateChange['holder']): CertificateChange | undefined =>
    diff.certificates.find((change) => change.holder === holder);
  const withCertificate = <A extends AgencyAt | ManagerAt>(
    value: A | null,
    change: CertificateChange | undefined,
  ): A | null =>
    value === null || change === undefined || !isSeen(change.to)
      ? value
      : { ...value, ...provedBy(change.to, change.identityProof) };
  const left = new Set(diff.left.map((clerk) => clerk.authorized.eventId));
  const stayed = from.clerks
    .filter((clerk) => !left.has(clerk.authorized.eventId))
    .map((clerk) => changedClerk(clerk, diff));
  return {
    agencyCode: diff.agencyCode,
    agency: diff.agency === null ? withCertificate(from.agency, certificateOf('agency')) : diff.agency.to,
    manager:
      diff.manager === null ? withCertificate(from.manager, certificateOf('manager')) : diff.manager.to,
    terms: diff.terms === null ? from.terms : diff.terms.to,
    clerks: [...stayed, ...diff.joined].sort((a, b) => inOrder(a.authorized, b.authorized)),
    credentials: [...activeOnlyIn(from.credentials, diff.deactivated), ...diff.activated].sort((a, b) =>
      inOrder(a.activated, b.activated),
    ),
  };
};
