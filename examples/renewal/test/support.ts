/**
 * Renewals on stores in memory, with a CA that answers what it is told and a card whose key lies at hand.
 *
 * @packageDocumentation
 */
import { memoryEventStore, memoryKeyVault, nodeSha256 } from '@mandate/adapters-eventstore';
import { decodeCertificate } from '@mandate/certificates';
import { createTestPki, restoreKey, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import {
  createRenewals,
  type DependencyFault,
  type EventStore,
  moicaRenewal,
  type RegisterError,
  type RenewalAnswer,
  type RenewalSettings,
  type Renewals,
  type RenewalView,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

export const today = '2026-03-02T02:00:00.000Z';
export const holder = { nationalId: 'A123456789', birthDate: '民國69年2月29日' };

let shared: Promise<TestPki> | undefined;

export const sharedPki = (): Promise<TestPki> => {
  shared ??= createTestPki({ cas: ['MOICA', 'GCA'], keyPool: 3 });
  return shared;
};

/** 110年4月9日 to 115年4月9日: can be extended from 115年2月8日 on. */
export const citizen = async (name = '王小明', last4 = '6789'): Promise<TestCard> =>
  (await sharedPki()).issueCitizen({
    name,
    last4,
    notBefore: new Date('2021-04-08T16:00:00Z'),
    notAfter: new Date('2026-04-09T15:59:59Z'),
  });

export const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');

export const right = async <A>(task: TaskEither<RegisterError, A>): Promise<A> => {
  const answer = await task();
  if (E.isLeft(answer)) throw new Error(`refused: ${answer.left.code} ${answer.left.detail ?? ''}`);
  return answer.right;
};

/** The code of a refusal, or `done`. */
export const codeOf = async (task: TaskEither<RegisterError, unknown>): Promise<string> => {
  const answer = await task();
  return E.isLeft(answer) ? answer.left.code : 'done';
};

let count = 0;
/** A command id that nobody had. */
export const commandId = (): string => {
  count += 1;
  return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
};

export type Answering = (request: Uint8Array) => Promise<E.Either<DependencyFault, RenewalAnswer>>;

export interface World {
  readonly card: TestCard;
  readonly next: TestCard;
  readonly shown: { readonly certificate: string; readonly cardNumber: string };
  readonly renewals: Renewals;
  readonly store: EventStore;
  readonly vault: RenewalSettings['vault'];
  /** The same stores under another program, as after a crash. */
  readonly again: (change?: Partial<RenewalSettings>) => Renewals;
  readonly answer: (answering: Answering) => void;
  /** What the CA was sent. */
  readonly requests: () => ReadonlyArray<string>;
  readonly setTime: (time: string) => void;
  /** The bodies of all events. */
  readonly bodies: () => Promise<ReadonlyArray<string>>;
  readonly types: () => Promise<ReadonlyArray<string>>;
}

const isIssued = (certificate: Uint8Array): E.Either<never, RenewalAnswer> =>
  E.right({ _tag: 'Issued', certificate });

export const issuing =
  (certificate: Uint8Array): Answering =>
  async () =>
    isIssued(certificate);

export const worldOf = async (given?: TestCard): Promise<World> => {
  const pki = await sharedPki();
  const card = given ?? (await citizen());
  const next = await pki.renew(card);
  const store = memoryEventStore();
  const vault = memoryKeyVault({ secret: new Uint8Array(32).fill(7) });
  let time = Date.parse(today);
  let answering = issuing(next.certificate);
  const requests: string[] = [];
  const settings: RenewalSettings = {
    pack: moicaRenewal,
    store,
    vault,
    trust: pki.trust,
    revocation: pki.revocation,
    authority: {
      renew: ({ request }) => {
        requests.push(base64(request));
        return () => answering(request);
      },
    },
    clock: { now: () => time },
    sha256: nodeSha256,
  };
  const recorded = async () => {
    const page = await store.readAll('start', 1000)();
    if (E.isLeft(page)) throw new Error(page.left.detail);
    return page.right.events;
  };
  return {
    card,
    next,
    shown: { certificate: base64(card.certificate), cardNumber: card.cardNumber },
    renewals: createRenewals(settings),
    store,
    vault,
    again: (change = {}) => createRenewals({ ...settings, ...change }),
    answer: (next_) => {
      answering = next_;
    },
    requests: () => requests,
    setTime: (instant) => {
      time = Date.parse(instant);
    },
    bodies: async () => (await recorded()).map(({ body }) => body),
    types: async () => (await recorded()).map(({ type }) => type),
  };
};

export const asked = ({ card, id }: RenewalView) => ({ card, renewal: id, commandId: commandId() });

/** What a card's key makes of octets, in base64 both. */
export const signedBy = async (card: TestCard, info: string): Promise<string> =>
  base64(await restoreKey(card.save().key).sign('SHA-256', new Uint8Array(Buffer.from(info, 'base64'))));

export type Milestone = 'started' | 'agreed' | 'signed' | 'issued' | 'writing' | 'completed';

const milestones: ReadonlyArray<Milestone> = [
  'started',
  'agreed',
  'signed',
  'issued',
  'writing',
  'completed',
];

/** Goes on with a renewal, one step. */
export const stepOn = async (
  { card, next }: Pick<World, 'card' | 'next'>,
  renewals: Renewals,
  view: RenewalView,
): Promise<RenewalView> => {
  switch (view.step) {
    case 'started': {
      const { hash, presentedAt } = renewals.presentTerms();
      return right(renewals.acceptTerms({ ...asked(view), hash, presentedAt }));
    }
    case 'agreed': {
      const { info, certificate } = await right(renewals.toSign({ card: view.card, renewal: view.id }));
      const signature = await signedBy(card, info);
      return right(renewals.sign({ ...asked(view), signature, certificate }));
    }
    case 'signed':
    case 'submitted':
      return (await right(renewals.submit(asked(view)))).renewal;
    case 'issued':
    case 'unreadable':
      return (await right(renewals.announceWrite({ ...asked(view), certificate: base64(card.certificate) })))
        .renewal;
    case 'writing':
      return right(renewals.confirmWrite({ ...asked(view), certificate: base64(next.certificate) }));
    default:
      return view;
  }
};

/** A renewal that has come so far. */
export const until = async (world: World, milestone: Milestone): Promise<RenewalView> => {
  const { renewals, shown } = world;
  let view = await right(renewals.start({ ...shown, ...holder, commandId: commandId() }));
  for (const _ of milestones.slice(0, milestones.indexOf(milestone))) {
    view = await stepOn(world, renewals, view);
  }
  if (view.step !== milestone) throw new Error(`came to ${view.step}, not to ${milestone}`);
  return view;
};

export const decoded = async (der: Uint8Array) => {
  const certificate = await decodeCertificate(der)();
  if (E.isLeft(certificate)) throw new Error(certificate.left.code);
  return certificate.right;
};
