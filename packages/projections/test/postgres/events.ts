/**
 * Events as a runner sees them once they are decoded, with no more in them than routing looks at.
 */
import type { StoredEvent } from '@mandate/domain';

const stored = (stream: string, type: string, data: unknown): StoredEvent =>
  // Only the stream and the data are looked at.
  ({ type, data, meta: { stream } }) as unknown as StoredEvent;

export const agencyStreamEvent = (code: string): StoredEvent =>
  stored(`agency-gepi.${code}`, 'AgencySuspended', { reason: 'audit' });

export const portalStreamEvent = (stream: string): StoredEvent =>
  stored(stream, 'CataloguePublished', { version: 1, entries: [] });
