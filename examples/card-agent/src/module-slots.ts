/**
 * The cards of a vendor's module beside the readers of PC/SC.
 *
 * @packageDocumentation
 */
import type { AgentSlot, AgentSlots } from '@mandate/adapters-http/agent';
import { type Pkcs11Reader, type Pkcs11Token, slotIsReader } from '@mandate/adapters-pcsc';
import type { CardReader } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

type InTurn = <F, A>(task: TaskEither<F, A>) => TaskEither<F, A>;

/** A module touches every reader when it is asked for its cards, and would find one busy that is being read beside it. */
const turns = (): InTurn => {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => () => {
    const turn = last.then(task);
    last = turn.catch(() => undefined);
    return turn;
  };
};

const readerInTurn = (reader: CardReader, inTurn: InTurn): CardReader => {
  const { signRaw } = reader;
  return {
    read: () => inTurn(reader.read()),
    sign: (...given) => inTurn(reader.sign(...given)),
    ...(signRaw === undefined ? {} : { signRaw: (...given) => inTurn(signRaw(...given)) }),
  };
};

/** The reader in which a token lies, where its description leaves no doubt. */
const readerOf = (
  { slotDescription }: Pkcs11Token,
  readers: ReadonlyArray<AgentSlot>,
): string | undefined => {
  const [one, another] = readers.filter((slot) => slotIsReader(slotDescription, slot.slotDescription));
  return another === undefined ? one?.slotDescription : undefined;
};

/** No two slots have the same name; some modules show two tokens in one reader. */
const namedApart = (slots: ReadonlyArray<AgentSlot>, { label, serial }: Pkcs11Token, name: string): string =>
  slots.every(({ slotDescription }) => slotDescription !== name) ? name : `${name} (${label} ${serial})`;

const withTokens = (
  readers: ReadonlyArray<AgentSlot>,
  tokens: ReadonlyArray<Pkcs11Token>,
  module: Pkcs11Reader,
): ReadonlyArray<AgentSlot> => {
  const taken = new Set(tokens.map((token) => readerOf(token, readers)));
  const slots = readers.filter(({ slotDescription }) => !taken.has(slotDescription));
  for (const token of tokens) {
    const name = readerOf(token, readers) ?? token.slotDescription;
    const { label, serial } = token;
    slots.push({ slotDescription: namedApart(slots, token, name), reader: module.card({ label, serial }) });
  }
  return slots;
};

/**
 * The slots of an agent: each card that the module sees, in the place of the reader in which it lies; and every other reader.
 * A card that the module knows is read and signs by the module alone.
 *
 * A module that fails hides no reader. Errors: those of the readers, where the module has no card either.
 */
export const slotsBeside = (readers: AgentSlots, module: Pkcs11Reader): AgentSlots => {
  const inTurn = turns();
  return {
    list: () => async () => {
      const [listed, tokens] = [await inTurn(readers.list())(), await inTurn(module.tokens())()];
      const found = E.isLeft(tokens) ? [] : tokens.right;
      if (E.isLeft(listed) && found.length === 0) return listed;
      const slots = withTokens(E.isLeft(listed) ? [] : listed.right, found, module);
      return E.right(
        slots.map(({ slotDescription, reader }) => ({
          slotDescription,
          reader: readerInTurn(reader, inTurn),
        })),
      );
    },
  };
};
