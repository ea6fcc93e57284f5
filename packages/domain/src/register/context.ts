/**
 * Settings with what follows from them, shared by the parts of the register.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type CatalogueState, evolveCatalogueIn, initialCatalogue } from '../catalogue/state.js';
import { type RegisterError, registerError } from '../errors.js';
import type { StoredEvent } from '../events/table.js';
import { isOpen } from '../policy/opening-hours.js';
import type { DirectoryEntry } from '../ports/agency-directory.js';
import { agencyStream } from '../ports/stream-name.js';
import { evolveTermsIn, initialTerms, type TermsState } from '../terms/state.js';
import {
  type AgencyStreamState,
  agencyStreamAt,
  agencyStreamFold,
  confirmationMemory,
  initialAgencyStream,
} from './agency-stream.js';
import { createRegisterCodec, type EventCodec } from './codec.js';
import { commandOf } from './commands.js';
import type { OpenedRecord } from './confirmation-store.js';
import { createRecent, type Recent } from './recent.js';
import type { RegisterSettings } from './settings.js';
import type { Asked } from './still-good.js';
import { createStreamCaches } from './stream-cache.js';
import { createStreams, type Streams } from './streams.js';
import { createTurns, type Turns } from './turns.js';

export interface RegisterContext extends RegisterSettings {
  readonly codec: EventCodec<StoredEvent>;
  readonly agencies: Streams<AgencyStreamState>;
  readonly catalogues: Streams<CatalogueState>;
  readonly termsOfUse: Streams<TermsState>;
  /** Streams of which only their commands matter. */
  readonly others: Streams<null>;
  /** Turns at a stream, for those who were beaten there. */
  readonly inTurn: Turns;
  /** Confirmations under which commands came lately. */
  readonly opened: Recent<OpenedRecord>;
  /** What the source of revocation was asked lately of confirmed cards, by the hash of their evidence. */
  readonly asked: Recent<Asked>;
  /** Revocation lists that were put into the evidence store, by their SHA-256. */
  readonly kept: Recent<true>;
  /** Decodes commands as the pack has them. */
  readonly commands: ReturnType<typeof commandOf>;
  /** Now, ISO 8601 UTC with milliseconds. */
  readonly now: () => string;
}

// As many as there are folded streams by default: who gives a command is likely to give another.
const sessionsAtATime = 10_000;

// A CA of the GPKI has some hundred partitions, each anew every day.
const listsAtATime = 10_000;

export const createContext = (settings: RegisterSettings): RegisterContext => {
  const { store, sha256 } = settings;
  const codec = createRegisterCodec(sha256);
  const { policy, cacheSize = 10_000, cacheEvents = 1_000_000 } = settings;
  const caches = createStreamCaches({ streams: cacheSize, events: cacheEvents });
  const common = { store, codec, sha256, caches };
  return {
    ...settings,
    codec,
    agencies: createStreams({ ...common, fold: agencyStreamFold(confirmationMemory(policy)) }),
    catalogues: createStreams({ ...common, fold: { initial: initialCatalogue, evolve: evolveCatalogueIn } }),
    termsOfUse: createStreams({ ...common, fold: { initial: initialTerms, evolve: evolveTermsIn } }),
    others: createStreams<null>({ ...common, fold: { initial: null, evolve: (state) => state } }),
    inTurn: createTurns(),
    opened: createRecent(sessionsAtATime),
    asked: createRecent(2 * sessionsAtATime),
    kept: createRecent(listsAtATime),
    commands: commandOf(policy),
    now: () => new Date(settings.clock.now()).toISOString(),
  };
};

/** Refuses outside the opening hours (GEPI-4). */
export const whenOpen = (context: RegisterContext): E.Either<RegisterError, void> =>
  isOpen(context.policy, context.calendar, context.clock.now())
    ? E.right(undefined)
    : E.left(registerError('OUTSIDE_OPENING_HOURS'));

/** What the portal's records and the register hold of an agency. */
export interface AgencyFacts {
  readonly entry: DirectoryEntry | undefined;
  readonly state: AgencyStreamState;
}

/** Both, or neither where a purpose has no agency (`null`, GEPI-53). */
export const agencyFacts = async (
  context: RegisterContext,
  code: string | null,
): Promise<E.Either<RegisterError, AgencyFacts>> => {
  if (code === null) return E.right({ entry: undefined, state: initialAgencyStream });
  const entry = await findAgency(context, code);
  if (E.isLeft(entry)) return entry;
  const loaded = await context.agencies.load(agencyStream(context.policy.portal, code));
  return E.isLeft(loaded)
    ? loaded
    : E.right({ entry: entry.right, state: agencyStreamAt(loaded.right.state, context.now()) });
};

/** The portal's record of an agency. */
export const findAgency = async (
  context: RegisterContext,
  code: string,
): Promise<E.Either<RegisterError, DirectoryEntry>> => {
  const found = await context.directory.find(code)();
  if (E.isLeft(found)) {
    return E.left(registerError('DIRECTORY_UNAVAILABLE', { detail: found.left.detail }));
  }
  return found.right === undefined ? E.left(registerError('AGENCY_UNKNOWN')) : E.right(found.right);
};
