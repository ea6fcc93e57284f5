/**
 * How far the renewal of a card has come, as its events made it.
 *
 * @packageDocumentation
 */
import type { MatchedIdentity, SeenCredential } from '../../credential/credential.js';
import type { SealedPart } from '../../events/define.js';
import type { StoredEvent } from '../../events/table.js';
import type { RocDate } from '../../values/index.js';
import type { FoundOnCard } from './events.js';

/**
 * - `started`, `agreed`, `signed`: the CA was not asked yet; it can be cancelled, and nothing has changed;
 * - `submitted`: the CA was asked, and what it said is not known or was *later*: it is asked again, with the same request;
 * - `issued`: the new certificate is here, and the card holds the old one;
 * - `writing`: a write was begun and never confirmed: the card may hold either, and is read before anything else;
 * - `unreadable`: the card was read after a write, and holds neither: it is written again, or taken to a counter;
 * - `completed`: the card holds the new certificate;
 * - `voided`: ended, with the card as it was; `referred`: left to a counter.
 */
export type RenewalStep =
  | 'started'
  | 'agreed'
  | 'signed'
  | 'submitted'
  | 'issued'
  | 'writing'
  | 'unreadable'
  | 'completed'
  | 'voided'
  | 'referred';

export interface Renewal {
  readonly id: string;
  /** Id of the event that began it; those that follow are caused by it. */
  readonly event: string;
  readonly step: RenewalStep;
  readonly person: string;
  readonly previous: SeenCredential;
  readonly identityProof: MatchedIdentity;
  readonly opens: RocDate;
  readonly closes: RocDate;
  readonly until: RocDate;
  /** What the holder typed and the card showed. */
  readonly holder: SealedPart;
  /** The request, once it was signed. */
  readonly request: SealedPart | null;
  /** How often the CA was asked. */
  readonly submissions: number;
  readonly next: SeenCredential | null;
  /** The new certificate itself. */
  readonly certificate: SealedPart | null;
  /** How often a write was begun. */
  readonly writes: number;
  /** What the card held when it was last read after a write. */
  readonly found: FoundOnCard | null;
  readonly ended: {
    readonly reason: 'cancelled' | 'termsRefused' | 'refusedByCa';
    readonly uncertain: boolean;
  } | null;
  /** ISO, UTC. */
  readonly startedAt: string;
  /** When it came to this step. */
  readonly since: string;
}

/** The renewals of one card: the last one, and how many came to their end. */
export interface RenewalState {
  readonly last: Renewal | null;
  readonly completed: number;
}

export const initialRenewal: RenewalState = { last: null, completed: 0 };

const over: ReadonlySet<RenewalStep> = new Set(['completed', 'voided', 'referred']);

/** Whether there is still something to do about it. */
export const isUnderWay = ({ step }: Renewal): boolean => !over.has(step);

/** What an event makes of the renewal that is under way. */
const evolveLast = (last: Renewal, event: StoredEvent): Renewal => {
  const at = (step: RenewalStep, change: Partial<Renewal> = {}): Renewal => ({
    ...last,
    ...change,
    step,
    since: event.meta.recordedAt,
  });
  switch (event.type) {
    case 'RenewalTermsAccepted':
      return at('agreed');
    case 'RenewalRequestSigned':
      return at('signed', { request: event.sealed });
    case 'RenewalRequestSubmitted':
      return at('submitted', { submissions: event.data.submission });
    case 'CertificateIssued':
      return at('issued', { next: event.data.next, certificate: event.sealed });
    case 'CertificateWriteBegun':
      return at('writing', { writes: event.data.write });
    case 'CertificateWriteFailed': {
      const { found } = event.data;
      return at(found === 'previous' ? 'issued' : 'unreadable', { found });
    }
    case 'CertificateWritten':
      return at('writing', { found: null });
    case 'RenewalCompleted':
      return at('completed');
    case 'RenewalVoided': {
      const { reason, uncertain } = event.data;
      return at('voided', { ended: { reason, uncertain } });
    }
    case 'RenewalReferred':
      return at('referred', { found: event.data.found });
    default:
      return last;
  }
};

/** Events of other aggregates leave the state as it is. */
export const evolveRenewal = (state: RenewalState, event: StoredEvent): RenewalState => {
  if (event.type === 'RenewalStarted') {
    const { renewal: id, ...data } = event.data;
    const { recordedAt } = event.meta;
    const last: Renewal = {
      id,
      event: event.meta.id,
      step: 'started',
      ...data,
      holder: event.sealed,
      request: null,
      submissions: 0,
      next: null,
      certificate: null,
      writes: 0,
      found: null,
      ended: null,
      startedAt: recordedAt,
      since: recordedAt,
    };
    return { ...state, last };
  }
  if (state.last === null) return state;
  const last = evolveLast(state.last, event);
  return { last, completed: state.completed + (event.type === 'RenewalCompleted' ? 1 : 0) };
};
