/**
 * Writing a register down as lines, verified while it is written.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import type { EventStore, Sha256, StoreFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type CliFault, cliFault, fromStoreFault } from '../fault.js';
import { eventsOf } from '../register/pages.js';
import { createSoundness } from '../register/sound.js';
import { isOfEvidence, refuseTampered, type Tampered } from '../register/tampered.js';
import { type EndLine, formatVersion, printLine } from './format.js';
import type { Sink } from './sink.js';

/** Evidence that can be listed, in the order of its hashes. */
export interface EvidenceList {
  readonly list: (
    after: string | undefined,
    limit: number,
  ) => TaskEither<
    StoreFault,
    ReadonlyArray<{ readonly hash: string; readonly subject: string; readonly sealed: string }>
  >;
}

export interface ExportSettings {
  readonly events: EventStore;
  /** Left out where the evidence stays where it is. */
  readonly evidence?: EvidenceList | undefined;
  readonly sha256: Sha256;
  /** Asked at the end: what was scavenged is in no page. */
  readonly tampered?: Tampered | undefined;
  readonly onEvent?: ((done: number) => void) | undefined;
}

/** What an export holds. */
export interface Exported extends Omit<EndLine, 'end'> {
  /** Events of types that this program does not know. */
  readonly unknown: number;
  /** Pieces of evidence that events name and nobody has; 0 where evidence was left out. */
  readonly missing: number;
}

// Evidence is larger than events: a list of a CA may have 20 MB.
const evidencePage = 16;

/**
 * Writes header, evidence, events and end. Events that are appended meanwhile are not in it; evidence is read after the
 * head was taken, so that whatever an event of the export names is in it.
 *
 * `REGISTER_DAMAGED` at the first event that does not decode strictly or does not follow the one before it; and where a stream is
 * gone. One that was deleted and not scavenged yet is exported whole, so that it can be brought to safety.
 */
export const exportRegister = async (
  settings: ExportSettings,
  sink: Sink,
): Promise<E.Either<CliFault, Exported>> => {
  const { events: store, evidence, sha256, onEvent } = settings;
  const digest = createHash('sha256');
  const put = async (line: string): Promise<void> => {
    digest.update(line);
    await sink.write(line);
  };
  const head = await store.head()();
  if (E.isLeft(head)) return E.left(fromStoreFault(head.left));
  const first = await store.readAll('start', 1)();
  if (E.isLeft(first)) return E.left(fromStoreFault(first.left));
  const instance = first.right.events[0]?.hash ?? null;
  await sink.write(
    printLine({ format: 'mandate-export', version: formatVersion, instance, head: head.right ?? null }),
  );

  const kept = new Set<string>();
  for (let after: string | undefined, more = evidence !== undefined; more && evidence !== undefined; ) {
    const page = await evidence.list(after, evidencePage)();
    if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
    for (const { hash, subject, sealed } of page.right) {
      await put(printLine({ evidence: hash, subject, sealed }));
      kept.add(hash);
    }
    after = page.right.at(-1)?.hash;
    more = page.right.length === evidencePage;
  }

  const soundness = createSoundness(sha256);
  let done = 0;
  let unknown = 0;
  const missing = new Set<string>();
  // A head that is not there is an empty register: what comes from now on is not in this export.
  for await (const page of head.right === undefined ? [] : eventsOf(store, head.right)) {
    if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
    for (const recorded of page.right) {
      const looked = soundness.look(recorded);
      const [fault] = looked.faults;
      if (fault !== undefined) return E.left(cliFault('REGISTER_DAMAGED', `${fault.code}: ${fault.detail}`));
      if (looked.isUnknown) unknown += 1;
      for (const hash of evidence === undefined ? [] : (looked.event?.meta.evidence ?? [])) {
        if (!kept.has(hash)) missing.add(hash);
      }
      done += 1;
      const { stream, revision, id, type, hash, body } = recorded;
      await put(printLine({ event: done, stream, revision, id, type, hash, body }));
    }
    onEvent?.(done);
  }
  const whole = await refuseTampered(settings.tampered, (stream) =>
    isOfEvidence(stream) ? evidence !== undefined : !soundness.knows(stream),
  );
  if (E.isLeft(whole)) return whole;
  const counts = {
    events: done,
    streams: soundness.streams(),
    evidence: kept.size,
    digest: digest.digest('hex'),
  };
  await sink.write(printLine({ end: true, ...counts }));
  return E.right({ ...counts, unknown, missing: missing.size });
};
