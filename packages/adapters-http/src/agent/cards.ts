/**
 * What lies in the readers, and one thing at a time with each of them.
 *
 * @packageDocumentation
 */
import { type Certificate, cardCertificates } from '@mandate/certificates';
import { type CardFault, type CardReader, type CardView, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { AgentSlot, AgentSlots } from './slots.js';

export interface SeenCard {
  readonly view: CardView;
  readonly signing?: Certificate;
}

export interface SeenSlot {
  readonly slotDescription: string;
  readonly reader: CardReader;
  /** Absent: empty. `unknown`: something is in it that cannot be read. */
  readonly card?: SeenCard | 'unknown';
}

export interface AgentCards {
  /** All readers. Who asks while it is being read waits for the same answer. */
  readonly look: () => Promise<E.Either<CardFault, ReadonlyArray<SeenSlot>>>;
  /** The card in one reader, now; only inside `alone`. */
  readonly lookAt: (reader: CardReader) => Promise<SeenCard | 'unknown' | undefined>;
  /** Runs when everything before it on this reader is over. */
  readonly alone: <A>(slotDescription: string, work: () => Promise<A>) => Promise<A>;
}

type Listed = E.Either<CardFault, ReadonlyArray<AgentSlot>>;

const isEmpty = ({ code }: CardFault): boolean =>
  code === 'NO_CARD' || code === 'CARD_REMOVED' || code === 'NO_READER';

const lookAt = async (reader: CardReader): Promise<SeenCard | 'unknown' | undefined> => {
  const read = await reader.read()();
  if (E.isLeft(read)) return isEmpty(read.left) ? undefined : 'unknown';
  const { signing } = await cardCertificates(read.right.certificates)();
  return { view: read.right, ...(signing === undefined ? {} : { signing }) };
};

/** Milliseconds after which a reader is not waited for: a slow card is read in a fraction of it. */
const usualPatience = 60_000;

/** What comes in time, and `late` where nothing does. */
const inTime = async <A>(promise: Promise<A>, milliseconds: number, late: A): Promise<A> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<A>((resolve) => {
    timer = setTimeout(resolve, milliseconds, late);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
};

const timeout = (): E.Either<CardFault, never> =>
  E.left(cardFault('TIMEOUT', { detail: 'the readers were not listed in time' }));

/** Readers are whoever's: one that never answers, or throws, must not keep the agent from those beside it. */
export const agentCards = (slots: AgentSlots, patience = usualPatience): AgentCards => {
  const queues = new Map<string, Promise<unknown>>();
  const alone = <A>(slotDescription: string, work: () => Promise<A>): Promise<A> => {
    const turn = (queues.get(slotDescription) ?? Promise.resolve()).then(work);
    const over = turn
      .catch(() => undefined)
      .then(() => {
        if (queues.get(slotDescription) === over) queues.delete(slotDescription);
      });
    queues.set(slotDescription, over);
    return turn;
  };
  const lookAll = async (): Promise<E.Either<CardFault, ReadonlyArray<SeenSlot>>> => {
    const listed = await inTime<Listed>(slots.list()(), patience, timeout());
    if (E.isLeft(listed)) return listed;
    const seen = listed.right.map(async ({ slotDescription, reader }) => {
      const looked = alone(slotDescription, () => lookAt(reader)).catch(() => 'unknown' as const);
      const card = await inTime<SeenSlot['card']>(looked, patience, 'unknown');
      return { slotDescription, reader, ...(card === undefined ? {} : { card }) };
    });
    return E.right(await Promise.all(seen));
  };
  let underWay: ReturnType<typeof lookAll> | undefined;
  return {
    alone,
    lookAt,
    look: () => {
      underWay ??= lookAll().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
  };
};
