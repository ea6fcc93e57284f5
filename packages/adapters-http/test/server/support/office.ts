/**
 * A portal for tests: a register in memory with its read models, served over HTTP without a network; the clock is set by hand.
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
import { createTestPki, type TestPki } from '@mandate/certificates/test-pki';
import {
  createRegister,
  type DirectoryEntry,
  gepiCatalogue,
  gepiPolicyFor,
  gepiTerms,
  type Register,
  type RegisterSettings,
  weekCalendar,
} from '@mandate/domain';
import {
  authorityIndex,
  builtIn,
  certificates,
  clerkLists,
  createProjectionRunner,
  type FollowedAuthorityIndex,
  knownPeople,
  type ProjectionRunner,
  permissionHistories,
  registrationHistories,
  reviews,
  unassignedFunctions,
} from '@mandate/projections';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { changesOf } from '../../../src/server/changes.js';
import { type RegisterApp, type RegisterAppOptions, registerApp } from '../../../src/server/index.js';
import type { RegisterReads } from '../../../src/server/reads.js';
import { type HandClock, handClock, right } from '../../support.js';

export const origin = 'https://gepi.example';

/** Agencies that the portal's records know; invented. */
export const directory: ReadonlyArray<DirectoryEntry> = [
  {
    code: 'EX001',
    name: '示範市政府人事處',
    organisation: { kind: 'oid', value: '2.16.886.101.90003.20001.20005' },
    region: '臺中',
  },
  {
    code: 'EX002',
    name: '示範縣政府人事處',
    organisation: { kind: 'oid', value: '2.16.886.101.90003.20001.20006' },
    region: '花蓮',
  },
  {
    code: 'EX003',
    name: '示範國民小學',
    organisation: { kind: 'oid', value: '2.16.886.111.90003.90003.100099' },
    region: '宜蘭',
  },
];

export interface Office {
  readonly pki: TestPki;
  readonly register: Register;
  readonly settings: RegisterSettings;
  readonly clock: HandClock;
  readonly runner: ProjectionRunner;
  readonly authority: FollowedAuthorityIndex;
  readonly reads: RegisterReads;
  readonly app: RegisterApp;
  /** The same register behind other options. */
  readonly serve: (options?: Partial<RegisterAppOptions>) => RegisterApp;
  /** A staff command, given in the program itself. */
  readonly byStaff: (command: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly close: () => Promise<void>;
}

let made: Promise<TestPki> | undefined;

/** One small GPKI for a whole test file: making keys is slow. */
export const testPki = (): Promise<TestPki> => {
  made ??= createTestPki({ cas: ['GCA', 'XCA', 'MOICA'], keyPool: 4 });
  return made;
};

export interface OfficeOptions {
  readonly settings?: Partial<RegisterSettings>;
  readonly app?: Partial<RegisterAppOptions>;
}

/** Opens a portal with terms and menu; read models and decision index follow the store. */
export const openOffice = async ({ settings: given = {}, app = {} }: OfficeOptions = {}): Promise<Office> => {
  const pki = await testPki();
  const clock = handClock();
  const store = memoryEventStore();
  const vault = memoryKeyVault({ secret: new Uint8Array(32).fill(7) });
  const policy = given.policy ?? gepiPolicyFor(origin);
  const settings: RegisterSettings = {
    policy,
    store,
    vault,
    evidence: memoryEvidenceStore(),
    challenges: memoryChallengeStore(),
    directory: { find: (code) => TE.right(directory.find((entry) => entry.code === code)) },
    trust: pki.trust,
    revocation: pki.revocation,
    clock,
    ids: randomIds,
    calendar: weekCalendar(),
    sha256: nodeSha256,
    ...given,
  };
  const register = createRegister(settings);
  const byStaff: Office['byStaff'] = async (command) => {
    right(await register.execute({ commandId: randomUUID(), ...command }, { staff: 'ops-1' })());
  };
  const { title, text, english } = gepiTerms;
  await byStaff({ type: 'PublishTerms', version: 1, title, text, english });
  await byStaff({ type: 'PublishCatalogue', version: 1, entries: gepiCatalogue });
  clock.advance(1000);

  const sha256 = nodeSha256;
  const runner = right(
    await createProjectionRunner({
      file: ':memory:',
      store: settings.store,
      vault,
      sha256,
      projections: builtIn,
    })(),
  );
  const authority = authorityIndex({ store: settings.store, sha256, policy });
  const stopping = new AbortController();
  const following = [runner.run(stopping.signal)(), authority.run(stopping.signal)()];
  const { portal } = policy;
  const reads: RegisterReads = {
    clerkLists: clerkLists(runner.read, portal),
    registrations: registrationHistories(runner.read, portal),
    history: permissionHistories(runner.read, portal),
    reviews: reviews(runner.read, portal, vault),
    certificates: certificates(runner.read, portal),
    unassignedFunctions: (page) => unassignedFunctions(runner.read, portal, page),
    people: knownPeople(runner.read),
    waitFor: runner.waitFor,
    status: runner.status,
  };
  const apps: RegisterApp[] = [];
  const serve: Office['serve'] = (options = {}) => {
    const one = registerApp({
      ...{ register, reads, authority, clock, ids: randomIds, calendar: settings.calendar },
      origins: [origin],
      changes: changesOf({ store: settings.store, sha256, portal }),
      rateLimiter: null,
      ...app,
      ...options,
    });
    apps.push(one);
    return one;
  };
  const served = serve();
  return {
    ...{ pki, register, settings, clock, runner, authority, reads, serve, byStaff },
    app: served,
    close: async () => {
      await Promise.all(apps.map((one) => one.close()));
      stopping.abort();
      await Promise.all(following);
      await runner.close();
      await settings.store.close();
    },
  };
};
