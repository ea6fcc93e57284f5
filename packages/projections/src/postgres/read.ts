/**
 * Questions to read models in PostgreSQL.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { answerLater } from '../reading/question.js';
import { judgeLive, notReady, type ReadModelsOf } from '../reading/read-models.js';
import { messageOf } from '../support/message.js';
import {
  type Client,
  isCut,
  isGone,
  isOfTheStatement,
  openPool,
  type Pool,
  type PostgresDatabase,
  toPostgresFault,
  transaction,
} from './connect.js';
import { toPostgres } from './dialect.js';
import { beginReading } from './state.js';
import { digestIn, quoted, tableIn } from './tables.js';

/** Read models in PostgreSQL: they answer later. */
export type PostgresReadModels = ReadModelsOf<'TaskEither'>;

/** Read models that other processes keep up to date. */
export interface OpenPostgresReadModels extends PostgresReadModels {
  readonly close: () => Promise<void>;
}

/** What the code of a question threw, as opposed to the database. */
interface OfTheQuestion {
  readonly thrown: unknown;
}

const isOfTheQuestion = (error: unknown): error is OfTheQuestion =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && Object.hasOwn(error, 'thrown');

const faultOf = (error: unknown, projection: Projection): ProjectionFault => {
  const about = { projection: projection.name };
  if (isOfTheQuestion(error)) {
    const { thrown } = error;
    return projectionFault('QUERY_FAILED', messageOf(thrown), about);
  }
  const fault = toPostgresFault(error);
  return isOfTheStatement(error) ? projectionFault('QUERY_FAILED', fault.detail, about) : fault;
};

interface Live {
  readonly version: number;
  readonly prefix: string;
}

const noBooks = new Error('no runner has made the books yet');

/** The tables that answer. */
const liveIn = async (client: Client, schema: string, { name }: Projection): Promise<Live | undefined> => {
  try {
    const { rows } = await client.query<Live>(
      `SELECT version, prefix FROM ${quoted(schema)}.mandate_projections WHERE name = $1 AND status = 'live'`,
      [name],
    );
    return rows[0];
  } catch (error) {
    throw isGone(error) ? noBooks : error;
  }
};

/** Makes the {@link PostgresReadModels} of a pool. */
export const postgresReadModelsOf = (
  pool: Pool,
  schema: string,
  isClosed: () => boolean,
): PostgresReadModels => {
  const reading =
    <A>(
      projection: Projection,
      work: (client: Client, prefix: string) => Promise<E.Either<ProjectionFault, A>>,
    ): TaskEither<ProjectionFault, A> =>
    async () => {
      const attempt = (): Promise<E.Either<ProjectionFault, A>> =>
        transaction(pool, beginReading, async (client) => {
          const live = await liveIn(client, schema, projection);
          const fault = judgeLive(projection, live?.version);
          return fault === undefined ? work(client, live?.prefix ?? '') : E.left(fault);
        });
      for (let again = true; ; again = false) {
        if (isClosed()) return E.left(projectionFault('CLOSED', 'the read models were closed'));
        try {
          return await attempt();
        } catch (error) {
          if (error === noBooks) return E.left(notReady(projection));
          // A newer set of tables took the place of the one that we were about to read, or the connection had died in the pool.
          if (!(again && !isOfTheQuestion(error) && (isGone(error) || isCut(error))))
            return E.left(faultOf(error, projection));
        }
      }
    };

  const ask: PostgresReadModels['ask'] = (projection, question) =>
    reading(projection, async (client, prefix) => {
      let asking = false;
      try {
        return await answerLater(question, async ({ sql, values }) => {
          const statement = toPostgres(sql, values, (table) => tableIn(schema, prefix, table));
          asking = true;
          const { rows } = await client.query(statement.text, [...statement.values]);
          asking = false;
          return rows;
        });
      } catch (error) {
        throw asking ? error : { thrown: error };
      }
    });

  return {
    answering: 'TaskEither',
    ask,
    digest: (projection) =>
      reading(projection, async (client, prefix) =>
        E.right(await digestIn(client, schema, prefix, projection)),
      ),
    later: (answer) => answer,
  };
};

/** Opens read models for reading alone. Nothing is connected before the first question. */
export const openPostgresReadModels = (database: PostgresDatabase): OpenPostgresReadModels => {
  const pool = openPool(database, 60_000);
  let closed = false;
  return {
    ...postgresReadModelsOf(pool, database.schema ?? 'mandate', () => closed),
    close: async () => {
      if (closed) return;
      closed = true;
      await pool.end();
    },
  };
};
