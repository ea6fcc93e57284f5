/**
 * Cards that another service has registered: the health card (健保卡), which is read without a PIN and goes with a
 * password that its holder set at 健保卡網路服務註冊 (NHI-4, NHI-6, NHI-7).
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DependencyFault } from './faults.js';

/** A card in the reader and what its holder typed. The password goes to the service and nowhere else. */
export interface RegisteredCardProof {
  /** Normal form, ten characters. */
  readonly nationalId: string;
  /** As the card shows it: twelve digits. */
  readonly cardNumber: string;
  readonly password: string;
  /** The challenge that is answered, for a service that binds its answer to one. */
  readonly nonce: string;
}

export type RegisteredCardReply =
  | { readonly _tag: 'Proved'; readonly name: string }
  /** Card and person do not belong together, or the password is not theirs. */
  | { readonly _tag: 'Refused' }
  /** 首次登入請先申請 (NHI-7). */
  | { readonly _tag: 'NotRegistered' }
  | { readonly _tag: 'Locked' };

export interface RegisteredCards {
  readonly prove: (proof: RegisteredCardProof) => TaskEither<DependencyFault, RegisteredCardReply>;
  /** Whether a person has such a card, and under which name; `undefined` where there is none. */
  readonly find: (nationalId: string) => TaskEither<DependencyFault, { readonly name: string } | undefined>;
}
