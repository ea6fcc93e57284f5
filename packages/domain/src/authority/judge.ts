/**
 * The rules of a decision, in the order in which they are asked.
 *
 * @packageDocumentation
 */
import { hasManager, type PortalPolicy, registersAgencies } from '../policy/policy.js';
import { agencyStatus, agencyWord, agencyWords, clerkWord, clerkWords } from './fold.js';
import { beginsClerk } from './journal.js';
import type { Scope } from './lanes.js';
import type { Ledger } from './ledger.js';
import type { DecisionCode, RefusalReasons, Who } from './model.js';

/** What was found. One object is used for all questions: read it before the next one. */
export interface Verdict {
  /** `undefined`: allowed. */
  code: DecisionCode | undefined;
  /** Whose certificate is not valid. */
  holder: RefusalReasons['holder'];
  /** The lane of the clerk whom it is about, 0 where there is none. */
  clerk: number;
  /** The clerk's state. */
  readonly state: Uint32Array;
}

export interface Judge {
  /** `permission`: number of a function, `undefined` where entry alone is asked for. */
  readonly judge: (agency: number, who: Who, permission: number | undefined, scope: Scope) => Verdict;
  /** The same for a clerk's lane, as if its person had asked; another clerk in the verdict spoke for the person. */
  readonly judgeClerk: (
    agency: number,
    clerk: number,
    permission: number | undefined,
    scope: Scope,
  ) => Verdict;
  /** Whether a clerk is authorised in this scope, and its state in the verdict's `state`. */
  readonly isActive: (agency: number, clerk: number, scope: Scope) => boolean;
}

export const createJudge = (ledger: Ledger, policy: PortalPolicy): Judge => {
  const { journal, credentials, sets, agencies, clerks, persons, certificates } = ledger;
  const { expiryLocksOut } = policy;
  const managed = hasManager(policy);
  const registered = registersAgencies(policy);
  const agency = new Uint32Array(agencyWords);
  const candidate = new Uint32Array(clerkWords);
  const best = new Uint32Array(clerkWords);
  const verdict: Verdict = { code: undefined, holder: undefined, clerk: 0, state: best };

  const refuse = (code: DecisionCode): Verdict => {
    verdict.code = code;
    return verdict;
  };

  // -----------------------------------------------------------------------------------
  // agency
  // -----------------------------------------------------------------------------------

  const agencyRefusal = (): DecisionCode | undefined => {
    switch (agency[agencyWord.status]) {
      case agencyStatus.unregistered:
        return registered ? 'AGENCY_NOT_REGISTERED' : undefined;
      case agencyStatus.suspended:
        return 'AGENCY_SUSPENDED';
      case agencyStatus.deregistered:
        return 'AGENCY_DEREGISTERED';
      default:
        return agency[agencyWord.appointed] === 0 && managed ? 'MANAGER_MISSING' : undefined;
    }
  };

  // -----------------------------------------------------------------------------------
  // clerk
  // -----------------------------------------------------------------------------------

  /** Whether one row takes effect after another; of two at one time the one recorded later. */
  const isAfter = (row: number, other: number): boolean => {
    const difference = journal.effectiveAt(row) - journal.effectiveAt(other);
    return difference === 0 || Number.isNaN(difference) ? row > other : difference > 0;
  };

  /** An end of the agency ended its clerks of that day; registering again brings none of them back. */
  const isLive = (state: Uint32Array): boolean => {
    const authorized = state[clerkWord.authorized] ?? 0;
    const ended = agency[agencyWord.ended] ?? 0;
    return authorized !== 0 && state[clerkWord.revoked] === 0 && (ended === 0 || isAfter(authorized, ended));
  };

  /** Takes the candidate for the verdict's clerk if it was authorised later. */
  const prefer = (clerk: number): void => {
    const authorized = candidate[clerkWord.authorized] ?? 0;
    if (verdict.clerk !== 0 && !isAfter(authorized, best[clerkWord.authorized] ?? 0)) return;
    verdict.clerk = clerk;
    // Word by word: `set` costs more than the copy of so few.
    for (let n = 0; n < clerkWords; n++) best[n] = candidate[n] ?? 0;
  };

  /** The clerk who this person is. Where there is none, the latest who the person was stays in the verdict. */
  const findByPerson = (person: number, scope: Scope): boolean => {
    let live = false;
    for (let link = persons.first(person); link !== 0; link = persons.next(link)) {
      const clerk = persons.clerk(link);
      clerks.state(clerk, scope, candidate);
      if (candidate[clerkWord.person] !== person) continue;
      const lives = isLive(candidate);
      if (live && !lives) continue;
      if (lives && !live) verdict.clerk = 0;
      live ||= lives;
      prefer(clerk);
    }
    return live;
  };

  /** The clerk whose certificate in force this is. */
  const findByCertificate = (certificate: number, scope: Scope): boolean => {
    for (let link = certificates.first(certificate); link !== 0; link = certificates.next(link)) {
      const clerk = certificates.clerk(link);
      clerks.state(clerk, scope, candidate);
      if (credentials.certificate(candidate[clerkWord.credential] ?? 0) !== certificate) continue;
      if (isLive(candidate)) prefer(clerk);
    }
    return verdict.clerk !== 0;
  };

  /** Whether an event that counts gave this clerk the certificate. */
  const hadCertificate = (clerk: number, certificate: number, scope: Scope): boolean =>
    clerks.rows(clerk, scope, journal.count()).some((row) => {
      const kind = journal.kind(row);
      return (
        (beginsClerk(kind) || kind === 'CertificateReplaced' || kind === 'ClerkCredentialProved') &&
        credentials.certificate(journal.payload(row, 'b')) === certificate
      );
    });

  /**
   * The clerk whose certificate this was: of an entry that goes on with another one, or of an earlier entry of a
   * person who was deleted and added again (GEPI-42 has both remedies).
   */
  const findByFormerCertificate = (certificate: number, scope: Scope): boolean => {
    for (let link = certificates.first(certificate); link !== 0; link = certificates.next(link)) {
      const clerk = certificates.clerk(link);
      clerks.state(clerk, scope, candidate);
      const person = candidate[clerkWord.person] ?? 0;
      if (person === 0 || !hadCertificate(clerk, certificate, scope)) continue;
      verdict.clerk = 0;
      if (findByPerson(person, scope)) return true;
    }
    return false;
  };

  /** A certificate that was shown must be one that a card has proved (GEPI-35). */
  const proofRefusal = (): DecisionCode | undefined =>
    credentials.isTyped(best[clerkWord.credential] ?? 0) ? 'CREDENTIAL_NOT_PROVED' : undefined;

  const clerkRefusal = (lane: number, who: Who, scope: Scope): DecisionCode | undefined => {
    const shown = who.certificate;
    if (who.person === undefined) {
      const certificate = credentials.find(lane, who.certificate);
      if (certificate === 0) return 'NOT_AUTHORIZED';
      if (findByCertificate(certificate, scope)) return proofRefusal();
      return findByFormerCertificate(certificate, scope) ? 'CREDENTIAL_REPLACED' : 'NOT_AUTHORIZED';
    }
    const person = ledger.findPerson(lane, who.person);
    if (person === 0 || !findByPerson(person, scope)) return 'NOT_AUTHORIZED';
    const other = shown !== undefined && !credentials.names(best[clerkWord.credential] ?? 0, lane, shown);
    if (other) return 'CREDENTIAL_REPLACED';
    return shown === undefined ? undefined : proofRefusal();
  };

  // -----------------------------------------------------------------------------------
  // certificates, permission
  // -----------------------------------------------------------------------------------

  const validityRefusal = (
    holder: 'agency' | 'manager' | 'clerk',
    credential: number,
    at: number,
  ): DecisionCode | undefined => {
    if (!expiryLocksOut[holder]) return undefined;
    const validity = credentials.validity(credential, at);
    if (validity === 0) return undefined;
    verdict.holder = holder;
    return validity < 0 ? 'CREDENTIAL_NOT_YET_VALID' : 'CREDENTIAL_EXPIRED';
  };

  const certificateRefusal = (at: number): DecisionCode | undefined =>
    validityRefusal('agency', agency[agencyWord.credential] ?? 0, at) ??
    (managed ? validityRefusal('manager', agency[agencyWord.managerCredential] ?? 0, at) : undefined) ??
    validityRefusal('clerk', best[clerkWord.credential] ?? 0, at);

  const conclude = (permission: number | undefined, at: number): Verdict => {
    const refusal = certificateRefusal(at);
    if (refusal !== undefined) return refuse(refusal);
    if (permission !== undefined && !sets.has(best[clerkWord.permissions] ?? 0, permission)) {
      return refuse('PERMISSION_NOT_GRANTED');
    }
    return verdict;
  };

  const begin = (lane: number, scope: Scope): DecisionCode | undefined => {
    verdict.code = undefined;
    verdict.holder = undefined;
    verdict.clerk = 0;
    agencies.state(lane, scope, agency);
    return agencyRefusal();
  };

  return {
    judge: (lane, who, permission, scope) => {
      const refusal = begin(lane, scope) ?? clerkRefusal(lane, who, scope);
      return refusal === undefined ? conclude(permission, scope.at) : refuse(refusal);
    },
    judgeClerk: (lane, clerk, permission, scope) => {
      const refusal = begin(lane, scope);
      if (refusal !== undefined) return refuse(refusal);
      clerks.state(clerk, scope, candidate);
      const person = candidate[clerkWord.person] ?? 0;
      const found = person !== 0 && findByPerson(person, scope);
      return found ? conclude(permission, scope.at) : refuse('NOT_AUTHORIZED');
    },
    isActive: (lane, clerk, scope) => {
      agencies.state(lane, scope, agency);
      clerks.state(clerk, scope, best);
      return isLive(best);
    },
  };
};
