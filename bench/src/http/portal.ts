/** The register over HTTP as a portal runs it: SQLite stores, read models and decision index that follow, sessions by cards. */
import { randomBytes } from 'node:crypto';
import { nodeSha256, randomIds } from '@mandate/adapters-eventstore';
import { cookieJar, registerClient } from '@mandate/adapters-http/client';
import { startServer } from '@mandate/adapters-http/node';
import {
  type ClientPort,
  changesOf,
  memoryRateLimiter,
  type RateLimiter,
  type RegisterApp,
  type RegisterReads,
  registerApp,
} from '@mandate/adapters-http/server';
import type { TestCard } from '@mandate/certificates/test-pki';
import { weekCalendar } from '@mandate/domain';
import {
  authorityIndex,
  builtIn,
  certificates,
  clerkLists,
  createProjectionRunner,
  knownPeople,
  permissionHistories,
  registrationHistories,
  reviews,
  unassignedFunctions,
} from '@mandate/projections';
import { right } from '../lib/either.js';
import { changesOf as changesOfClerk, clerkOf, clerksPerAgency, permissionsAfter } from '../world/history.js';
import { agencyCode } from '../world/people.js';
import { makeWorld, type World } from '../world/register.js';
import { commandsAlone, type Holding } from './alone.js';
import type { Served } from './served.js';
import type { Holder, Question } from './targets.js';

export interface PortalParams {
  readonly folder: string;
  /** Each with a session. */
  readonly agencies: number;
  readonly eventsPerAgency: number;
}

const origin = 'https://gepi.example';

/** One system, which is known by its token. */
const clientPort = (token: string): ClientPort => ({
  authenticate: (request) => async () => ({
    _tag: 'Right',
    right:
      request.headers.get('authorization') === `Bearer ${token}`
        ? { id: 'gate', scopes: ['decide', 'read'] }
        : undefined,
  }),
});

/** Counts as a portal's limiter does, and lets through what no person could do. */
const generous = (clock: World['clock']): RateLimiter => {
  const limiter = memoryRateLimiter({ clock });
  return { take: (key, rule, cost) => limiter.take(key, { ...rule, amount: rule.amount * 1e9 }, cost) };
};

const openReading = async ({ adapters, policy }: World, folder: string) => {
  const { events: store, vault } = adapters;
  const runner = right(
    await createProjectionRunner({
      file: `${folder}/lists.sqlite`,
      store,
      vault,
      sha256: nodeSha256,
      projections: builtIn,
    })(),
  );
  const authority = authorityIndex({ store, sha256: nodeSha256, policy });
  right(await runner.catchUp()());
  right(await authority.catchUp()());
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
  const close = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(following);
    await runner.close();
  };
  return { reads, authority, close };
};

/** Both cards of an agency, shown over HTTP: the session that they open. */
const logIn = async (app: RegisterApp, world: World, agency: number) => {
  const cookies = cookieJar();
  const client = registerClient({ base: origin, cookies, headers: { origin }, fetch: app.fetch });
  const show = async (card: TestCard, nationalId?: string): Promise<void> => {
    const asked = { purpose: 'delegation', agencyCode: agencyCode(agency) };
    const body = nationalId === undefined ? asked : { ...asked, nationalId };
    const { nonce, text } = right(await client.issueChallenge({ body }));
    const cms = await card.sign(new TextEncoder().encode(text), { withCardNumber: true });
    right(await client.confirmCard({ body: { nonce, cms: Buffer.from(cms).toString('base64') } }));
  };
  const { agencyCard, managerCard, managerId } = world.held;
  await show(agencyCard);
  await show(managerCard, managerId);
  const { csrf, state } = right(await client.session());
  if (state !== 'confirmed' || csrf === null) throw new Error('the cards have opened no session');
  return { cookie: cookies.header() ?? '', csrf };
};

/** The clerk of an agency whose name is changed, and those about whom is asked. */
const renamed = 1;
const askedAbout = Array.from({ length: clerksPerAgency }, (_, clerk) => clerk).filter(
  (one) => one !== renamed,
);

const permissionsOf = (clerk: number, events: number): ReadonlyArray<string> =>
  permissionsAfter(changesOfClerk(clerk, events));

const holdingOf = (world: World, agency: number, eventsPerAgency: number): Holding => {
  const { id, ...clerk } = clerkOf(agency, renamed);
  return {
    ...clerk,
    clerkId: id,
    agencyCode: agencyCode(agency),
    confirmation: world.confirmationOf(agency),
    permissions: permissionsOf(renamed, eventsPerAgency),
  };
};

const holderOf = async (
  app: RegisterApp,
  world: World,
  agency: number,
  eventsPerAgency: number,
): Promise<Holder> => {
  const { clerkId, nationalId, serial, name, permissions } = holdingOf(world, agency, eventsPerAgency);
  return {
    ...(await logIn(app, world, agency)),
    path: `/clerks/${clerkId}`,
    nationalId,
    serial,
    name,
    permissions,
  };
};

const questionsOf = (agency: number, eventsPerAgency: number): ReadonlyArray<Question> =>
  askedAbout.map((clerk) => ({
    agency: agencyCode(agency),
    ca: 'MOICA',
    serial: clerkOf(agency, clerk).serial,
    function: permissionsOf(clerk, eventsPerAgency)[0] ?? '',
  }));

/** Makes the world, signs everybody in, and listens. */
export const servePortal = async ({ folder, agencies, eventsPerAgency }: PortalParams): Promise<Served> => {
  const world = await makeWorld({ folder, agencies, eventsPerAgency });
  const reading = await openReading(world, folder);
  const { register, adapters, clock, policy } = world;
  const token = randomBytes(32).toString('base64url');
  const app = registerApp({
    ...{ register, clock, reads: reading.reads, authority: reading.authority, origins: [origin] },
    ...{ ids: randomIds, calendar: weekCalendar(), sha256: nodeSha256, clients: clientPort(token) },
    rateLimiter: generous(clock),
    changes: changesOf({ store: adapters.events, sha256: nodeSha256, portal: policy.portal }),
  });
  const numbers = Array.from({ length: agencies }, (_, index) => index + 1);
  const holders: Holder[] = [];
  for (const agency of numbers) holders.push(await holderOf(app, world, agency, eventsPerAgency));
  const holdings = numbers.map((agency) => holdingOf(world, agency, eventsPerAgency));
  const questions = numbers.flatMap((agency) => questionsOf(agency, eventsPerAgency));
  const server = right(await startServer({ fetch: app.fetch, port: 0, onStop: app.close })());
  return {
    port: server.port,
    targets: { origin, token, questions, holders },
    alone: (params) => commandsAlone(register, holdings, params),
    events: async () => right(await adapters.events.count()()),
    stop: async () => {
      await server.stop();
      await reading.close();
      await world.close();
    },
  };
};
