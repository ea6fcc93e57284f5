/**
 * Cards that were confirmed one after the other, and the challenges that they answer (GEPI-16…21).
 *
 * Both are short-lived and lie beside the events; what is personal in them is sealed.
 *
 * @packageDocumentation
 */
import { Organisation } from '../agency/organisation.js';
import { RootCredential } from '../credential/credential.js';
import { Hex64 } from '../events/hex.js';
import { StepRole } from '../policy/policy.js';
import type { Sha256 } from '../ports/clock.js';
import { t } from '../schema.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a confirmed card shows to the person who holds it (GEPI-28: 憑證資訊). */
const Shown = t.exact(
  t.intersection([
    t.type({
      displayName: t.string,
      /** Of a citizen: what the person typed, matched with the card. */
      nationalId: t.union([t.string, t.null]),
      subjectSerialNumber: t.union([t.string, t.null]),
    }),
    /** Of means of another kind: what the service calls the account. */
    t.partial({ account: t.string }),
  ]),
);
export type Shown = t.TypeOf<typeof Shown>;

const cardFields = {
  role: StepRole,
  /** A certificate whose key answered, or means for which their service answered. */
  credential: RootCredential,
  /** Of an agency card: how it names the organisation. */
  organisation: t.union([Organisation, t.null]),
  /** Of a person: the pseudonym; `null` where no ID was typed or matched. */
  person: t.union([Hex64, t.null]),
  identityProof: t.union([t.keyof({ full: null, last4: null }), t.null]),
  /** Hash of the evidence bundle. */
  evidence: Hex64,
};

/** A card, or other means, by which a step was done. */
export const ConfirmedCard = t.strict({ ...cardFields, shown: Shown });
export type ConfirmedCard = t.TypeOf<typeof ConfirmedCard>;

/** A confirmed card without what it shows, which few commands need. */
const ActingCard = t.strict(cardFields);
export type ActingCard = t.TypeOf<typeof ActingCard>;

const confirmationFields = {
  id: t.string,
  portal: t.string,
  purpose: t.string,
  /** `null` where the purpose needs none (GEPI-53). */
  agencyCode: t.union([t.string, t.null]),
  /** ISO, UTC. */
  startedAt: t.string,
  expiresAt: t.string,
  /** Every step of the purpose was done. */
  complete: t.boolean,
  /** Digest of the command that it served although no event came of it; one that came of it names the confirmation. */
  spentBy: t.union([t.string, t.null]),
};

/** The cards confirmed so far for one purpose. */
export const Confirmation = t.strict({ ...confirmationFields, cards: t.readonlyArray(ConfirmedCard) });
export type Confirmation = t.TypeOf<typeof Confirmation>;

/** A confirmation as it is kept: what the cards show is sealed, all in one text that opens with these fields alone. */
export const SealedConfirmation = t.strict({
  ...confirmationFields,
  cards: t.readonlyArray(ActingCard),
  shown: t.string,
});
export type SealedConfirmation = t.TypeOf<typeof SealedConfirmation>;

export const AllShown = t.readonlyArray(Shown);

/** A challenge that was handed out. */
export const Challenge = t.strict({
  nonce: t.string,
  confirmation: t.string,
  portal: t.string,
  purpose: t.string,
  agencyCode: t.union([t.string, t.null]),
  /** Which step of the purpose it is for, from 0. */
  step: t.Int,
  person: t.union([Hex64, t.null]),
  /** The ID that was typed, sealed; `null` where the step asks for none. */
  nationalId: t.union([t.string, t.null]),
  /** The command that is to be signed, sealed; `null` where a card is to be confirmed. */
  command: t.union([t.string, t.null]),
  issuedAt: t.string,
  expiresAt: t.string,
});
export type Challenge = t.TypeOf<typeof Challenge>;

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

/**
 * What a confirmation is called wherever it is written down: SHA-256 of its id, in hex. The id itself is as good as the
 * cards for as long as the confirmation holds, so it goes to the person at the screen and to the challenge store alone.
 */
export const confirmationHash = (sha256: Sha256, id: string): string =>
  sha256(`mandate-confirmation/1:${id}`);

/** The card that was confirmed in a role. */
export const cardOf = <C extends ActingCard>(
  confirmation: { readonly cards: ReadonlyArray<C> },
  role: StepRole,
): C | undefined => confirmation.cards.find((card) => card.role === role);
