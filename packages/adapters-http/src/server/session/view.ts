/**
 * What a page may know of its session.
 *
 * @packageDocumentation
 */
import { CardStep, IssuerName, StepRole, strict, t } from '@mandate/domain';
import { orNull } from '../rows/credential.js';
import type { SessionRecord } from './record.js';
import type { Sessions } from './sessions.js';

/** A confirmed card (GEPI-28: 憑證資訊). */
export const ShownCard = strict(
  {
    role: StepRole,
    card: t.keyof({ registered: null, next: null, presented: null }),
    ca: IssuerName,
    serial: t.string,
    displayName: t.string,
    nationalId: orNull(t.string),
    subjectSerialNumber: orNull(t.string),
    notBefore: orNull(t.string),
    notAfter: orNull(t.string),
  },
  /** Of means of another kind: what the service calls the account (DOC-2: 使用者代碼). */
  { account: t.string },
);

/**
 * `none`: no session. `begun`: cards are missing. `review`: the agency's card does not match and may be sent to review
 * (GEPI-23). `confirmed`: all cards are there.
 */
export const SessionState = t.keyof({ none: null, begun: null, review: null, confirmed: null });

export const SessionView = t.strict({
  state: SessionState,
  purpose: orNull(t.string),
  agencyCode: orNull(t.string),
  cards: t.readonlyArray(ShownCard),
  /** The card that comes next. */
  next: orNull(CardStep),
  /** When it ends if nobody uses it: ISO 8601, UTC. */
  expiresAt: orNull(t.string),
  /** Sent back as `X-Mandate-CSRF` with everything that changes something. */
  csrf: orNull(t.string),
});
export type SessionView = t.TypeOf<typeof SessionView>;

export const noSession: SessionView = {
  ...{ state: 'none', purpose: null, agencyCode: null, cards: [], next: null, expiresAt: null, csrf: null },
};

const stateOf = ({ complete, reviewNeeded }: SessionRecord): SessionView['state'] => {
  if (complete) return 'confirmed';
  return reviewNeeded ? 'review' : 'begun';
};

export const viewOf = (session: SessionRecord, sessions: Sessions): SessionView => ({
  state: stateOf(session),
  purpose: session.purpose,
  agencyCode: session.agencyCode,
  cards: session.cards,
  next: session.next,
  expiresAt: new Date(sessions.until(session)).toISOString(),
  csrf: session.csrf,
});
