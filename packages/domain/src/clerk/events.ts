/**
 * What happens to the clerks (經辦人). A grant is never edited in place: each change is an event of its own.
 * Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import {
  HolderCredential,
  IdentityProof,
  MatchedIdentity,
  SeenCredential,
  TypedCredential,
} from '../credential/credential.js';
import { clear, type NewEventOf, type StoredEventOf, unchanged, withSealed } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';
import { FunctionCode, Uuid } from '../values/index.js';

/** What a list shows of a clerk (GEPI-32). */
export const ClerkDetails = t.strict({ nationalId: t.string, name: t.string });
export type ClerkDetails = t.TypeOf<typeof ClerkDetails>;

/** The same with an e-mail address, where the portal asks for one (NHI-8). */
export const ClerkEntryDetails = t.exact(
  t.intersection([t.type({ nationalId: t.string, name: t.string }), t.partial({ email: t.string })]),
);
export type ClerkEntryDetails = t.TypeOf<typeof ClerkEntryDetails>;

export const clerkEvents = {
  /**
   * A person was let act for the agency (GEPI-33, NHI-8, ECPA-6). Schema 1 had certificates alone and no e-mail address,
   * which schema 2 takes as it is.
   */
  ClerkAuthorized: withSealed(
    t.strict({
      clerk: Uuid,
      person: Hex64,
      credential: HolderCredential,
      identityProof: IdentityProof,
      permissions: t.readonlyArray(FunctionCode),
      catalogueVersion: t.Int,
    }),
    ClerkEntryDetails,
    2,
    { 1: unchanged },
  ),
  /**
   * Another system's list says that this person acts for the agency. Nobody showed a card and no manager confirmed it: the
   * lowest level of evidence there is, until the clerk's card first signs.
   */
  HistoryImported: withSealed(
    t.strict({
      clerk: Uuid,
      person: Hex64,
      credential: TypedCredential,
      permissions: t.readonlyArray(FunctionCode),
      catalogueVersion: t.Int,
      source: t.string,
      file: Hex64,
      row: t.Int,
      digest: Hex64,
    }),
    ClerkDetails,
  ),
  /** Permissions were added, taken away, or both. What is in neither list stays as it was. */
  ClerkPermissionsChanged: clear(
    t.strict({
      clerk: Uuid,
      granted: t.readonlyArray(FunctionCode),
      revoked: t.readonlyArray(FunctionCode),
      catalogueVersion: t.Int,
    }),
  ),
  /** The same person, another spelling of the name. */
  ClerkDetailsChanged: withSealed(t.strict({ clerk: Uuid, person: Hex64 }), ClerkDetails),
  /** The clerk may no longer act (GEPI-40, GEPI-41); `personChanged` when the entry went to another person. */
  ClerkRevoked: clear(t.strict({ clerk: Uuid, cause: t.keyof({ deleted: null, personChanged: null }) })),
  /** The clerk's card signed for the first time, so a serial that was typed or read is now proved (GEPI-35). */
  ClerkCredentialProved: clear(
    t.strict({
      clerk: Uuid,
      credential: SeenCredential,
      identityProof: MatchedIdentity,
    }),
  ),
};

export type ClerkEvent = NewEventOf<typeof clerkEvents>;
export type StoredClerkEvent = StoredEventOf<typeof clerkEvents>;
