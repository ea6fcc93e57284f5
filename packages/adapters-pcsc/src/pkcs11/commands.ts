/** Answers the commands on one module. Everything here is synchronous, as PKCS#11 is. */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { Cryptoki, Handle } from './cryptoki.js';
import { login, loginRefusal } from './login.js';
import { certificatesIn, hexOf, inSession } from './objects.js';
import type { CommandName, Commands, SignCommand } from './protocol.js';
import { cardFault, returnedFault, returnValues } from './return-values.js';
import { type Preparation, signature, signingWays } from './signature.js';
import { listTokens, type Pkcs11Token, tokenIn } from './token.js';

const slotOf = (name: string): Handle => Uint8Array.from(Buffer.from(name, 'hex'));

const open = (cryptoki: Cryptoki): E.Either<CardFault, undefined> => {
  const returned = cryptoki.initialize();
  // Twice is once: the module was left open by an operation that was cut off.
  return E.isLeft(returned) && returned.left !== returnValues.alreadyInitialized
    ? E.left(cardFault('NO_PCSC', returnedFault('C_Initialize', returned.left).detail ?? ''))
    : E.right(undefined);
};

/** The very certificate that was chosen: a card that was changed for another is not shown a PIN. */
const stillThere = (
  cryptoki: Cryptoki,
  session: Handle,
  { certificate }: SignCommand,
): E.Either<CardFault, void> => {
  const present = certificatesIn(cryptoki, session);
  if (E.isLeft(present)) return present;
  const wanted = hexOf(certificate.der);
  return present.right.some(({ id, der }) => id === certificate.id && hexOf(der) === wanted)
    ? E.right(undefined)
    : E.left(cardFault('CARD_REMOVED', 'the certificate is no longer on the token'));
};

/** The token as it is now, if it is the one that was chosen. */
const chosenToken = (
  cryptoki: Cryptoki,
  slot: Handle,
  { serial }: SignCommand,
): E.Either<CardFault, Pkcs11Token> => {
  const token = tokenIn(cryptoki, slot);
  return E.isRight(token) && token.right.serial !== serial
    ? E.left(cardFault('CARD_REMOVED', 'another token is in the slot'))
    : token;
};

/** The flags are read right before the PIN is shown: another program may have used a try since they were looked at. */
const signIn = (
  cryptoki: Cryptoki,
  slot: Handle,
  session: Handle,
  ways: ReadonlyArray<Preparation>,
  command: SignCommand,
): E.Either<CardFault, Uint8Array> => {
  const { pin, certificate, allowLastTry } = command;
  const there = stillThere(cryptoki, session, command);
  if (E.isLeft(there)) return there;
  const token = chosenToken(cryptoki, slot, command);
  if (E.isLeft(token)) return token;
  if (pin === undefined) return signature(cryptoki, session, ways, certificate, undefined);
  const refusal = loginRefusal(token.right.pinState, allowLastTry);
  if (refusal !== undefined) return E.left(refusal);
  const loggedIn = login(cryptoki, session, slot, token.right, pin);
  if (E.isLeft(loggedIn)) return loggedIn;
  const made = signature(cryptoki, session, ways, certificate, pin);
  cryptoki.logout(session);
  return made;
};

const sign = (cryptoki: Cryptoki, command: SignCommand): E.Either<CardFault, Uint8Array> => {
  const slot = slotOf(command.slot);
  const ways = signingWays(cryptoki, slot, command.data);
  return E.isLeft(ways)
    ? ways
    : inSession(cryptoki, slot, (session) => signIn(cryptoki, slot, session, ways.right, command));
};

type Answerer = {
  readonly [Name in CommandName]: (
    input: Commands[Name]['input'],
  ) => E.Either<CardFault, Commands[Name]['output']>;
};

export const answerer = (cryptoki: Cryptoki): Answerer => ({
  open: () => open(cryptoki),
  tokens: () => listTokens(cryptoki),
  certificates: (slot) => inSession(cryptoki, slotOf(slot), (session) => certificatesIn(cryptoki, session)),
  sign: (command) => sign(cryptoki, command),
  close: () => {
    const returned = cryptoki.finalize();
    return E.isLeft(returned) ? E.left(returnedFault('C_Finalize', returned.left)) : E.right(undefined);
  },
});
