/**
 * Whether events are missing: within each stream the revisions go from 0 on without a gap, and no stream was deleted.
 *
 * @packageDocumentation
 */
import { type Page, type ReadAllFrom, type StoreFault, type StreamName, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Pages } from './pages.js';
import type { Tampering } from './tampering.js';

/** Of streams that were deleted or truncated once, those of which events are gone, or hidden, as they are now. */
const stillTampered = async (
  pages: Pages,
  streams: Iterable<StreamName>,
): Promise<E.Either<StoreFault, ReadonlyArray<Tampering>>> => {
  const found: Array<Tampering> = [];
  for (const stream of streams) {
    const first = await pages.stream(stream, 0, 1);
    if (E.isRight(first)) continue;
    if (first.left.code !== 'STORE_CORRUPT') return first;
    found.push({ stream, detail: first.left.detail });
  }
  return E.right(found);
};

/** The streams, of events and of evidence, that somebody deleted or truncated with the server's own means. */
export const tamperedStreams = async (
  pages: Pages,
): Promise<E.Either<StoreFault, ReadonlyArray<Tampering>>> => {
  const marked = new Set<StreamName>();
  const read = await pages.marks(({ stream }) => marked.add(stream));
  return E.isLeft(read) ? read : stillTampered(pages, marked);
};

const pageSize = 1_000;
const named = 3;

/** Reads all streams and looks for what is missing; then reads the first event of each as its readers do. */
export const verifyStreams = async (pages: Pages): Promise<E.Either<StoreFault, void>> => {
  const next = new Map<StreamName, number>();
  // A stream of which a scavenge left nothing has a mark alone.
  const marked = new Set<StreamName>();
  let from: ReadAllFrom = 'start';
  for (;;) {
    const page: E.Either<StoreFault, Page> = await pages.all(from, pageSize, ({ stream }) =>
      marked.add(stream),
    );
    if (E.isLeft(page)) return page;
    for (const { stream, revision } of page.right.events) {
      const wanted = next.get(stream) ?? 0;
      if (revision !== wanted) {
        return E.left(
          storeFault(
            'STORE_CORRUPT',
            `stream ${stream} has no events ${wanted} to ${revision - 1}: truncated and scavenged`,
          ),
        );
      }
      next.set(stream, revision + 1);
    }
    const last = page.right.events.at(-1);
    if (page.right.end || last === undefined) break;
    from = { after: last.position };
  }
  // Hidden from readers of the stream, and not scavenged yet; or gone altogether.
  const tampered = await stillTampered(pages, new Set([...next.keys(), ...marked]));
  if (E.isLeft(tampered)) return tampered;
  if (tampered.right.length === 0) return E.right(undefined);
  const details = tampered.right.slice(0, named).map(({ detail }) => detail);
  const more = tampered.right.length - details.length;
  return E.left(
    storeFault('STORE_CORRUPT', `${details.join('; ')}${more > 0 ? `; and ${more} streams more` : ''}`),
  );
};
