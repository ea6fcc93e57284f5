/**
 * `mandate projections list|status|rebuild|swap`.
 *
 * @packageDocumentation
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Position } from '@mandate/domain';
import { builtIn, type Projection } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { type Answer, type Command, common, type Given, type Session } from '../command.js';
import { type CliFault, cliFault, fromStoreFault } from '../fault.js';
import { counting, type ModelStatus, type Models, openModels } from '../models/models.js';
import { type ModelsPlace, placeOf, placeOptions } from '../models/place.js';
import { type OpenedRegister, withRegister } from '../register/session.js';

const list: Command = {
  name: 'projections list',
  zh: '列出本程式的讀取模型',
  en: 'list the read models that this program knows',
  options: {},
  run: async () => {
    const projections = builtIn.map(({ name, version, needsPersonal }) => ({ name, version, needsPersonal }));
    const text = projections
      .map(
        ({ name, version, needsPersonal }) =>
          `${name.padEnd(24)} v${version}${needsPersonal ? '  (secret)' : ''}\n`,
      )
      .join('');
    return E.right({ json: { projections }, text });
  },
};

// -------------------------------------------------------------------------------------
// status
// -------------------------------------------------------------------------------------

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

const status: Command = {
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
          return `${row.name.padEnd(24)} v${row.version}.${row.generation} ${place} applied ${row.applied} skipped ${row.skipped} behind ${lag}${moving}\n`;
        })
        .join('');
      return E.right({ json: { projections: rows.right }, text });
    }),
};

// -------------------------------------------------------------------------------------
// rebuild, swap
// -------------------------------------------------------------------------------------

const wanted = (name: string | undefined): E.Either<CliFault, ReadonlyArray<Projection>> => {
  const found = builtIn.filter((projection) => name === 'all' || projection.name === name);
  return found.length > 0 ? E.right(found) : E.left(cliFault('PROJECTION_UNKNOWN', name ?? ''));
};

const statusesOf = async (place: ModelsPlace, { events, vault }: OpenedRegister) => {
  const opened = await openModels({ place, store: events, vault, projections: [], make: false });
  if (E.isLeft(opened)) return opened;
  const statuses = await opened.right.status();
  await opened.right.close();
  return statuses;
};

/** Opens the read models of some projections, with a progress that is ended and closed when `work` is over. */
const working = async (
  place: ModelsPlace,
  register: OpenedRegister,
  projections: ReadonlyArray<Projection>,
  session: Session,
  work: (models: Models) => Promise<E.Either<CliFault, void>>,
): Promise<E.Either<CliFault, Answer>> => {
  const personal = projections.find(({ needsPersonal }) => needsPersonal);
  if (register.vault === undefined && personal !== undefined) {
    return E.left(cliFault('SECRET_NEEDED', `${personal.name} shows what is personal`));
  }
  const progress = session.progress('重建', 'rebuilding');
  const store = counting(register.events, (done) => progress.tell(done, register.total));
  const opened = await openModels({ place, store, vault: register.vault, projections, make: false });
  if (E.isLeft(opened)) return opened;
  const done = await work(opened.right);
  const digests: Record<string, string> = {};
  for (const projection of E.isLeft(done) ? [] : projections) {
    const digest = await opened.right.digest(projection);
    if (E.isRight(digest)) digests[projection.name] = digest.right;
  }
  progress.end();
  await opened.right.close();
  if (E.isLeft(done)) return done;
  const text = Object.entries(digests)
    .map(([name, digest]) => `${digest}  ${name}\n`)
    .join('');
  return E.right({ json: { digests }, text });
};

/** The projections that are named, with the register that they are made of. */
const ofNamed = (
  given: Given,
  work: (
    register: OpenedRegister,
    projections: ReadonlyArray<Projection>,
    place: ModelsPlace,
  ) => Promise<E.Either<CliFault, Answer>>,
): Promise<E.Either<CliFault, Answer>> =>
  withRegister(given, async (register) => {
    const projections = wanted(given.operands[0]);
    if (E.isLeft(projections)) return projections;
    const place = placeOf(given);
    return E.isLeft(place) ? place : work(register, projections.right, place.right);
  });

const rebuild: Command = {
  name: 'projections rebuild',
  zh: '在現行資料表旁重新建立讀取模型,完成後切換',
  en: 'build a read model anew beside the live one, which answers until the new one takes its place',
  operands: '<name|all>',
  options: { from: common.from, ...placeOptions, 'secret-file': common['secret-file'] },
  run: (given, session) =>
    ofNamed(given, (register, projections, place) =>
      working(place, register, projections, session, async (opened) => {
        for (const projection of projections) {
          const rebuilt = await opened.rebuild(projection);
          if (E.isLeft(rebuilt)) return rebuilt;
        }
        return E.right(undefined);
      }),
    ),
};

const swap: Command = {
  name: 'projections swap',
  zh: '完成建立中的讀取模型並切換',
  en: 'finish a read model that is being built, from where it was left, and swap it in',
  operands: '<name|all>',
  options: { from: common.from, ...placeOptions, 'secret-file': common['secret-file'] },
  run: (given, session) =>
    ofNamed(given, async (register, projections, place) => {
      const statuses = await statusesOf(place, register);
      if (E.isLeft(statuses)) return statuses;
      const building = projections.filter(({ name, version }) =>
        statuses.right.some(
          (one) => one.name === name && one.version === version && one.status === 'building',
        ),
      );
      if (building.length === 0) return E.left(cliFault('NOTHING_TO_SWAP', given.operands[0] ?? ''));
      return working(place, register, building, session, (opened) => opened.catchUp());
    }),
};

export const projectionsCommands: ReadonlyArray<Command> = [list, status, rebuild, swap];
