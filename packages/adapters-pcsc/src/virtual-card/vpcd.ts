/**
 * A virtual card in a reader of vpcd, the virtual reader of vsmartcard: for every program on the machine it is a card.
 * The card connects to vpcd; whoever is connected is inserted.
 *
 * @packageDocumentation
 */
import { connect, type Socket } from 'node:net';
import { type Mischief, misbehaving } from './mischief.js';
import { toHex } from './octets.js';
import type { Purpose, VirtualCard } from './virtual-card.js';
import { controls, frame, frames } from './vpcd-frames.js';

/** What happens to the card; nothing that it is told or says, but the status word. */
export type VpcdEvent =
  | { readonly status: 'inserted' | 'pulled' | 'power-on' | 'reset' | 'power-off' }
  /** vpcd went away; the card comes back when it does. */
  | { readonly status: 'lost' }
  /** Nothing takes the card at this address, said once: it is tried on in silence until something does. */
  | { readonly status: 'no-vpcd'; readonly host: string; readonly port: number; readonly cause: string }
  | {
      readonly status: 'exchange';
      readonly purpose: Purpose;
      readonly sw: string;
      readonly triesLeft?: number;
    };

export interface VpcdOptions {
  readonly card: VirtualCard;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 35963, the first reader of vpcd; 35964 is the second. */
  readonly port?: number;
  readonly onEvent?: (event: VpcdEvent) => void;
}

/** The hand that holds the card. */
export interface VpcdCard {
  readonly insert: () => void;
  readonly pull: () => void;
  readonly misbehave: (mischief: Mischief) => void;
  readonly behave: () => void;
}

const defaultPort = 35_963;
const retryMilliseconds = 50;

const powerEvents: ReadonlyMap<number, 'power-on' | 'reset' | 'power-off'> = new Map([
  [controls.powerOn, 'power-on'],
  [controls.reset, 'reset'],
  [controls.powerOff, 'power-off'],
]);

const exchangeEvent = (card: VirtualCard, command: Uint8Array, answer: Uint8Array): VpcdEvent => {
  const triesLeft = card.triesLeft();
  return {
    status: 'exchange',
    purpose: card.purposeOf(command),
    sw: toHex(answer.slice(-2)),
    ...(triesLeft === undefined ? {} : { triesLeft }),
  };
};

export const vpcdCard = (options: VpcdOptions): VpcdCard => {
  const { card, host = '127.0.0.1', port = defaultPort, onEvent = () => {} } = options;
  const inside = misbehaving(card);
  let wanted = false;
  let socket: Socket | undefined;
  /** Whether it was said that no vpcd is there, since a card was last put in or taken. */
  let missed = false;

  const leave = (): void => {
    const left = socket;
    socket = undefined;
    left?.destroy();
  };
  const pull = (): void => {
    const wasInside = socket !== undefined;
    wanted = false;
    leave();
    if (wasInside) onEvent({ status: 'pulled' });
  };

  const exchange = (own: Socket, command: Uint8Array): void => {
    const { after, result } = inside.respond(command);
    const finish = (): void => {
      if (socket !== own) return;
      if (result === 'pulled') pull();
      if (!(result instanceof Uint8Array)) return;
      own.write(frame(result));
      onEvent(exchangeEvent(card, command, result));
    };
    if (after === 0) finish();
    else setTimeout(finish, after);
  };

  const control = (own: Socket, octet: number | undefined): void => {
    if (octet === controls.atr) own.write(frame(card.atr));
    const status = octet === undefined ? undefined : powerEvents.get(octet);
    if (status === undefined) return;
    card.reset();
    onEvent({ status });
  };

  const enter = (): void => {
    if (!wanted || socket !== undefined) return;
    const own = connect({ host, port, noDelay: true });
    const take = frames();
    own.on('connect', () => {
      if (socket !== undefined || !wanted) {
        own.destroy();
        return;
      }
      socket = own;
      missed = false;
      card.reset();
      onEvent({ status: 'inserted' });
    });
    own.on('data', (octets) => {
      for (const message of take(octets)) {
        if (message.length === 1) control(own, message[0]);
        else if (message.length > 1) exchange(own, message);
      }
    });
    // What an error means to a card that was inside is said by the close that follows it.
    own.on('error', (error: NodeJS.ErrnoException) => {
      if (socket === own || !wanted || missed) return;
      missed = true;
      onEvent({ status: 'no-vpcd', host, port, cause: error.code ?? error.message });
    });
    own.on('close', () => {
      if (socket === own) {
        socket = undefined;
        // That nothing answers now has been said by this.
        missed = true;
        onEvent({ status: 'lost' });
      }
      if (wanted) setTimeout(enter, retryMilliseconds);
    });
  };

  return {
    insert: () => {
      if (wanted) return;
      wanted = true;
      missed = false;
      enter();
    },
    pull,
    misbehave: inside.misbehave,
    behave: inside.behave,
  };
};
