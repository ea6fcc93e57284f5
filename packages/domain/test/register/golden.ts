/**
 * Golden files: events as they lie in stores, one file for each event type, schema version and form.
 *
 * A file that was released never changes and is never deleted: stores hold such events for ever, and the test beside
 * this file holds every later program to reading them. **To add one**, for a new type, form or schema version: add an
 * example to `samples.ts`, then run, in the root of the repository,
 *
 * ```sh
 * node --conditions=mandate-source --import tsx packages/domain/test/register/golden-add.ts
 * ```
 *
 * which writes the files that are missing and touches none that is there.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { NewEvent, StoredEvent } from '../../src/events/table.js';
import type { EventToAppend, RecordedEvent } from '../../src/ports/event-store.js';
import type { KeyVault, Pseudonym } from '../../src/ports/key-vault.js';
import { createRegisterCodec } from '../../src/register/codec.js';
import { hex64, people, uuid } from './fixtures.js';

export const directory = fileURLToPath(new URL('../golden/', import.meta.url));

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const codec = createRegisterCodec(sha256);

/** Seals nothing: the text tells whose, where and what, so that a test sees what was handed over. */
export const openVault: KeyVault = {
  pseudonym: (kind, value) => TE.right(sha256(`${kind}:${value}`) as Pseudonym),
  seal: (subject, aad, plain) =>
    TE.right(Buffer.from(JSON.stringify([subject, aad, plain])).toString('base64')),
  open: (subject, aad, sealed) => {
    const [whose, where, plain] = JSON.parse(Buffer.from(sealed, 'base64').toString());
    return whose === subject && where === aad
      ? TE.right(plain)
      : TE.left({ _tag: 'VaultFault', code: 'SEALED_TAMPERED', detail: 'another place' });
  },
  keyOf: () => TE.right('k-0001'),
  retiredKeysOf: () => TE.right([]),
  retire: () => TE.right(true),
  forget: () => TE.right(true),
};

/** What a golden file holds. */
export interface Golden {
  /** The stored bytes. */
  readonly body: string;
  /** What they decode to. */
  readonly event: StoredEvent;
  /** The personal part in clear, `null` where the type has none. */
  readonly personal: unknown;
}

/** `<Type>.v<schema>.json` or `<Type>.v<schema>.<form>.json`. */
export const namePattern = /^([A-Za-z]+)\.v([1-9][0-9]*)(?:\.([a-z-]+))?\.json$/;

export const names = (): ReadonlyArray<string> => readdirSync(directory).sort();

export const load = (name: string): Golden => JSON.parse(readFileSync(`${directory}${name}`, 'utf8'));

/** The surroundings of every golden event: each field has something in it. */
export const surroundings = {
  stream: 'agency-gepi.10001',
  revision: 7,
  previous: hex64(0xbeef),
  recordedAt: '2026-03-02T01:00:00.000Z',
  actor: { kind: 'manager', person: people.lin },
  commandId: uuid(100),
  commandDigest: hex64(0xd16e57),
  causationId: uuid(99),
  evidence: [hex64(0xe1), hex64(0xe2)],
  confirmation: hex64(0xc0f1),
} as const;

/** Encodes one event; throws where the codec refuses. */
export const encodeOne = async (
  context: Parameters<typeof codec.encode>[0],
  event: NewEvent,
): Promise<EventToAppend> => {
  const encoded = await codec.encode(context, [event], openVault);
  if (E.isLeft(encoded)) throw new Error(encoded.left.detail ?? encoded.left.code);
  const [only] = encoded.right;
  if (only === undefined) throw new Error('nothing was encoded');
  return only;
};

/** An encoded event as a store would give it back. */
export const asRecorded = (event: EventToAppend, stream: string, revision: number): RecordedEvent =>
  ({ ...event, stream, revision, position: '0000000000000001' }) as RecordedEvent;
