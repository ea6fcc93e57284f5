import { filesUnder } from '../lib/repository.js';

const places = ['packages', 'examples', 'tools', 'bench'];
const pattern = /^(?:(?:packages|examples|tools)\/[^/]+|bench)\/test\/.*\.test\.ts$/;

/** The test files of the repository; with filters, those whose path contains one of them. */
export const findTests = (filters: ReadonlyArray<string>): ReadonlyArray<string> =>
  places
    .flatMap((place) => filesUnder(place, (path) => pattern.test(path)))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)));
