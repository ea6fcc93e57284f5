/**
 * What people of the demonstration have in hand where a step asks for no certificate.
 *
 * @packageDocumentation
 */

/** A health card of the test box: what is read from it without a PIN, and the password that its holder has set. */
export interface TestHealthCard {
  readonly id: string;
  readonly holder: string;
  readonly nationalId: string;
  readonly cardNumber: string;
  /** `undefined` where nobody has registered it yet (NHI-7). */
  readonly password: string | undefined;
  readonly note: { readonly zh: string; readonly en: string };
}

/** A test account, shown as such on every page that asks for one. */
export interface TestAccount {
  readonly account: string;
  readonly password: string;
  readonly holder: string;
  readonly nationalId: string;
  /** In the words of the pack, such as `hr-officer`. */
  readonly roles: ReadonlyArray<string>;
  /** Codes of the agencies for which it may act. */
  readonly agencies: ReadonlyArray<string>;
  readonly note: { readonly zh: string; readonly en: string };
}
