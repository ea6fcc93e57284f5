/**
 * One route as an operation of OpenAPI 3.1.
 *
 * @packageDocumentation
 */
import type { t } from '@mandate/domain';
import { type Description, type FieldsCodec, isMedia } from '../description.js';
import type { ErrorCode } from '../problem.js';
import { codesOf, statusFor } from './common-codes.js';
import type { Json, Schemas } from './json-schema.js';
import { ProblemRow } from './problem-row.js';

type JsonObject = { readonly [name: string]: Json };

const header = (name: string, description: string, required = false): JsonObject => ({
  name,
  in: 'header',
  description,
  ...(required ? { required } : {}),
  schema: { type: 'string' },
});

const fieldsOf = (
  codec: FieldsCodec | undefined,
  place: 'path' | 'query',
  where: string,
  schemas: Schemas,
): ReadonlyArray<JsonObject> => {
  if (codec === undefined) return [];
  const required: Readonly<Record<string, t.Mixed>> = codec.required;
  const optional: Readonly<Record<string, t.Mixed>> = codec.optional;
  const one = (name: string, type: t.Mixed, needed: boolean): JsonObject => ({
    name,
    in: place,
    ...(needed ? { required: true } : {}),
    schema: schemas.of(type, `${where} ${place}.${name}`),
  });
  return [
    ...Object.entries(required).map(([name, type]) => one(name, type, true)),
    ...Object.entries(optional).map(([name, type]) => one(name, type, false)),
  ];
};

const isUnsafe = ({ method }: Description): boolean => method !== 'GET';

const headersOf = (description: Description): ReadonlyArray<JsonObject> => {
  const { command, waits, access, answer } = description;
  const withCookie = access.includes('session') || access.includes('public');
  return [
    ...(command === true
      ? [
          header(
            'Idempotency-Key',
            'A UUID, the id of the command: sent again, it is the same command.',
            true,
          ),
        ]
      : []),
    ...(isUnsafe(description) && withCookie
      ? [
          header(
            'X-Mandate-CSRF',
            "The session's token; needed where a session's cookie comes with the request.",
          ),
        ]
      : []),
    ...(waits === true || description.tag === 'decisions'
      ? [
          header(
            'Mandate-After',
            'Answer when this position is known: that of a command whose result is to be seen.',
          ),
        ]
      : []),
    ...(isMedia(answer) && answer.media.startsWith('text/event-stream')
      ? [header('Last-Event-ID', 'Go on after this position.')]
      : []),
    ...(description.method === 'GET' && !isMedia(answer)
      ? [header('If-None-Match', 'An ETag: 304 where the answer is still that.')]
      : []),
  ];
};

const afterQuery: JsonObject = {
  name: 'after',
  in: 'query',
  description: 'As Mandate-After, for links.',
  schema: { type: 'string' },
};

const answerContent = ({ answer, id }: Description, schemas: Schemas): JsonObject =>
  isMedia(answer)
    ? { [answer.media]: { schema: { type: 'string' } } }
    : { 'application/json': { schema: schemas.of(answer, `${id} answer`) } };

const answerHeaders = ({ method, command, answer }: Description): JsonObject => ({
  'X-Request-Id': { schema: { type: 'string' } },
  ...(method === 'GET' && !isMedia(answer) ? { ETag: { schema: { type: 'string' } } } : {}),
  ...(command === true
    ? {
        'Mandate-Position': {
          description: 'Of the last event that was written; wait for it with Mandate-After.',
          schema: { type: 'string' },
        },
      }
    : {}),
});

const refusals = (description: Description): JsonObject => {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codesOf(description)) {
    const status = statusFor(description, code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const $ref = `#/components/responses/${description.plainErrors === true ? 'PlainRefusal' : 'Refusal'}`;
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [String(status), { $ref, description: codes.join(', ') }]),
  );
};

/** What every operation refers to: its own description of a refusal lists the codes. */
export const refusalResponses = (schemas: Schemas): JsonObject => ({
  Refusal: {
    description: 'Why not (RFC 9457).',
    content: { 'application/problem+json': { schema: schemas.of(ProblemRow, 'problem') } },
  },
  PlainRefusal: {
    description: 'Why not, as AuthZEN 1.0 has it: a line of text.',
    content: { 'text/plain; charset=utf-8': { schema: { type: 'string' } } },
  },
});

const security = ({ access }: Description): ReadonlyArray<JsonObject> =>
  access.includes('public') ? [{}] : access.map((one): JsonObject => ({ [one]: [] }));

/** The operation of a route. */
export const operationOf = (description: Description, schemas: Schemas): JsonObject => {
  const { id, tag, summary, params, query, body, status, waits, roles, scopes, method, answer } = description;
  const parameters = [
    ...fieldsOf(params, 'path', id, schemas),
    ...fieldsOf(query, 'query', id, schemas),
    ...(waits === true ? [afterQuery] : []),
    ...headersOf(description),
  ];
  const who = [
    ...(roles === undefined ? [] : [`Staff with one of these roles: ${roles.join(', ')}.`]),
    ...(scopes === undefined ? [] : [`Clients with one of these scopes: ${scopes.join(', ')}.`]),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary: summary.en,
    description: [summary.zh, ...who].join('\n\n'),
    security: security(description),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemas.of(body, `${id} body`) } },
          },
        }),
    responses: {
      [String(status)]: {
        description: summary.en,
        headers: answerHeaders(description),
        content: answerContent(description, schemas),
      },
      ...(method === 'GET' && !isMedia(answer) ? { '304': { description: 'As the ETag says.' } } : {}),
      ...refusals(description),
    },
  };
};
