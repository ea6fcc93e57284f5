/**
 * What AuthZEN's Authorization API 1.0 asks and answers (OpenID AuthZEN, sections 6 and 7), as far as it is spoken here. Its
 * names are the standard's.
 *
 * @packageDocumentation
 */
import { lineOfText, list, oneOf, strict, t } from '@mandate/domain';
import { Bag, openObject } from './open-object.js';

/** Identifiers are texts of the caller's choice; an unknown one is a refusal and no error. */
const Identifier = lineOfText(512);

/** Who asks to do it: a `certificate` or a `person`. */
export const Subject = openObject(
  { type: Identifier, id: Identifier },
  { properties: Bag },
  'AuthZenSubject',
);
/** For which agency. */
export const Resource = openObject(
  { type: Identifier, id: Identifier },
  { properties: Bag },
  'AuthZenResource',
);
/** The function. */
export const Action = openObject({ name: Identifier }, { properties: Bag }, 'AuthZenAction');

export const EvaluationRequest = openObject(
  { subject: Subject, action: Action, resource: Resource },
  { context: Bag },
  'AuthZenEvaluationRequest',
);
export type EvaluationRequest = t.TypeOf<typeof EvaluationRequest>;

export const semantics = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const;
export type Semantic = (typeof semantics)[number];

/** The most evaluations of one request. */
export const mostEvaluations = 1000;

/** What stands above are the defaults of what is in `evaluations`; without any, it is itself the question. */
export const EvaluationsRequest = openObject(
  {},
  {
    subject: Bag,
    action: Bag,
    resource: Bag,
    context: Bag,
    options: openObject({}, { evaluations_semantic: oneOf(...semantics) }),
    evaluations: list(Bag, { most: mostEvaluations }),
  },
  'AuthZenEvaluationsRequest',
);
export type EvaluationsRequest = t.TypeOf<typeof EvaluationsRequest>;

const Texts = t.strict({ 'zh-TW': t.string, en: t.string });

/** Why; every field is optional in the standard and unknown ones are ignored by its clients. */
export const DecisionContext = strict(
  {},
  {
    /** Our code of the refusal, of the one table. */
    code: t.string,
    reason_admin: t.strict({ en: t.string }),
    reason_user: Texts,
    /** The event that granted it, and the version of the menu; for the whole chain of reasons ask `/decisions`. */
    granted: t.strict({
      event: t.string,
      recordedAt: t.string,
      effectiveAt: t.string,
      catalogueVersion: t.number,
    }),
    /** This one could not be evaluated; the others of the request were. */
    error: t.strict({ status: t.number, message: t.string }),
  },
  'AuthZenDecisionContext',
);

export const EvaluationAnswer = strict(
  { decision: t.boolean },
  { context: DecisionContext },
  'AuthZenDecision',
);
export type EvaluationAnswer = t.TypeOf<typeof EvaluationAnswer>;

/** One answer for each evaluation, in their order; without evaluations the single answer. */
export const EvaluationsAnswer = t.union(
  [EvaluationAnswer, strict({ evaluations: t.readonlyArray(EvaluationAnswer) })],
  'AuthZenDecisions',
);
export type EvaluationsAnswer = t.TypeOf<typeof EvaluationsAnswer>;

/** Where everything is (PDP metadata). */
export const Metadata = strict(
  {
    policy_decision_point: t.string,
    access_evaluation_endpoint: t.string,
    access_evaluations_endpoint: t.string,
  },
  {},
  'AuthZenMetadata',
);
