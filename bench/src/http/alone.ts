/** The commands of the load, given to the register in its own process: what there would be without HTTP. */
import { randomUUID } from 'node:crypto';
import type { Register } from '@mandate/domain';
import { type Bounds, type LoadFigures, startGauge } from './gauge.js';

/** Somebody whose cards are confirmed, with a clerk whose name they change. */
export interface Holding {
  readonly agencyCode: string;
  readonly confirmation: string;
  readonly clerkId: string;
  readonly nationalId: string;
  readonly serial: string;
  readonly name: string;
  readonly permissions: ReadonlyArray<string>;
}

export interface AloneParams extends Bounds {
  /** So many at a time, each about agencies of its own. */
  readonly width: number;
}

const commandOf = ({ nationalId, serial, name, ...rest }: Holding): object => ({
  ...rest,
  type: 'ChangeClerk',
  commandId: randomUUID(),
  // Another name each time: the same one again would change nothing.
  clerk: {
    name: `改名${randomUUID().slice(0, 8)}${name}`,
    nationalId,
    certificate: { kind: 'typed', serial },
  },
});

export const commandsAlone = async (
  register: Register,
  holdings: ReadonlyArray<Holding>,
  params: AloneParams,
): Promise<LoadFigures> => {
  const { goesOn, onAnswer, onError, figures } = startGauge(params);
  const caller = async (index: number): Promise<void> => {
    const own = holdings.filter((_, at) => at % params.width === index);
    for (let round = 0; goesOn(); round++) {
      const holding = own[round % own.length];
      if (holding === undefined) return onError('fewer agencies than callers');
      const before = performance.now();
      const done = await register.execute(commandOf(holding))();
      if (done._tag === 'Left') return onError(done.left.code);
      onAnswer(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: params.width }, (_, index) => caller(index)));
  return figures();
};
