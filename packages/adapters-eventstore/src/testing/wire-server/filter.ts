/**
 * Filters of reads over all streams, as clients put them: a regular expression or prefixes, of stream names or types.
 *
 * @packageDocumentation
 */

import type { FilterOptions } from '../../eventstoredb/messages.js';
import type { LogRecord } from './log.js';

/** How many events a real server looks at before it tells where it is, times the client's multiplier. */
export const defaultSearchWindow = 32;

/** A filter, and after how many events that were looked at a checkpoint is due. */
export interface Filter {
  readonly wants: (record: LogRecord) => boolean;
  readonly checkpointEvery: number;
}

/** Reads a client's filter. */
export const filterOf = (options: FilterOptions): Filter => {
  const ofStream = options.getStreamIdentifier();
  const expression = ofStream ?? options.getEventType();
  const text = (record: LogRecord): string => (ofStream === undefined ? record.type : record.stream);
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = new RegExp(expression?.getRegex() ?? '', 'u');
  const window = options.hasMax() ? options.getMax() : defaultSearchWindow;
  return {
    wants: (record) =>
      prefixes.length > 0
        ? prefixes.some((prefix) => text(record).startsWith(prefix))
        : pattern.test(text(record)),
    checkpointEvery: Math.max(1, window * Math.max(1, options.getCheckpointintervalmultiplier())),
  };
};
