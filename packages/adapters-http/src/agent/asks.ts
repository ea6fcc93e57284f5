/**
 * Signatures that wait for a PIN: one for each window.
 *
 * @packageDocumentation
 */
import type { Clock } from '@mandate/domain';
import type { SignPackage } from '../hipki/package.js';
import type { SeenSlot } from './cards.js';

export interface Ask {
  readonly id: string;
  readonly origin: string;
  readonly wanted: SignPackage;
  /** Readers with a card that can sign this, as they were seen. */
  readonly choices: ReadonlyArray<SeenSlot>;
  /** The reader for whose card it was asked whether the last try may be used: a yes is one for that card. */
  readonly lastTryFor?: string;
  readonly expiresAt: number;
}

export interface Asks {
  /** `undefined` where too many windows wait already, of all sites or of this one. */
  readonly put: (ask: Omit<Ask, 'id' | 'expiresAt'>) => Ask | undefined;
  /** Takes it out: what is being signed cannot be signed twice by sending it twice. */
  readonly take: (id: string) => Ask | undefined;
  /** Lays it down again, after a PIN that was refused; its time goes on. */
  readonly putBack: (ask: Ask) => void;
  readonly count: () => number;
}

export interface AsksTerms {
  readonly clock: Clock;
  readonly askMilliseconds: number;
  readonly maxAsks: number;
  /** Every site that may ask. */
  readonly sites: ReadonlyArray<string>;
  /** Not to be guessed. */
  readonly newId: () => string;
}

/** So many places are each site's own: a person has no more windows open, and the others may use what is left. */
const ownPlaces = 8;

export const asksOf = ({ clock, askMilliseconds, maxAsks, sites, newId }: AsksTerms): Asks => {
  const kept = new Map<string, Ask>();
  const own = Math.min(ownPlaces, Math.floor(maxAsks / Math.max(1, sites.length)));
  /** A site whose windows fill the agent must not keep another's person from signing. */
  const hasRoomFor = (asking: string): boolean => {
    const waiting = new Map<string, number>();
    for (const { origin } of kept.values()) waiting.set(origin, (waiting.get(origin) ?? 0) + 1);
    const unused = (site: string): number => Math.max(0, own - (waiting.get(site) ?? 0));
    const heldForOthers = sites.reduce((sum, site) => (site === asking ? sum : sum + unused(site)), 0);
    return unused(asking) > 0 || kept.size + heldForOthers < maxAsks;
  };
  const forgetOld = (): void => {
    const now = clock.now();
    for (const [id, { expiresAt }] of kept) if (expiresAt <= now) kept.delete(id);
  };
  return {
    put: (ask) => {
      forgetOld();
      if (!hasRoomFor(ask.origin)) return undefined;
      const whole = { ...ask, id: newId(), expiresAt: clock.now() + askMilliseconds };
      kept.set(whole.id, whole);
      return whole;
    },
    take: (id) => {
      forgetOld();
      const found = kept.get(id);
      kept.delete(id);
      return found;
    },
    putBack: (ask) => {
      kept.set(ask.id, ask);
    },
    count: () => {
      forgetOld();
      return kept.size;
    },
  };
};
