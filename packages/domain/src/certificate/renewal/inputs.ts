/**
 * What pages and programs send to a renewal, decoded strictly.
 *
 * @packageDocumentation
 */
import { Hex64 } from '../../events/hex.js';
import { Base64 } from '../../register/input.js';
import { t } from '../../schema.js';
import { Instant, PersonalId, RocDate, strict, Uuid } from '../../values/index.js';
import { ShownCardNumber } from './card.js';

/** What the card shows without a PIN: DER of its certificate for signing in base64, and its number. */
const shown = { certificate: Base64, cardNumber: ShownCardNumber };

/** Which renewal: the pseudonym of its card, and its id. Not to be shown to others than the holder. */
const which = { card: Hex64, renewal: Uuid };

/** `commandId`: a retry of the same command under the same id does nothing twice. */
const asked = { ...which, commandId: Uuid };

export const ShownInput = strict(shown);
/** 步驟二 (MOICA-4): what the holder types beside what the card shows. */
export const HolderInput = strict({ ...shown, nationalId: PersonalId, birthDate: RocDate });
export const StartInput = strict({
  ...shown,
  nationalId: PersonalId,
  birthDate: RocDate,
  commandId: Uuid,
});
export const WhichInput = strict(which);
export const AskedInput = strict(asked);
/** 同意: the hash of the text that was shown, and when it was (MOICA-11). */
export const TermsInput = strict({ ...asked, hash: Hex64, presentedAt: Instant });
export const CancelInput = strict({ ...asked, reason: t.keyof({ cancelled: null, termsRefused: null }) });
/** RSASSA-PKCS1-v1_5 with SHA-256 over what `toSign` gave, and the certificate of the card that made it. */
export const SignatureInput = strict({ ...asked, signature: Base64, certificate: Base64 });
/** The certificate for signing that the card shows now, left out or `null` where it shows none. */
export const CardNowInput = strict(asked, { certificate: Base64 });
