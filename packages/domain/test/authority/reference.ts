/**
 * The decision once more, as plainly as it can be said: take the events that count, put them in the order in which
 * they take effect, fold them with the aggregates' own `evolve`, and look.
 */
import { evolveAgency, initialAgency } from '../../src/agency/state.js';
import { type Clerk, evolveClerks, initialClerks } from '../../src/clerk/state.js';
import { sameCertificate, validAt } from '../../src/credential/credential.js';
import type { StoredEvent } from '../../src/events/table.js';
import type { AsOf, AuthorityQuestion, CertificateName, DecisionCode, Who } from '../../src/index.js';
import { evolveManager, initialManager } from '../../src/manager/state.js';
import type { PortalPolicy } from '../../src/policy/policy.js';

/** What the reference finds: the code, and the events on which an answer rests, by id. */
export interface Found {
  readonly code: DecisionCode | 'ALLOWED';
  readonly clerk?: string;
  readonly grant?: string | undefined;
  readonly registered?: string;
  readonly appointed?: string;
  /** How well the manager's, then the clerk's certificate is shown to be theirs. */
  readonly proofs?: ReadonlyArray<string>;
  readonly terms?: string | undefined;
  readonly functions?: ReadonlyArray<string>;
}

const isOf = (event: StoredEvent, portal: string, agency: string): boolean =>
  event.meta.stream === `agency-${portal}.${agency}`;

/** Those that count, in the order in which they take effect; `sort` keeps store order where times are one. */
const counting = (
  events: ReadonlyArray<StoredEvent>,
  portal: string,
  agency: string,
  { at, knownAt }: AsOf,
): ReadonlyArray<StoredEvent> =>
  events
    .filter((event) => isOf(event, portal, agency))
    .filter(({ meta }) => meta.effectiveAt <= at && (knownAt === undefined || meta.recordedAt <= knownAt))
    .sort((a, b) =>
      a.meta.effectiveAt < b.meta.effectiveAt ? -1 : a.meta.effectiveAt > b.meta.effectiveAt ? 1 : 0,
    );

/** Clerk id → function → the event by which it came to be held. */
const grantsOf = (events: ReadonlyArray<StoredEvent>): Map<string, Map<string, string>> => {
  const grants = new Map<string, Map<string, string>>();
  let clerks = initialClerks;
  for (const event of events) {
    const before = clerks;
    clerks = evolveClerks(clerks, event);
    for (const [id, clerk] of clerks) {
      const of = grants.get(id) ?? new Map<string, string>();
      grants.set(id, of);
      const anew = event.type === 'ClerkAuthorized' && event.data.clerk === id;
      for (const fn of clerk.permissions) {
        if (anew || before.get(id)?.permissions.has(fn) !== true) of.set(fn, event.meta.id);
      }
    }
  }
  return grants;
};

/** When each clerk was authorised last, in the order of effect. */
const authorisations = (events: ReadonlyArray<StoredEvent>): Map<string, number> => {
  const found = new Map<string, number>();
  events.forEach((event, n) => {
    if (event.type === 'ClerkAuthorized') found.set(event.data.clerk, n);
  });
  return found;
};

const hadCertificate = (events: ReadonlyArray<StoredEvent>, clerk: string, name: CertificateName): boolean =>
  events.some((event) => {
    const credential =
      event.type === 'ClerkAuthorized' || event.type === 'ClerkCredentialProved'
        ? event.data.clerk === clerk && event.data.credential
        : event.type === 'CertificateReplaced' && event.data.holder === 'clerk' && event.data.clerk === clerk
          ? event.data.next
          : false;
    return credential !== false && credential.ca === name.ca && credential.serial === name.serial;
  });

/** Everybody who was ever authorised, by the id of the entry. */
const everAuthorised = (
  events: ReadonlyArray<StoredEvent>,
): ReadonlyArray<{ readonly id: string; readonly person: string }> =>
  events.flatMap((event) =>
    event.type === 'ClerkAuthorized' ? [{ id: event.data.clerk, person: event.data.person }] : [],
  );

const latest = (clerks: ReadonlyArray<Clerk>, since: Map<string, number>): Clerk | undefined =>
  [...clerks].sort((a, b) => (since.get(a.id) ?? 0) - (since.get(b.id) ?? 0)).at(-1);

/** A certificate that is shown must be proved by its card. */
const provedOnly = (clerk: Clerk): Clerk | 'CREDENTIAL_NOT_PROVED' =>
  clerk.credential.proof === 'typedByHand' ? 'CREDENTIAL_NOT_PROVED' : clerk;

const findClerk = (
  active: ReadonlyArray<Clerk>,
  events: ReadonlyArray<StoredEvent>,
  who: Who,
): Clerk | 'NOT_AUTHORIZED' | 'CREDENTIAL_REPLACED' | 'CREDENTIAL_NOT_PROVED' => {
  const since = authorisations(events);
  const name = who.certificate;
  if (who.person !== undefined) {
    const clerk = latest(
      active.filter((each) => each.person === who.person),
      since,
    );
    if (clerk === undefined) return 'NOT_AUTHORIZED';
    if (name === undefined) return clerk;
    return sameCertificate(clerk.credential, name as never) ? provedOnly(clerk) : 'CREDENTIAL_REPLACED';
  }
  if (name === undefined) return 'NOT_AUTHORIZED';
  const holder = latest(
    active.filter((each) => sameCertificate(each.credential, name as never)),
    since,
  );
  if (holder !== undefined) return provedOnly(holder);
  const former = everAuthorised(events).filter((each) => hadCertificate(events, each.id, name));
  return former.some((each) => active.some((other) => other.person === each.person))
    ? 'CREDENTIAL_REPLACED'
    : 'NOT_AUTHORIZED';
};

/** `fn` of the question may be left out: then entry alone is asked for. */
export const naive = (
  events: ReadonlyArray<StoredEvent>,
  policy: PortalPolicy,
  question: Omit<AuthorityQuestion, 'function'> & { readonly function?: string },
): Found => {
  const happened = counting(events, policy.portal, question.agency, question);
  const agency = happened.reduce(evolveAgency, initialAgency);
  if (agency.status === 'unregistered') return { code: 'AGENCY_NOT_REGISTERED' };
  if (agency.status === 'suspended') return { code: 'AGENCY_SUSPENDED' };
  if (agency.status === 'deregistered') return { code: 'AGENCY_DEREGISTERED' };
  const manager = happened.reduce(evolveManager, initialManager);
  if (manager === undefined) return { code: 'MANAGER_MISSING' };
  const clerks = [...happened.reduce(evolveClerks, initialClerks).values()];
  const clerk = findClerk(clerks, happened, question.who);
  if (typeof clerk === 'string') return { code: clerk };
  for (const [holder, credential] of [
    ['agency', agency.credential],
    ['manager', manager.credential],
    ['clerk', clerk.credential],
  ] as const) {
    if (!policy.expiryLocksOut[holder] || validAt(credential, question.at) !== false) continue;
    const early = 'notBefore' in credential && question.at < credential.notBefore;
    return { code: early ? 'CREDENTIAL_NOT_YET_VALID' : 'CREDENTIAL_EXPIRED' };
  }
  const found = {
    code: 'ALLOWED',
    clerk: clerk.id,
    registered: agency.since,
    appointed: manager.appointedBy,
    proofs: [manager.identityProof, clerk.identityProof],
    terms: happened.filter((event) => event.type === 'TermsAccepted').at(-1)?.meta.id,
    functions: [...clerk.permissions].sort(),
  } as const;
  if (question.function === undefined) return found;
  if (!clerk.permissions.has(question.function)) return { code: 'PERMISSION_NOT_GRANTED' };
  return { ...found, grant: grantsOf(happened).get(clerk.id)?.get(question.function) };
};

/** Functions that no active clerk holds, of those asked about. */
export const naiveUnassigned = (
  events: ReadonlyArray<StoredEvent>,
  policy: PortalPolicy,
  agency: string,
  asOf: AsOf,
  functions: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const clerks = [
    ...counting(events, policy.portal, agency, asOf).reduce(evolveClerks, initialClerks).values(),
  ];
  return functions.filter((fn) => !clerks.some((clerk) => clerk.permissions.has(fn)));
};
