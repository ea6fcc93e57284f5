/**
 * Who is no card holder: the portal's staff and other systems. How they sign in is for the portal to say.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

/** `reviewer`: reviews; `operator`: agencies, menu, terms, forgetting; `auditor`: history with names, evidence. */
export type StaffRole = 'reviewer' | 'operator' | 'auditor';

export interface StaffMember {
  /** Letters, digits and `._-`; no name of a person. It stands in the events. */
  readonly account: string;
  readonly roles: ReadonlyArray<StaffRole>;
}

/** Somebody's directory does not answer; English, for operators. */
export interface SignInFault {
  readonly detail: string;
}

export interface StaffPort {
  /** `undefined` where the request is of no member of staff. Sees headers alone. */
  readonly authenticate: (request: Request) => TaskEither<SignInFault, StaffMember | undefined>;
  /**
   * The same, asked now and then about the request that opened a stream: no use of a sign-in that ends when nobody uses it.
   * @defaultValue `authenticate`
   */
  readonly stillIn?: (request: Request) => TaskEither<SignInFault, StaffMember | undefined>;
  /**
   * Whether an unsafe request is meant by the page that sent it (a token of the portal's own). Asked of requests that did not
   * bring `Authorization: Bearer`, after the check of `Origin`.
   */
  readonly csrf: (request: Request) => boolean;
}

/** `decide`: who may do what; `read`: changes. */
export type ClientScope = 'decide' | 'read';

export interface ClientSystem {
  readonly id: string;
  readonly scopes: ReadonlyArray<ClientScope>;
}

export interface ClientPort {
  /** `undefined` where the request bears no token that is known. Sees headers alone; asked again while a stream is open. */
  readonly authenticate: (request: Request) => TaskEither<SignInFault, ClientSystem | undefined>;
}
