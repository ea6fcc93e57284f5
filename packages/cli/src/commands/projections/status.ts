/**
 * `mandate projections status`.
 *
 * @packageDocumentation
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Position } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type Command, common } from '../../command.js';
import { type CliFault, fromStoreFault } from '../../fault.js';
import { type ModelStatus, openModels } from '../../models/models.js';
import { placeOf, placeOptions } from '../../models/place.js';
import { withRegister } from '../../register/session.js';

const mostPages = 10;
const pageSize = 1000;

/** How many events stand after a position, at most ten thousand. */
const behind = async (
  store: EventStore,
  position: Position | undefined,
): Promise<E.Either<CliFault, number>> => {
  let after = position;
  let many = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const read = await store.readAll(after === undefined ? 'start' : { after }, pageSize)();
    if (E.isLeft(read)) return E.left(fromStoreFault(read.left));
    many += read.right.events.length;
    after = read.right.events.at(-1)?.position ?? after;
    if (read.right.end) break;
  }
  return E.right(many);
};

const rowsOf = async (store: EventStore, statuses: ReadonlyArray<ModelStatus>) => {
  const counted = new Map<Position | undefined, number>();
  for (const { position } of statuses) {
    if (counted.has(position)) continue;
    const many = await behind(store, position);
    if (E.isLeft(many)) return many;
    counted.set(position, many.right);
  }
  return E.right(
    statuses.map(({ position, fault, ...status }) => ({
      ...status,
      position: position ?? null,
      ...(fault === undefined ? {} : { fault }),
      behind: counted.get(position) ?? 0,
    })),
  );
};

export const statusCommand: Command = {
  name: 'projections status',
  zh: '各讀取模型的版本、位置與落後筆數',
  en: 'version, position and lag of the read models',
  options: { from: common.from, ...placeOptions },
  run: (given) =>
    withRegister(given, async ({ events, count }) => {
      const place = placeOf(given);
      if (E.isLeft(place)) return place;
      const opened = await openModels({
        place: place.right,
        store: events,
        count,
        vault: undefined,
        projections: [],
        make: false,
      });
      if (E.isLeft(opened)) return opened;
      let statuses = await opened.right.status();
      if (
        E.isRight(statuses) &&
        statuses.right.some(({ rate }) => rate === undefined && place.right._tag !== 'File')
      ) {
        // How quick they are shows from one look to the next.
        await sleep(1_100);
        statuses = await opened.right.status();
      }
      await opened.right.close();
      if (E.isLeft(statuses)) return statuses;
      const rows = await rowsOf(events, statuses.right);
      if (E.isLeft(rows)) return rows;
      const text = rows.right
        .map((row) => {
          const lag = row.behind >= mostPages * pageSize ? `>=${row.behind}` : String(row.behind);
          const place = `${row.status.padEnd(9)} ${row.position ?? '-'}`;
          const moving =
            row.lagSeconds === undefined || row.rate === undefined
              ? ''
              : `, ${Math.round(row.lagSeconds)} s; ${Math.round(row.rate)} events/s`;
          const line = `${row.name.padEnd(24)} v${row.version}.${row.generation} ${place} applied ${row.applied} skipped ${row.skipped} behind ${lag}${moving}\n`;
          return row.fault === undefined ? line : `${line}  ${row.fault.code}: ${row.fault.detail}\n`;
        })
        .join('');
      return E.right({ json: { projections: rows.right }, text });
    }),
};
