/**
 * Recorded forgettings, carried out again in a vault that does not know of them (docs/replay-and-audit.md, Backup and restore).
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import {
  categoryOf,
  type EventStore,
  type KeyVault,
  type Reapplied,
  type RegisterError,
  reapplyForgetting,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromStoreFault } from '../fault.js';
import { eventsOf } from '../register/pages.js';
import { portalOf } from '../register/portal.js';

export interface ForgettingsSettings {
  readonly events: EventStore;
  readonly vault: KeyVault;
  readonly portals: ReadonlyArray<string>;
  /** True counts, and deletes nothing. */
  readonly dryRun?: boolean;
}

/** What was done for each portal. */
export type ReappliedPortals = ReadonlyArray<Reapplied & { readonly portal: string }>;

/** The portals of a store in which somebody was forgotten, by name. Reads all of it. */
export const portalsThatForgot = async (
  store: EventStore,
  onEvent?: (done: number) => void,
): Promise<E.Either<CliFault, ReadonlyArray<string>>> => {
  const found = new Set<string>();
  let done = 0;
  for await (const page of eventsOf(store)) {
    if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
    for (const { stream } of page.right) {
      if (categoryOf(stream) === 'privacy') found.add(portalOf(stream));
    }
    done += page.right.length;
    onEvent?.(done);
  }
  return E.right([...found].sort());
};

const faultOf = (portal: string, { code, detail }: RegisterError): CliFault => {
  const told = `forgettings of ${portal}: ${code}${detail === undefined ? '' : `: ${detail}`}`;
  if (code === 'VAULT_UNAVAILABLE') return cliFault('VAULT_FAULT', told);
  return cliFault(code === 'STORE_CORRUPT' ? 'REGISTER_DAMAGED' : 'STORE_FAULT', told);
};

/**
 * Deletes every key that a recorded forgetting names, where the vault has it. The same again deletes what is left, and nothing
 * else: so it may be cut off anywhere.
 */
export const reapplyForgettings = async (
  settings: ForgettingsSettings,
): Promise<E.Either<CliFault, ReappliedPortals>> => {
  const { events: store, vault, portals, dryRun = false } = settings;
  const done: Array<ReappliedPortals[number]> = [];
  for (const portal of portals) {
    const again = await reapplyForgetting({ portal, store, vault, sha256: nodeSha256, dryRun })();
    if (E.isLeft(again)) return E.left(faultOf(portal, again.left));
    done.push({ portal, ...again.right });
  }
  return E.right(done);
};

/** Over all portals. */
export const sumOf = (all: ReappliedPortals): Reapplied => ({
  forgettings: all.reduce((sum, { forgettings }) => sum + forgettings, 0),
  keys: all.reduce((sum, { keys }) => sum + keys, 0),
});
