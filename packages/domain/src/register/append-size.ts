/**
 * How large an append may be. One limit for all stores, so that a register can be moved from any of them to any other.
 *
 * @packageDocumentation
 */
import type { EventToAppend } from '../ports/event-store.js';
import { utf8 } from './bytes.js';

/** In octets: what EventStoreDB takes at once unless it is set otherwise (`MaxAppendSize`). */
export const largestAppend = 1_048_576;

const octets = (text: string): number => utf8(text).length;

/** The octets of an append as EventStoreDB counts them: the body, id and hash beside it, the type twice. */
export const appendSize = (events: ReadonlyArray<EventToAppend>): number =>
  events.reduce(
    (sum, { id, type, body, hash }) =>
      sum + octets(body) + octets(JSON.stringify({ id, hash })) + 2 * type.length,
    0,
  );

/** A row that is to be imported, as far as its size depends on it. */
export interface SizedRow {
  readonly agencyCode: string;
  readonly name: string;
  readonly nationalId: string;
  readonly permissions: ReadonlyArray<string>;
}

/**
 * What every `HistoryImported` has whatever its row says: names, ids, digests and hashes of their lengths, and the longest source
 * (200 characters of four octets) and account (64). Those are said when the rows are imported; that there is room must be
 * known when they are looked at.
 */
const aroundRow = 2_210;

/** The most octets that a row takes of an append, its agency's others left alone. */
export const importedRowSize = ({ agencyCode, name, nationalId, permissions }: SizedRow): number =>
  aroundRow +
  octets(agencyCode) +
  octets(JSON.stringify(permissions)) +
  Math.ceil((octets(JSON.stringify({ nationalId, name })) * 4) / 3);
