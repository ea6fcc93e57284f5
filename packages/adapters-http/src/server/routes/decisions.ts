/**
 * Who may act, answered from the decision index.
 *
 * @packageDocumentation
 */
import {
  type AuthorityQuestion,
  type Decision,
  type Entry,
  invalidInput,
  registerErrors,
  type Who,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type DecisionPoint, evaluate, evaluateAll } from '../authzen/evaluate.js';
import type { Refusal } from '../problem.js';
import { fromReadFault } from '../reading.js';
import { type Reply, type Route, route } from '../route.js';
import type { DecisionAnswer } from '../rows/decision.js';
import type { Scope } from '../scope.js';
import { type DecisionQuestion, decisionRoutes } from './decision-routes.js';

// -------------------------------------------------------------------------------------
// the index
// -------------------------------------------------------------------------------------

/** Answers once the index knows what the caller says that it knows: `Mandate-After`. */
const whenKnown = <A>(
  { app, request }: Scope,
  answer: () => TE.TaskEither<Refusal, A>,
): TE.TaskEither<Refusal, A> => {
  const position = request.headers.get('mandate-after');
  const { waitFor } = app.authority;
  if (position === null || waitFor === undefined) return answer();
  const known = waitFor(position, { timeoutMilliseconds: app.limits.waitMilliseconds });
  return pipe(known, TE.mapLeft(fromReadFault), TE.chain(answer));
};

const nowOf = ({ app }: Scope): string => new Date(app.clock.now()).toISOString();

const pointOf = (scope: Scope): DecisionPoint => ({ may: scope.app.authority.may, now: () => nowOf(scope) });

// -------------------------------------------------------------------------------------
// our own words
// -------------------------------------------------------------------------------------

const whoOf = ({ person, certificate }: DecisionQuestion['who']): Who | undefined => {
  if (person !== undefined) return { person, certificate };
  return certificate === undefined ? undefined : { certificate };
};

const answerOf = (decision: Decision | Entry, wanted: DecisionQuestion['reasons']): DecisionAnswer => {
  // Those of the answer's codec, which leaves out what is `undefined` in them.
  const reasons = wanted === 'none' ? {} : (decision.reasons() as DecisionAnswer['reasons']);
  if (!decision.allowed) {
    const { zh, en } = registerErrors[decision.code];
    return { allowed: false, code: decision.code, texts: { zh, en }, reasons };
  }
  return { allowed: true, reasons, ...('functions' in decision ? { functions: decision.functions } : {}) };
};

const decide = (
  scope: Scope,
  { agency, who: named, function: fn, at, knownAt, reasons }: DecisionQuestion,
): TE.TaskEither<Refusal, Reply<DecisionAnswer>> => {
  const who = whoOf(named);
  if (who === undefined) return TE.left(invalidInput([{ path: 'who', code: 'REQUIRED' }]));
  const { may, functionsOf } = scope.app.authority;
  const question: Omit<AuthorityQuestion, 'function'> = { agency, who, at: at ?? nowOf(scope), knownAt };
  const decided = fn === undefined ? functionsOf(question) : may({ ...question, function: fn });
  return TE.right({ body: answerOf(decided, reasons) });
};

// -------------------------------------------------------------------------------------
// AuthZEN
// -------------------------------------------------------------------------------------

/** The metadata name the portal, so that the address that a caller used to find them decides nothing. */
const metadataOf = ({ app }: Scope) => {
  const point = `${app.origins[0] ?? ''}${app.basePath}`;
  return {
    policy_decision_point: point,
    access_evaluation_endpoint: `${point}${decisionRoutes.evaluation.path}`,
    access_evaluations_endpoint: `${point}${decisionRoutes.evaluations.path}`,
  };
};

const answered = <A>(
  answer: E.Either<Parameters<typeof invalidInput>[0], A>,
): TE.TaskEither<Refusal, Reply<A>> =>
  E.isLeft(answer) ? TE.left(invalidInput(answer.left)) : TE.right({ body: answer.right });

export const decisionHandlers: ReadonlyArray<Route> = [
  route(decisionRoutes.decide, ({ body }, scope) => whenKnown(scope, () => decide(scope, body))),
  route(decisionRoutes.evaluation, ({ body }, scope) =>
    whenKnown(scope, () => answered(evaluate(pointOf(scope), body))),
  ),
  route(decisionRoutes.evaluations, ({ body }, scope) =>
    whenKnown(scope, () => answered(evaluateAll(pointOf(scope), body))),
  ),
  route(decisionRoutes.authzenMetadata, (_, scope) => TE.right({ body: metadataOf(scope) })),
];
