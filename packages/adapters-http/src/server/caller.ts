/**
 * Who asks.
 *
 * @packageDocumentation
 */
import type { SessionRecord } from './session/record.js';
import type { ClientSystem, StaffMember } from './staff.js';

/** Anybody; `session` where a session stands, whatever its state. */
export interface PublicCaller {
  readonly kind: 'public';
  readonly session: SessionRecord | undefined;
}

/** People at a screen whose cards are confirmed. */
export interface SessionCaller {
  readonly kind: 'session';
  readonly session: SessionRecord;
  /** Their agency: the only one that they may hear of. `''` where the purpose has none. */
  readonly agencyCode: string;
  /** As good as the cards: for the register, and for no answer or log. */
  readonly confirmation: string;
}

export interface StaffCaller extends StaffMember {
  readonly kind: 'staff';
}

export interface ClientCaller extends ClientSystem {
  readonly kind: 'client';
}

export type Caller = PublicCaller | SessionCaller | StaffCaller | ClientCaller;
