/**
 * Commands of the portal's staff.
 *
 * Who is staff is for the portal to say: it hands over an account that it has authenticated.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { deregisterAgency, reopenAgency, suspendAgency } from '../agency/decide.js';
import { decideAgencyData } from '../agency-data/decide.js';
import { publishCatalogue } from '../catalogue/decide.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Actor } from '../events/define.js';
import type { NewEvent } from '../events/table.js';
import { nextBusinessDay, nextDay } from '../policy/opening-hours.js';
import { agencyStream, catalogueStream, termsStream } from '../ports/stream-name.js';
import { decideReview } from '../review/decide.js';
import { publishTerms } from '../terms/decide.js';
import { type AgencyStreamState, agencyStreamAt } from './agency-stream.js';
import type { StaffCommand } from './commands.js';
import type { RegisterContext } from './context.js';
import { executeForget } from './execute-forget.js';
import { executeImport } from './execute-import.js';
import { type Ask, type Decided, type Executed, noEvidence, nothing, type Result, run } from './run.js';

/** No card was shown, so there is neither evidence nor confirmation. */
const decidedBy = (
  actor: Actor,
  events: ReadonlyArray<NewEvent>,
  cause: string | null = null,
): E.Either<RegisterError, Decided> => E.right({ events, actor, cause, evidence: [], confirmation: null });

/** The events are all there is to it. */
const nothingBesides = { keep: noEvidence, withoutEvents: nothing, after: nothing };

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
      decide: async (recorded) => {
        const state = agencyStreamAt(recorded, context.now());
        return decided(decide(state), state.agency.status === 'unregistered' ? null : state.agency.since);
      },
      ...nothingBesides,
    });

  switch (command.type) {
    case 'SuspendAgency':
      return inAgency(command.agencyCode, (state) => suspendAgency(state.agency, command.reason));
    case 'ReopenAgency':
      return inAgency(command.agencyCode, (state) =>
        reopenAgency(state.agency, command.reason, reopensAt(context)),
      );
    case 'DeregisterAgency':
      return inAgency(command.agencyCode, (state) => deregisterAgency(state.agency, command.reason));
    case 'DecideAgencyData': {
      const { request, outcome, note = '' } = command;
      return inAgency(command.agencyCode, (state) =>
        decideAgencyData(state.data, context.policy, { request, outcome, note, at: context.now() }),
      );
    }
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
        ...nothingBesides,
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
        ...nothingBesides,
      });
    case 'ImportClerks':
      return executeImport(ask, command, actor);
    case 'ForgetSubject':
    case 'ForgetApplicant':
      return executeForget(ask, command, actor);
  }
};

const reopensAt = (context: RegisterContext): string | undefined =>
  context.policy.reopening === 'nextDay' ? nextDay(context.clock.now()) : undefined;

const reviewValidFrom = (context: RegisterContext): string | undefined =>
  context.policy.review.validFrom === 'atOnce'
    ? context.now()
    : nextBusinessDay(context.calendar, context.clock.now());
