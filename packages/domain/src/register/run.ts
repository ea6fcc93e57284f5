/**
 * Command handling: load → decide → append; once, also when it is asked twice.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Actor } from '../events/define.js';
import type { NewEvent } from '../events/table.js';
import type { StreamName } from '../ports/stream-name.js';
import { appendSize, largestAppend } from './append-size.js';
import type { RegisterContext } from './context.js';
import { eventsOfCommand } from './events-of-command.js';
import { fromStoreFault, type Loaded, type ReadBack, type Streams } from './streams.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** In milliseconds; see `RegisterSettings.clockToleranceMilliseconds`. */
const defaultClockTolerance = 5_000;

/** A command that was carried out, or would be. */
export interface Executed {
  /** In order; empty where the command was right but changed nothing, such as a second login. */
  readonly events: ReadonlyArray<ExecutedEvent>;
  /** Position of the last event, to wait for in a read model; `undefined` where nothing was appended. */
  readonly position: string | undefined;
  /** The command had been carried out before; these are its events. */
  readonly idempotent: boolean;
  readonly dryRun: boolean;
}

/** What happened, without what is sealed. */
export interface ExecutedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

export type Result<A> = Promise<E.Either<RegisterError, A>>;

/** A decision with all that is written around its events. */
export interface Decided {
  readonly events: ReadonlyArray<NewEvent>;
  readonly actor: Actor;
  readonly cause: string | null;
  readonly evidence: ReadonlyArray<string>;
  readonly confirmation: string | null;
}

/** How a command is decided in its stream; asked again after every conflict. */
export interface Plan<S> {
  readonly stream: StreamName;
  readonly streams: Streams<S>;
  readonly decide: (state: S) => Result<Decided>;
  /** What must be kept or done before anything is appended; answers the hashes of further evidence. */
  readonly keep: () => Result<ReadonlyArray<string>>;
  /** What follows a command that was right but left no event. */
  readonly withoutEvents: () => Result<void>;
  /** What follows the append, also when a retry finds that it was done. */
  readonly after: (executed: Executed) => Result<void>;
}

/** What carrying out a command needs of its surroundings, whatever the command is about. */
export type RunContext = Pick<
  RegisterContext,
  'store' | 'codec' | 'vault' | 'inTurn' | 'now' | 'retries' | 'clockToleranceMilliseconds'
>;

/** A command that is asked for. */
export interface Ask<C extends RunContext = RegisterContext> {
  readonly context: C;
  readonly commandId: string;
  readonly digest: string;
  readonly dryRun: boolean;
}

export const nothing = async (): Result<void> => E.right(undefined);
export const noEvidence = async (): Result<ReadonlyArray<string>> => E.right([]);

// -------------------------------------------------------------------------------------
// run
// -------------------------------------------------------------------------------------

/**
 * Load → done before? → decide → keep evidence → append; again after a conflict. Those who were beaten go one after
 * the other in this program: together they would only beat each other again.
 */
export const run = async <S>(ask: Ask<RunContext>, plan: Plan<S>): Result<Executed> => {
  const first = await attempt(ask, plan);
  if (E.isLeft(first)) return first;
  if (first.right !== undefined) return E.right(first.right);
  return ask.context.inTurn(plan.stream, () => again(ask, plan));
};

/** `undefined` where somebody else was quicker. */
const attempt = async <S>(ask: Ask<RunContext>, plan: Plan<S>): Result<Executed | undefined> => {
  const loaded = await plan.streams.load(plan.stream);
  if (E.isLeft(loaded)) return loaded;
  const done = loaded.right.done(ask.commandId);
  if (done !== undefined) return answerAgain(ask, plan, done);
  const decided = await plan.decide(loaded.right.state);
  if (E.isLeft(decided)) return decided;
  return write(ask, plan, loaded.right, decided.right);
};

const again = async <S>(ask: Ask<RunContext>, plan: Plan<S>): Result<Executed> => {
  for (let left = ask.context.retries ?? 3; left > 0; left--) {
    const next = await attempt(ask, plan);
    if (E.isLeft(next)) return next;
    if (next.right !== undefined) return E.right(next.right);
  }
  // Who was quicker the last time may have been the same command.
  const loaded = await plan.streams.load(plan.stream);
  if (E.isLeft(loaded)) return loaded;
  const done = loaded.right.done(ask.commandId);
  const answer = done === undefined ? E.right(undefined) : await answerAgain(ask, plan, done);
  if (E.isLeft(answer)) return answer;
  return answer.right === undefined ? E.left(registerError('CONFLICT')) : E.right(answer.right);
};

/**
 * When an event is recorded. What is recorded in a stream never goes back, and the clock may, by a little; an event that
 * was recorded much later than it happened would also hold only from then, a revocation too. ISO texts compare as times.
 */
const recordingTime = (context: RunContext, last: string): E.Either<RegisterError, string> => {
  const now = context.now();
  if (now >= last) return E.right(now);
  const behind = Date.parse(last) - Date.parse(now);
  return behind <= (context.clockToleranceMilliseconds ?? defaultClockTolerance)
    ? E.right(last)
    : E.left(registerError('CLOCK_BEHIND', { detail: `it is ${now}, and ${last} is recorded already` }));
};

/** `undefined` where somebody else was quicker. */
const write = async <S>(
  ask: Ask<RunContext>,
  plan: Plan<S>,
  loaded: Loaded<S>,
  decided: Decided,
): Result<Executed | undefined> => {
  const { context, dryRun } = ask;
  if (decided.events.length === 0) {
    const answer = { events: [], position: undefined, idempotent: false, dryRun };
    return dryRun ? E.right(answer) : E.map(() => answer)(await plan.withoutEvents());
  }
  const { token } = loaded;
  const recordedAt = recordingTime(context, token.recordedAt);
  if (E.isLeft(recordedAt)) return recordedAt;
  if (dryRun) {
    const events = decided.events.map(({ type, data }) => ({ id: '', type, data }));
    return E.right({ events, position: undefined, idempotent: false, dryRun });
  }
  const kept = await plan.keep();
  if (E.isLeft(kept)) return kept;
  const encoded = await context.codec.encodeForReading(
    {
      stream: token.stream,
      revision: token.revision + 1,
      previous: token.hash,
      recordedAt: recordedAt.right,
      actor: decided.actor,
      commandId: ask.commandId,
      commandDigest: ask.digest,
      causationId: decided.cause,
      evidence: [...decided.evidence, ...kept.right],
      confirmation: decided.confirmation,
    },
    decided.events,
    context.vault,
  );
  if (E.isLeft(encoded)) return encoded;
  // On every store: a register that holds a larger one could not be moved to another.
  const size = appendSize(encoded.right.map(({ toAppend }) => toAppend));
  if (size > largestAppend) {
    const detail = `its events have ${size} octets, ${largestAppend} is the most`;
    return E.left(registerError('COMMAND_TOO_LARGE', { detail }));
  }
  const appended = await plan.streams.append(token, encoded.right);
  if (E.isLeft(appended)) return appended;
  if (appended.right._tag === 'Conflict') return E.right(undefined);
  const answer = executed(appended.right.events, false);
  return E.map(() => answer)(await plan.after(answer));
};

const executed = (events: ReadonlyArray<ReadBack>, idempotent: boolean): Executed => ({
  events: events.map(
    ({ recorded, decoded }): ExecutedEvent => ({
      id: recorded.id,
      type: recorded.type,
      data: decoded._tag === 'Event' ? decoded.event.data : undefined,
    }),
  ),
  position: events.at(-1)?.recorded.position,
  idempotent,
  dryRun: false,
});

/**
 * The command is in the stream already: a retry gets the same answer, another command under its id a refusal.
 * `undefined` where it is not there after all, since the store was set back to before it.
 */
const answerAgain = async <S>(
  ask: Ask<RunContext>,
  plan: Plan<S>,
  first: number,
): Result<Executed | undefined> => {
  const found = await eventsOfCommand(ask.context, plan.stream, first, ask.commandId);
  if (E.isLeft(found)) return E.left(fromStoreFault(found.left));
  const { digest, events } = found.right;
  if (digest === undefined) {
    plan.streams.distrust();
    return E.right(undefined);
  }
  if (digest !== ask.digest) return E.left(registerError('COMMAND_ID_REUSED'));
  const answer = executed(events, true);
  if (ask.dryRun) return E.right({ ...answer, dryRun: true });
  return E.map(() => answer)(await plan.after(answer));
};
