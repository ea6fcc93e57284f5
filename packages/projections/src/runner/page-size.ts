import { within } from '../support/within.js';

/** Events a page: 1 to 10,000, 1000 where nothing sensible is given. */
export const pageSize = (wanted = 1000): number => within(wanted, 1000, 1, 10_000);
