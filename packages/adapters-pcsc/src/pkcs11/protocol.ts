/** What is said between the program and the process that holds the module. */
import type { CardFault } from '@mandate/domain';

import type { StoredCertificate } from './objects.js';
import type { TokenList } from './token.js';

export interface SignCommand {
  /** As `Pkcs11Token` names it. */
  readonly slot: string;
  /** Of the token that was chosen: another one in this slot never gets its PIN. */
  readonly serial: string;
  readonly certificate: StoredCertificate;
  readonly data: Uint8Array;
  /** Absent where the token requires no login. */
  readonly pin?: string;
  readonly allowLastTry: boolean;
}

/** The commands, and what each answers. */
export interface Commands {
  /** Loads the module and initialises it. */
  readonly open: { readonly input: undefined; readonly output: undefined };
  readonly tokens: { readonly input: undefined; readonly output: TokenList };
  readonly certificates: { readonly input: string; readonly output: ReadonlyArray<StoredCertificate> };
  readonly sign: { readonly input: SignCommand; readonly output: Uint8Array };
  /** C_Finalize: ends every session, and lets go of the cards. */
  readonly close: { readonly input: undefined; readonly output: undefined };
}

export type CommandName = keyof Commands;

export interface Question {
  readonly name: CommandName;
  readonly input: unknown;
}

export interface Answer {
  readonly fault?: CardFault;
  readonly output?: unknown;
}
