/**
 * The drivers in the process of a reader, beside the native code.
 *
 * @packageDocumentation
 */
import type { CardStep } from '../drivers/data.js';
import type { CardSession, TransportFault } from '../transport/transport.js';
import type { Layer, LayerCard } from './layer.js';

/** `alive` is told after each exchange. */
export type Steps = (step: CardStep, alive: () => void) => Promise<unknown>;

const failed = {
  _tag: 'Left',
  left: { _tag: 'CardFault', code: 'CARD_FAULT', detail: 'unexpected failure' },
} as const;

const load = async (): Promise<(layer: Layer, card: LayerCard) => Steps> => {
  const [{ cardSteps }, { checkAnswer }, E] = await Promise.all([
    import('../drivers/steps.js'),
    import('../transport/octets.js'),
    import('fp-ts/lib/Either.js'),
  ]);

  return (layer, card) => {
    let alive = (): void => undefined;
    let broken: TransportFault | undefined;

    const exchanged = async (command: Uint8Array) => {
      try {
        return checkAnswer(await card.transmit(command));
      } catch (thrown) {
        return E.left(layer.faultOf(thrown));
      }
    };
    // As a session of the port: after its first fault it answers nothing else.
    const session: CardSession = {
      atr: card.atr,
      anticipates: false,
      transmit: (command) => async () => {
        if (broken !== undefined) return E.left(broken);
        const answer = await exchanged(command);
        alive();
        if (E.isLeft(answer)) broken = answer.left;
        return answer;
      },
      end: card.end,
    };
    const perform = cardSteps(session);

    return async (step, told) => {
      alive = told;
      try {
        return await perform(step);
      } catch {
        // A bug: its message might hold what was under way.
        return failed;
      }
    };
  };
};

let loaded: ReturnType<typeof load> | undefined;

/** Once for a process, and not before they are wanted: the process that only lists and watches has no use for them. */
export const loadSteps = (): ReturnType<typeof load> => {
  loaded ??= load();
  return loaded;
};
