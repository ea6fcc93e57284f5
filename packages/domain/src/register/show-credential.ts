/**
 * What both certificates of a card say before it is registered: 系統自動讀取, then 確定 (DOC-6…8). Nothing is kept of it.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { CaName } from '../credential/credential.js';
import { invalidInput, type RegisterError } from '../errors.js';
import { serialsTaken } from '../registered-credential/decide.js';
import { decodeValue, PersonalId, strict } from '../values/index.js';
import type { RegisterContext } from './context.js';
import { personPseudonym } from './identify.js';
import { Base64 } from './input.js';
import { readBoth } from './prepare-credential.js';
import { delegating, mayAskAbout, registersCredentials } from './queries.js';

/** Both serials as certificate viewers show them: at least 32 digits (DOC-12). */
export interface CredentialAnswer {
  readonly ca: CaName;
  readonly serial1: string;
  readonly serial2: string;
  /** Until when the card is good: ISO, UTC. What may be offered as 終止日期. */
  readonly notAfter: string;
  /** What a registration would be refused with as things stand. */
  readonly warnings: ReadonlyArray<'CREDENTIAL_ALREADY_REGISTERED'>;
}

/** Whose card it should be, and its two certificates, DER in base64. */
export const CredentialQuestion = strict({ nationalId: PersonalId, signing: Base64, encryption: Base64 });

type Result<A> = Promise<E.Either<RegisterError, A>>;

export const showCredential = async (
  context: RegisterContext,
  confirmation: unknown,
  input: unknown,
): Result<CredentialAnswer> => {
  const asked = decodeValue(CredentialQuestion, input);
  if (E.isLeft(asked)) return E.left(invalidInput(asked.left));
  const { nationalId } = asked.right;
  const session = await delegating(context, confirmation, registersCredentials);
  if (E.isLeft(session)) return session;
  const allowed = await mayAskAbout(context, session.right, nationalId);
  if (E.isLeft(allowed)) return allowed;
  const read = await readBoth(context, asked.right, nationalId, context.now());
  if (E.isLeft(read)) return read;
  const { ca, serial1, serial2, notAfter } = read.right;
  const person = await personPseudonym(context.vault, nationalId);
  if (E.isLeft(person)) return person;
  const taken = serialsTaken(session.right.state.credentials, { person: person.right, serial1, serial2 });
  return E.right({
    ca,
    notAfter,
    serial1: serial1.padStart(32, '0'),
    serial2: serial2.padStart(32, '0'),
    warnings: taken ? ['CREDENTIAL_ALREADY_REGISTERED'] : [],
  });
};
