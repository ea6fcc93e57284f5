/**
 * Accounts of a portal: a name and a password, or the answer of its single sign-on (ECPA-1, ECPA-7, DOC-3).
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DependencyFault } from './faults.js';

/** What is typed. The secret goes to the service and nowhere else. */
export interface AccountProof {
  readonly account: string;
  /** Password, or the token of a single sign-on. */
  readonly secret: string;
  /** The agency for which somebody would act; `null` where the purpose has none. */
  readonly agencyCode: string | null;
  /** The challenge that is answered, for a service that binds its answer to one. */
  readonly nonce: string;
}

/** Whose account it is. */
export interface AccountHolder {
  readonly account: string;
  readonly name: string;
  /** Normal form, ten characters. */
  readonly nationalId: string;
  /** What the holder is in the portal's own words, such as `hr-officer`, within the agency that was named. */
  readonly roles: ReadonlyArray<string>;
}

export interface Accounts {
  /** `undefined` where name and secret do not fit, or the holder does not belong to the agency. */
  readonly prove: (proof: AccountProof) => TaskEither<DependencyFault, AccountHolder | undefined>;
  /** 查詢人員自訂帳號 (ECPA-7); `undefined` where the person has none. */
  readonly find: (nationalId: string) => TaskEither<DependencyFault, AccountHolder | undefined>;
}
