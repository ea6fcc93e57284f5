/**
 * A portal whose commands are signed one by one, and what a person does there.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { TestPki } from '@mandate/certificates/test-pki';
import {
  type CardConfirmed,
  definePack,
  gepiPolicy,
  type IssuedChallenge,
  type Register,
  type RegisterSettings,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { people } from '../../src/world/cast.js';
import { ask } from '../../src/world/counter.js';
import type { PinnedCard } from '../../src/world/drawer.js';
import { type Answer, clerkBySerial, confirmed, type Pair, registerAgency } from './counter.js';
import { type Bag, type Office, openOffice } from './office.js';

export type SignableCommand = Bag & { readonly type: string; readonly commandId: string };

/** GEPI, with commands to be signed under these purposes. */
export const signingPolicy = (...purposes: ReadonlyArray<string>) =>
  definePack({
    ...gepiPolicy,
    purposes: gepiPolicy.purposes.map((purpose) =>
      purposes.includes(purpose.id) ? { ...purpose, evidence: 'command' } : purpose,
    ),
  });

/** An office where delegation is signed, with a registered agency and its manager's session. */
export const openSession = async (
  pki: TestPki,
  pair: Pair,
  overrides: Partial<RegisterSettings> = {},
): Promise<{ readonly office: Office; readonly visit: CardConfirmed }> => {
  const office = await openOffice(pki, { policy: signingPolicy('delegation'), ...overrides });
  await registerAgency(office.register, pair);
  return { office, visit: await confirmed(office.register, 'delegation', pair) };
};

/** 新增授權經辦人, under a new id. */
export const newClerk = (person = people.wang, serial = 'A'.repeat(32)): SignableCommand => ({
  type: 'AuthorizeClerk',
  commandId: randomUUID(),
  clerk: clerkBySerial(person, serial),
  permissions: ['premium-edit'],
});

/** What a card must sign for a command. */
export const challengeFor = (
  register: Register,
  { confirmation }: CardConfirmed,
  command: SignableCommand,
): Answer<IssuedChallenge> =>
  register.issueChallenge({
    confirmation: confirmation.id,
    command: { agencyCode: confirmation.agencyCode, ...command },
  })();

/** A card's answer to a challenge, or to another text under its nonce. */
export const answerOf = async (
  { card }: PinnedCard,
  { nonce, text }: { readonly nonce: string; readonly text: string },
): Promise<{ readonly nonce: string; readonly cms: string }> => {
  const cms = await card.sign(new TextEncoder().encode(text), { withCardNumber: true });
  return { nonce, cms: Buffer.from(cms).toString('base64') };
};

/** Has a card sign a command. */
export const sign = async (
  register: Register,
  visit: CardConfirmed,
  command: SignableCommand,
  card: PinnedCard,
): Answer<CardConfirmed> => {
  const challenge = await challengeFor(register, visit, command);
  if (E.isLeft(challenge)) return challenge;
  return register.confirmCard(await answerOf(card, challenge.right))();
};

/** Has the manager's card sign a command, and gives it. */
export const signAndGive = async (
  register: Register,
  visit: CardConfirmed,
  command: SignableCommand,
  card: PinnedCard,
) => {
  const signed = await sign(register, visit, command, card);
  return E.isLeft(signed) ? signed : ask(register, visit, command);
};
