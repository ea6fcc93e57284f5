/**
 * Ending the sessions that what was committed has left without a card: a certificate was replaced, a clerk revoked, an agency
 * closed. The register itself refuses them at their next command; this ends them on the screen as well.
 *
 * @packageDocumentation
 */
import { type Change, type ChangeSource, fromStart } from '../changes.js';
import type { Logger } from '../services.js';
import type { SessionRecord } from './record.js';
import type { Sessions } from './sessions.js';

type Matches = (record: SessionRecord) => boolean;

/** Which sessions a change ends; `undefined` where it ends none. */
export const endedBy = ({ agencyCode, event }: Change): Matches | undefined => {
  if (agencyCode === null || event === undefined) return undefined;
  switch (event.type) {
    case 'AgencySuspended':
    case 'AgencyDeregistered':
      return (session) => session.agencyCode === agencyCode;
    case 'CertificateReplaced': {
      // Whose: a manager who is a clerk too has one card in two places, each replaced for itself (GEPI-43).
      const { previous, holder } = event.data;
      return (session) =>
        session.agencyCode === agencyCode &&
        session.cards.some(
          ({ role, ca, serial }) => role === holder && ca === previous.ca && serial === previous.serial,
        );
    }
    // Another person (GEPI-49): whoever was manager before is none any more.
    case 'ManagerAppointed': {
      const { credential } = event.data;
      return (session) =>
        session.agencyCode === agencyCode &&
        session.cards.some(
          ({ role, card, ca, serial }) =>
            role === 'manager' &&
            card === 'registered' &&
            !(ca === credential.ca && serial === credential.serial),
        );
    }
    // Whose certificate it was the event does not say, and a clerk signs in again in a moment.
    case 'ClerkRevoked':
      return (session) =>
        session.agencyCode === agencyCode && session.cards.some(({ role }) => role === 'clerk');
    default:
      return undefined;
  }
};

/** Where to begin, so that nothing is missed should the source fail before it has told anything. Asked until it answers. */
const placeOfNow = async ({ head }: ChangeSource, signal: AbortSignal): Promise<string | undefined> => {
  while (head !== undefined && !signal.aborted) {
    const found = await head()();
    if (found._tag === 'Right') return found.right ?? fromStart;
    await resting(pause, signal);
  }
  return undefined;
};

/** The position up to which all is done: that of the last change, unless sessions could not be ended. */
const follow = async (
  changes: AsyncIterable<ReadonlyArray<Change>>,
  sessions: Sessions,
  logger: Logger,
  noted: (position: string) => void,
): Promise<void> => {
  for await (const batch of changes) {
    for (const change of batch) {
      const matches = endedBy(change);
      const ended = matches === undefined ? undefined : await sessions.endWhere(matches)();
      if (ended?._tag === 'Left') {
        logger.error({ message: 'sessions were not ended', code: ended.left.code });
        return;
      }
      noted(change.position);
    }
  }
};

/**
 * Follows what is committed until `signal` is aborted; a source that ends is begun again after a while, from where it was. Never
 * rejects: what is thrown is the source's mistake, and the next may do better.
 */
export const followChanges = async (
  source: ChangeSource,
  sessions: Sessions,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> => {
  let position: string | undefined;
  while (!signal.aborted) {
    try {
      position ??= await placeOfNow(source, signal);
      await follow(source.after(position, signal), sessions, logger, (done) => {
        position = done;
      });
    } catch (error) {
      const detail = error instanceof Error ? error.name : typeof error;
      logger.error({ message: 'changes are not followed', detail });
    }
    await resting(pause, signal);
  }
};

/** Milliseconds. */
const pause = 1_000;

const resting = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
