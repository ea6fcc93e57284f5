/**
 * `mandate projections list`.
 *
 * @packageDocumentation
 */
import { builtIn } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import type { Answer, Command, Given, Session } from '../../command.js';
import type { CliFault } from '../../fault.js';
import { type ModelStatus, statusesIn } from '../../models/models.js';
import { isPlaceNamed, placeOf, placeOptions } from '../../models/place.js';

/** A set of tables that is there. */
type There = Pick<ModelStatus, 'name' | 'version' | 'generation' | 'status'>;

/** What is in the place; `undefined` where none was named. */
const inPlace = async (given: Given): Promise<E.Either<CliFault, ReadonlyArray<There> | undefined>> => {
  if (!isPlaceNamed(given)) return E.right(undefined);
  const place = placeOf(given);
  return E.isLeft(place) ? place : statusesIn(place.right);
};

const known = builtIn.map(({ name, version, needsPersonal }) => ({ name, version, needsPersonal }));

const answerOf = (there: ReadonlyArray<There> | undefined, { say }: Session): Answer => {
  const tablesOf = (wanted: string) =>
    (there ?? [])
      .filter(({ name }) => name === wanted)
      .map(({ version, generation, status }) => ({ version, generation, status }));
  const toldOf = (name: string): string => {
    if (there === undefined) return '';
    const tables = tablesOf(name).map(
      ({ version, generation, status }) => `${status} v${version}.${generation}`,
    );
    return tables.length === 0 ? say('尚未建立', 'not there') : tables.join(', ');
  };
  const strange = [...new Set((there ?? []).map(({ name }) => name))].filter(
    (name) => !known.some((one) => one.name === name),
  );
  const lines = [
    ...known.map(({ name, version, needsPersonal }) =>
      [name.padEnd(24), `v${version}`, (needsPersonal ? '(secret)' : '').padEnd(8), toldOf(name)]
        .join('  ')
        .trimEnd(),
    ),
    ...strange.map((name) => `${name.padEnd(24)}  -             ${toldOf(name)}`),
  ];
  const projections =
    there === undefined
      ? known
      : [
          ...known.map((one) => ({ ...one, tables: tablesOf(one.name) })),
          // Of another program, or of another version of this one.
          ...strange.map((name) => ({
            name,
            version: null,
            needsPersonal: null,
            tables: tablesOf(name),
          })),
        ];
  return { json: { projections }, text: lines.map((line) => `${line}\n`).join('') };
};

export const listCommand: Command = {
  name: 'projections list',
  zh: '列出本程式的讀取模型;指定位置時,一併列出該處已有的資料表',
  en: 'list the read models that this program knows, and where a place is named, what is there of them',
  options: placeOptions,
  run: async (given, session) =>
    E.map((there: ReadonlyArray<There> | undefined) => answerOf(there, session))(await inPlace(given)),
};
