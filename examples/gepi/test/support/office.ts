/**
 * A portal's office for tests: a register on memory stores, a clock that is set by hand, and the small GPKI.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import {
  memoryChallengeStore,
  memoryEventStore,
  memoryEvidenceStore,
  memoryKeyVault,
  nodeSha256,
  randomIds,
} from '@mandate/adapters-eventstore';
import type { TestPki } from '@mandate/certificates/test-pki';
import {
  createRegister,
  type DirectoryEntry,
  type Executed,
  gepiCatalogue,
  gepiPolicy,
  gepiTerms,
  type Register,
  type RegisterError,
  type RegisterSettings,
  weekCalendar,
} from '@mandate/domain';
import { type HandClock, handClock } from '@mandate/testing';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { agencies } from '../../src/world/cast.js';

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

/** What was answered; throws, and so fails the test, where it was refused. */
export const right = <A>(answer: E.Either<unknown, A>): A => {
  if (E.isLeft(answer)) throw new Error(`refused: ${JSON.stringify(answer.left)}`);
  return answer.right;
};

/** The code of a refusal; throws where there was none. */
export const refusal = (answer: E.Either<RegisterError, unknown>): RegisterError['code'] => {
  if (E.isRight(answer)) throw new Error(`not refused: ${JSON.stringify(answer.right)}`);
  return answer.left.code;
};

export const typesOf = (executed: Executed): ReadonlyArray<string> =>
  executed.events.map((event) => event.type);

// -------------------------------------------------------------------------------------
// office
// -------------------------------------------------------------------------------------

const entryOf = (code: string): DirectoryEntry | undefined => {
  const agency = agencies.find((candidate) => candidate.code === code);
  return agency === undefined
    ? undefined
    : { code, name: agency.name, organisation: agency.recorded, region: agency.region };
};

/** The portal's secret in tests. */
export const testSecret = new Uint8Array(32).fill(7);

export interface Office {
  readonly register: Register;
  readonly settings: RegisterSettings;
  readonly clock: HandClock;
  /** The same stores under another program: nothing of the first one's memory. */
  readonly reopened: (overrides?: Partial<RegisterSettings>) => Office;
}

const officeOn = (settings: RegisterSettings, clock: HandClock): Office => ({
  register: createRegister(settings),
  settings,
  clock,
  reopened: (overrides = {}) => officeOn({ ...settings, ...overrides }, clock),
});

/** Opens an office with empty stores, without terms and menu. */
export const emptyOffice = (pki: TestPki, overrides: Partial<RegisterSettings> = {}): Office => {
  const clock = handClock();
  const settings: RegisterSettings = {
    policy: gepiPolicy,
    store: memoryEventStore(),
    vault: memoryKeyVault({ secret: testSecret }),
    evidence: memoryEvidenceStore(),
    challenges: memoryChallengeStore(),
    directory: { find: (code) => TE.right(entryOf(code)) },
    trust: pki.trust,
    revocation: pki.revocation,
    clock,
    ids: randomIds,
    calendar: weekCalendar({ holidays: ['2026-04-06'] }),
    sha256: nodeSha256,
    ...overrides,
  };
  return officeOn(settings, clock);
};

/** The account of the portal's staff in tests. */
export const staff = { staff: 'ops-1' } as const;

export type Bag = Readonly<Record<string, unknown>>;

/** A command of staff; a command id is drawn unless one is given. */
export const byStaff = (office: Office, command: Bag): Promise<E.Either<RegisterError, Executed>> =>
  office.register.execute({ commandId: randomUUID(), ...command }, staff)();

/** Opens an office and publishes terms and menu. */
export const openOffice = async (
  pki: TestPki,
  overrides: Partial<RegisterSettings> = {},
): Promise<Office> => {
  const office = emptyOffice(pki, overrides);
  const { title, text, english } = gepiTerms;
  right(await byStaff(office, { type: 'PublishTerms', version: 1, title, text, english }));
  right(await byStaff(office, { type: 'PublishCatalogue', version: 1, entries: gepiCatalogue }));
  office.clock.advance(1000);
  return office;
};
