/**
 * Revocation lists from a folder, for a register without network: whoever carries them there replaces the files.
 *
 * @packageDocumentation
 */
import type { CrlSource } from '@mandate/certificates';
import type { Clock } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { fault } from '../net/fault.js';
import { within } from '../net/within.js';
import { folderOfLists } from './folder.js';
import { type OnTrouble, quietly } from './trouble.js';

export interface FolderCrlOptions {
  /** Every `*.crl` in it is read, DER or PEM. */
  readonly folder: string;
  readonly clock: Clock;
  /** How often the folder is looked at, at most. Default one second. */
  readonly rescanMilliseconds?: number;
  /** The largest file, in octets. Default 64 MiB. */
  readonly maxBytes?: number;
  /** The most files that are read. Default 1,000. */
  readonly maxFiles?: number;
  /** A file that cannot be read, once for each of its changes. */
  readonly onTrouble?: OnTrouble;
}

/**
 * Gives every list of the issuer that was asked for: partitions, complete lists, deltas, of all its keys. Which of them
 * speaks of a certificate, and whether it is in its time, is judged by whoever asked: an outdated file is refused by
 * its own code (`CRL_STALE`).
 *
 * Errors: `UNREACHABLE` where the folder cannot be read or holds nothing of this issuer.
 */
export const folderCrlSource = (options: FolderCrlOptions): CrlSource => {
  const { clock, folder } = options;
  const rescanMilliseconds = within(options.rescanMilliseconds, 1000, 0, 3_600_000);
  const lists = folderOfLists({
    folder,
    maxBytes: within(options.maxBytes, 64 * 1024 * 1024, 1, 1024 * 1024 * 1024),
    maxFiles: within(options.maxFiles, 1000, 1, 100_000),
    onTrouble: quietly(options.onTrouble),
  });
  let scanned: { readonly at: number; readonly scan: ReturnType<typeof lists.scan> } | undefined;
  const recent = (): ReturnType<typeof lists.scan> => {
    const now = clock.now();
    if (scanned === undefined || now < scanned.at || now - scanned.at >= rescanMilliseconds) {
      // One look after the other: two at a time would read the same files twice.
      scanned = { at: now, scan: scanned === undefined ? lists.scan() : scanned.scan.then(lists.scan) };
    }
    return scanned.scan;
  };
  return {
    find:
      ({ issuer }) =>
      async () => {
        const found = await recent();
        if (found === undefined) return E.left(fault('UNREACHABLE', 'the folder of lists cannot be read'));
        const own = found.filter((crl) => crl.issuer.normal === issuer.normal);
        return own.length > 0
          ? E.right(own)
          : E.left(fault('UNREACHABLE', 'the folder holds no list of this issuer'));
      },
  };
};
