import { suite } from 'uvu';
import {
  type ChallengeHarness,
  type ConformanceCase,
  casesFor,
  challengeStoreConformance,
  type EvidenceHarness,
  eventStoreConformance,
  evidenceStoreConformance,
  keyVaultConformance,
  type VaultHarness,
} from '../src/conformance/index.js';
import {
  memoryChallengeStore,
  memoryEventStore,
  memoryEvidenceStore,
  memoryKeyVault,
  sqliteChallengeStore,
  sqliteEvidenceStore,
  sqliteKeyVault,
} from '../src/index.js';
import { freshFile } from './support/directory.js';
import { right } from './support/right.js';
import { sqliteHarness } from './support/sqlite-harness.js';

const secret = new Uint8Array(32).fill(7);

const conforms = <Harness extends object>(
  name: string,
  cases: ReadonlyArray<ConformanceCase<Harness>>,
  harness: Harness,
): void => {
  const test = suite(name);
  for (const { name: rule, run } of casesFor(cases, harness)) test(rule, () => run(harness));
  test.run();
};

/** A file that is made anew by `open` and opened again by the others. */
const onFile = <A extends { readonly close: () => Promise<void> }>(
  openFile: (file: string) => Promise<A>,
) => {
  let file = '';
  const reopen = () => openFile(file);
  return {
    open: () => {
      file = freshFile('store.db');
      return reopen();
    },
    reopen,
    openAnother: reopen,
  };
};

const closeAny = async (adapter: object): Promise<void> => {
  if ('close' in adapter && typeof adapter.close === 'function') await adapter.close();
};

conforms('memory event store', eventStoreConformance, { open: async () => memoryEventStore() });
conforms('sqlite event store', eventStoreConformance, sqliteHarness());

conforms<VaultHarness>('memory key vault', keyVaultConformance, {
  open: async () => memoryKeyVault({ secret }),
});
conforms<VaultHarness>('sqlite key vault', keyVaultConformance, {
  ...onFile((file) => right(sqliteKeyVault({ file, secret }))),
  close: closeAny,
});

conforms<EvidenceHarness>('memory evidence store', evidenceStoreConformance, {
  open: async () => memoryEvidenceStore(),
});
conforms<EvidenceHarness>('sqlite evidence store', evidenceStoreConformance, {
  ...onFile((file) => right(sqliteEvidenceStore({ file }))),
  close: closeAny,
});

conforms<ChallengeHarness>('memory challenge store', challengeStoreConformance, {
  open: async () => memoryChallengeStore(),
});
conforms<ChallengeHarness>('sqlite challenge store', challengeStoreConformance, {
  ...onFile((file) => right(sqliteChallengeStore({ file }))),
  close: closeAny,
});
