/** A revocation list read and its signature checked, as this package does it: time, turns of the event loop, memory. */
import { readFileSync } from 'node:fs';
import {
  type Crl,
  type CrlSource,
  crlStatus,
  decodeCertificate,
  decodeCrl,
  trustStore,
} from '@mandate/certificates';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { right } from '../lib/either.js';
import { median } from '../lib/stats.js';
import { crlFile, crlTime, readCrlWorld, serialOf } from '../world/crl.js';

export interface CrlParams {
  readonly folder: string;
  /** How many certificates are looked up that are on the list, and as many that are not. */
  readonly questions: number;
}

export interface CrlFigures {
  readonly entries: number;
  readonly bytes: number;
  /** Octets in hand, until the list is read, its signature checked, and the first question answered. */
  readonly readMs: number;
  /** The longest time for which nothing else could run. */
  readonly longestBlockMs: number;
  /** Of the process, from before the file was read to the peak. The file itself is in it. */
  readonly growthMiB: number;
  readonly hitUs: number;
  readonly missUs: number;
  /** A whole question about a certificate when the list is known. */
  readonly warmStatusUs: number;
}

/** Turns of the event loop, as short as they come: what does not get one is blocked. */
const watch = () => {
  let longest = 0;
  let peak = process.memoryUsage.rss();
  let last = performance.now();
  let watching = true;
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    peak = Math.max(peak, process.memoryUsage.rss());
    if (watching) setImmediate(turn);
  };
  setImmediate(turn);
  return async (): Promise<{ readonly longest: number; readonly peak: number }> => {
    await new Promise((resolve) => setImmediate(resolve));
    watching = false;
    return { longest, peak };
  };
};

/** The median of the means of a hundred batches: a batch in which the machine did something else does not count. */
const typicalUs = (times: number, work: (index: number) => void): number => {
  const size = Math.max(1, Math.floor(times / 100));
  const means: number[] = [];
  for (let from = 0; from < times; from += size) {
    const to = Math.min(times, from + size);
    const before = performance.now();
    for (let index = from; index < to; index++) work(index);
    means.push(((performance.now() - before) * 1000) / (to - from));
  }
  return median(means);
};

const hexOf = (octets: Uint8Array): string => Buffer.from(octets).toString('hex').toUpperCase();

export const crlOurs = async (_folder: string, { folder, questions }: CrlParams): Promise<CrlFigures> => {
  const world = readCrlWorld(folder);
  const [good, revoked, issuer, anchor] = await Promise.all(
    [world.good, world.revoked, world.issuer, world.root].map(async (der) =>
      right(await decodeCertificate(der)()),
    ),
  );
  if (!good || !revoked || !issuer || !anchor) throw new RangeError('no certificates');
  const pin = { der: anchor.der, fingerprint: anchor.fingerprint };
  const trust = right(await trustStore({ anchors: [pin], issuers: [] })());
  const statusOf = async (certificate: typeof good, crl: Crl): Promise<string> => {
    const crls: CrlSource = { find: () => TE.right([crl]) };
    return right(await crlStatus({ certificate, issuer, anchor, at: crlTime }, crls, { trust })()).status;
  };

  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const der = new Uint8Array(readFileSync(crlFile(folder)));
  const stop = watch();
  const startedAt = performance.now();
  const crl = right(await decodeCrl(der, { owned: true })());
  const status = await statusOf(good, crl);
  const readMs = performance.now() - startedAt;
  const { longest, peak } = await stop();
  if (status !== 'good' || (await statusOf(revoked, crl)) !== 'revoked') throw new Error('judged wrongly');

  const serials = Array.from({ length: questions }, (_, index) => hexOf(serialOf(index % (crl.size - 1))));
  const others = Array.from({ length: questions }, (_, index) => hexOf(serialOf(crl.size + index)));
  let hits = 0;
  const look = (from: ReadonlyArray<string>) => (index: number) => {
    if (crl.entry(crl.issuer, from[index] ?? '') !== undefined) hits += 1;
  };
  const hitUs = typicalUs(questions, look(serials));
  if (hits !== questions) throw new Error(`${hits} of ${questions} were found`);
  const missUs = typicalUs(questions, look(others));
  if (hits !== questions) throw new Error('something was found that is not there');
  const warmAt = performance.now();
  for (let index = 0; index < questions; index++) await statusOf(good, crl);
  return {
    entries: crl.size,
    bytes: der.length,
    readMs,
    longestBlockMs: longest,
    growthMiB: (peak - before) / 1024 / 1024,
    hitUs,
    missUs,
    warmStatusUs: ((performance.now() - warmAt) * 1000) / questions,
  };
};
