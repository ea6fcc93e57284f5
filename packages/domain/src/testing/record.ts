/**
 * Stored events without a store: what a decider answered, with plausible surroundings.
 *
 * @packageDocumentation
 */
import type { EventMeta } from '../events/define.js';
import { type NewEvent, registerEvents, type StoredEvent } from '../events/table.js';
import { derivedId } from '../register/codec.js';
import { genesis, sealingContext } from '../register/envelope.js';

/** What a test may set itself; `revision`, `position` and ids count on from it for each event of the batch. */
export type MetaOverrides = Partial<Omit<EventMeta, 'id' | 'chain' | 'schema' | 'position'>>;

const hex = (value: number): string => value.toString(16).padStart(64, '0');

const defaults = {
  stream: 'agency-test.10001',
  revision: 0,
  recordedAt: '2026-03-02T01:00:00.000Z',
  actor: { kind: 'system' },
  commandDigest: hex(0),
  causationId: null,
  evidence: [],
  confirmation: null,
} as const satisfies MetaOverrides;

/** A command id that follows from a place in a stream, so that two batches never share one by accident. */
const commandIdAt = (stream: string, revision: number): string => derivedId(stream, revision);

/**
 * Turns a decider's events into stored ones, as the register would have recorded them: one batch, one command.
 *
 * Personal data are *not* sealed: `sealed.text` is their JSON, so that a test reads it without a vault. The chain
 * links the events of the batch by invented hashes; it does not verify.
 *
 * @example
 * ```ts
 * import * as assert from 'node:assert/strict';
 * import { recorded } from '@mandate/domain/testing';
 *
 * const [event] = recorded([{ type: 'AgencySuspended', data: { reason: 'audit' } }], { revision: 4 });
 * assert.equal(event?.meta.revision, 4);
 * ```
 */
export const recorded = (
  events: ReadonlyArray<NewEvent>,
  overrides: MetaOverrides = {},
): ReadonlyArray<StoredEvent> => {
  const base = { ...defaults, ...overrides };
  const commandId = base.commandId ?? commandIdAt(base.stream, base.revision);
  return events.map((event, index): StoredEvent => {
    const revision = base.revision + index;
    const id = derivedId(commandId, index);
    const meta: EventMeta = {
      id,
      schema: registerEvents[event.type].schema,
      stream: base.stream,
      revision,
      position: String((revision + 1) * 100).padStart(16, '0'),
      recordedAt: base.recordedAt,
      effectiveAt: base.effectiveAt ?? event.effectiveAt ?? base.recordedAt,
      actor: base.actor,
      commandId,
      commandDigest: base.commandDigest,
      causationId: index === 0 ? base.causationId : derivedId(commandId, 0),
      evidence: base.evidence,
      confirmation: base.confirmation,
      chain: { previous: revision === 0 ? genesis(base.stream) : hex(revision), hash: hex(revision + 1) },
    };
    const sealed =
      'personal' in event
        ? {
            sealed: {
              subject: event.subject,
              text: JSON.stringify(event.personal),
              aad: sealingContext(base.stream, id),
            },
          }
        : {};
    // A decider writes plain values, a reader gets branded ones; they are the same texts.
    return { type: event.type, data: event.data, meta, ...sealed } as StoredEvent;
  });
};
