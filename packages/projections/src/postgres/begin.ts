/**
 * What a runner does to the books before it feeds: it opens them, and asks for a rebuild.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { begin, clean, ensure, readEntries } from './books.js';
import { inTransaction, type Pool } from './connect.js';
import { lockTables, migrate } from './migrations.js';

/** Brings the books to this program's version, and makes the tables of its projections; why not, where it cannot. */
export const openBooks = async (
  pool: Pool,
  schema: string,
  projections: ReadonlyArray<Projection>,
): Promise<ProjectionFault | undefined> => {
  const prepared = await migrate(pool, schema);
  if (E.isLeft(prepared)) return prepared.left;
  const ready = await inTransaction(pool, 'BEGIN', async (client) => {
    await lockTables(client, schema);
    for (const projection of projections) {
      const fault = await ensure(client, schema, projection);
      if (fault !== undefined) return fault;
    }
    await clean(client, schema);
    return undefined;
  });
  return E.isLeft(ready) ? ready.left : ready.right;
};

/** Begins another set of tables of a projection beside the one that answers; `SUPERSEDED` where it is none of the runner's. */
export const beginRebuild = async (
  pool: Pool,
  schema: string,
  projections: ReadonlyArray<Projection>,
  projection: Projection,
): Promise<E.Either<ProjectionFault, void>> => {
  const { name, version } = projection;
  const outcome = await inTransaction(pool, 'BEGIN', async (client): Promise<ProjectionFault | undefined> => {
    await lockTables(client, schema);
    const mine = (await readEntries(client, schema)).filter(
      (entry) => entry.name === name && entry.version === version && entry.status !== 'retired',
    );
    if (mine.length === 0 || !projections.some((each) => each.name === name && each.version === version)) {
      return projectionFault('SUPERSEDED', `${name} is not one of this runner's`, { projection: name });
    }
    // One that is being built already is the one that was asked for.
    if (!mine.some(({ status }) => status === 'building')) await begin(client, schema, projection);
    return undefined;
  });
  if (E.isLeft(outcome)) return outcome;
  return outcome.right === undefined ? E.right(undefined) : E.left(outcome.right);
};
