/** Virtual readers behind a transport that has the drivers work where the cards are. */
import * as E from 'fp-ts/lib/Either.js';
import { startHere } from '../../src/process/here.js';
import { type Layer, LayerFault } from '../../src/process/layer.js';
import { board } from '../../src/transport/board.js';
import { hostedTransport } from '../../src/transport/hosted.js';
import { defaultDeadlines } from '../../src/transport/hosted-parts.js';
import { type CardTransport, transportFault } from '../../src/transport/transport.js';
import { virtualTransport } from '../../src/virtual-card/index.js';
import { place } from './place.js';

const succeeded = <A>(either: E.Either<ConstructorParameters<typeof LayerFault>[0], A>): A => {
  if (E.isLeft(either)) throw new LayerFault(either.left);
  return either.right;
};

/** A transport as a package for PC/SC. */
const layerOn = (transport: CardTransport): Layer => ({
  board: board(),
  list: async () => succeeded(await transport.list()()),
  watch: async () => undefined,
  connect: async (reader) => {
    const session = succeeded(await transport.connect(reader)());
    return {
      atr: session.atr,
      transmit: async (command) => succeeded(await session.transmit(command)()),
      end: session.end,
    };
  },
  faultOf: (thrown) => (thrown instanceof LayerFault ? thrown.fault : transportFault('TRANSPORT', 'thrown')),
});

const far = (transport: CardTransport): Pick<CardTransport, 'connect' | 'work'> => {
  const { connect, work } = hostedTransport({
    start: (onEvent, onOver) => startHere(layerOn(transport), { onEvent, onOver }),
    deadlines: defaultDeadlines,
    worksThere: true,
  });
  return { connect, ...(work === undefined ? {} : { work }) };
};

export const readersWith: typeof virtualTransport = (slots) => {
  const near = virtualTransport(slots);
  return place.isFar ? { ...near, ...far(near) } : near;
};
