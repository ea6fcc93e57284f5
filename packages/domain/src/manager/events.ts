/**
 * What happens to the authorised manager (授權管理者). Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { MatchedIdentity, SeenCredential } from '../credential/credential.js';
import { type NewEventOf, type StoredEventOf, withSealed } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';

/** How the manager can be reached, as typed on the confirmation screen (GEPI-28). */
export const Contact = t.strict({
  name: t.string,
  email: t.string,
  phone: t.string,
  extension: t.union([t.string, t.null]),
});
export type Contact = t.TypeOf<typeof Contact>;

export const managerEvents = {
  /** A person became the agency's one manager: at first registration, or after another person (GEPI-49). */
  ManagerAppointed: withSealed(
    t.strict({
      person: Hex64,
      credential: SeenCredential,
      identityProof: MatchedIdentity,
      /** The manager until now, where there was one. */
      previous: t.union([Hex64, t.null]),
    }),
    t.strict({ nationalId: t.string, contact: Contact }),
  ),
  /** The same person, other contact data. */
  ContactChanged: withSealed(t.strict({ person: Hex64 }), t.strict({ contact: Contact })),
};

export type ManagerEvent = NewEventOf<typeof managerEvents>;
export type StoredManagerEvent = StoredEventOf<typeof managerEvents>;
