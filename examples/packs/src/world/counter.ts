/**
 * What a person does at the counter of a portal: show what a step asks for, one after the other, then ask for something.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { TestCard } from '@mandate/certificates/test-pki';
import type { CardConfirmed, Executed, Register, RegisterError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Person } from './cast.js';

export type Answer<A> = Promise<E.Either<RegisterError, A>>;

/** What somebody shows to a step: it makes the answer to a challenge. */
export type Shown = (challenge: { readonly nonce: string; readonly text: string }) => Promise<object>;

/** A card that signs. */
export const card =
  (signing: TestCard): Shown =>
  async ({ nonce, text }) => {
    const cms = await signing.sign(new TextEncoder().encode(text), { withCardNumber: true });
    return { nonce, cms: Buffer.from(cms).toString('base64') };
  };

/** A health card in the reader, and what its holder types. */
export const healthCard =
  (person: Person, password = person.healthCard?.password ?? 'none'): Shown =>
  async ({ nonce }) => ({
    nonce,
    registeredCard: {
      nationalId: person.nationalId,
      cardNumber: person.healthCard?.number ?? '000000000000',
      password,
    },
  });

/** An account and what is typed as its password. */
export const account =
  (person: Person, secret = person.account?.secret ?? 'none'): Shown =>
  async ({ nonce }) => ({ nonce, account: { name: person.account?.name ?? 'nobody', secret } });

/** Shows what the steps of a purpose ask for, up to the first that is not accepted. */
export const show = async (
  register: Register,
  purpose: string,
  agencyCode: string,
  ...steps: ReadonlyArray<Shown>
): Answer<CardConfirmed> => {
  let last: CardConfirmed | undefined;
  for (const step of steps) {
    const confirmation = last === undefined ? {} : { confirmation: last.confirmation.id };
    const challenge = await register.issueChallenge({ purpose, agencyCode, ...confirmation })();
    if (E.isLeft(challenge)) return challenge;
    const confirmed = await register.confirmCard(await step(challenge.right))();
    if (E.isLeft(confirmed)) return confirmed;
    last = confirmed.right;
  }
  if (last === undefined) throw new Error('nothing was shown');
  return E.right(last);
};

/** Gives a command under a confirmation. */
export const give = (
  register: Register,
  { confirmation }: CardConfirmed,
  command: Readonly<Record<string, unknown>> & { readonly type: string },
): Answer<Executed> =>
  register.execute({
    commandId: randomUUID(),
    agencyCode: confirmation.agencyCode,
    confirmation: confirmation.id,
    ...command,
  })();
