/**
 * `mandate reapply forgettings`.
 *
 * @packageDocumentation
 */
import type { EventStore, KeyVault } from '@mandate/domain';
import { builtIn, type Projection } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { type Answer, type Command, common, type Given, type Session } from '../command.js';
import {
  portalsThatForgot,
  type ReappliedPortals,
  reapplyForgettings,
  sumOf,
} from '../copies/forgettings.js';
import { type CliFault, cliFault } from '../fault.js';
import { counting, openModels, statusesIn } from '../models/models.js';
import { isPlaceNamed, type ModelsPlace, placeOf, placeOptions } from '../models/place.js';
import { type OpenedRegister, withRegister } from '../register/session.js';
import { refuseTamperedEvents } from '../register/tampered.js';

// -------------------------------------------------------------------------------------
// read models
// -------------------------------------------------------------------------------------

/** The read models of a place that this program keeps, and which of them have not passed the store's last event. */
interface ModelsThere {
  readonly place: ModelsPlace;
  readonly projections: ReadonlyArray<Projection>;
  readonly behind: ReadonlyArray<string>;
}

const modelsIn = async (
  place: ModelsPlace,
  { events }: OpenedRegister,
): Promise<E.Either<CliFault, ModelsThere>> => {
  const statuses = await statusesIn(place);
  if (E.isLeft(statuses)) return statuses;
  const head = await events.head()();
  const isOwn = ({ name, version }: Projection) =>
    statuses.right.some((one) => one.name === name && one.version === version);
  const behind = statuses.right.filter(
    ({ status, position }) => status === 'live' && (E.isLeft(head) || position !== head.right),
  );
  return E.right({
    place,
    projections: builtIn.filter(isOwn),
    behind: behind.map(({ name }) => name),
  });
};

/** Brings what is there to the store's last event: names of who was forgotten are blank after it. */
const bringUp = async (
  { place, projections }: ModelsThere,
  store: EventStore,
  vault: KeyVault,
): Promise<E.Either<CliFault, void>> => {
  const opened = await openModels({ place, store, vault, projections, make: false });
  if (E.isLeft(opened)) return opened;
  const done = await opened.right.catchUp();
  await opened.right.close();
  return done;
};

// -------------------------------------------------------------------------------------
// command
// -------------------------------------------------------------------------------------

const tellModels = (behind: ReadonlyArray<string>, say: Session['say']): string => {
  if (behind.length === 0) return say('讀取模型已包含所有事件\n', 'the read models know all events\n');
  const names = behind.join(', ');
  return say(`應更新讀取模型:${names}\n`, `read models that would be brought up to date: ${names}\n`);
};

const answerOf = (
  done: ReappliedPortals,
  models: ModelsThere | undefined,
  dryRun: boolean,
  { say }: Session,
): Answer => {
  const lines = done.map(({ portal, forgettings, keys }) =>
    say(
      `${portal}:個資刪除紀錄 ${forgettings} 筆,${dryRun ? `應再次刪除金鑰 ${keys} 把` : `再次刪除金鑰 ${keys} 把`}\n`,
      `${portal}: ${forgettings} forgettings on record, ${keys} keys ${dryRun ? 'would be deleted' : 'deleted'} again\n`,
    ),
  );
  const none = say('沒有個資刪除紀錄\n', 'no forgetting is on record\n');
  const ofModels = models === undefined ? '' : tellModels(dryRun ? models.behind : [], say);
  const wrote = dryRun ? say('未寫入任何資料\n', 'nothing was written\n') : '';
  return {
    json: {
      ...sumOf(done),
      portals: done,
      dryRun,
      models:
        models === undefined
          ? null
          : { names: models.projections.map(({ name }) => name), behind: dryRun ? models.behind : [] },
    },
    text: `${lines.length === 0 ? none : lines.join('')}${ofModels}${wrote}`,
  };
};

const reapply = async (
  given: Given,
  session: Session,
  register: OpenedRegister,
): Promise<E.Either<CliFault, Answer>> => {
  const { events, vault, total } = register;
  if (vault === undefined) return E.left(cliFault('OPTION_MISSING', '--vault'));
  const dryRun = given.isSet('dry-run');
  const place = isPlaceNamed(given) ? placeOf(given) : E.right(undefined);
  if (E.isLeft(place)) return place;
  // First, so that a database that is away is told before anything is done.
  const models = place.right === undefined ? E.right(undefined) : await modelsIn(place.right, register);
  if (E.isLeft(models)) return models;
  // A stream of forgettings that is gone would be a portal where nobody was forgotten.
  const whole = await refuseTamperedEvents(register.tampered);
  if (E.isLeft(whole)) return whole;
  const looking = session.progress('檢查', 'looking');
  const portal = given.text('portal');
  const portals =
    portal === undefined
      ? await portalsThatForgot(events, (done) => looking.tell(done, total))
      : E.right([portal]);
  looking.end();
  if (E.isLeft(portals)) return portals;
  const done = await reapplyForgettings({ events, vault, portals: portals.right, dryRun });
  if (E.isLeft(done)) return done;
  if (models.right !== undefined && !dryRun) {
    const catching = session.progress('更新讀取模型', 'bringing read models up to date');
    const store = counting(events, (count) => catching.tell(count));
    const brought = await bringUp(models.right, store, vault);
    catching.end();
    if (E.isLeft(brought)) {
      const { code, detail } = brought.left;
      return E.left(cliFault(code, `${sumOf(done.right).keys} keys were deleted again; ${detail}`));
    }
  }
  return E.right(answerOf(done.right, models.right, dryRun, session));
};

export const reapplyForgettingsCommand: Command = {
  name: 'reapply forgettings',
  zh: '還原後再次執行已紀錄的個資刪除:刪除金鑰庫中應已刪除的金鑰,並更新讀取模型',
  en: 'after a restore: delete keys again whose forgetting is on record, and bring read models past it',
  options: {
    from: common.from,
    'secret-file': { ...common['secret-file'], required: true },
    vault: common.vault,
    portal: {
      value: 'name',
      zh: '只處理此入口網;未指定則讀取全部事件,處理所有入口網',
      en: 'this portal alone; without it all events are read, and all portals are done',
    },
    ...placeOptions,
    'dry-run': { zh: '只列出應做的事,不寫入', en: 'tell what there is to do, write nothing' },
  },
  run: (given, session) =>
    withRegister(given, (register) => reapply(given, session, register), { vault: 'write' }),
};
