/**
 * Publishing terms, and agreeing to the very text that was shown (GEPI-12…14).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { AgencyEvent } from '../agency/events.js';
import { type RegisterError, registerError } from '../errors.js';
import type { TermsEvent } from './events.js';
import type { TermsState } from './state.js';

export const publishTerms = (
  state: TermsState,
  input: {
    readonly version: number;
    readonly hash: string;
    readonly title: string;
    readonly text: string;
    readonly english: string | null;
  },
): E.Either<RegisterError, ReadonlyArray<TermsEvent>> =>
  input.version === (state.current?.version ?? 0) + 1
    ? E.right([{ type: 'TermsPublished', data: { ...input } }])
    : E.left(registerError('VERSION_NOT_NEXT'));

/** What a person agreed to: the text by its hash, and when the page was handed out (網頁下載時間, GEPI-13). */
export interface Acceptance {
  readonly hash: string;
  /** ISO, UTC. */
  readonly presentedAt: string;
}

/**
 * Agreeing (GEPI-14). Only the current text counts, shown before it was agreed to; leaving the page is refusal, so
 * there is no event for it.
 */
export const acceptTerms = (
  state: TermsState,
  purpose: string,
  acceptance: Acceptance | undefined,
  acceptedAt: string,
): E.Either<RegisterError, ReadonlyArray<AgencyEvent>> => {
  const current = state.current;
  if (current === undefined) return E.left(registerError('TERMS_MISSING'));
  if (acceptance === undefined || acceptance.presentedAt > acceptedAt) {
    return E.left(registerError('TERMS_NOT_ACCEPTED'));
  }
  if (acceptance.hash !== current.hash || acceptance.presentedAt < current.publishedAt) {
    return E.left(registerError('TERMS_OUTDATED'));
  }
  return E.right([
    {
      type: 'TermsAccepted',
      data: {
        purpose,
        version: current.version,
        hash: current.hash,
        presentedAt: acceptance.presentedAt,
        acceptedAt,
      },
    },
  ]);
};
