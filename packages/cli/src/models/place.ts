/**
 * Where read models lie: a SQLite file, or a schema of a PostgreSQL database.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Given } from '../command.js';
import { type CliFault, cliFault } from '../fault.js';
import { addressOf } from '../register/open.js';

export type ModelsPlace =
  | { readonly _tag: 'File'; readonly file: string }
  | { readonly _tag: 'Postgres'; readonly connectionString: string; readonly schema: string };

/** The options that name the place: one of the first two. */
export const placeOptions = {
  models: { value: 'file', zh: '讀取模型檔(SQLite)', en: 'the file of the read models, on SQLite' },
  postgres: {
    value: 'url|@file',
    zh: '讀取模型所在的 PostgreSQL 連線字串,或存放連線字串的檔案',
    en: 'the connection string of the read models on PostgreSQL, or a file that holds it',
  },
  schema: {
    value: 'name',
    zh: 'PostgreSQL 的 schema,預設為 mandate',
    en: 'their schema there; mandate where none is named',
  },
} as const;

const schemaName = /^[a-z][a-z0-9_]{0,62}$/;

/** True where one of them was given. */
export const isPlaceNamed = (given: Given): boolean =>
  Object.keys(placeOptions).some((name) => given.text(name) !== undefined);

/** The place that was named. */
export const placeOf = (given: Given): E.Either<CliFault, ModelsPlace> => {
  const file = given.text('models');
  const postgres = given.text('postgres');
  if (file !== undefined && postgres !== undefined) {
    return E.left(cliFault('OPTION_WRONG', '--models --postgres'));
  }
  if (file !== undefined) return E.right({ _tag: 'File', file });
  if (postgres === undefined) return E.left(cliFault('OPTION_MISSING', '--models | --postgres'));
  const schema = given.text('schema') ?? 'mandate';
  if (!schemaName.test(schema)) return E.left(cliFault('OPTION_WRONG', '--schema'));
  return E.map((connectionString: string): ModelsPlace => ({ _tag: 'Postgres', connectionString, schema }))(
    addressOf(postgres),
  );
};
