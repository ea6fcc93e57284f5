/**
 * What every evidence store must do.
 *
 * @packageDocumentation
 */
import type { EvidenceStore } from '@mandate/domain';
import { ability, type ConformanceCase, ensureSame, succeed } from './case.js';

/** Opens the evidence store under test. */
export interface EvidenceHarness {
  /** A store that holds nothing. */
  readonly open: () => Promise<EvidenceStore>;
  /** Lets go of a store. */
  readonly close?: (store: EvidenceStore) => Promise<void>;
  /** The data of the store that was opened last, after it was closed. For durable stores. */
  readonly reopen?: () => Promise<EvidenceStore>;
}

/** A case for an evidence store. */
export type EvidenceStoreCase = ConformanceCase<EvidenceHarness>;

const withStore = (
  name: string,
  run: (store: EvidenceStore, harness: EvidenceHarness) => Promise<void>,
  needs: ReadonlyArray<'reopen'> = [],
): EvidenceStoreCase => ({
  name,
  needs,
  run: async (harness) => {
    const store = await harness.open();
    try {
      await run(store, harness);
    } finally {
      await harness.close?.(store);
    }
  },
});

const hash = (n: number): string => String(n).padStart(64, '0');
const put = (store: EvidenceStore, n: number, subject: string, sealed: string): Promise<void> =>
  succeed(store.put(hash(n), subject, sealed), 'put');
const get = (store: EvidenceStore, n: number) => succeed(store.get(hash(n)), 'get');

/** What every evidence store must do. */
export const evidenceStoreConformance: ReadonlyArray<EvidenceStoreCase> = [
  withStore('what is put comes back to the letter', async (store) => {
    const sealed = `v1.${'授權"\\'.repeat(50_000)}`;
    await put(store, 1, 'subject', sealed);
    ensureSame(await get(store, 1), { subject: 'subject', sealed }, 'evidence');
  }),

  withStore('a hash that was never put is undefined', async (store) => {
    await put(store, 1, 's', 'x');
    ensureSame(await get(store, 2), undefined, 'evidence');
  }),

  withStore('putting a hash again succeeds and leaves the first text', async (store) => {
    await put(store, 1, 's1', 'first');
    await put(store, 1, 's2', 'second');
    ensureSame(await get(store, 1), { subject: 's1', sealed: 'first' }, 'evidence');
  }),

  withStore('of many who put one hash at once all succeed and one is kept', async (store) => {
    await Promise.all(Array.from({ length: 16 }, (_, n) => put(store, 1, `s${n}`, `text ${n}`)));
    const kept = await get(store, 1);
    ensureSame(
      kept?.sealed.replace('text ', ''),
      kept?.subject.replace('s', ''),
      'the text beside its subject',
    );
    await put(store, 1, 'late', 'late');
    ensureSame(await get(store, 1), kept, 'evidence');
  }),

  withStore(
    'reopening keeps everything',
    async (store, harness) => {
      await Promise.all(Array.from({ length: 50 }, (_, n) => put(store, n, `s${n}`, `text ${n}`)));
      await harness.close?.(store);
      const reopened = await ability(harness.reopen, 'reopen')();
      try {
        for (let n = 0; n < 50; n += 1) {
          ensureSame(await get(reopened, n), { subject: `s${n}`, sealed: `text ${n}` }, 'evidence');
        }
      } finally {
        await harness.close?.(reopened);
      }
    },
    ['reopen'],
  ),
];
