/**
 * Commands of the portal's staff.
 *
 * Who is staff is for the portal to say: it hands over an account that it has authenticated.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { deregisterAgency, reopenAgency, suspendAgency } from '../agency/decide.js';
import { publishCatalogue } from '../catalogue/decide.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Actor } from '../events/define.js';
import type { NewEvent } from '../events/table.js';
import { nextBusinessDay } from '../policy/opening-hours.js';
import { agencyStream, catalogueStream, privacyStream, termsStream } from '../ports/stream-name.js';
import { privacyEvents } from '../privacy/events.js';
import { decideReview } from '../review/decide.js';
import { publishTerms } from '../terms/decide.js';
import type { AgencyStreamState } from './agency-stream.js';
import type { StaffCommand } from './commands.js';
import type { RegisterContext } from './context.js';
import { personPseudonym } from './identify.js';
import { type Ask, type Decided, type Executed, noEvidence, nothing, type Result, run } from './run.js';
import { fromVaultFault } from './vault-faults.js';

/** No card was shown, so there is neither evidence nor confirmation. */
const decidedBy = (
  actor: Actor,
  events: ReadonlyArray<NewEvent>,
  cause: string | null = null,
): E.Either<RegisterError, Decided> => E.right({ events, actor, cause, evidence: [], confirmation: null });

/** Carries out a command of staff. */
export const executeStaff = (ask: Ask, command: StaffCommand, actor: Actor): Result<Executed> => {
  const { context } = ask;
  const { portal } = context.policy;
  const decided = (events: E.Either<RegisterError, ReadonlyArray<NewEvent>>, cause: string | null = null) =>
    E.chain((right: ReadonlyArray<NewEvent>) => decidedBy(actor, right, cause))(events);
  const inAgency = (
    code: string,
    decide: (state: AgencyStreamState) => E.Either<RegisterError, ReadonlyArray<NewEvent>>,
  ): Result<Executed> =>
    run(ask, {
      stream: agencyStream(portal, code),
      streams: context.agencies,
      decide: async (state) =>
        decided(decide(state), state.agency.status === 'unregistered' ? null : state.agency.since),
      keep: noEvidence,
      withoutEvents: nothing,
      after: nothing,
    });

  switch (command.type) {
    case 'SuspendAgency':
      return inAgency(command.agencyCode, (state) => suspendAgency(state.agency, command.reason));
    case 'ReopenAgency':
      return inAgency(command.agencyCode, (state) => reopenAgency(state.agency, command.reason));
    case 'DeregisterAgency':
      return inAgency(command.agencyCode, (state) => deregisterAgency(state.agency, command.reason));
    case 'DecideReview': {
      const validFrom = reviewValidFrom(context);
      if (validFrom === undefined) return Promise.resolve(E.left(registerError('NO_BUSINESS_DAY')));
      const { review, outcome, note } = command;
      return inAgency(command.agencyCode, (state) =>
        decideReview(state.reviews, { review, outcome, note: note ?? '', validFrom }),
      );
    }
    case 'PublishCatalogue':
      return run(ask, {
        stream: catalogueStream(portal),
        streams: context.catalogues,
        decide: async (state) =>
          decided(
            publishCatalogue(state, {
              version: command.version,
              entries: command.entries.map((entry) => ({ ...entry, parent: entry.parent ?? null })),
            }),
          ),
        keep: noEvidence,
        withoutEvents: nothing,
        after: nothing,
      });
    case 'PublishTerms':
      return run(ask, {
        stream: termsStream(portal),
        streams: context.termsOfUse,
        decide: async (state) => {
          const { version, title, text, english } = command;
          const hash = context.sha256(text);
          return decided(publishTerms(state, { version, hash, title, text, english: english ?? null }));
        },
        keep: noEvidence,
        withoutEvents: nothing,
        after: nothing,
      });
    case 'ForgetSubject':
      return executeForget(ask, command, actor);
  }
};

const reviewValidFrom = (context: RegisterContext): string | undefined =>
  context.policy.review.validFrom === 'atOnce'
    ? context.now()
    : nextBusinessDay(context.calendar, context.clock.now());

/**
 * First the event, then the key: a crash in between leaves a promise on record that the retry keeps, never a person
 * who was forgotten without a trace.
 */
const executeForget = async (
  ask: Ask,
  command: Extract<StaffCommand, { readonly type: 'ForgetSubject' }>,
  actor: Actor,
): Result<Executed> => {
  const { context } = ask;
  const person = await personPseudonym(context.vault, command.nationalId);
  if (E.isLeft(person)) return person;
  return run(ask, {
    stream: privacyStream(context.policy.portal),
    streams: context.others,
    decide: async () => {
      const active = await context.isActive?.(person.right)();
      if (active !== undefined && E.isLeft(active)) {
        return E.left(registerError('DIRECTORY_UNAVAILABLE', { detail: active.left.detail }));
      }
      if (active?.right === true) return E.left(registerError('PERSON_STILL_ACTIVE'));
      const key = await context.vault.keyOf(person.right)();
      if (E.isLeft(key)) return E.left(fromVaultFault(key.left));
      if (key.right === undefined) return E.left(registerError('PERSON_UNKNOWN'));
      const data = { person: person.right, key: key.right, legalBasis: command.legalBasis };
      return decidedBy(actor, [{ type: 'SubjectForgotten', data }]);
    },
    keep: noEvidence,
    withoutEvents: nothing,
    after: async (executed) => {
      for (const event of executed.events) {
        const data = privacyEvents.SubjectForgotten.data.decode(event.data);
        if (E.isLeft(data)) continue;
        const forgotten = await context.vault.forget(data.right.person, data.right.key)();
        if (E.isLeft(forgotten)) {
          return E.left(fromVaultFault(forgotten.left));
        }
      }
      return E.right(undefined);
    },
  });
};
