/**
 * What an agency may change of its own data, and what waits for staff (NHI-22…24).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import type { AgencyField, PortalPolicy } from '../policy/policy.js';
import { valueErrors } from '../values/errors.js';
import type { AgencyDataEvent } from './events.js';
import type { AgencyDataState } from './state.js';

type Decision = E.Either<RegisterError, ReadonlyArray<AgencyDataEvent>>;

export interface AgencyDataChange {
  /** Id of a request, should one come of it. */
  readonly request: string;
  /** Under whose key the values of the agency are sealed. */
  readonly subject: string;
  readonly changes: ReadonlyArray<{ readonly field: string; readonly value: string }>;
  /** SHA-256 of each document. */
  readonly attachments: ReadonlyArray<string>;
  readonly contact:
    | { readonly name: string; readonly phone: string; readonly extension: string | null }
    | undefined;
  /** 生效日期 as its first instant, ISO, UTC; `null` where none was named. */
  readonly from: string | null;
  /** 相關證明文件說明. */
  readonly explanation: string | undefined;
  /** ISO, UTC. */
  readonly at: string;
}

/** An applicant for a change is known by the request alone. */
export const changeRequestSubject = (request: string): string => `change.${request}`;

const later = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

const hasForm = ({ pattern }: AgencyField, value: string): boolean => {
  if (pattern === null) return true;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    // A pack whose pattern is none lets nothing through; `packProblems` says so.
    return false;
  }
};

/** Told beside its field, which is named as the pack names it. */
const invalidField = (id: string): RegisterError => {
  const fields = [{ path: id, code: 'AGENCY_FIELD_FORMAT', ...valueErrors.AGENCY_FIELD_FORMAT } as const];
  return registerError('AGENCY_FIELD_INVALID', { fields, detail: id });
};

/** What was typed, held to the pack. */
const declared = (
  policy: PortalPolicy,
  { changes }: AgencyDataChange,
): E.Either<RegisterError, ReadonlyArray<{ readonly field: AgencyField; readonly value: string }>> => {
  const found: Array<{ readonly field: AgencyField; readonly value: string }> = [];
  for (const { field: id, value } of changes) {
    const field = policy.agencyFields?.find((candidate) => candidate.id === id);
    if (field === undefined) return E.left(registerError('AGENCY_FIELD_UNKNOWN', { detail: id }));
    if (found.some((other) => other.field.id === id) || !hasForm(field, value)) {
      return E.left(invalidField(id));
    }
    found.push({ field, value });
  }
  return E.right(found);
};

/**
 * Saves what needs no proof, from now on or after the field's delay, and asks staff for the rest. Fields of one delay are
 * one event.
 */
export const changeAgencyData = (policy: PortalPolicy, input: AgencyDataChange): Decision => {
  const fields = declared(policy, input);
  if (E.isLeft(fields)) return fields;
  const { request, subject, attachments, contact, from, explanation, at } = input;
  const plain = fields.right.filter(({ field }) => field.evidence === 'none');
  const proved = fields.right.filter(({ field }) => field.evidence === 'attachments');
  const valuesOf = (some: typeof plain): Record<string, string> =>
    Object.fromEntries(some.map(({ field, value }) => [field.id, value]));
  const delays = [...new Set(plain.map(({ field }) => field.effectiveAfterMinutes))];
  const events: AgencyDataEvent[] = delays.map((delay) => {
    const some = plain.filter(({ field }) => field.effectiveAfterMinutes === delay);
    return {
      type: 'AgencyDataChanged',
      data: { fields: some.map(({ field }) => field.id) },
      personal: { values: valuesOf(some) },
      subject,
      ...(delay === 0 ? {} : { effectiveAt: later(at, delay) }),
    };
  });
  if (proved.length === 0) return E.right(events);
  if (attachments.length === 0) return E.left(registerError('ATTACHMENT_REQUIRED'));
  if (contact === undefined) return E.left(invalidInput([{ path: 'contact', code: 'REQUIRED' }]));
  events.push({
    type: 'AgencyDataChangeRequested',
    data: { request, fields: proved.map(({ field }) => field.id), attachments },
    personal: { values: valuesOf(proved), contact, ...(explanation === undefined ? {} : { explanation }) },
    subject: changeRequestSubject(request),
    ...(from === null ? {} : { effectiveAt: from }),
  });
  return E.right(events);
};

/** Staff decide a request, once, with a note for the agency where they have one (NHI-23). */
export const decideAgencyData = (
  state: AgencyDataState,
  policy: PortalPolicy,
  input: {
    readonly request: string;
    readonly outcome: 'approved' | 'rejected';
    /** `''`: none. */
    readonly note: string;
    readonly at: string;
  },
): Decision => {
  const { request: id, outcome, note, at } = input;
  const request = state.requests.get(id);
  if (request === undefined) return E.left(registerError('CHANGE_REQUEST_NOT_FOUND'));
  if (request.status !== 'pending') return E.left(registerError('CHANGE_REQUEST_DECIDED'));
  const delays = (policy.agencyFields ?? [])
    .filter((field) => request.fields.includes(field.id))
    .map((field) => field.effectiveAfterMinutes);
  const soonest = later(at, Math.max(0, ...delays));
  // A day that is past when staff decide makes nothing hold before they did.
  const from = request.from !== null && request.from > soonest ? request.from : soonest;
  return E.right([
    {
      type: 'AgencyDataChangeDecided',
      data: { request: id, outcome },
      ...(outcome === 'rejected' || from <= at ? {} : { effectiveAt: from }),
    },
    ...(note === ''
      ? []
      : [
          {
            type: 'AgencyDataDecisionNoted',
            data: { request: id },
            personal: { note },
            subject: changeRequestSubject(id),
          } as const,
        ]),
  ]);
};
