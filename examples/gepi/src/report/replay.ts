/**
 * The proof at the end: everything is read again from the store, and must come out the same.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { verifyEvidence } from '@mandate/certificates';
import { createChainCheck, createRegisterCodec, type EventStore, printChainFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Portal } from '../world/portal.js';
import { openReading, projections, readOrThrow } from '../world/reading.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface DigestReport {
  readonly readModel: string;
  /** State digest of the read models that were kept up to date all along. */
  readonly live: string;
  /** The same of new ones, made from the stored events. */
  readonly replayed: string;
  readonly same: boolean;
}

export interface ChainReport {
  readonly stream: string;
  readonly events: number;
  /** Hash of the last event: with it the whole history of the stream is pinned. */
  readonly end: string;
  readonly intact: boolean;
  readonly fault: string | null;
}

/** What became of the evidence that events name. */
export interface EvidenceReport {
  readonly named: number;
  /** Opened, with the hash by which it is named, and verified again with nothing but the pinned anchors. */
  readonly proved: number;
  /** Opened, and it does not prove what it was kept for. */
  readonly unproved: number;
  /** Of persons who were forgotten. */
  readonly forgotten: number;
  readonly missing: number;
}

export interface ReplayReport {
  readonly events: number;
  readonly digests: ReadonlyArray<DigestReport>;
  readonly chains: ReadonlyArray<ChainReport>;
  readonly evidence: EvidenceReport;
  readonly holds: boolean;
}

// -------------------------------------------------------------------------------------
// replay
// -------------------------------------------------------------------------------------

interface Found {
  events: number;
  end: string;
  fault: string | null;
}

interface Walk {
  readonly chains: ReadonlyArray<ChainReport>;
  readonly events: number;
  readonly evidence: ReadonlySet<string>;
}

const pageSize = 512;

/** Reads every event once, checks it against its chain, and collects the evidence that it names. */
const walk = async (store: EventStore): Promise<Walk> => {
  const codec = createRegisterCodec(nodeSha256);
  const check = createChainCheck(nodeSha256);
  const streams = new Map<string, Found>();
  const evidence = new Set<string>();
  let from: Parameters<EventStore['readAll']>[0] = 'start';
  let events = 0;
  for (;;) {
    const page = await store.readAll(from, pageSize)();
    if (E.isLeft(page)) throw new Error(`event store: ${page.left.detail}`);
    for (const recorded of page.right.events) {
      events += 1;
      const stream = streams.get(recorded.stream) ?? { events: 0, end: '', fault: null };
      const decoded = codec.decode(recorded);
      if (decoded._tag === 'Corrupt') stream.fault ??= decoded.detail;
      else {
        const previous = decoded._tag === 'Event' ? decoded.event.meta.chain.previous : decoded.previous;
        const fault = check(recorded, previous);
        if (fault !== undefined) stream.fault ??= printChainFault(fault);
      }
      if (decoded._tag === 'Event') for (const hash of decoded.event.meta.evidence) evidence.add(hash);
      stream.events += 1;
      stream.end = recorded.hash;
      streams.set(recorded.stream, stream);
      from = { after: recorded.position };
    }
    if (page.right.end) break;
  }
  const chains = [...streams].map(
    ([stream, found]): ChainReport => ({ stream, ...found, intact: found.fault === null }),
  );
  return { chains, events, evidence };
};

const checkEvidence = async (portal: Portal, hashes: ReadonlySet<string>): Promise<EvidenceReport> => {
  let proved = 0;
  let unproved = 0;
  let forgotten = 0;
  let missing = 0;
  for (const hash of hashes) {
    const found = await portal.register.evidence(hash)();
    if (E.isLeft(found) || found.right._tag === 'Missing') missing += 1;
    else if (found.right._tag === 'Forgotten') forgotten += 1;
    else {
      const report = await verifyEvidence(found.right.evidence, { anchors: portal.anchors })();
      if (report.indication === 'passed') proved += 1;
      else unproved += 1;
    }
  }
  return { named: hashes.size, proved, unproved, forgotten, missing };
};

const compareDigests = async (portal: Portal): Promise<ReadonlyArray<DigestReport>> => {
  const { events, reading, vault } = portal;
  await reading.refresh();
  const fresh = readOrThrow(await openReading(':memory:', events, vault));
  try {
    await fresh.refresh();
    return projections.map((projection) => {
      const live = readOrThrow(reading.runner.read.digest(projection));
      const replayed = readOrThrow(fresh.runner.read.digest(projection));
      return { readModel: projection.name, live, replayed, same: live === replayed };
    });
  } finally {
    await fresh.close();
  }
};

/** Replays everything into read models that begin empty, and checks every chain and all evidence. */
export const replay = async (portal: Portal): Promise<ReplayReport> => {
  const { chains, events, evidence: hashes } = await walk(portal.events);
  const evidence = await checkEvidence(portal, hashes);
  const digests = await compareDigests(portal);
  const holds =
    digests.every((digest) => digest.same) &&
    chains.every((chain) => chain.intact) &&
    evidence.missing + evidence.unproved === 0;
  return { events, digests, chains, evidence, holds };
};
