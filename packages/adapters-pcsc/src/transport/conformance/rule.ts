/**
 * What a rule of the contract is, and how it says what is wrong.
 *
 * @packageDocumentation
 */
import { isDeepStrictEqual } from 'node:util';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

import { hexOf } from '../../replay/script.js';
import type { Deadlines } from '../hosted-parts.js';
import type { CardSession, CardTransport, ReaderEvent, TransportFault } from '../transport.js';

/** Two readers, both empty at first, and hands to work them. All is done when the answer comes. */
export interface TransportWorld {
  /** A program of its own each time; the world closes them all. */
  readonly transport: (deadlines?: Partial<Deadlines>) => CardTransport;
  readonly reader: string;
  readonly otherReader: string;
  /** Puts a rule card (`ruleCard`) in, freshly powered. */
  readonly insert: (reader: string) => Promise<void>;
  readonly pull: (reader: string) => Promise<void>;
  /** Takes a reader away and brings it back; where the world can. */
  readonly readers?: {
    readonly remove: (reader: string) => Promise<void>;
    readonly add: (reader: string) => Promise<void>;
  };
  /** The service that all readers hang on. */
  readonly service: { readonly lose: () => Promise<void>; readonly restore: () => Promise<void> };
  readonly close: () => Promise<void>;
}

export interface WorldAbilities {
  /** It can take readers away and bring them back. */
  readonly readers: boolean;
  /** Its reader passes on an answer of no octets; vpcd waits for more instead. */
  readonly emptyAnswers: boolean;
}

/** `run` throws an `Error` that says what the transport did and what it should have done. */
export interface TransportRule {
  readonly name: string;
  /** The commands of each connection to `reader`, for worlds that play a script. */
  readonly sessions: ReadonlyArray<ReadonlyArray<Uint8Array>>;
  /** What not every world can do. */
  readonly needs?: keyof WorldAbilities;
  readonly run: (world: TransportWorld) => Promise<void>;
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (inner instanceof Uint8Array ? hexOf(inner) : inner)) ?? String(value);

export function ensure(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

export const ensureSame = (actual: unknown, expected: unknown, what: string): void =>
  ensure(isDeepStrictEqual(actual, expected), `${what}: expected ${shown(expected)}, got ${shown(actual)}`);

/** Milliseconds, above the sum of what a transport may take by its own deadlines, on a busy machine too. */
const patience = 120_000;

/** What a promise brings; an error in words where it never settles, since a test that waits for ever says nothing. */
export const settled = async <A>(
  promise: Promise<A>,
  doing: () => string,
  milliseconds = patience,
): Promise<A> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${doing()}: nothing came in ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** The success of a task; its fault is thrown. */
export const succeed = async <A>(task: TaskEither<TransportFault, A>, doing: string): Promise<A> => {
  const answer = await settled(task(), () => doing);
  if (answer._tag === 'Left') throw new Error(`${doing}: met a fault: ${shown(answer.left)}`);
  return answer.right;
};

/** Throws unless the task ends in one of these faults. */
export const refused = async <A>(
  task: TaskEither<TransportFault, A>,
  codes: ReadonlyArray<TransportFault['code']>,
  doing: string,
): Promise<void> => {
  const answer = await settled(task(), () => doing);
  ensure(answer._tag === 'Left', `${doing}: should have been refused with ${codes.join(' or ')}`);
  ensure(
    codes.includes(answer.left.code),
    `${doing}: expected ${codes.join(' or ')}, got ${shown(answer.left)}`,
  );
};

/** The answer in hexadecimal. */
export const say = async (session: CardSession, command: Uint8Array): Promise<string> =>
  hexOf(await succeed(session.transmit(command), 'transmit'));

export const connected = (transport: CardTransport, reader: string): Promise<CardSession> =>
  succeed(transport.connect(reader), `connect to ${reader}`);

export interface Diary {
  readonly events: ReadonlyArray<ReaderEvent>;
  /** Waits until this many have come that pass; what does not come is an error that says what did. */
  readonly until: (wanted: (event: ReaderEvent) => boolean, times?: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Watches, and writes down what it is told. */
export const watched = async (transport: CardTransport): Promise<Diary> => {
  const events: Array<ReaderEvent> = [];
  let wake = (): void => undefined;
  const listener = (event: ReaderEvent): void => {
    events.push(event);
    wake();
  };
  const { close } = await succeed(transport.watch(listener), 'watch');
  const until: Diary['until'] = async (wanted, times = 1) => {
    while (events.filter(wanted).length < times) {
      const told = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await settled(told, () => `watch: told ${shown(events)}, and then`);
    }
  };
  return { events, until, close };
};

export const isOf =
  (type: ReaderEvent['type'], reader?: string) =>
  (event: ReaderEvent): boolean =>
    event.type === type && (reader === undefined || ('reader' in event && event.reader === reader));
