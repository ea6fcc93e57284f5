/**
 * Challenges and cards inside a session: a challenge counts in the session that it was handed out to, and in no other.
 *
 * @packageDocumentation
 */
import {
  type CardConfirmed,
  type ConfirmedCard,
  type IssuedChallenge,
  isSeen,
  type PortalPolicy,
  purposeOf,
  type RegisterErrorCode,
} from '@mandate/domain';
import type { PendingNonce, SessionCard, SessionRecord } from './record.js';

/** Challenges that a person may have asked for and not answered yet: reloaded pages. */
const mostPending = 8;

/** What a caller asks a challenge for. */
export interface Wish {
  readonly purpose: string;
  readonly agencyCode?: string;
  readonly restart?: boolean;
}

const sameAgency = ({ agencyCode }: SessionRecord, wish: Wish): boolean =>
  wish.agencyCode === undefined || wish.agencyCode === agencyCode;

/** The next card of what was begun; otherwise the wish begins something. */
export const goesOn = (
  session: SessionRecord | undefined,
  wish: Wish,
): session is SessionRecord & { readonly confirmation: string } =>
  session !== undefined &&
  wish.restart !== true &&
  session.confirmation !== null &&
  session.purpose === wish.purpose &&
  sameAgency(session, wish) &&
  !session.complete &&
  !session.reviewNeeded;

/** The first card once more, before any was confirmed: the session stays the same. */
export const beginsAgain = (session: SessionRecord | undefined, wish: Wish): session is SessionRecord =>
  session !== undefined &&
  session.confirmation === null &&
  session.purpose === wish.purpose &&
  (wish.agencyCode ?? null) === session.agencyCode;

/** The session with a challenge more. Before the first card it stands as long as its latest challenge. */
export const withChallenge = (
  session: SessionRecord,
  issued: IssuedChallenge,
  now: number,
): SessionRecord => {
  const expiresAt = Date.parse(issued.expiresAt);
  const pending: ReadonlyArray<PendingNonce> = [
    ...session.pending.filter((one) => one.expiresAt > now),
    { nonce: issued.nonce, expiresAt },
  ];
  return {
    ...session,
    pending: pending.slice(-mostPending),
    // To sign a command, no further card is asked for.
    next: issued.command === undefined ? issued.step : session.next,
    expiresAt: session.confirmation === null ? expiresAt : session.expiresAt,
  };
};

const toCard = (policy: PortalPolicy, purpose: string, card: ConfirmedCard, index: number): SessionCard => {
  const { credential, shown } = card;
  return {
    role: card.role,
    card: purposeOf(policy, purpose)?.steps[index]?.card ?? 'presented',
    ca: credential.ca,
    serial: credential.serial,
    displayName: shown.displayName,
    ...(shown.account === undefined ? {} : { account: shown.account }),
    nationalId: shown.nationalId,
    subjectSerialNumber: shown.subjectSerialNumber,
    notBefore: isSeen(credential) ? credential.notBefore : null,
    notAfter: isSeen(credential) ? credential.notAfter : null,
  };
};

/** The session after a card; `undefined` where the card belongs to another confirmation than the session's by now. */
export const withCard = (
  session: SessionRecord,
  { confirmation, next, reviewNeeded }: CardConfirmed,
  policy: PortalPolicy,
): SessionRecord | undefined => {
  if (session.confirmation !== null && session.confirmation !== confirmation.id) return undefined;
  // A slower answer of an earlier step would set back what is there.
  if (confirmation.cards.length <= session.cards.length) return undefined;
  return {
    ...session,
    agencyCode: confirmation.agencyCode,
    confirmation: confirmation.id,
    complete: confirmation.complete,
    reviewNeeded: reviewNeeded !== undefined,
    next: next ?? null,
    cards: confirmation.cards.map((card, index) => toCard(policy, confirmation.purpose, card, index)),
    expiresAt: Date.parse(confirmation.expiresAt),
  };
};

/** After these a session's confirmation is of no more use: it is gone, or a card of it is. */
const ending: ReadonlySet<RegisterErrorCode> = new Set([
  'CONFIRMATION_UNKNOWN',
  'CONFIRMATION_EXPIRED',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_ON_HOLD',
  'ISSUER_REVOKED',
  'CERTIFICATE_EXPIRED',
  'AGENCY_CERTIFICATE_NOT_REGISTERED',
  'MANAGER_CERTIFICATE_NOT_REGISTERED',
  'MANAGER_PERSON_DIFFERS',
  'AGENCY_SUSPENDED',
  'AGENCY_DEREGISTERED',
]);

/** Whether a refusal says that a session's cards open nothing any more. */
export const endsSession = (code: string): boolean => (ending as ReadonlySet<string>).has(code);
