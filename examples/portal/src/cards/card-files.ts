/**
 * The cards of the drawer as files, one each, for `mandate-virtual-card`: cards in a reader that the portal trusts.
 *
 * @packageDocumentation
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrawerCard } from './deck.js';

/** Writes `<id>.json` for each. They hold keys of the test PKI: for their owner alone. */
export const writeCardFiles = (folder: string, deck: ReadonlyArray<DrawerCard>): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { id, card } of deck)
    writeFileSync(join(folder, `${id}.json`), JSON.stringify(card.save()), { mode: 0o600 });
};
