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
  /** `undefined` where too many windows wait already. */
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
  /** Not to be guessed. */
  readonly newId: () => string;
}

export const asksOf = ({ clock, askMilliseconds, maxAsks, newId }: AsksTerms): Asks => {
  const kept = new Map<string, Ask>();
  const forgetOld = (): void => {
    const now = clock.now();
    for (const [id, { expiresAt }] of kept) if (expiresAt <= now) kept.delete(id);
  };
  return {
    put: (ask) => {
      forgetOld();
      if (kept.size >= maxAsks) return undefined;
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
