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
  /** Absent: empty. A fault: something is in it that cannot be read, and why. */
  readonly card?: SeenCard | CardFault;
}

export const isFault = (card: SeenCard | CardFault): card is CardFault => '_tag' in card;

/** Where it could be read. */
export const readable = (card: SeenSlot['card']): SeenCard | undefined =>
  card === undefined || isFault(card) ? undefined : card;

export interface AgentCards {
  /**
   * All readers; with a name that one alone, or all as if they were empty where there is none of that name. Who asks while one is
   * being read waits for the same answer.
   */
  readonly look: (named?: string) => Promise<E.Either<CardFault, ReadonlyArray<SeenSlot>>>;
  /** The card in one reader, now; only inside `alone`. */
  readonly lookAt: (reader: CardReader) => Promise<SeenSlot['card']>;
  /** Runs when everything before it on this reader is over. */
  readonly alone: <A>(slotDescription: string, work: () => Promise<A>) => Promise<A>;
}

type Listed = E.Either<CardFault, ReadonlyArray<AgentSlot>>;

const isEmpty = ({ code }: CardFault): boolean =>
  code === 'NO_CARD' || code === 'CARD_REMOVED' || code === 'NO_READER';

const lookAt = async (reader: CardReader): Promise<SeenSlot['card']> => {
  const read = await reader.read()();
  if (E.isLeft(read)) return isEmpty(read.left) ? undefined : read.left;
  const { signing } = await cardCertificates(read.right.certificates)();
  return { view: read.right, ...(signing === undefined ? {} : { signing }) };
};

export interface Patience {
  /** Milliseconds after which a reader that was named is not waited for. */
  readonly one: number;
  /** The same where all are looked into: a page and a person wait for the others. A slow card takes less. */
  readonly all: number;
}

/** Pages give the component 20 seconds to tell of the readers. */
const usualPatience: Patience = { one: 60_000, all: 15_000 };

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

const late = (detail: string): CardFault => cardFault('TIMEOUT', { detail });

const thrown = (): CardFault => cardFault('CARD_FAULT', { detail: 'unexpected failure' });

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
  const looking = new Map<string, Promise<SeenSlot['card']>>();
  /** One that hangs is not asked again and again behind its own back. */
  const looked = ({ slotDescription, reader }: AgentSlot): Promise<SeenSlot['card']> => {
    const look =
      looking.get(slotDescription) ??
      alone(slotDescription, () => lookAt(reader))
        .catch(thrown)
        .finally(() => looking.delete(slotDescription));
    looking.set(slotDescription, look);
    return look;
  };
  const lookInto = async (
    named: string | undefined,
  ): Promise<E.Either<CardFault, ReadonlyArray<SeenSlot>>> => {
    const listed = await inTime<Listed>(
      slots.list()(),
      patience.one,
      E.left(late('the readers were not listed in time')),
    );
    if (E.isLeft(listed)) return listed;
    const wanted = listed.right.filter((slot) => named === undefined || slot.slotDescription === named);
    if (wanted.length === 0) return E.right(listed.right);
    const longest = named === undefined ? patience.all : patience.one;
    const seen = wanted.map(async (slot) => {
      const card = await inTime(looked(slot), longest, late('the reader did not answer in time'));
      return { ...slot, ...(card === undefined ? {} : { card }) };
    });
    return E.right(await Promise.all(seen));
  };
  const underWay = new Map<string | undefined, ReturnType<typeof lookInto>>();
  return {
    alone,
    lookAt,
    look: (named) => {
      const look = underWay.get(named) ?? lookInto(named).finally(() => underWay.delete(named));
      underWay.set(named, look);
      return look;
    },
  };
};
