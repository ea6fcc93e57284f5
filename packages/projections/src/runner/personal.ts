/**
 * Opens what is sealed in a page, once for all projections that need it.
 *
 * @packageDocumentation
 */
import { type KeyVault, type OpenedEvent, openEvent, type StoredEvent } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { ProjectionFault } from '../fault.js';
import { fromOpening } from './faults.js';

// A vault may be a service on the network: several questions are under way at once, and not a thousand.
const atOnce = 32;

/** Opens events; the answer holds those with a sealed part, by event id. */
export const openAll = async (
  vault: KeyVault,
  events: ReadonlyArray<StoredEvent>,
): Promise<E.Either<ProjectionFault, ReadonlyMap<string, OpenedEvent>>> => {
  const sealed = events.filter((event) => event.sealed !== undefined);
  const opened = new Map<string, OpenedEvent>();
  for (let start = 0; start < sealed.length; start += atOnce) {
    const part = sealed.slice(start, start + atOnce);
    const answers = await Promise.all(part.map((event) => openEvent(vault, event)));
    for (const [index, answer] of answers.entries()) {
      const event = part[index];
      if (event === undefined) continue;
      if (E.isLeft(answer)) return E.left(fromOpening(answer.left, event.meta));
      opened.set(event.meta.id, answer.right);
    }
  }
  return E.right(opened);
};
