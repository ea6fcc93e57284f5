/** The full command: `createRegister(…).execute` on SQLite with `synchronous=FULL`. */
import { randomUUID } from 'node:crypto';
import { right } from '../lib/either.js';
import { inFlight, oneByOne, type Series } from '../lib/timing.js';
import { changesOf, clerkOf, permissionsAfter } from '../world/history.js';
import { agencyCode, nationalId, personName, serial } from '../world/people.js';
import { makeWorld, type World } from '../world/register.js';
import type { CommandParams } from './raw-commands.js';

/** What is asked of the register. */
export type Asked =
  /** ChangeClerk, another spelling of the name: one event, sealed. */
  | 'rename'
  /** ChangeClerk, another name and other permissions: two events, one of them sealed. */
  | 'renameAndGrant'
  /** AuthorizeClerk, serial typed: one event, sealed under the new key of a new person. */
  | 'authorizeTyped'
  /** AuthorizeClerk from a card: as before, with X.509 reading, path, revocation, and evidence kept. */
  | 'authorizeCard'
  /** SuspendAgency, then ReopenAgency: given by staff, so there are no cards to look at, and nothing is sealed. */
  | 'byStaff';

export interface RegisterParams extends CommandParams {
  readonly asked: Asked;
  readonly width: number;
  readonly cacheSize?: number;
}

/** `cold`: first touch of each stream, loaded and decoded. `warm`: the same streams again. */
export interface RegisterFigures {
  readonly coldOneByOne: Series;
  readonly warmOneByOne: Series;
  readonly coldInFlight: Series;
  readonly warmInFlight: Series;
}

const clerk = 1;
const cardsIssued = 16;

type Command = (agency: number, round: number) => unknown;

const commandsOf = async (world: World, params: RegisterParams): Promise<Command> => {
  const base = (agency: number) => ({
    commandId: randomUUID(),
    agencyCode: agencyCode(agency),
    confirmation: world.confirmationOf(agency),
  });
  const permissions = (round: number) => permissionsAfter(changesOf(clerk, params.eventsPerStream) + round);
  const change = (agency: number, round: number, granted: number): unknown => {
    const { id, nationalId: nid, serial: typed } = clerkOf(agency, clerk);
    return {
      type: 'ChangeClerk',
      ...base(agency),
      clerkId: id,
      clerk: {
        name: `改名${round}${personName(agency)}`,
        nationalId: nid,
        certificate: { kind: 'typed', serial: typed },
      },
      permissions: permissions(granted),
    };
  };
  switch (params.asked) {
    case 'rename':
      return (agency, round) => change(agency, round, 0);
    case 'renameAndGrant':
      return (agency, round) => change(agency, round, round);
    case 'authorizeTyped':
      return (agency, round) => {
        const person = 5_000_000 + agency * 4 + round;
        return {
          type: 'AuthorizeClerk',
          ...base(agency),
          clerk: {
            name: personName(person),
            nationalId: nationalId(person),
            certificate: { kind: 'typed', serial: serial(person) },
          },
          permissions: permissions(0),
        };
      };
    case 'byStaff':
      return (agency, round) => ({
        type: round === 1 ? 'SuspendAgency' : 'ReopenAgency',
        commandId: randomUUID(),
        agencyCode: agencyCode(agency),
        reason: 'audit',
      });
    case 'authorizeCard': {
      const people = Array.from({ length: cardsIssued }, (_, index) => nationalId(6_000_000 + index));
      const cards = await Promise.all(
        people.map((id, index) => world.pki.issueCitizen({ name: personName(index), last4: id.slice(-4) })),
      );
      return (agency, round) => {
        const index = (agency + round) % cardsIssued;
        const card = cards[index];
        const der = Buffer.from(card?.certificate ?? []).toString('base64');
        return {
          type: 'AuthorizeClerk',
          ...base(agency),
          clerk: {
            name: personName(index),
            nationalId: people[index],
            certificate: { kind: 'card', der, cardNumber: card?.cardNumber },
          },
          permissions: permissions(0),
        };
      };
    }
  }
};

export const registerCommands = async (folder: string, params: RegisterParams): Promise<RegisterFigures> => {
  const { streams, eventsPerStream, warmUp, cacheSize, width } = params;
  const world = await makeWorld({
    folder,
    agencies: streams * 2 + warmUp,
    eventsPerAgency: eventsPerStream,
    ...(cacheSize === undefined ? {} : { cacheSize }),
  });
  const commandOf = await commandsOf(world, params);
  /** The commands are made beforehand: a portal gets them, it does not make them. */
  const ask = (offset: number, round: number, length = streams) => {
    const commands = Array.from({ length }, (_, index) => commandOf(1 + offset + index, round));
    const options = params.asked === 'byStaff' ? { staff: 'bench' } : {};
    return async (index: number) => right(await world.register.execute(commands[index], options)());
  };
  await oneByOne(warmUp, ask(streams * 2, 1, warmUp));
  const coldOneByOne = await oneByOne(streams, ask(0, 1));
  const warmOneByOne = await oneByOne(streams, ask(0, 2));
  const coldInFlight = await inFlight(streams, width, ask(streams, 1));
  const warmInFlight = await inFlight(streams, width, ask(streams, 2));
  await world.close();
  return { coldOneByOne, warmOneByOne, coldInFlight, warmInFlight };
};
