/**
 * A small world for properties: one agency, a few people and cards, every command there is, and what may be asked of
 * the state after each.
 *
 * @packageDocumentation
 */

import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { deregisterAgency, reopenAgency, suspendAgency } from '../../src/agency/decide.js';
import type { ClerkEntry } from '../../src/clerk/decide.js';
import { activeClerks } from '../../src/clerk/state.js';
import type { SeenCredential } from '../../src/credential/credential.js';
import type { RegisterError } from '../../src/errors.js';
import type { NewEvent, StoredEvent } from '../../src/events/table.js';
import { type CardStep, purposeOf } from '../../src/policy/policy.js';
import {
  type AgencyStreamState,
  evolveAgencyStream,
  initialAgencyStream,
} from '../../src/register/agency-stream.js';
import type { CardCommand } from '../../src/register/commands.js';
import type { ConfirmedCard } from '../../src/register/confirmation.js';
import { decideCardCommand } from '../../src/register/decide.js';
import type { Prepared } from '../../src/register/prepare.js';
import { decideReview } from '../../src/review/decide.js';
import { given, recorded } from '../../src/testing/index.js';
import {
  catalogue,
  cataloguePublished,
  contact,
  entry,
  hex64,
  menu,
  oid,
  policy,
  seen,
  terms,
  uuid,
} from './fixtures.js';

// -------------------------------------------------------------------------------------
// what there is
// -------------------------------------------------------------------------------------

/** Menus: `query` leaves in the second, `premium-send` comes back as nothing new, `extra` comes. */
const menus = [
  menu,
  [
    ...menu.filter(({ code }) => code !== 'query'),
    { code: 'extra', kind: 'function', parent: null, zh: '新', en: 'New' },
  ],
] as const;

const published = [
  given(catalogue, recorded([cataloguePublished(1, menus[0])])).state,
  given(catalogue, recorded([cataloguePublished(1, menus[0]), cataloguePublished(2, menus[1])])).state,
] as const;

const functions = ['premium-edit', 'premium-send', 'query', 'extra', 'premium', 'no-such'];

const agreed = {
  hash: hex64(1),
  presentedAt: '2026-03-02T01:30:00.000Z',
  receipt: hex64(2),
};

const termsNow = given(
  terms,
  recorded([
    { type: 'TermsPublished', data: { version: 1, hash: hex64(1), title: 't', text: 'x', english: null } },
  ]),
).state;

const personOf = (index: number) => hex64(0xa0 + index);
const nationalIdOf = (index: number) => `A12345678${index}`;

// -------------------------------------------------------------------------------------
// actions
// -------------------------------------------------------------------------------------

/** Something that somebody tries. Indexes are small, so that things meet each other. */
export type Action =
  | {
      readonly kind: 'cards';
      readonly type: CardCommand['type'];
      readonly purpose: string;
      /** Whether the cards on record are shown where a step asks for them, rather than just any. */
      readonly right: boolean;
      /** 0…6: see `organisations`. */
      readonly agencyCard: number;
      readonly person: number;
      readonly personCard: number;
      readonly confirmation: number;
      readonly clerk: ClerkEntry;
      readonly clerkAt: number;
      readonly confirmed: boolean;
    }
  | { readonly kind: 'staff'; readonly type: 'suspend' | 'reopen' | 'deregister' }
  | { readonly kind: 'review'; readonly outcome: 'approved' | 'rejected'; readonly at: number }
  /** Who was approved last comes on the next day with what was approved; the clerk is nobody's concern. */
  | { readonly kind: 'come again'; readonly clerk: ClerkEntry }
  | { readonly kind: 'publish' }
  | { readonly kind: 'tomorrow' };

const clerkEntry: fc.Arbitrary<ClerkEntry> = fc
  .record({
    person: fc.nat({ max: 3 }),
    card: fc.nat({ max: 4 }),
    form: fc.constantFrom('read', 'typed'),
    permissions: fc.oneof(
      { weight: 4, arbitrary: fc.subarray(functions.slice(0, 3), { minLength: 1 }) },
      { weight: 1, arbitrary: fc.subarray(functions) },
    ),
    name: fc.constantFrom('王小明', '王曉明'),
  })
  .map(({ person, card, form, permissions, name }) => {
    const read = seen('MOICA', 0x20 + card, { proof: 'read' });
    const { ca, serial } = read;
    return entry({
      person: personOf(person),
      details: { nationalId: nationalIdOf(person), name },
      credential: form === 'read' ? read : { ca, serial, proof: 'typedByHand' },
      identityProof: form === 'read' ? 'last4' : 'typed',
      permissions,
    });
  });

const fitting: ReadonlyArray<readonly [string, CardCommand['type']]> = policy.purposes.flatMap((purpose) =>
  purpose.commands.map((command) => [purpose.id, command as CardCommand['type']] as const),
);

export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .record({
        pair: fc.constantFrom(...fitting, ...fitting.filter(([purpose]) => purpose === 'delegation')),
        agencyCard: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 2, 3, 4, 5, 6),
        person: fc.constantFrom(0, 0, 0, 1, 2),
        personCard: fc.constantFrom(0, 0, 0, 1, 2),
        right: fc.constantFrom(true, true, true, false),
        confirmation: fc.nat({ max: 40 }),
        clerk: clerkEntry,
        clerkAt: fc.nat({ max: 4 }),
        confirmed: fc.boolean(),
      })
      .map(({ pair: [purpose, type], ...rest }): Action => ({ kind: 'cards', purpose, type, ...rest })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Action>(
      { kind: 'staff', type: 'suspend' },
      { kind: 'staff', type: 'reopen' },
      { kind: 'staff', type: 'reopen' },
      { kind: 'staff', type: 'deregister' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ outcome: fc.constantFrom('approved', 'approved', 'rejected'), at: fc.nat({ max: 2 }) })
      .map(({ outcome, at }): Action => ({ kind: 'review', outcome, at })),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: 'publish' }) },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: 'tomorrow' }) },
  { weight: 1, arbitrary: clerkEntry.map((clerk): Action => ({ kind: 'come again', clerk })) },
);

// -------------------------------------------------------------------------------------
// world
// -------------------------------------------------------------------------------------

export interface World {
  readonly state: AgencyStreamState;
  readonly events: ReadonlyArray<StoredEvent>;
  readonly menu: 0 | 1;
  readonly day: number;
  readonly steps: number;
}

export const beginning: World = { state: initialAgencyStream, events: [], menu: 0, day: 0, steps: 0 };

/** What the agency cards name; the directory has the first. */
const organisations = [oid(1), oid(1), oid(2), null, oid(1), oid(3), oid(2)];

/** The person and certificate that a step asks for, where they are on record. */
const onRecord = (
  { state }: World,
  step: CardStep,
  clerkAt: number,
): { readonly person: string; readonly credential: SeenCredential } | undefined => {
  if (step.role === 'manager') return step.card === 'registered' ? state.manager : undefined;
  const active = activeClerks(state.clerks);
  const clerk = active[clerkAt % Math.max(1, active.length)];
  if (clerk === undefined) return undefined;
  const serial = Number.parseInt(clerk.credential.serial.slice(1), 16);
  return { person: clerk.person, credential: seen('MOICA', serial) };
};

type ByCards = Extract<Action, { readonly kind: 'cards' }>;

const agencyCard = ({ state: { agency } }: World, done: ByCards, step: CardStep) =>
  done.right && step.card === 'registered' && agency.status !== 'unregistered'
    ? { credential: agency.credential, organisation: agency.organisation }
    : {
        credential: seen('GCA', 1 + done.agencyCard),
        organisation: organisations[done.agencyCard] ?? null,
      };

const citizenCard = (world: World, done: ByCards, step: CardStep) =>
  (done.right ? onRecord(world, step, done.clerkAt) : undefined) ?? {
    person: personOf(done.person),
    // A person's cards are the person's own: no two people share one.
    credential: seen('MOICA', 0x100 + done.person + 0x10 * done.personCard),
  };

const cardsOf = (world: World, done: ByCards): ReadonlyArray<ConfirmedCard> =>
  (purposeOf(policy, done.purpose)?.steps ?? []).map((step): ConfirmedCard => {
    const shown = { displayName: '某人', nationalId: null, subjectSerialNumber: null };
    const common = { role: step.role, evidence: hex64(1), organisation: null };
    return step.role === 'agency'
      ? ({
          ...common,
          ...agencyCard(world, done, step),
          person: null,
          identityProof: null,
          shown,
        } as ConfirmedCard)
      : ({
          ...common,
          ...citizenCard(world, done, step),
          identityProof: 'last4',
          shown: { ...shown, nationalId: nationalIdOf(done.person) },
        } as ConfirmedCard);
  });

const tomorrow = (world: World): World => ({ ...world, day: Math.min(world.day + 1, 20) });

const atOf = (day: number): string => `2026-03-${String(2 + day).padStart(2, '0')}T02:00:00.000Z`;

/** Of those who were ever authorised, not only of those who are. */
const clerkIdAt = ({ events }: World, index: number): string => {
  const ids = events.flatMap((event) => (event.type === 'ClerkAuthorized' ? [event.data.clerk] : []));
  return ids[index % Math.max(1, ids.length)] ?? uuid(0xdead);
};

const decideCards = (
  world: World,
  done: ByCards,
): { readonly answer: Answer; readonly confirmation: string } => {
  const purpose = purposeOf(policy, done.purpose);
  if (purpose === undefined) throw new Error('a purpose of the policy');
  const cards = cardsOf(world, done);
  // Cards that were shown are good for a session: the next day they are shown anew.
  const confirmation = uuid(0xc0 + done.confirmation + 0x100 * world.day);
  const prepared: Prepared = {
    confirmation: {
      id: confirmation,
      portal: policy.portal,
      purpose: purpose.id,
      agencyCode: '10001',
      startedAt: atOf(world.day),
      expiresAt: atOf(world.day + 1),
      complete: true,
      spentBy: null,
      cards,
      shown: '',
    },
    confirmationHash: hex64(0xc0 + done.confirmation + 0x100 * world.day),
    spentElsewhere: false,
    signature: E.right([]),
    managerId: cards.find((card) => card.role === 'manager')?.shown.nationalId ?? null,
    purpose,
    entry: { code: '10001', name: '示範機關', organisation: { kind: 'oid', value: '2.16.886.101.90003.1' } },
    catalogue: published[world.menu],
    terms: termsNow,
    clerk: { entry: done.clerk, keep: undefined },
    at: atOf(world.day),
  };
  const command = {
    type: done.type,
    commandId: uuid(0x1000 + world.steps),
    agencyCode: '10001',
    confirmation,
    terms: agreed,
    contact,
    applicant: { name: '黃兼任', phone: '03-9251000' },
    clerkId: clerkIdAt(world, done.clerkAt),
    confirmed: done.confirmed,
  } as unknown as CardCommand;
  const opened = { contact, clerk: { nationalId: nationalIdOf(0), name: '王小明' } };
  const answer = decideCardCommand(world.state, policy, prepared, command, opened);
  return { answer, confirmation: prepared.confirmationHash };
};

export type Answer = E.Either<RegisterError, ReadonlyArray<NewEvent>>;

/** The visit for which a review was approved last; `undefined` where none was. */
const approvedVisit = ({ state, steps }: World, clerk: ClerkEntry): ByCards | undefined => {
  const review = state.reviews.findLast(({ status }) => status === 'approved');
  const type = fitting.find(([purpose]) => purpose === review?.purpose)?.[1];
  if (review === undefined || type === undefined) return undefined;
  return {
    kind: 'cards',
    purpose: review.purpose,
    type,
    right: true,
    agencyCard: Number.parseInt(review.credential.fingerprint, 16) - 1,
    person: 0,
    personCard: 0,
    confirmation: 100 + steps,
    clerk,
    clerkAt: 0,
    confirmed: true,
  };
};

const decide = (
  world: World,
  done: Action,
): { readonly answer: Answer; readonly confirmation: string | null } => {
  const { state } = world;
  const alone = (answer: Answer) => ({ answer, confirmation: null });
  switch (done.kind) {
    case 'cards':
      return decideCards(world, done);
    case 'come again': {
      const visit = approvedVisit(world, done.clerk);
      return visit === undefined ? alone(E.right([])) : decideCards(tomorrow(world), visit);
    }
    case 'staff':
      return alone(
        { suspend: suspendAgency, reopen: reopenAgency, deregister: deregisterAgency }[done.type](
          state.agency,
          'x',
        ),
      );
    case 'review': {
      const review = state.reviews.at(-1 - done.at)?.id ?? uuid(0xdead);
      const validFrom = atOf(world.day + 1);
      return alone(decideReview(state.reviews, { review, outcome: done.outcome, validFrom, note: '' }));
    }
    default:
      return alone(E.right([]));
  }
};

/** Does it, and answers what came of it and the world after. */
export const perform = (world: World, done: Action): { readonly answer: Answer; readonly world: World } => {
  const { answer, confirmation } = decide(world, done);
  const added = E.isRight(answer)
    ? recorded(answer.right, {
        stream: 'agency-gepi.10001',
        revision: world.events.length,
        recordedAt: atOf(world.day),
        confirmation,
      })
    : [];
  return {
    answer,
    world: {
      state: added.reduce(evolveAgencyStream, world.state),
      events: [...world.events, ...added],
      menu: done.kind === 'publish' ? 1 : world.menu,
      day: done.kind === 'tomorrow' || done.kind === 'come again' ? tomorrow(world).day : world.day,
      steps: world.steps + 1,
    },
  };
};

/** The functions that can be granted under the menu of a world. */
export const grantable = (world: World): ReadonlySet<string> =>
  new Set(menus[world.menu].filter(({ kind }) => kind === 'function').map(({ code }) => code));
