/**
 * The agent's readers, by PC/SC or whatever else is a `CardTransport`.
 *
 * @packageDocumentation
 */
import type { AgentSlots } from '@mandate/adapters-http/agent';
import { type CardKeys, type CardTransport, cardReader, type PcscCardReader } from '@mandate/adapters-pcsc';
import * as E from 'fp-ts/lib/Either.js';

/**
 * One `CardReader` for each reader, kept: it knows how many tries its card had left when it was last asked. From the first list on
 * somebody watches, so that a locked card that was taken to a counter and back is asked again, whether a page asked meanwhile or not.
 */
export const slotsOn = (transport: CardTransport, keys: CardKeys): AgentSlots => {
  const kept = new Map<string, PcscCardReader>();
  const readerOf = (reader: string): PcscCardReader => {
    const found = kept.get(reader) ?? cardReader(transport, { reader, keys });
    kept.set(reader, found);
    return found;
  };
  const any = cardReader(transport, { keys });
  let isWatched = false;
  const watch = async (): Promise<void> => {
    if (isWatched) return;
    isWatched = true;
    // It ends with the transport. Where it cannot be done now, the next list tries again.
    isWatched = E.isRight(await any.watch(() => undefined)());
  };
  return {
    list: () => async () => {
      const listed = await any.readers()();
      if (E.isLeft(listed)) return listed;
      await watch();
      return E.right(
        listed.right.map(({ reader }) => ({ slotDescription: reader, reader: readerOf(reader) })),
      );
    },
  };
};
