/**
 * A register with all that it stands on, as a portal has it: SQLite stores on disk, the GEPI pack, a test PKI.
 */
import {
  nodeSha256,
  openSqliteAdapters,
  randomIds,
  type SqliteAdapters,
  type Synchronous,
} from '@mandate/adapters-eventstore';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import {
  agencyStream,
  type CardConfirmed,
  type Clock,
  type Confirmation,
  createRegister,
  gepiCatalogue,
  gepiPolicy,
  isSeen,
  PortalPolicy,
  type Register,
  type SeenCredential,
  weekCalendar,
} from '@mandate/domain';
import { saveConfirmation } from '@mandate/domain/testing';
import { right } from '../lib/either.js';
import { type ActingCards, historyWriter } from './history.js';
import { agencyCode, nationalId } from './people.js';

export interface WorldOptions {
  readonly folder: string;
  readonly agencies: number;
  readonly eventsPerAgency: number;
  readonly cacheSize?: number;
  readonly synchronous?: Synchronous;
}

export interface World {
  readonly register: Register;
  readonly adapters: SqliteAdapters;
  readonly pki: TestPki;
  readonly policy: PortalPolicy;
  readonly clock: Clock;
  /** The cards that act for every agency. */
  readonly held: HeldCards;
  /** The id of an agency's confirmation for delegation. */
  readonly confirmationOf: (agency: number) => string;
  readonly close: () => Promise<void>;
}

/** An agency's card, and a manager's with the ID that is typed beside it. */
export interface HeldCards {
  readonly agencyCard: TestCard;
  readonly managerCard: TestCard;
  readonly managerId: string;
}

/** Sessions last for as long as anything is measured. */
const policy = right(PortalPolicy.decode({ ...gepiPolicy, sessionMinutes: 12 * 60 }));
const { portal } = policy;
const organisation = { kind: 'oid', value: '2.16.886.101.90003.20001.20005' } as const;
/** Ten o'clock on a Monday in Taipei; the clock goes on from there as the process runs. */
const opening = Date.parse('2026-03-02T02:00:00.000Z');
const manager = { name: '林示範', id: nationalId(9_000_000) };
const clock = { now: () => Math.floor(opening + performance.now()) };

/** Opens the adapters and a register on them. */
export const openRegister = async (
  options: WorldOptions,
  pki: TestPki,
): Promise<{ readonly register: Register; readonly adapters: SqliteAdapters }> => {
  const adapters = right(
    await openSqliteAdapters({
      directory: options.folder,
      secret: new Uint8Array(32).fill(7),
      clock,
      ...(options.synchronous === undefined ? {} : { synchronous: options.synchronous }),
    })(),
  );
  const register = createRegister({
    policy,
    store: adapters.events,
    vault: adapters.vault,
    evidence: adapters.evidence,
    challenges: adapters.challenges,
    directory: {
      find: (code) => async () => ({
        _tag: 'Right',
        right: { code, name: `示範機關 ${code}`, organisation },
      }),
    },
    trust: pki.trust,
    revocation: pki.revocation,
    clock,
    ids: randomIds,
    calendar: weekCalendar(),
    sha256: nodeSha256,
    ...(options.cacheSize === undefined ? {} : { cacheSize: options.cacheSize }),
  });
  return { register, adapters };
};

const showCard = async (
  register: Register,
  request: Readonly<Record<string, unknown>>,
  card: TestCard,
): Promise<CardConfirmed> => {
  const challenge = right(await register.issueChallenge(request)());
  const cms = await card.sign(new TextEncoder().encode(challenge.text), { withCardNumber: true });
  const answer = { nonce: challenge.nonce, cms: Buffer.from(cms).toString('base64') };
  return right(await register.confirmCard(answer)());
};

const showBoth = async (
  register: Register,
  purpose: string,
  agency: TestCard,
  citizen: TestCard,
): Promise<CardConfirmed> => {
  const code = agencyCode(0);
  const first = await showCard(register, { purpose, agencyCode: code }, agency);
  const confirmation = first.confirmation.id;
  return showCard(register, { purpose, agencyCode: code, confirmation, nationalId: manager.id }, citizen);
};

const publish = async (register: Register): Promise<void> => {
  const staff = { staff: 'bench' };
  const entries = gepiCatalogue.map(({ parent, ...entry }) =>
    parent === null ? entry : { ...entry, parent },
  );
  const menu = { type: 'PublishCatalogue', commandId: randomIds.uuid(), version: 1, entries };
  right(await register.execute(menu, staff)());
  const terms = {
    type: 'PublishTerms',
    commandId: randomIds.uuid(),
    version: 1,
    title: '條款',
    text: '條款',
  };
  right(await register.execute(terms, staff)());
};

/** Real cards register agency 0 and are confirmed for its delegation. */
const confirmWithCards = async (
  register: Register,
  pki: TestPki,
): Promise<{
  readonly confirmation: Confirmation;
  readonly cards: ActingCards;
  readonly held: HeldCards;
}> => {
  const card = await pki.issueAgency({
    ca: 'GCA',
    name: '示範機關',
    organisationOid: organisation.value,
  });
  const citizen = await pki.issueCitizen({ name: manager.name, last4: manager.id.slice(-4) });
  const registration = await showBoth(register, 'first-registration', card, citizen);
  const shown = right(await register.presentTerms()());
  right(
    await register.execute({
      type: 'RegisterAgency',
      commandId: randomIds.uuid(),
      agencyCode: agencyCode(0),
      confirmation: registration.confirmation.id,
      terms: { hash: shown.terms.hash, presentedAt: shown.presentedAt, receipt: shown.receipt },
      contact: { name: manager.name, email: 'a@example.gov.tw', phone: '02-23456789' },
    })(),
  );
  const delegation = await showBoth(register, 'delegation', card, citizen);
  const [first, second] = delegation.confirmation.cards.flatMap(
    ({ credential }): ReadonlyArray<SeenCredential> => (isSeen(credential) ? [credential] : []),
  );
  if (first === undefined || second === undefined) throw new Error('both cards are needed');
  return {
    confirmation: delegation.confirmation,
    cards: { agency: first, organisation, manager: second, managerId: manager.id },
    held: { agencyCard: card, managerCard: citizen, managerId: manager.id },
  };
};

/** The same confirmed cards for another agency. */
const copyConfirmation = async (
  { vault, challenges }: SqliteAdapters,
  source: Confirmation,
  id: string,
  code: string,
): Promise<void> => {
  const ports = { vault, challenges, sha256: nodeSha256 };
  right(await saveConfirmation(ports, { ...source, id, agencyCode: code }, undefined));
};

const eachInParts = async (count: number, work: (index: number) => Promise<void>): Promise<void> => {
  const part = 250;
  for (let from = 0; from < count; from += part) {
    const length = Math.min(part, count - from);
    await Promise.all(Array.from({ length }, (_, index) => work(from + index)));
  }
};

/**
 * Makes a world in an empty folder: agencies 1 to `agencies` with a history, and for each a confirmation by both
 * cards. Agency 0 is registered by real cards, whose confirmation the others copy.
 */
export const makeWorld = async (options: WorldOptions): Promise<World> => {
  const pki = await createTestPki({ cas: ['GCA', 'MOICA'], keyPool: 2 });
  const making = await openRegister({ ...options, synchronous: 'NORMAL' }, pki);
  await publish(making.register);
  const { confirmation, cards, held } = await confirmWithCards(making.register, pki);
  const { events, vault } = making.adapters;
  const write = await historyWriter({ portal, sha256: nodeSha256, vault, cards });
  const confirmations = Array.from({ length: options.agencies + 1 }, () => randomIds.uuid());
  await eachInParts(options.agencies, async (index) => {
    const code = agencyCode(index + 1);
    const history = await write(index + 1, 0, options.eventsPerAgency, undefined);
    right(await events.append(agencyStream(portal, code), 'no-stream', history)());
    await copyConfirmation(making.adapters, confirmation, confirmations[index + 1] ?? '', code);
  });
  // Closing empties the write-ahead logs: what is measured begins with quiet files, and with nothing in memory.
  await making.adapters.close();
  const { register, adapters } = await openRegister(options, pki);
  return {
    register,
    adapters,
    pki,
    policy,
    clock,
    held,
    confirmationOf: (agency) => confirmations[agency] ?? '',
    close: adapters.close,
  };
};
