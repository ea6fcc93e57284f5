/**
 * Whether a person is still manager or clerk of any agency: a person in service is not forgotten.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import {
  type AgencyStreamState,
  activeClerks,
  createRegisterCodec,
  type DependencyFault,
  type EventStore,
  evolveAgencyStream,
  initialAgencyStream,
  type StoredEvent,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

const codec = createRegisterCodec(nodeSha256);

/** Every event that this program knows, in order. */
export const readEvents = async (
  store: EventStore,
): Promise<E.Either<DependencyFault, ReadonlyArray<StoredEvent>>> => {
  const events: StoredEvent[] = [];
  let from: Parameters<EventStore['readAll']>[0] = 'start';
  for (;;) {
    const page = await store.readAll(from, 512)();
    if (E.isLeft(page))
      return E.left({ _tag: 'DependencyFault', dependency: 'directory', detail: page.left.detail });
    for (const recorded of page.right.events) {
      const decoded = codec.decode(recorded);
      if (decoded._tag === 'Event') events.push(decoded.event);
      from = { after: recorded.position };
    }
    if (page.right.end) return E.right(events);
  }
};

const isIn = (state: AgencyStreamState, person: string): boolean =>
  state.agency.status !== 'deregistered' &&
  (state.manager?.person === person || activeClerks(state.clerks).some((clerk) => clerk.person === person));

export const isActiveIn =
  (store: EventStore) =>
  (person: string): TaskEither<DependencyFault, boolean> =>
  async () => {
    const events = await readEvents(store);
    if (E.isLeft(events)) return events;
    const agencies = new Map<string, AgencyStreamState>();
    for (const event of events.right) {
      const before = agencies.get(event.meta.stream) ?? initialAgencyStream;
      agencies.set(event.meta.stream, evolveAgencyStream(before, event));
    }
    return E.right([...agencies.values()].some((state) => isIn(state, person)));
  };
