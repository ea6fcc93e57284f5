// emmett as its documentation shows it, behind one small face for the benchmark.
import { CommandHandler, getInMemoryEventStore } from '@event-driven-io/emmett';
import { getSQLiteEventStore, sqliteConnection } from '@event-driven-io/emmett-sqlite';

const stores = {
  /** Objects in memory: no disk. */
  memory: () => getInMemoryEventStore(),
  /** The documented use: a connection is opened and closed for each operation. */
  sqlite: (fileName) => getSQLiteEventStore({ fileName, schema: { autoMigration: 'CreateOrUpdate' } }),
  /** One connection, handed in and shared: its quickest way. */
  'sqlite:one': (fileName) =>
    getSQLiteEventStore({
      fileName,
      connectionOptions: { singleton: true, connection: sqliteConnection({ fileName }) },
      schema: { autoMigration: 'CreateOrUpdate' },
    }),
};

/** @param {'memory' | 'sqlite' | 'sqlite:one'} kind */
export const openEmmett = (kind, fileName, { evolve, initial }) => {
  const store = stores[kind](fileName);
  const handle = CommandHandler({ evolve, initialState: () => initial });
  return {
    append: (stream, events) => store.appendToStream(stream, events),
    command: (stream, decide) => handle(store, stream, decide),
  };
};
