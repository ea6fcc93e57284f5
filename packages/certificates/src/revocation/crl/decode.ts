import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { isOctets, ownBytes, toHex } from '../../bytes.js';
import { sha256 } from '../../crypto/digest.js';
import { crlFrameOf } from '../../der/crl.js';
import { type EntryScan, entryScan } from '../../der/crl-entries.js';
import { type CertificateError, certificateError } from '../../errors.js';
import { frozen } from '../../immutable.js';
import type { Crl } from './crl.js';
import { type IndexBuild, indexBuild } from './entry-index.js';

export interface DecodeCrlOptions {
  /** Default 64 MiB: three times the largest list of the GPKI. */
  readonly maxBytes?: number;
  /** Default 2,000,000. */
  readonly maxEntries?: number;
  /** The caller gives the octets away and will not change them: no copy is made. Default false. */
  readonly owned?: boolean;
  /** Lets others work between two slices of a large list. Default: one turn of the event loop. */
  readonly pause?: () => Promise<void>;
}

/** Octets in one slice: a few milliseconds. A partition of the GPKI is one slice. */
const sliceOctets = 256 * 1024;
const sliceEntries = 20_000;

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const malformed = (detail: string) => E.left(certificateError('CRL_MALFORMED', detail));

const scanAll = async (scan: EntryScan, pause: () => Promise<void>): Promise<E.Either<string, void>> => {
  for (;;) {
    const done = scan.step(sliceOctets);
    if (E.isLeft(done)) return done;
    if (done.right) return E.right(undefined);
    await pause();
  }
};

const buildAll = async (build: IndexBuild, pause: () => Promise<void>): Promise<boolean> => {
  for (;;) {
    const done = build.step(sliceEntries);
    if (done === undefined) return false;
    if (done) return true;
    await pause();
  }
};

const octetsOf = (der: Uint8Array, owned: boolean): Uint8Array<ArrayBuffer> =>
  owned && der.buffer instanceof ArrayBuffer
    ? new Uint8Array(der.buffer, der.byteOffset, der.byteLength)
    : ownBytes(der);

/**
 * Reads one DER CRL (RFC 5280 section 5) of any size into a record, or says why not. Never throws, whatever the octets
 * are. A large list is read in slices of a few milliseconds, with a turn of the event loop after each.
 *
 * The gate is that of certificates: definite-length DER only, nothing after the structure, each extension once, times in
 * the form of RFC 5280, the signature algorithm inside equal to the one outside; serials minimal and of at most 20
 * octets. (A serial that is not positive is the number of no certificate that can be read, and matches none.) Reading
 * proves nothing about who issued it, nor when: see `crlStatus`.
 *
 * Errors: `CRL_TOO_LARGE`, `CRL_MALFORMED`.
 */
export const decodeCrl =
  (der: Uint8Array, options: DecodeCrlOptions = {}): TaskEither<CertificateError, Crl> =>
  async () => {
    const { maxBytes = 64 * 1024 * 1024, maxEntries = 2_000_000, owned = false, pause = nextTurn } = options;
    if (!isOctets(der)) return malformed('not octets');
    if (der.length > maxBytes) return E.left(certificateError('CRL_TOO_LARGE', `${der.length} octets`));
    const bytes = octetsOf(der, owned);
    const read = crlFrameOf(bytes);
    if (E.isLeft(read)) return malformed(read.left);
    const { frame, entries } = read.right;

    const scan = entryScan(bytes, frame.issuer, entries);
    if (bytes.length > sliceOctets) await pause();
    const scanned = await scanAll(scan, pause);
    if (E.isLeft(scanned)) return malformed(scanned.left);
    const found = scan.result();
    const size = found.offsets.length;
    if (size > maxEntries) return E.left(certificateError('CRL_TOO_LARGE', `${size} entries`));
    if (found.runs.length > 0 && frame.issuingPoint?.indirect !== true) {
      return malformed('entries of another certificate issuer in a list that is not indirect');
    }
    const build = indexBuild(bytes, found);
    if (!(await buildAll(build, pause))) return malformed('serial numbers chosen to collide');
    const index = build.result();
    // WebCrypto copies what it is given, which is a slice of its own.
    if (bytes.length > sliceOctets) await pause();

    const unknownCritical = frame.unknownCritical ?? found.unknownCritical;
    const crl: Crl = {
      ...frame,
      ...(unknownCritical === undefined ? {} : { unknownCritical }),
      fingerprint: toHex(await sha256(bytes)),
      size,
      entry: index.entry,
      indexBytes: index.bytes,
    };
    return E.right(frozen(crl));
  };
