/**
 * Streams of which a server gives nothing to whoever reads all of them: deleted with its own means, and scavenged.
 *
 * @packageDocumentation
 */
import type { StoreFault, StreamName } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type CliFault, cliFault, fromStoreFault } from '../fault.js';

/** Asks a server for them, those that evidence lies in among them. */
export type Tampered = () => TaskEither<
  StoreFault,
  ReadonlyArray<{ readonly stream: StreamName; readonly detail: string }>
>;

/** True for a stream that evidence lies in. */
export const isOfEvidence = (stream: string): boolean => stream.startsWith('evidence-');

/**
 * `REGISTER_DAMAGED` where there is such a stream that matters. Nothing to ask is nothing wrong: a file is checked as a whole.
 */
export const refuseTampered = async (
  tampered: Tampered | undefined,
  matters: (stream: string) => boolean,
): Promise<E.Either<CliFault, void>> => {
  const found = await (tampered?.()() ?? E.right([]));
  if (E.isLeft(found)) return E.left(fromStoreFault(found.left));
  const wrong = found.right.filter(({ stream }) => matters(stream));
  const [first] = wrong;
  if (first === undefined) return E.right(undefined);
  const more = wrong.length > 1 ? `; and ${wrong.length - 1} streams more` : '';
  return E.left(cliFault('REGISTER_DAMAGED', `${first.detail}${more}`));
};

/** For what is built of events alone. */
export const refuseTamperedEvents = (tampered: Tampered | undefined): Promise<E.Either<CliFault, void>> =>
  refuseTampered(tampered, (stream) => !isOfEvidence(stream));
