import { atomicityCases } from './atomicity.js';
import { durabilityCases } from './durability.js';
import { expectedRevisionCases } from './expected-revision.js';
import type { EventStoreCase } from './harness.js';
import { idempotencyCases } from './idempotency.js';
import { lateCommitCases } from './late-commit.js';
import { readingCases } from './reading.js';
import { subscriptionCases } from './subscription.js';
import { volumeCases } from './volume.js';

/** What every event store must do. */
export const eventStoreConformance: ReadonlyArray<EventStoreCase> = [
  ...expectedRevisionCases,
  ...idempotencyCases,
  ...atomicityCases,
  ...readingCases,
  ...subscriptionCases,
  ...lateCommitCases,
  ...volumeCases,
  ...durabilityCases,
];
