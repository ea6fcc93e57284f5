/**
 * Credentials that people of an organisation register, one of them active at a time (DOC-2…11). Each registration is a row
 * of its own and stays. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { CaName } from '../credential/credential.js';
import { clear, type NewEventOf, type StoredEventOf, withSealed } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';
import { CertificateSerial, Instant, Uuid } from '../values/index.js';

/** What the list shows of the person (DOC-2: 使用者代碼, 使用者姓名). */
export const CredentialHolder = t.strict({ nationalId: t.string, name: t.string, account: t.string });
export type CredentialHolder = t.TypeOf<typeof CredentialHolder>;

export const registeredCredentialEvents = {
  /** 憑證序號1 and 憑證序號2 are the certificates for signing and for encryption of one card (DOC-6). */
  CredentialRegistered: withSealed(
    t.strict({
      credential: Uuid,
      person: Hex64,
      kind: t.string,
      cardKind: t.string,
      ca: CaName,
      serial1: CertificateSerial,
      serial2: CertificateSerial,
      /** `read` from the card, or `typedByHand`. */
      proof: t.keyof({ read: null, typedByHand: null }),
    }),
    CredentialHolder,
  ),
  /** 啟用, from the first instant of a day to the last of another; it says all that a decision needs. */
  CredentialActivated: clear(
    t.strict({
      credential: Uuid,
      person: Hex64,
      ca: CaName,
      serial1: CertificateSerial,
      from: Instant,
      to: Instant,
    }),
  ),
  /** 不啟用: by hand, or because another of the person was activated (DOC-9). */
  CredentialDeactivated: clear(
    t.strict({ credential: Uuid, cause: t.keyof({ byHand: null, otherActivated: null }) }),
  ),
};

export type RegisteredCredentialEvent = NewEventOf<typeof registeredCredentialEvents>;
export type StoredRegisteredCredentialEvent = StoredEventOf<typeof registeredCredentialEvents>;
