/**
 * Access Evaluation and Access Evaluations (AuthZEN 1.0, sections 6 and 7).
 *
 * @packageDocumentation
 */
import {
  type AuthorityIndex,
  type Decision,
  decodeValue,
  registerErrors,
  type ValueIssue,
  valueErrors,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import {
  type EvaluationAnswer,
  EvaluationRequest,
  type EvaluationsAnswer,
  type EvaluationsRequest,
} from './model.js';
import type { Bag } from './open-object.js';
import { type Asked, questionOf } from './question.js';

/** What is asked, and the time where a request names none. */
export interface DecisionPoint {
  readonly may: AuthorityIndex['may'];
  /** ISO 8601, UTC. */
  readonly now: () => string;
}

type Issues = ReadonlyArray<Pick<ValueIssue, 'path' | 'code'>>;

// -------------------------------------------------------------------------------------
// one evaluation
// -------------------------------------------------------------------------------------

const nobody = {
  subject: {
    code: 'SUBJECT_UNKNOWN',
    reason_admin: { en: 'A subject is a certificate, as CA:serial, or a person by pseudonym.' },
  },
  resource: { code: 'RESOURCE_UNKNOWN', reason_admin: { en: 'A resource is an agency, by its code.' } },
} as const;

const answerOf = (decision: Decision): EvaluationAnswer => {
  if (!decision.allowed) {
    const { zh, en } = registerErrors[decision.code];
    return {
      decision: false,
      context: { code: decision.code, reason_admin: { en }, reason_user: { 'zh-TW': zh, en } },
    };
  }
  const { event, catalogueVersion } = decision.grantedBy();
  const { id, recordedAt, effectiveAt } = event;
  return { decision: true, context: { granted: { event: id, recordedAt, effectiveAt, catalogueVersion } } };
};

const decided = ({ may }: DecisionPoint, asked: Asked): EvaluationAnswer =>
  asked._tag === 'Unknown' ? { decision: false, context: nobody[asked.what] } : answerOf(may(asked.question));

const evaluateRead = (
  point: DecisionPoint,
  request: EvaluationRequest,
  now: string,
): E.Either<Issues, EvaluationAnswer> => {
  const asked = questionOf(request, now);
  return E.isLeft(asked) ? E.left([asked.left]) : E.right(decided(point, asked.right));
};

const evaluateAt = (
  point: DecisionPoint,
  request: unknown,
  now: string,
): E.Either<Issues, EvaluationAnswer> => {
  const decoded = decodeValue(EvaluationRequest, request);
  return E.isLeft(decoded) ? decoded : evaluateRead(point, decoded.right, now);
};

/** One question, as its codec has read it. `Left`: it is not one (400). */
export const evaluate = (
  point: DecisionPoint,
  request: EvaluationRequest,
): E.Either<Issues, EvaluationAnswer> => evaluateRead(point, request, point.now());

// -------------------------------------------------------------------------------------
// several
// -------------------------------------------------------------------------------------

/** What identifies an entity is taken from the default where the evaluation's own does not say it. */
const identity = { subject: ['type', 'id'], resource: ['type', 'id'], action: ['name'] } as const;

const isBag = (u: unknown): u is Bag => typeof u === 'object' && u !== null && !Array.isArray(u);

const own = (bag: Bag, name: string): unknown => (Object.hasOwn(bag, name) ? bag[name] : undefined);

/** An evaluation with the defaults: its own entities take the place of the default ones as a whole. */
const withDefaults = (defaults: EvaluationsRequest, evaluation: Bag): Bag => {
  const merged: Record<string, unknown> = {};
  for (const [name, fields] of Object.entries(identity)) {
    const given = own(evaluation, name);
    const otherwise = own(defaults, name);
    if (given === undefined) merged[name] = otherwise;
    else if (!isBag(given) || !isBag(otherwise)) merged[name] = given;
    else {
      const missing = fields.filter((field) => own(given, field) === undefined);
      merged[name] = {
        ...given,
        ...Object.fromEntries(missing.map((field) => [field, own(otherwise, field)])),
      };
    }
  }
  merged['context'] = own(evaluation, 'context') ?? defaults.context;
  return merged;
};

const errorOf = (issues: Issues): EvaluationAnswer => ({
  decision: false,
  context: { error: { status: 400, message: messageOf(issues) } },
});

/** English, for whoever programs the caller; nothing that was sent. */
export const messageOf = (issues: Issues): string =>
  issues
    .slice(0, 10)
    .map(({ path, code }) => `${path === '' ? 'request' : path}: ${valueErrors[code].en}`)
    .join(' ');

/** Several questions, asked about one instant of now. `Left`: the request as a whole is not right (400). */
export const evaluateAll = (
  point: DecisionPoint,
  request: EvaluationsRequest,
): E.Either<Issues, EvaluationsAnswer> => {
  const { evaluations = [], options } = request;
  if (evaluations.length === 0) return evaluateAt(point, request, point.now());
  const last: boolean | undefined = {
    execute_all: undefined,
    deny_on_first_deny: false,
    permit_on_first_permit: true,
  }[options?.evaluations_semantic ?? 'execute_all'];
  const now = point.now();
  const answers: EvaluationAnswer[] = [];
  for (const evaluation of evaluations) {
    const answer = E.getOrElse(errorOf)(evaluateAt(point, withDefaults(request, evaluation), now));
    answers.push(answer);
    if (answer.decision === last) break;
  }
  return E.right({ evaluations: answers });
};
