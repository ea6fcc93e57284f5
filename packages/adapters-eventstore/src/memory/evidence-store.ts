/**
 * An evidence store in memory: for tests, demonstrations and prototypes.
 *
 * @packageDocumentation
 */
import type { EvidenceStore } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';

/** Makes an empty {@link EvidenceStore} that lives as long as the process. */
export const memoryEvidenceStore = (): EvidenceStore => {
  const bundles = new Map<string, { readonly subject: string; readonly sealed: string }>();
  return {
    put: (hash, subject, sealed) =>
      TE.fromIO(() => {
        if (!bundles.has(hash)) bundles.set(hash, { subject, sealed });
      }),
    get: (hash) => TE.fromIO(() => bundles.get(hash)),
  };
};
