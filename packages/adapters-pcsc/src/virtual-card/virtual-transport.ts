/** The port `CardTransport` on virtual readers. */
import * as E from 'fp-ts/lib/Either.js';
import {
  type CardSession,
  type CardTransport,
  type ReaderEvent,
  type TransportFault,
  transportFault,
} from '../transport/transport.js';
import type { Misbehaving } from './mischief.js';

/** Whoever holds a card alone. */
export interface Holder {
  /** From now on nothing can be exchanged, and why. */
  readonly lose: (code: TransportFault['code']) => void;
}

export interface Slot {
  inside: Misbehaving | undefined;
  holder: Holder | undefined;
}

export interface World {
  running: boolean;
  readonly slots: Map<string, Slot>;
  readonly listeners: Set<(event: ReaderEvent) => void>;
}

export const present = ({ slots }: World): ReadonlyArray<ReaderEvent> =>
  [...slots].flatMap(
    ([reader, { inside }]): ReadonlyArray<ReaderEvent> => [
      { type: 'reader-added', reader },
      ...(inside === undefined ? [] : [{ type: 'card-inserted' as const, reader, atr: inside.card.atr }]),
    ],
  );

const details: Readonly<Record<TransportFault['code'], string>> = {
  NO_PCSC: 'the virtual service does not run',
  NO_READER: 'no such virtual reader',
  NO_CARD: 'the virtual reader is empty',
  CARD_REMOVED: 'the virtual card was pulled out',
  CARD_BUSY: 'another program holds the virtual card',
  CARD_RESET: 'another program reset the virtual card',
  TIMEOUT: 'the virtual card does not answer',
  TRANSPORT: 'the virtual card answered fewer than two octets',
  CLOSED: 'this session or transport is closed',
};

const fault = (code: TransportFault['code']) => E.left(transportFault(code, details[code]));

const pause = (milliseconds: number): Promise<void> =>
  milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));

type OpenSession = { readonly session: CardSession; readonly end: () => Promise<void> };

/** What no reader would send on: under four octets, or more than an extended APDU holds. */
const isCommand = (command: unknown): command is Uint8Array =>
  command instanceof Uint8Array && command.length >= 4 && command.length <= 65_544;

const notACommand = E.left(transportFault('TRANSPORT', 'not a command: 4 to 65544 octets'));

const openSession = (slot: Slot, inside: Misbehaving, pullOut: () => void): OpenSession => {
  let lost: TransportFault['code'] | undefined;
  let ended: Promise<void> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const holder: Holder = {
    lose: (code) => {
      lost ??= code;
    },
  };
  slot.holder = holder;

  const exchange = async (command: Uint8Array): Promise<E.Either<TransportFault, Uint8Array>> => {
    if (lost !== undefined) return fault(lost);
    const { after, result } = inside.respond(command);
    await pause(after);
    if (result === 'pulled') pullOut();
    if (result === 'hanging') holder.lose('TIMEOUT');
    // Under two octets: what some layers make of a card that is gone.
    if (!(result instanceof Uint8Array) || result.length < 2) holder.lose('CARD_REMOVED');
    return lost !== undefined || !(result instanceof Uint8Array)
      ? fault(lost ?? 'TRANSPORT')
      : E.right(result);
  };

  const release = (): void => {
    holder.lose('CLOSED');
    if (slot.holder !== holder) return;
    slot.holder = undefined;
    slot.inside?.card.reset();
  };

  const end = (): Promise<void> => {
    ended ??= queue.then(release);
    return ended;
  };

  return {
    end,
    session: {
      atr: inside.card.atr,
      transmit: (command) => () => {
        if (ended !== undefined) return Promise.resolve(fault('CLOSED'));
        if (!isCommand(command)) return Promise.resolve(notACommand);
        const sent = command.slice();
        const answered = queue.then(() => exchange(sent));
        queue = answered;
        return answered;
      },
      end,
    },
  };
};

/** One program. `pullOut` is what a card does that is pulled out in mid-command. */
export const transportOn = (world: World, pullOut: (reader: string) => void): CardTransport => {
  const sessions = new Set<OpenSession>();
  const mine = new Set<(event: ReaderEvent) => void>();
  let closed = false;
  const refusal = (): TransportFault['code'] | undefined => {
    if (closed) return 'CLOSED';
    return world.running ? undefined : 'NO_PCSC';
  };

  return {
    list: () => async () => {
      const code = refusal();
      if (code !== undefined) return fault(code);
      return E.right(
        [...world.slots].map(([reader, { inside }]) =>
          inside === undefined ? { reader } : { reader, atr: inside.card.atr },
        ),
      );
    },
    watch: (listener) => async () => {
      const code = refusal();
      if (code !== undefined) return fault(code);
      const own = (event: ReaderEvent): void => listener(event);
      for (const event of present(world)) own(event);
      world.listeners.add(own);
      mine.add(own);
      return E.right({
        close: async () => {
          world.listeners.delete(own);
        },
      });
    },
    connect: (reader) => async () => {
      const code = refusal();
      if (code !== undefined) return fault(code);
      const slot = world.slots.get(reader);
      if (slot === undefined) return fault('NO_READER');
      if (slot.inside === undefined) return fault('NO_CARD');
      if (slot.holder !== undefined) return fault('CARD_BUSY');
      const open = openSession(slot, slot.inside, () => pullOut(reader));
      sessions.add(open);
      return E.right(open.session);
    },
    close: async () => {
      closed = true;
      await Promise.all([...sessions].map(({ end }) => end()));
      for (const listener of mine) world.listeners.delete(listener);
    },
  };
};
