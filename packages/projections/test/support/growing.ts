/**
 * A world in files that grows while others read it.
 */
import { sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { agency, appointed, authorized, clerkId, registered, revoked } from './events.js';
import { freshFile } from './files.js';
import { makeWorld, right, secret, type World } from './world.js';

export interface GrowingWorld {
  readonly world: World;
  /** The files of its store and of its vault. */
  readonly files: readonly [store: string, vault: string];
  /** Writes so many more agencies. */
  readonly more: (agencies: number) => Promise<void>;
  /** How many events of it are counted so far: four of an agency's five. */
  readonly counted: () => number;
  readonly close: () => Promise<void>;
}

export const growingWorld = async (): Promise<GrowingWorld> => {
  const [storeFile, vaultFile] = [freshFile('store.db'), freshFile('vault.db')];
  const store = right(await sqliteEventStore({ file: storeFile, synchronous: 'NORMAL' })());
  const vault = right(await sqliteKeyVault({ file: vaultFile, secret, synchronous: 'NORMAL' })());
  const world = makeWorld({ store, vault });
  let agencies = 0;
  return {
    world,
    files: [storeFile, vaultFile],
    more: async (many) => {
      for (const end = agencies + many; agencies < end; agencies++) {
        const code = String(20000 + agencies);
        await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
        await world.write(agency(code), [authorized(`甲${code}`, ['pay']), authorized(`乙${code}`, ['pay'])]);
        await world.write(agency(code), [revoked(clerkId(`甲${code}`))]);
      }
    },
    counted: () => agencies * 4,
    close: async () => {
      await vault.close();
      await store.close();
    },
  };
};
