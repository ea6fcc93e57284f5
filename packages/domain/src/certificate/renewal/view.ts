/**
 * A renewal as its holder sees it.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { SeenCredential } from '../../credential/credential.js';
import { type RegisterError, registerError } from '../../errors.js';
import type { SealedPart } from '../../events/define.js';
import type { KeyVault } from '../../ports/key-vault.js';
import { openSealed } from '../../register/opening.js';
import type { t } from '../../schema.js';
import { maskPersonalId, PersonalId, type RocDate, taipeiDate } from '../../values/index.js';
import { renewalEvents } from './events.js';
import type { Renewal } from './state.js';

/** Days in Taipei, both included. */
export interface DayRange {
  readonly from: RocDate;
  readonly to: RocDate;
}

/** 請您確認要做憑證展期的資料 (MOICA-5). */
export interface RenewalOffer {
  readonly name: string;
  readonly cardNumber: string;
  /** 可線上展期期間 */
  readonly window: DayRange;
  /** 原憑證有效期間 */
  readonly original: DayRange;
  /** 憑證展期有效期間 */
  readonly extended: DayRange;
  readonly previous: SeenCredential;
}

export interface RenewalView
  extends RenewalOffer,
    Pick<Renewal, 'step' | 'submissions' | 'writes' | 'found' | 'ended' | 'next' | 'startedAt' | 'since'> {
  /** With `id` the way to this renewal; not to be shown to others. */
  readonly card: string;
  readonly id: string;
  /** 身分證字號, all but its ends hidden. */
  readonly nationalId: string;
  /** Pseudonym, as in the events of registers on the same vault. */
  readonly person: string;
}

/** The certificate's own days: 「民國101年4月9日 到 民國106年4月9日」. */
export const daysOf = ({ notBefore, notAfter }: SeenCredential): DayRange => ({
  from: taipeiDate(notBefore),
  to: taipeiDate(notAfter),
});

export const offerOf = (
  { previous, opens, closes, until }: Pick<Renewal, 'previous' | 'opens' | 'closes' | 'until'>,
  { name, cardNumber }: { readonly name: string; readonly cardNumber: string },
): RenewalOffer => {
  const original = daysOf(previous);
  return {
    name,
    cardNumber,
    window: { from: opens, to: closes },
    original,
    extended: { from: original.from, to: until },
    previous,
  };
};

/** Opens what a renewal's event has sealed. A holder who was forgotten has no renewal any more. */
export const openPart = async <S>(
  vault: KeyVault,
  codec: t.Type<S, S, unknown> | undefined,
  sealed: SealedPart | null,
): Promise<E.Either<RegisterError, S>> => {
  if (codec === undefined || sealed === null) return E.left(registerError('RENEWAL_OUT_OF_STEP'));
  const opened = await openSealed(vault, codec, sealed);
  if (E.isLeft(opened)) return opened;
  return opened.right === undefined ? E.left(registerError('RENEWAL_NOT_FOUND')) : E.right(opened.right);
};

const { RenewalStarted, RenewalRequestSigned, CertificateIssued } = renewalEvents;

export const openHolder = (vault: KeyVault, { holder }: Renewal) =>
  openPart(vault, RenewalStarted.sealed, holder);
export const openRequest = (vault: KeyVault, { request }: Renewal) =>
  openPart(vault, RenewalRequestSigned.sealed, request);
export const openIssued = (vault: KeyVault, { certificate }: Renewal) =>
  openPart(vault, CertificateIssued.sealed, certificate);

export const viewOf = async (
  vault: KeyVault,
  card: string,
  renewal: Renewal,
): Promise<E.Either<RegisterError, RenewalView>> => {
  const holder = await openHolder(vault, renewal);
  if (E.isLeft(holder)) return holder;
  const { nationalId } = holder.right;
  const { id, person, step, submissions, writes, found, ended, next, startedAt, since } = renewal;
  return E.right({
    ...offerOf(renewal, holder.right),
    card,
    id,
    person,
    nationalId: PersonalId.is(nationalId) ? maskPersonalId(nationalId) : '',
    step,
    submissions,
    writes,
    found,
    ended,
    next,
    startedAt,
    since,
  });
};
