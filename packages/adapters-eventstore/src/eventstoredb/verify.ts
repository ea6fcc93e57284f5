/**
 * Whether events are missing before others: within each stream the revisions go from 0 on without a gap.
 *
 * @packageDocumentation
 */
import { type Page, type ReadAllFrom, type StoreFault, type StreamName, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** Reads all streams and looks for what is missing; then reads the first event of each as its readers do. */
export const verifyStreams = async (
  readAll: (from: ReadAllFrom) => Promise<E.Either<StoreFault, Page>>,
  firstOf: (stream: StreamName) => Promise<E.Either<StoreFault, Page>>,
): Promise<E.Either<StoreFault, void>> => {
  const next = new Map<StreamName, number>();
  let from: ReadAllFrom = 'start';
  for (;;) {
    const page: E.Either<StoreFault, Page> = await readAll(from);
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
  // Hidden from readers of the stream, and not scavenged yet.
  for (const stream of next.keys()) {
    const first = await firstOf(stream);
    if (E.isLeft(first)) return first;
  }
  return E.right(undefined);
};
