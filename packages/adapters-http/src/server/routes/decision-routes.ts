/**
 * What other systems ask: who may act, in our words and in those of AuthZEN 1.0.
 *
 * @packageDocumentation
 */
import {
  CertificateSerial,
  FunctionCode,
  Hex64,
  Instant,
  IssuerName,
  oneOf,
  strict,
  type t,
  UnitCode,
} from '@mandate/domain';
import {
  EvaluationAnswer,
  EvaluationRequest,
  EvaluationsAnswer,
  EvaluationsRequest,
  Metadata,
} from '../authzen/model.js';
import { describe } from '../description.js';
import { DecisionAnswer } from '../rows/decision.js';

const tag = 'decisions';

/** A certificate, a person by pseudonym, or a person who shows a certificate. */
const who = strict({}, { person: Hex64, certificate: strict({ ca: IssuerName, serial: CertificateSerial }) });

/**
 * Without a function: whether they may enter at all, and what for. `reasons: 'none'` leaves the chain out, which is nearly all of
 * the answer and half of what it costs: for whoever asks before each step of a clerk.
 */
const DecisionQuestion = strict(
  { agency: UnitCode, who },
  { function: FunctionCode, at: Instant, knownAt: Instant, reasons: oneOf('whole', 'none') },
  'DecisionQuestion',
);
export type DecisionQuestion = t.TypeOf<typeof DecisionQuestion>;

const asked = { access: ['client'], scopes: ['decide'], status: 200, tag, method: 'POST' } as const;

export const decisionRoutes = {
  decide: describe({
    ...asked,
    id: 'decide',
    path: '/decisions',
    access: ['client', 'staff'],
    summary: {
      zh: '某人可否為某機關執行某功能,及其理由',
      en: 'Who may do what for an agency at an instant, with the chain of reasons',
    },
    body: DecisionQuestion,
    answer: DecisionAnswer,
    errors: ['INVALID_INPUT', 'READ_MODEL_BEHIND'],
  }),
  evaluation: describe({
    ...asked,
    id: 'evaluation',
    path: '/access/v1/evaluation',
    plainErrors: true,
    summary: { zh: 'AuthZEN 單一授權查詢', en: 'Access Evaluation of AuthZEN 1.0' },
    body: EvaluationRequest,
    answer: EvaluationAnswer,
    errors: ['INVALID_INPUT', 'READ_MODEL_BEHIND'],
  }),
  evaluations: describe({
    ...asked,
    id: 'evaluations',
    path: '/access/v1/evaluations',
    plainErrors: true,
    summary: { zh: 'AuthZEN 多筆授權查詢', en: 'Access Evaluations of AuthZEN 1.0' },
    body: EvaluationsRequest,
    answer: EvaluationsAnswer,
    errors: ['INVALID_INPUT', 'READ_MODEL_BEHIND'],
  }),
  authzenMetadata: describe({
    id: 'authzenMetadata',
    method: 'GET',
    path: '/.well-known/authzen-configuration',
    tag,
    summary: { zh: 'AuthZEN 服務位置', en: 'Where the endpoints of AuthZEN are' },
    access: ['public'],
    cached: true,
    answer: Metadata,
    status: 200,
    errors: [],
  }),
};
