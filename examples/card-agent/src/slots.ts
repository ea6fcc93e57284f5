/**
 * The agent's readers, by PC/SC or whatever else is a `CardTransport`.
 *
 * @packageDocumentation
 */
import type { AgentSlots } from '@mandate/adapters-http/agent';
import { type CardKeys, type CardTransport, cardReader, type PcscCardReader } from '@mandate/adapters-pcsc';
import * as TE from 'fp-ts/lib/TaskEither.js';

/** One `CardReader` for each reader, kept: it knows how many tries its card had left when it was last asked. */
export const slotsOn = (transport: CardTransport, keys: CardKeys): AgentSlots => {
  const kept = new Map<string, PcscCardReader>();
  const readerOf = (reader: string): PcscCardReader => {
    const found = kept.get(reader) ?? cardReader(transport, { reader, keys });
    kept.set(reader, found);
    return found;
  };
  const any = cardReader(transport, { keys });
  return {
    list: () =>
      TE.map((readers: ReadonlyArray<{ readonly reader: string }>) =>
        readers.map(({ reader }) => ({ slotDescription: reader, reader: readerOf(reader) })),
      )(any.readers()),
  };
};
