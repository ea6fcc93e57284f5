/**
 * The shape of a line of the error table; apart from the table, so that its parts can use it.
 *
 * @packageDocumentation
 */

/** Who can help: the portal's own desk, the CA that issued the card, the CA of citizens' cards, or nobody is needed. */
export type Helper = 'portal' | 'issuingCa' | 'moica' | 'manager' | 'none';

export interface ErrorEntry {
  readonly zh: string;
  readonly en: string;
  readonly status: 400 | 401 | 403 | 404 | 409 | 422 | 423 | 500 | 503;
  readonly helper: Helper;
}
