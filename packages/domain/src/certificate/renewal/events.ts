/**
 * What happens while the certificate on a card is extended (展期, MOICA-3…16). One stream for each card. Storage formats: see
 * `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { MatchedIdentity, SeenCredential } from '../../credential/credential.js';
import { clear, type NewEventOf, type StoredEventOf, withSealed } from '../../events/define.js';
import { Hex64 } from '../../events/hex.js';
import { t } from '../../schema.js';
import { Instant, RocDate, Uuid } from '../../values/index.js';

/** What was found on a card whose writing was not confirmed: the certificate from before, another one, or none. */
export const FoundOnCard = t.keyof({ previous: null, other: null, nothing: null }, 'FoundOnCard');
export type FoundOnCard = t.TypeOf<typeof FoundOnCard>;

const renewal = { renewal: Uuid };

export const renewalEvents = {
  /**
   * 申請展期: card, ID number and birth date fit, and the window is open (MOICA-4…8). `opens` and `closes` are days in
   * Taipei, `until` the last day that the new certificate will have.
   */
  RenewalStarted: withSealed(
    t.strict({
      ...renewal,
      person: Hex64,
      previous: SeenCredential,
      identityProof: MatchedIdentity,
      opens: RocDate,
      closes: RocDate,
      until: RocDate,
    }),
    t.strict({
      nationalId: t.string,
      birthDate: t.string,
      name: t.string,
      cardNumber: t.string,
      /** DER of the certificate that is extended, base64. */
      certificate: t.string,
    }),
  ),
  /** 同意 (MOICA-11). `hash` is that of the very text that was shown. */
  RenewalTermsAccepted: clear(
    t.strict({ ...renewal, version: t.Int, hash: Hex64, presentedAt: Instant, acceptedAt: Instant }),
  ),
  /** 展期作業需用戶簽章: the card's key signed the request (MOICA-12). */
  RenewalRequestSigned: withSealed(
    t.strict(renewal),
    /** PKCS#10 in DER, base64. */
    t.strict({ request: t.string }),
  ),
  /** The request goes to the CA. Recorded before it does: what becomes of one that is not answered, nobody here knows. */
  RenewalRequestSubmitted: clear(t.strict({ ...renewal, submission: t.Int })),
  /** The CA issued the certificate that follows, and it is what was asked for. */
  CertificateIssued: withSealed(
    t.strict({ ...renewal, next: SeenCredential }),
    /** Its DER, base64. */
    t.strict({ certificate: t.string }),
  ),
  /** 展期新憑證寫入IC卡 begins (MOICA-14). Recorded before the card is told: from here to what follows, it may hold either. */
  CertificateWriteBegun: clear(t.strict({ ...renewal, write: t.Int })),
  /** The card was read, and the new certificate is not what it holds. */
  CertificateWriteFailed: clear(t.strict({ ...renewal, found: FoundOnCard })),
  /** The card was read, and holds the new certificate. */
  CertificateWritten: clear(t.strict({ ...renewal, fingerprint: Hex64 })),
  /** 完成展期 (MOICA-15). */
  RenewalCompleted: clear(t.strict(renewal)),
  /**
   * It ended, and the card is as it was. `uncertain`: the CA refused a request that it may have granted before, to an earlier
   * submission that was never answered.
   */
  RenewalVoided: clear(
    t.strict({
      ...renewal,
      reason: t.keyof({ cancelled: null, termsRefused: null, refusedByCa: null }),
      uncertain: t.boolean,
    }),
  ),
  /** It cannot be ended here: the holder takes the card to a counter (MOICA-9). `found`: null where nothing was written. */
  RenewalReferred: clear(t.strict({ ...renewal, found: t.union([FoundOnCard, t.null]) })),
};

export type RenewalEvent = NewEventOf<typeof renewalEvents>;
export type StoredRenewalEvent = StoredEventOf<typeof renewalEvents>;
