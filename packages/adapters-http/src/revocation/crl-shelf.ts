/**
 * The lists that are kept, and how one gets there: from disk, from the wire, once for all who ask at a time.
 *
 * @packageDocumentation
 */
import type { Crl, MaterialFault, Name } from '@mandate/certificates';
import { type Clock, createRecent } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { fault } from '../net/fault.js';
import type { HttpClient } from '../net/http-client.js';
import type { DiskCache } from './disk-cache.js';
import { type Downloaded, type DownloadLimits, download, readList } from './download.js';
import { recentFaults } from './faults.js';
import { createKept, type Held } from './kept.js';
import { isOlder, type Mark, markOf } from './mark.js';
import type { IsProved } from './proved.js';
import type { OnTrouble } from './trouble.js';

export interface ShelfSettings {
  readonly clock: Clock;
  readonly client: HttpClient;
  readonly isProved: IsProved;
  readonly limits: DownloadLimits;
  readonly maxKept: number;
  readonly maxKeptBytes: number;
  readonly refreshMilliseconds: number;
  readonly retryMilliseconds: number;
  readonly cache?: DiskCache;
  readonly onTrouble: OnTrouble;
}

export interface CrlShelf {
  /** What is kept and still holds at `instant`; asks for a newer one beside it when it is time to. */
  readonly peek: (uri: string, issuer: Name, now: number, instant: number) => Crl | undefined;
  /** All that is kept of an issuer and still holds. */
  readonly keptOf: (issuer: Name, now: number, instant: number) => ReadonlyArray<Crl>;
  /** Fetches it. */
  readonly obtain: (
    uri: string,
    issuer: Name,
    now: number,
    instant: number,
  ) => Promise<E.Either<MaterialFault, Crl>>;
  /** When nothing is under way any more. */
  readonly settled: () => Promise<void>;
}

type Found = E.Either<MaterialFault, Held>;

/** An address, and whose list is expected there. */
const keyOf = (uri: string, issuer: Name): string => `${uri}\n${issuer.normal}`;

/** Marks are small, and outlive the lists. */
const maxMarks = 10_000;

/** A clock that was put back prolongs no moment. */
const stillHolds = (held: Held, now: number, instant: number): boolean =>
  held.brief ? held.fetchedAt <= now && now < held.until : instant < held.until;

export const crlShelf = (settings: ShelfSettings): CrlShelf => {
  const { cache, client, clock, isProved, limits, onTrouble, retryMilliseconds } = settings;
  const kept = createKept(settings.maxKept, settings.maxKeptBytes);
  const marks = createRecent<Mark>(maxMarks);
  const faults = recentFaults(retryMilliseconds);
  const flights = new Map<string, Promise<Found>>();
  const writes = new Set<Promise<void>>();

  /** A list of a known key, in its time, is held until it is outdated; any other for a moment. */
  const heldOf = (downloaded: Downloaded, proved: boolean, fetchedAt: number): Held => {
    const now = clock.now();
    const { thisUpdate, nextUpdate = 0 } = downloaded.crl;
    const brief = !proved || thisUpdate > now || nextUpdate <= now;
    return { ...downloaded, fetchedAt, brief, until: brief ? now + retryMilliseconds : nextUpdate };
  };

  /**
   * Whether it is no older than what came from there before, and notes it. By scope: a list of another one, true as it is,
   * must not make room for yesterday's.
   */
  const goesForward = (key: string, crl: Crl): boolean => {
    const mark = markOf(crl);
    const ofScope = `${key}\n${mark.scope}`;
    const newest = marks.get(ofScope);
    if (newest !== undefined && isOlder(mark, newest)) return false;
    marks.put(ofScope, mark);
    return true;
  };

  const save = (key: string, der: Uint8Array): void => {
    if (cache === undefined) return;
    const write = cache.write(key, der).finally(() => writes.delete(write));
    writes.add(write);
  };

  const accept = async (key: string, downloaded: Downloaded): Promise<Found> => {
    const { crl } = downloaded;
    const before = kept.get(key);
    const proved = await isProved(crl);
    const held = heldOf(downloaded, proved, clock.now());
    if (!proved) {
      // It may be right, under a key that its judge will find; it takes the place of nothing that is known to be.
      if (before !== undefined && !before.brief && before.until > clock.now()) return E.right(before);
      kept.put(key, held);
      return E.right(held);
    }
    if (!goesForward(key, crl)) {
      return E.left(fault('ANSWER_REFUSED', 'a list that is older than the one before'));
    }
    kept.put(key, held);
    if (before?.crl !== crl) save(key, crl.der);
    return E.right(held);
  };

  /** What a process before this one has left. Outdated, it still tells which lists are older. */
  const fromDisk = async (key: string, issuer: Name): Promise<Held | undefined> => {
    const stored = await cache?.read(key);
    if (stored === undefined) return undefined;
    const crl = await readList(stored.der, issuer, limits.maxBytes);
    if (E.isLeft(crl) || !(await isProved(crl.right))) {
      onTrouble({ kind: 'cache', detail: 'a list that was kept is damaged, or signed by an unknown key' });
      return undefined;
    }
    if (!goesForward(key, crl.right)) return undefined;
    const plain = { crl: crl.right, etag: undefined, lastModified: undefined };
    const held = heldOf(plain, true, stored.writtenAt);
    if (held.brief) return undefined;
    kept.put(key, held);
    return held;
  };

  const fromWire = async (uri: string, issuer: Name, key: string): Promise<Found> => {
    const before = kept.get(key);
    // A forged list may bear the tag of the true one: *not modified* then would keep it.
    const got = await download(client, uri, issuer, before?.brief === true ? undefined : before, limits);
    const found = E.isLeft(got) ? got : await accept(key, got.right);
    if (E.isRight(found)) faults.forget(key);
    else faults.remember(key, found.left, clock.now());
    return found;
  };

  const fetch = async (uri: string, issuer: Name, key: string, instant: number): Promise<Found> => {
    if (kept.get(key) === undefined) {
      const stored = await fromDisk(key, issuer);
      if (stored !== undefined && stillHolds(stored, clock.now(), instant)) return E.right(stored);
    }
    return fromWire(uri, issuer, key);
  };

  /** Everybody who asks for the same meanwhile waits for the same. */
  const flight = (uri: string, issuer: Name, instant: number): Promise<Found> => {
    const key = keyOf(uri, issuer);
    const under = flights.get(key);
    if (under !== undefined) return under;
    const started = fetch(uri, issuer, key, instant).finally(() => flights.delete(key));
    flights.set(key, started);
    return started;
  };

  const refreshWhenDue = (uri: string, issuer: Name, held: Held, now: number): void => {
    const age = now - held.fetchedAt;
    const due = !held.brief && (age >= settings.refreshMilliseconds || age < 0);
    if (!due || faults.recall(keyOf(uri, issuer), now) !== undefined || flights.has(keyOf(uri, issuer)))
      return;
    void flight(uri, issuer, Number.POSITIVE_INFINITY).then((found) => {
      if (E.isLeft(found)) onTrouble({ kind: 'refresh', detail: found.left.detail });
    });
  };

  return {
    peek: (uri, issuer, now, instant) => {
      const held = kept.get(keyOf(uri, issuer));
      if (held === undefined || !stillHolds(held, now, instant)) return undefined;
      refreshWhenDue(uri, issuer, held, now);
      return held.crl;
    },
    keptOf: (issuer, now, instant) =>
      kept
        .all()
        .filter((held) => held.crl.issuer.normal === issuer.normal && stillHolds(held, now, instant))
        .map(({ crl }) => crl),
    obtain: async (uri, issuer, now, instant) => {
      const known = faults.recall(keyOf(uri, issuer), now);
      if (known !== undefined) return E.left(known);
      const found = await flight(uri, issuer, instant);
      return E.isLeft(found) ? found : E.right(found.right.crl);
    },
    settled: async () => {
      await Promise.all(flights.values());
      await Promise.all(writes);
    },
  };
};
