/**
 * The steps of a renewal, each possible at its place alone.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { MatchedIdentity, SeenCredential } from '../../credential/credential.js';
import { type RegisterError, type RegisterErrorCode, registerError } from '../../errors.js';
import type { RulesOfCas } from '../../renewal/ca-rules.js';
import { mayRenew } from '../../renewal/renew.js';
import type { Instant } from '../../values/index.js';
import type { FoundOnCard, RenewalEvent } from './events.js';
import { isUnderWay, type Renewal, type RenewalState, type RenewalStep } from './state.js';

export type Decision = E.Either<RegisterError, ReadonlyArray<RenewalEvent>>;

const no = (code: RegisterErrorCode): E.Either<RegisterError, never> => E.left(registerError(code));

/** The renewal of this id, at one of these steps. */
const at = (
  { last }: RenewalState,
  id: string,
  steps: ReadonlyArray<RenewalStep>,
): E.Either<RegisterError, Renewal> => {
  if (last === null || last.id !== id) return no('RENEWAL_NOT_FOUND');
  return steps.includes(last.step) ? E.right(last) : no('RENEWAL_OUT_OF_STEP');
};

const whenAt = (
  state: RenewalState,
  id: string,
  steps: ReadonlyArray<RenewalStep>,
  decide: (renewal: Renewal) => Decision,
): Decision => E.chain(decide)(at(state, id, steps));

// -------------------------------------------------------------------------------------
// before the CA
// -------------------------------------------------------------------------------------

export interface Start {
  readonly id: string;
  readonly person: string;
  readonly previous: SeenCredential;
  readonly identityProof: MatchedIdentity;
  readonly holder: {
    readonly nationalId: string;
    readonly birthDate: string;
    readonly name: string;
    readonly cardNumber: string;
    readonly certificate: string;
  };
  readonly at: Instant;
  readonly rules: RulesOfCas;
}

/**
 * 申請展期 (MOICA-5…8). One at a time for a card; who begins anew ends what was begun and not signed, and takes up what was.
 *
 * Errors: `RENEWAL_UNDER_WAY`, and those of `mayRenew`.
 */
export const startRenewal = (
  { last, completed }: RenewalState,
  { id, holder, person, previous, identityProof, at: now, rules }: Start,
): Decision => {
  const open = last !== null && isUnderWay(last) ? last : null;
  const canBeLeft = open === null || open.step === 'started' || open.step === 'agreed';
  if (!canBeLeft) return no('RENEWAL_UNDER_WAY');
  const window = mayRenew(previous, now, { renewals: completed, rules });
  if (E.isLeft(window)) return window;
  const { opens, closes, extended } = window.right;
  const left: ReadonlyArray<RenewalEvent> =
    open === null
      ? []
      : [{ type: 'RenewalVoided', data: { renewal: open.id, reason: 'cancelled', uncertain: false } }];
  return E.right([
    ...left,
    {
      type: 'RenewalStarted',
      data: { renewal: id, person, previous, identityProof, opens, closes, until: extended.to },
      personal: holder,
      subject: person,
    },
  ]);
};

export interface RenewalTermsShown {
  readonly version: number;
  readonly hash: string;
}

/**
 * 同意: only the text of today counts, shown before it was agreed to (MOICA-11).
 *
 * Errors: `TERMS_NOT_ACCEPTED`, `TERMS_OUTDATED`, `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`.
 */
export const acceptRenewalTerms = (
  state: RenewalState,
  id: string,
  current: RenewalTermsShown,
  shown: { readonly hash: string; readonly presentedAt: string },
  now: string,
): Decision =>
  whenAt(state, id, ['started'], () => {
    if (shown.presentedAt > now) return no('TERMS_NOT_ACCEPTED');
    if (shown.hash !== current.hash) return no('TERMS_OUTDATED');
    const { version, hash } = current;
    return E.right([
      {
        type: 'RenewalTermsAccepted',
        data: { renewal: id, version, hash, presentedAt: shown.presentedAt, acceptedAt: now },
      },
    ]);
  });

/** PIN #1: what the card signed, already verified (MOICA-12). Errors: `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`. */
export const signRenewalRequest = (state: RenewalState, id: string, request: string): Decision =>
  whenAt(state, id, ['agreed'], ({ person }) =>
    E.right([
      { type: 'RenewalRequestSigned', data: { renewal: id }, personal: { request }, subject: person },
    ]),
  );

/**
 * 取消, 不同意: as long as the CA was not asked. Afterwards nobody here can tell whether it issued.
 *
 * Errors: `RENEWAL_SUBMITTED`, `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`.
 */
export const cancelRenewal = (
  state: RenewalState,
  id: string,
  reason: 'cancelled' | 'termsRefused',
): Decision => {
  const found = at(state, id, ['started', 'agreed', 'signed']);
  if (E.isRight(found)) {
    return E.right([{ type: 'RenewalVoided', data: { renewal: id, reason, uncertain: false } }]);
  }
  const { last } = state;
  return last !== null && last.id === id && isUnderWay(last) ? no('RENEWAL_SUBMITTED') : found;
};

// -------------------------------------------------------------------------------------
// the CA
// -------------------------------------------------------------------------------------

/** Before the CA is asked, and each time. Errors: `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`. */
export const submitRenewalRequest = (state: RenewalState, id: string): Decision =>
  whenAt(state, id, ['signed', 'submitted'], ({ submissions }) =>
    E.right([{ type: 'RenewalRequestSubmitted', data: { renewal: id, submission: submissions + 1 } }]),
  );

/**
 * The CA issued what was asked for. Nothing to decide where it stands already: two asked at the same time.
 *
 * Errors: `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`.
 */
export const takeIssued = (
  state: RenewalState,
  id: string,
  next: SeenCredential,
  certificate: string,
): Decision =>
  whenAt(state, id, ['submitted', 'issued', 'writing', 'unreadable', 'completed'], ({ step, person }) =>
    E.right(
      step === 'submitted'
        ? [
            {
              type: 'CertificateIssued',
              data: { renewal: id, next },
              personal: { certificate },
              subject: person,
            },
          ]
        : [],
    ),
  );

/** The CA said no. Errors: `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`. */
export const takeRefusal = (state: RenewalState, id: string): Decision =>
  whenAt(state, id, ['submitted'], ({ submissions }) =>
    E.right([
      {
        type: 'RenewalVoided',
        data: { renewal: id, reason: 'refusedByCa', uncertain: submissions > 1 },
      },
    ]),
  );

// -------------------------------------------------------------------------------------
// the card
// -------------------------------------------------------------------------------------

/**
 * PIN #2: before the card is told anything (MOICA-14). A write that was begun and not confirmed is not begun again before
 * the card was read.
 *
 * Errors: `RENEWAL_WRITE_UNCONFIRMED`, `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`.
 */
export const beginWrite = (state: RenewalState, id: string): Decision => {
  const { last } = state;
  if (last !== null && last.id === id && last.step === 'writing') return no('RENEWAL_WRITE_UNCONFIRMED');
  return whenAt(state, id, ['issued', 'unreadable'], ({ writes }) =>
    E.right([{ type: 'CertificateWriteBegun', data: { renewal: id, write: writes + 1 } }]),
  );
};

/** What a card was read to hold: the fingerprint of its certificate for signing, `null` where there is none. */
const foundOf = ({ previous, next }: Renewal, fingerprint: string | null): FoundOnCard | 'next' => {
  if (fingerprint === null) return 'nothing';
  if (fingerprint === next?.fingerprint) return 'next';
  return fingerprint === previous.fingerprint ? 'previous' : 'other';
};

/**
 * What the card holds after a write. Also where none was recorded as begun: a card that holds the new certificate is
 * renewed, whoever wrote it.
 *
 * Errors: `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`.
 */
export const readBack = (state: RenewalState, id: string, fingerprint: string | null): Decision =>
  whenAt(state, id, ['issued', 'writing', 'unreadable'], (renewal) => {
    const found = foundOf(renewal, fingerprint);
    if (found === 'next' && renewal.next !== null) {
      return E.right([
        { type: 'CertificateWritten', data: { renewal: id, fingerprint: renewal.next.fingerprint } },
        { type: 'RenewalCompleted', data: { renewal: id } },
      ]);
    }
    if (renewal.step !== 'writing' || found === 'next') return E.right([]);
    return E.right([{ type: 'CertificateWriteFailed', data: { renewal: id, found } }]);
  });

/** 改至戶政事務所臨櫃辦理 (MOICA-9): once the CA was asked. Errors: `RENEWAL_NOT_FOUND`, `RENEWAL_OUT_OF_STEP`. */
export const referRenewal = (state: RenewalState, id: string): Decision =>
  whenAt(state, id, ['submitted', 'issued', 'writing', 'unreadable'], ({ found }) =>
    E.right([{ type: 'RenewalReferred', data: { renewal: id, found } }]),
  );
