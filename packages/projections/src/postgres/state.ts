/**
 * What the books say to one runner, from one state of them.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';
import type { Projection } from '../projection.js';
import { readEntries, readPartitions } from './books.js';
import { type Pool, transaction } from './connect.js';
import { type Cell, cellId, type Held, type State } from './model.js';
import { leaseApart, nameOfSet } from './roles.js';
import { quoted } from './tables.js';

/** Begins a transaction that sees one state and changes nothing. */
export const beginReading = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Reads what a runner with these projections holds. */
export const readState = (
  pool: Pool,
  schema: string,
  owner: string,
  projections: ReadonlyArray<Projection>,
  apart: ReadonlySet<string>,
): Promise<State> =>
  transaction(pool, beginReading, async (client) => {
    const s = quoted(schema);
    const { rows: held } = await client.query<Held>(
      `SELECT partition, epoch FROM ${s}.mandate_leases
       WHERE owner = $1 AND until > clock_timestamp() ORDER BY partition`,
      [owner],
    );
    const partitions = await readPartitions(client, schema);
    const mine = new Set(held.map(({ partition }) => partition));
    const cells: Cell[] = [];
    for (const { checkpoints, ...entry } of await readEntries(client, schema)) {
      const projection = projections.find(
        ({ name, version }) => name === entry.name && version === entry.version,
      );
      if (projection === undefined || entry.status === 'retired') continue;
      const isApart = entry.status === 'building' && apart.has(nameOfSet(entry));
      for (const { partition, position, applied, skipped, complete } of checkpoints) {
        if (!mine.has(isApart ? leaseApart(partition, partitions) : partition)) continue;
        const id = cellId(entry.prefix, partition);
        cells.push({ id, partition, projection, complete, entry: { ...entry, position, applied, skipped } });
      }
    }
    const chain = await client.query<{ partition: number; position: Position | null }>(
      `SELECT partition, position FROM ${s}.mandate_chain ORDER BY partition`,
    );
    return {
      partitions,
      held,
      cells,
      chain: new Map(
        chain.rows.flatMap(({ partition, position }) =>
          mine.has(partition) ? [[partition, position ?? undefined] as const] : [],
        ),
      ),
    };
  });
