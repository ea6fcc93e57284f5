import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import { createPostgresRunner, type PostgresDatabase } from '../../src/postgres/index.js';
import { sha256 } from '../support/world.js';
import { type Place, testedIfOpen } from './place.js';
import { conforms } from './suite.js';

const test = suiteNeeding('read models in PostgreSQL', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

/** Every other place lets go of rows at once, so that they are loaded again and again. */
let places = 0;

const postgresPlace = (database: PostgresDatabase): Place => {
  const agenciesInMemory = places++ % 2 === 0 ? 1 : 1000;
  return {
    open: async ({ store, vault }, projections, options = {}) =>
      testedIfOpen(
        await createPostgresRunner({
          ...{ store, vault, projections, sha256, database, agenciesInMemory },
          ...options,
        })(),
      ),
  };
};

conforms(test, () => postgresPlace(server.database()), 3);

test.run();
