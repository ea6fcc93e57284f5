/**
 * What the server writes down when somebody deletes or truncates a stream with the server's own means. A scavenge takes the
 * events away and leaves this: a tombstone is never scavenged, nor is the newest record of a stream's metadata.
 *
 * @packageDocumentation
 */
import type { StreamName } from '@mandate/domain';
import type { Names } from './names.js';
import { truncation, typeOf } from './records.js';

/** A deletion or a truncation of a stream of the register. */
export interface Tampering {
  readonly stream: StreamName;
  readonly detail: string;
}

/** What a record says of a stream of the register, or of its evidence; `undefined` for nothing of the kind. */
export const tamperingOf = (
  names: Names,
  name: string,
  record: Parameters<typeof typeOf>[0],
): Tampering | undefined => {
  const kept = names.ours(name) ?? names.evidence(name);
  if (kept !== undefined && typeOf(record) === '$streamDeleted') {
    return { stream: kept, detail: 'the stream was deleted for ever' };
  }
  const of = names.withMetadata(name);
  const how = of === undefined ? undefined : truncation(record);
  return of === undefined || how === undefined
    ? undefined
    : { stream: of, detail: `its metadata now has ${how}: events of it are hidden and may be scavenged` };
};
