/** Registers of invented agencies, written as the register writes them: encoded, sealed and chained. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeSha256, openSqliteAdapters, type SqliteAdapters } from '@mandate/adapters-eventstore';
import {
  agencyStream,
  catalogueStream,
  chainStart,
  createRegisterCodec,
  type EventStore,
  evidenceContext,
  type KeyVault,
  type NewEvent,
  privacyStream,
  type StreamName,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

/** The success of a task that must succeed. */
export const right = async <L, A>(task: TaskEither<L, A> | Promise<E.Either<L, A>>): Promise<A> => {
  const answer = await (typeof task === 'function' ? task() : task);
  if (E.isLeft(answer)) throw new Error(`Left: ${JSON.stringify(answer.left)}`);
  return answer.right;
};

/** The fault of a task that must fail. */
export const left = async <L, A>(task: TaskEither<L, A> | Promise<E.Either<L, A>>): Promise<L> => {
  const answer = await (typeof task === 'function' ? task() : task);
  if (E.isRight(answer)) throw new Error(`Right: ${JSON.stringify(answer.right)}`);
  return answer.left;
};

const made: Array<string> = [];

/** A new directory that goes when the tests of this process are over. */
export const freshDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'mandate-cli-'));
  if (made.length === 0) {
    process.once('exit', () => {
      for (const each of made) rmSync(each, { recursive: true, force: true });
    });
  }
  made.push(directory);
  return directory;
};

export const secretHex = '5a'.repeat(32);
export const secret = new Uint8Array(Buffer.from(secretHex, 'hex'));

/** A file with the secret in it. */
export const secretFile = (): string => {
  const file = join(freshDirectory(), 'secret');
  writeFileSync(file, `${secretHex}\n`, { mode: 0o600 });
  return file;
};

export const hex = (words: string): string => nodeSha256(words);
export const person = (name: string): string => hex(`person ${name}`);

const card = (ca: 'GCA' | 'MOICA', words: string) =>
  ({
    ca,
    serial: `1${hex(words).slice(0, 20).toUpperCase()}`,
    proof: 'signed',
    generation: 'G3',
    fingerprint: hex(`certificate ${words}`),
    subjectType: ca === 'MOICA' ? 'citizen' : 'agency',
    notBefore: '2024-01-01T00:00:00.000Z',
    notAfter: '2030-01-01T00:00:00.000Z',
    card: hex(`card ${words}`),
  }) as const;

/** Events of one agency's first day. */
export const registration = (code: string): ReadonlyArray<NewEvent> => [
  {
    type: 'AgencyRegistered',
    data: {
      code,
      name: `機關${code}`,
      organisation: { kind: 'oid', value: '2.16.886.101.20003.20001' },
      credential: card('GCA', code),
      review: null,
    },
  },
  {
    type: 'ManagerAppointed',
    data: {
      person: person(`manager of ${code}`),
      credential: card('MOICA', `manager of ${code}`),
      identityProof: 'last4',
      previous: null,
    },
    personal: {
      nationalId: 'A223456781',
      contact: { name: '林示範', email: 'lin@office.example', phone: '02-2192-7111', extension: null },
    },
    subject: person(`manager of ${code}`),
  },
];

/** A clerk of an agency. */
export const clerk = (name: string): NewEvent => ({
  type: 'ClerkAuthorized',
  data: {
    clerk: randomUUID(),
    person: person(name),
    credential: card('MOICA', name),
    identityProof: 'last4',
    permissions: ['premium-edit'],
    catalogueVersion: 1,
  },
  personal: { nationalId: 'A123456789', name },
  subject: person(name),
});

export const catalogue: NewEvent = {
  type: 'CataloguePublished',
  data: {
    version: 1,
    entries: [{ code: 'premium-edit', kind: 'function', parent: null, zh: '保費', en: 'premiums' }],
  },
};

/** Writes commands as the register does. */
export const writer = (store: EventStore, vault: KeyVault) => {
  const ends = new Map<StreamName, { revision: number; hash: string }>();
  let minute = 0;
  return async (
    stream: StreamName,
    events: ReadonlyArray<NewEvent>,
    evidence: ReadonlyArray<string> = [],
  ): Promise<void> => {
    const end = ends.get(stream) ?? chainStart(stream);
    minute += 1;
    const context = {
      stream,
      revision: end.revision + 1,
      previous: end.hash,
      recordedAt: new Date(Date.parse('2026-01-05T01:00:00.000Z') + minute * 60_000).toISOString(),
      actor: { kind: 'system' } as const,
      commandId: randomUUID(),
      commandDigest: hex('command'),
      causationId: null,
      evidence,
      confirmation: null,
    };
    const encoded = await right(createRegisterCodec(nodeSha256).encode(context, events, vault));
    const answer = await right(store.append(stream, end.revision < 0 ? 'no-stream' : end.revision, encoded));
    if (answer._tag === 'Conflict') throw new Error(`conflict in ${stream}`);
    ends.set(stream, { revision: answer.revision, hash: encoded.at(-1)?.hash ?? '' });
  };
};

export type Write = ReturnType<typeof writer>;

/** Opens the adapters of a folder. */
export const openFolder = (directory: string): Promise<SqliteAdapters> =>
  // No test here takes the power away: without a sync for each commit they are done in half the time.
  right(openSqliteAdapters({ directory, secret, synchronous: 'NORMAL' }));

/** Keeps evidence as the register does: sealed, by the hash of what was sealed. */
export const putEvidence = async (
  { vault, evidence }: Pick<SqliteAdapters, 'vault' | 'evidence'>,
  subject: string,
  text: string,
): Promise<string> => {
  const hash = hex(text);
  const sealed = await right(vault.seal(subject, evidenceContext(hash), text));
  await right(evidence.put(hash, subject, sealed));
  return hash;
};

/** Some agencies with clerks, evidence in the store, one catalogue: 1 + agencies × 4 events. */
export const fill = async (adapters: SqliteAdapters, agencies: number): Promise<Write> => {
  const write = writer(adapters.events, adapters.vault);
  await write(catalogueStream('gepi'), [catalogue]);
  for (let n = 0; n < agencies; n += 1) {
    const code = `EX${String(n).padStart(3, '0')}`;
    const evidence = await putEvidence(adapters, person(`manager of ${code}`), `evidence ${n}`);
    await write(agencyStream('gepi', code), registration(code), [evidence]);
    await write(agencyStream('gepi', code), [clerk(`王${n}`)], [evidence]);
    await write(agencyStream('gepi', code), [clerk(`李${n}`)]);
  }
  return write;
};

/** A folder with such a register, closed again. */
export const filledFolder = async (agencies: number): Promise<string> => {
  const directory = join(freshDirectory(), 'data');
  const adapters = await openFolder(directory);
  await fill(adapters, agencies);
  await adapters.close();
  return directory;
};

/** Forgets a person as the register does: the key out of use, the event, the key deleted. */
export const forget = async (
  adapters: SqliteAdapters,
  write: Write,
  who: string,
  portal = 'gepi',
): Promise<void> => {
  const subject = person(who);
  const key = await right(adapters.vault.keyOf(subject));
  if (key === undefined) throw new Error(`${who} has no key`);
  await right(adapters.vault.retire(subject, key));
  const legalBasis = 'Personal Data Protection Act, art. 11';
  await write(privacyStream(portal), [
    { type: 'SubjectForgotten', data: { person: subject, keys: [key], legalBasis } },
  ]);
  await right(adapters.vault.forget(subject, key));
};
