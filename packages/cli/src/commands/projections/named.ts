/**
 * What `rebuild` and `swap` share: the projections that are named, opened with the register that they are made of.
 *
 * @packageDocumentation
 */
import { builtIn, type Projection } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { type Answer, common, type Given, type Session } from '../../command.js';
import { type CliFault, cliFault } from '../../fault.js';
import { createMeter, type Meter } from '../../models/meter.js';
import { counting, type Models, openModels } from '../../models/models.js';
import { type ModelsPlace, placeOf, placeOptions } from '../../models/place.js';
import { type OpenedRegister, withRegister } from '../../register/session.js';
import { refuseTamperedEvents } from '../../register/tampered.js';

export const namedOptions = {
  from: common.from,
  ...placeOptions,
  'secret-file': common['secret-file'],
  vault: common.vault,
} as const;

const wanted = (name: string | undefined): E.Either<CliFault, ReadonlyArray<Projection>> => {
  const found = builtIn.filter((projection) => name === 'all' || projection.name === name);
  return found.length > 0 ? E.right(found) : E.left(cliFault('PROJECTION_UNKNOWN', name ?? ''));
};

/** The projections that are named, with the register that they are made of. */
export const ofNamed = (
  given: Given,
  work: (
    register: OpenedRegister,
    projections: ReadonlyArray<Projection>,
    place: ModelsPlace,
  ) => Promise<E.Either<CliFault, Answer>>,
): Promise<E.Either<CliFault, Answer>> => {
  const projections = wanted(given.operands[0]);
  if (E.isLeft(projections)) return Promise.resolve(projections);
  const place = placeOf(given);
  if (E.isLeft(place)) return Promise.resolve(place);
  return withRegister(given, (register) => work(register, projections.right, place.right));
};

export interface Work {
  readonly place: ModelsPlace;
  readonly register: OpenedRegister;
  readonly projections: ReadonlyArray<Projection>;
  /** How often the whole log is read for it. */
  readonly rounds: number;
  readonly session: Session;
}

/** Opens the read models of some projections, with a progress that is ended and closed when `work` is over. */
export const working = async (
  { place, register, projections, rounds, session }: Work,
  work: (models: Models, meter: Meter) => Promise<E.Either<CliFault, void>>,
): Promise<E.Either<CliFault, Answer>> => {
  const personal = projections.find(({ needsPersonal }) => needsPersonal);
  if (register.vault === undefined && personal !== undefined) {
    return E.left(cliFault('SECRET_NEEDED', `${personal.name} shows what is personal`));
  }
  const whole = await refuseTamperedEvents(register.tampered);
  if (E.isLeft(whole)) return whole;
  const progress = session.progress('重建', 'rebuilding');
  const meter = createMeter({ progress, rounds, total: register.total, names: projections });
  const store = counting(register.events, meter.read);
  const opened = await openModels({ place, store, vault: register.vault, projections, make: false });
  if (E.isLeft(opened)) return opened;
  const watched = meter.watch(opened.right);
  const done = await work(opened.right, meter);
  await watched.stop();
  progress.end();
  const digests: Record<string, string> = {};
  for (const projection of E.isLeft(done) ? [] : projections) {
    const digest = await opened.right.digest(projection);
    if (E.isRight(digest)) digests[projection.name] = digest.right;
  }
  await opened.right.close();
  if (E.isLeft(done)) return done;
  const text = Object.entries(digests)
    .map(([name, digest]) => `${digest}  ${name}\n`)
    .join('');
  return E.right({ json: { digests }, text });
};
