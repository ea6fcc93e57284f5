/**
 * Opens the file of read models with the tables of some projections in it.
 *
 * @packageDocumentation
 */
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import type { ProjectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { type Books, booksOf } from './books.js';
import { toFault } from './faults.js';
import { type DatabaseOptions, defaultBusyTimeout, openDatabase } from './open.js';
import { type Writing, writingTo } from './transaction.js';

export interface OpenFile {
  readonly db: Database;
  readonly books: Books;
  readonly writing: Writing;
}

/** Opens or makes the file and the tables; drops those that are retired. */
export const openFile = async (
  options: DatabaseOptions & { readonly projections: ReadonlyArray<Projection> },
): Promise<E.Either<ProjectionFault, OpenFile>> => {
  const opened = await openDatabase(options);
  if (E.isLeft(opened)) return opened;
  const db = opened.right;
  const prepared = E.tryCatch(
    () => ({
      books: booksOf(db),
      writing: writingTo(db, options.busyTimeoutMilliseconds ?? defaultBusyTimeout),
    }),
    toFault,
  );
  if (E.isLeft(prepared)) {
    db.close();
    return prepared;
  }
  const { books, writing } = prepared.right;
  const ready = await writing(() => {
    for (const projection of options.projections) {
      const fault = books.ensure(projection);
      if (fault !== undefined) return fault;
    }
    books.clean();
    return undefined;
  });
  const refused = E.isLeft(ready) ? ready.left : ready.right;
  if (refused === undefined) return E.right({ db, books, writing });
  db.close();
  return E.left(refused);
};
