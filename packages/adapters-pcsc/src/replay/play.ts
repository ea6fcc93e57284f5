import { LayerFault, pause } from '../process/layer.js';
import { transportFault } from '../transport/transport.js';
import { hexOf, octetsOf, type ReplayExchange } from './script.js';

/** What was sent is not repeated here: there may be a PIN in it. */
const offScript = (place: number): LayerFault =>
  new LayerFault(
    transportFault('TRANSPORT', `command ${place + 1} of the session is not the next of the script`),
  );

const same = (command: Uint8Array, written: string): boolean => hexOf(command) === hexOf(octetsOf(written));

/** Plays the exchanges of one session in their order; `pull` takes the card out of its reader. */
export const playSession = (
  exchanges: ReadonlyArray<ReplayExchange>,
  pull: () => void,
): ((command: Uint8Array) => Promise<Uint8Array>) => {
  let place = 0;
  return async (command) => {
    const exchange = exchanges[place];
    if (exchange === undefined || !same(command, exchange.command)) throw offScript(place);
    place++;
    if ('answer' in exchange) {
      if (exchange.after !== undefined) await pause(exchange.after);
      return octetsOf(exchange.answer);
    }
    if (exchange.does === 'hang') return new Promise(() => undefined);
    if (exchange.does === 'reset')
      throw new LayerFault(transportFault('CARD_RESET', 'reset by another program'));
    pull();
    return new Uint8Array(0);
  };
};
