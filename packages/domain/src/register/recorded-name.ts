/**
 * Whether the name on a card is the recorded one, where little else ties the card to the clerk.
 *
 * @packageDocumentation
 */
import type { GpkiFacts } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { ClerkDetails } from '../clerk/events.js';
import { clerkWithCertificate } from '../clerk/state.js';
import { isSeen, type SeenCredential } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import { agencyStream } from '../ports/stream-name.js';
import { normalPersonName } from '../values/index.js';
import type { RegisterContext } from './context.js';
import { openSealed } from './opening.js';

/**
 * The first card to answer under a serial that was typed (GEPI-35): a mistyped serial may be that of a stranger whose ID
 * ends with the same four characters, and then only the name tells the two apart. Where a service has matched the whole
 * ID (`full`) the person is known without it, and where the policy does not hold names to cards it is no evidence.
 *
 * A certificate holds a name in Unicode, rare characters included, and the query of the serial shows it together with the
 * serial (GEPI-53), so it can be copied as it stands: the two are compared in the form of `PersonName` and nothing is
 * taken for a likeness. Where the card shows no name, nothing is left to compare.
 *
 * Errors: `NAME_MISMATCH`, `IDENTITY_NOT_SHOWN`; those of loading and opening.
 */
export const checkRecordedName = async (
  context: RegisterContext,
  agencyCode: string,
  card: {
    readonly facts: GpkiFacts;
    readonly credential: SeenCredential;
    readonly identityProof: 'full' | 'last4' | null;
  },
): Promise<E.Either<RegisterError, void>> => {
  if (!context.policy.clerks.nameFromCard || card.identityProof !== 'last4') return E.right(undefined);
  const loaded = await context.agencies.load(agencyStream(context.policy.portal, agencyCode));
  if (E.isLeft(loaded)) return loaded;
  const clerk = clerkWithCertificate(loaded.right.state.clerks, card.credential);
  if (clerk === undefined || isSeen(clerk.credential)) return E.right(undefined);
  const { ca, commonName } = card.facts;
  const shown = normalPersonName(commonName ?? '');
  if (shown === '') return E.left(registerError('IDENTITY_NOT_SHOWN', { ca }));
  const details = await openSealed(context.vault, ClerkDetails, clerk.details);
  if (E.isLeft(details)) return details;
  return details.right?.name === shown ? E.right(undefined) : E.left(registerError('NAME_MISMATCH'));
};
