/**
 * Bringing an export into a register: first the whole file is read and compared with what the register has, then the rest
 * of it is appended. Killed at any moment, the same import goes on where it was.
 *
 * @packageDocumentation
 */
import type { EventStore, EvidenceStore, RecordedEvent, Sha256, StoreFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromStoreFault } from '../fault.js';
import { eventsOf } from '../register/pages.js';
import type { EndLine } from './format.js';
import { readExport } from './read.js';
import { createWeighing } from './weigh.js';

export interface ImportSettings {
  readonly file: string;
  readonly events: EventStore;
  /** Where the file's evidence goes. */
  readonly evidence?: EvidenceStore | undefined;
  readonly sha256: Sha256;
  /** The most octets that the register takes at once, where there is such a limit. */
  readonly largestAppend?: number | undefined;
  /** True reads, verifies and compares, and writes nothing. */
  readonly dryRun?: boolean | undefined;
  /** What a dry run of the same file into an empty register answered: it is not read a second time before it is written. */
  readonly plan?: Imported | undefined;
  readonly onEvent?:
    | ((stage: 'checking' | 'writing', done: number, total: number | undefined) => void)
    | undefined;
}

export interface Imported extends Omit<EndLine, 'end'> {
  readonly instance: string | null;
  /** How many of the events the register had already, of an import that was cut off. */
  readonly already: number;
  /** How many were appended now; those of a dry run would be. */
  readonly appended: number;
}

/** Events one at a time. */
async function* oneByOne(
  store: EventStore,
): AsyncGenerator<E.Either<StoreFault, RecordedEvent>, void, undefined> {
  for await (const page of eventsOf(store)) {
    if (E.isLeft(page)) yield page;
    else for (const recorded of page.right) yield E.right(recorded);
  }
}

const same = (a: RecordedEvent, b: RecordedEvent): boolean =>
  a.stream === b.stream &&
  a.revision === b.revision &&
  a.id === b.id &&
  a.hash === b.hash &&
  a.body === b.body;

const placeOf = ({ stream, revision }: RecordedEvent): string => `${stream}@${revision}`;

/** Reads the whole file beside the register: how many of its events are there already. */
const compare = async (settings: ImportSettings): Promise<E.Either<CliFault, Imported>> => {
  const { file, events, sha256, onEvent } = settings;
  const there = oneByOne(events);
  const weigh = createWeighing(settings.largestAppend);
  let already = 0;
  let isBehind = false;
  let done = 0;
  let instance: string | null = null;
  let compared: Imported | undefined;
  for await (const item of readExport(file, sha256)) {
    if (item._tag === 'Fault') return E.left(item.fault);
    if (item._tag === 'Header') instance = item.header.instance;
    if (item._tag === 'Event') {
      done += 1;
      if (done % 1000 === 0) onEvent?.('checking', done, undefined);
      const next = isBehind ? undefined : await there.next();
      if (next === undefined || next.done === true) {
        isBehind = true;
        const fault = weigh(item.recorded, item.commandId, done);
        if (fault !== undefined) return E.left(fault);
      } else if (E.isLeft(next.value)) {
        return E.left(fromStoreFault(next.value.left));
      } else if (!same(next.value.right, item.recorded)) {
        return E.left(
          cliFault('TARGET_HAS_OTHER_EVENTS', `event ${done} there is ${placeOf(next.value.right)}`),
        );
      } else {
        already += 1;
      }
    }
    if (item._tag === 'End') {
      const next = isBehind ? undefined : await there.next();
      if (next?.done === false) {
        if (E.isLeft(next.value)) return E.left(fromStoreFault(next.value.left));
        return E.left(cliFault('TARGET_HAS_OTHER_EVENTS', `${placeOf(next.value.right)} is not in the file`));
      }
      const { end: _end, ...counts } = item.end;
      compared = { ...counts, instance, already, appended: counts.events - already };
    }
  }
  // Only now: something may have stood after the end.
  return compared === undefined ? E.left(cliFault('EXPORT_INCOMPLETE', file)) : E.right(compared);
};

// In EventStoreDB's words. The file was weighed: such a server is set to less than it takes by default.
const serverTakesLess = /maximum-?append-?size-?exceeded/i;

/** Appends the events of one command, as they were appended once. */
const append = async (
  store: EventStore,
  batch: ReadonlyArray<RecordedEvent>,
): Promise<CliFault | undefined> => {
  const [first] = batch;
  if (first === undefined) return undefined;
  const expected = first.revision === 0 ? 'no-stream' : first.revision - 1;
  const events = batch.map(({ id, type, body, hash }) => ({ id, type, body, hash }));
  const answer = await store.append(first.stream, expected, events)();
  if (E.isLeft(answer)) {
    if (serverTakesLess.test(answer.left.detail)) return cliFault('TARGET_TAKES_LESS', answer.left.detail);
    return answer.left.code === 'EVENT_ID_TAKEN'
      ? cliFault('TARGET_CHANGED', answer.left.detail)
      : fromStoreFault(answer.left);
  }
  return answer.right._tag === 'Conflict' ? cliFault('TARGET_CHANGED', placeOf(first)) : undefined;
};

const write = async (settings: ImportSettings, plan: Imported): Promise<CliFault | undefined> => {
  const { file, events, evidence, sha256, onEvent } = settings;
  let done = 0;
  let batch: ReadonlyArray<RecordedEvent> = [];
  let command: string | undefined;
  for await (const item of readExport(file, sha256)) {
    // The file was whole when it was read first.
    if (item._tag === 'Fault') return cliFault('FILE_CHANGED', item.fault.detail);
    if (item._tag === 'Header' && item.header.instance !== plan.instance)
      return cliFault('FILE_CHANGED', 'line 1');
    if (item._tag === 'Evidence' && evidence !== undefined) {
      const { evidence: hash, subject, sealed } = item.evidence;
      const put = await evidence.put(hash, subject, sealed)();
      if (E.isLeft(put)) return fromStoreFault(put.left);
    }
    if (item._tag === 'Event') {
      done += 1;
      if (done <= plan.already) continue;
      const goesOn = item.commandId === command && item.recorded.stream === batch[0]?.stream;
      if (!goesOn) {
        const fault = await append(events, batch);
        if (fault !== undefined) return fault;
        batch = [];
        onEvent?.('writing', done - 1, plan.events);
      }
      batch = [...batch, item.recorded];
      command = item.commandId;
    }
    if (item._tag === 'End') {
      if (item.end.digest !== plan.digest) return cliFault('FILE_CHANGED', 'another digest');
      return append(events, batch);
    }
  }
  return cliFault('FILE_CHANGED', file);
};

/**
 * Imports a file into a register that is empty, or has the beginning of this very file from an import that was cut off.
 * Nothing is written before the whole file was found good: format, order, chains, counts and digest.
 */
export const importRegister = async (settings: ImportSettings): Promise<E.Either<CliFault, Imported>> => {
  const plan = settings.plan === undefined ? await compare(settings) : E.right(settings.plan);
  if (E.isLeft(plan)) return plan;
  if (plan.right.evidence > 0 && settings.evidence === undefined) {
    return E.left(cliFault('EVIDENCE_PLACE_MISSING', `${plan.right.evidence} texts`));
  }
  if (settings.dryRun === true) return plan;
  const fault = await write(settings, plan.right);
  return fault === undefined ? plan : E.left(fault);
};
