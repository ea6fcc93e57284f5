/**
 * A register of a portal, with everything that its pack asks for.
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
  type AuthorityIndex,
  type CatalogueEntry,
  createAuthorityIndex,
  createRegister,
  createRegisterCodec,
  type Executed,
  type PortalPolicy,
  type Register,
  type RegisterError,
  type RegisterSettings,
  type StoredEvent,
  weekCalendar,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Person, Unit } from './cast.js';
import { accountService, cardService, directoryOf } from './services.js';

export interface OfficeClock {
  readonly now: () => number;
  /** ISO 8601. */
  readonly set: (instant: string) => void;
  readonly advance: (milliseconds: number) => void;
}

export interface Office {
  readonly register: Register;
  readonly settings: RegisterSettings;
  readonly clock: OfficeClock;
  /** Every event that is stored, in order. */
  readonly events: () => Promise<ReadonlyArray<StoredEvent>>;
  /** The decision index of all that is stored now. */
  readonly index: () => Promise<AuthorityIndex>;
  /** A command of staff. */
  readonly byStaff: (
    command: Readonly<Record<string, unknown>>,
  ) => Promise<E.Either<RegisterError, Executed>>;
}

/** A Monday, 10:00 in Taipei. */
const monday = '2026-03-02T02:00:00.000Z';

const handClock = (): OfficeClock => {
  let at = Date.parse(monday);
  return {
    now: () => at,
    set: (instant) => {
      at = Date.parse(instant);
    },
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
};

/** Opens a portal of this pack for these units and people, and publishes its menu. */
export const openOffice = async (
  pki: TestPki,
  policy: PortalPolicy,
  catalogue: ReadonlyArray<CatalogueEntry>,
  units: ReadonlyArray<Unit>,
  people: ReadonlyArray<Person>,
  overrides: Partial<RegisterSettings> = {},
): Promise<Office> => {
  const clock = handClock();
  const settings: RegisterSettings = {
    policy,
    store: memoryEventStore(),
    vault: memoryKeyVault({ secret: new Uint8Array(32).fill(7) }),
    evidence: memoryEvidenceStore(),
    challenges: memoryChallengeStore(),
    directory: directoryOf(units),
    trust: pki.trust,
    revocation: pki.revocation,
    clock,
    ids: randomIds,
    calendar: weekCalendar(),
    sha256: nodeSha256,
    registeredCards: cardService(people),
    accounts: accountService(people),
    ...overrides,
  };
  const register = createRegister(settings);
  const byStaff: Office['byStaff'] = (command) =>
    register.execute({ commandId: randomUUID(), ...command }, { staff: 'ops-1' })();
  const events = async (): Promise<ReadonlyArray<StoredEvent>> => {
    const page = await settings.store.readAll('start', 1000)();
    if (E.isLeft(page)) throw new Error(page.left.detail);
    const codec = createRegisterCodec(nodeSha256);
    return page.right.events.flatMap((recorded) => {
      const decoded = codec.decode(recorded);
      return decoded._tag === 'Event' ? [decoded.event] : [];
    });
  };
  const index = async (): Promise<AuthorityIndex> => {
    const authority = createAuthorityIndex(policy);
    for (const event of await events()) authority.apply(event);
    return authority;
  };
  if (catalogue.length > 0) {
    const published = await byStaff({ type: 'PublishCatalogue', version: 1, entries: catalogue });
    if (E.isLeft(published)) throw new Error(`the menu was refused: ${published.left.code}`);
  }
  clock.advance(1000);
  return { register, settings, clock, events, index, byStaff };
};
