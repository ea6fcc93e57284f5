/**
 * The places on SQLite.
 */
import { createProjectionRunner } from '../../src/index.js';
import { freshFile } from '../support/files.js';
import { sha256 } from '../support/world.js';
import { type Place, testedIfOpen } from './place.js';

const sqlitePlace = (file: string): Place => ({
  open: async ({ store, vault }, projections, options = {}) =>
    testedIfOpen(await createProjectionRunner({ store, vault, projections, sha256, file, ...options })()),
});

/** Read models that are gone with their runner. */
export const memoryPlace = (): Place => sqlitePlace(':memory:');

export const filePlace = (): Place => sqlitePlace(freshFile());
