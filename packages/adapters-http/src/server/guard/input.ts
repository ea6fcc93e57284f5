/**
 * Decoding what a request brings: path, query, command id, body.
 *
 * @packageDocumentation
 */
import { decodeValue, invalidInput, Uuid, type ValueIssue } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { hasBody, jsonOf } from '../body.js';
import type { BodyCodec, Description } from '../description.js';
import { httpRefusal, type Refusal } from '../problem.js';
import type { App } from '../services.js';

/** Decoded by its codec, or all that is wrong with it. */
const decoded = (codec: BodyCodec | undefined, value: unknown): E.Either<Refusal, unknown> => {
  if (codec === undefined) return E.right({});
  const read: E.Either<ReadonlyArray<ValueIssue>, unknown> = decodeValue(codec, value);
  return E.isLeft(read) ? E.left(invalidInput(read.left)) : read;
};

/** Where a reader says how far the read models must be; as a query, for links and EventSource. */
const after = 'after';

const queryOf = (
  { query, waits }: Description,
  search: Iterable<readonly [string, string]>,
): E.Either<Refusal, { readonly query: unknown; readonly after: string | undefined }> => {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  let position: string | undefined;
  for (const [name, value] of search) {
    const seen = name in fields || (name === after && position !== undefined);
    if (seen || (query === undefined && !(waits === true && name === after))) {
      return E.left(invalidInput([{ path: '*', code: 'UNKNOWN_FIELD' }]));
    }
    if (waits === true && name === after) position = value;
    else fields[name] = value;
  }
  const found = decoded(query, fields);
  return E.isLeft(found) ? found : E.right({ query: found.right, after: position });
};

/** Most requests have no query, and an address is slow to take apart. */
const searchOf = (url: string): Iterable<readonly [string, string]> =>
  url.includes('?') ? new URL(url).searchParams : [];

const commandIdOf = ({ command }: Description, { headers }: Request): E.Either<Refusal, string> => {
  if (command !== true) return E.right('');
  const id = decodeValue(Uuid, headers.get('idempotency-key'));
  return E.isLeft(id) ? E.left(httpRefusal('IDEMPOTENCY_KEY_INVALID')) : id;
};

const bodyOf = async (
  app: App,
  { body }: Description,
  request: Request,
): Promise<E.Either<Refusal, unknown>> => {
  if (body === undefined) {
    return (await hasBody(request))
      ? E.left(invalidInput([{ path: '*', code: 'UNKNOWN_FIELD' }]))
      : E.right(undefined);
  }
  const json = await jsonOf(request, app.limits);
  return E.isLeft(json) ? json : decoded(body, json.right);
};

/** What a handler gets, and what is asked of the read models before. */
export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly commandId: string;
  /** A position of `Mandate-After`. */
  readonly after: string | undefined;
}

/** Everything that a request brings, decoded. */
export const inputOf = async (
  app: App,
  description: Description,
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<E.Either<Refusal, Input>> => {
  const path = decoded(description.params, params);
  if (E.isLeft(path)) return path;
  const query = queryOf(description, searchOf(request.url));
  if (E.isLeft(query)) return query;
  const commandId = commandIdOf(description, request);
  if (E.isLeft(commandId)) return commandId;
  const body = await bodyOf(app, description, request);
  if (E.isLeft(body)) return body;
  return E.right({
    params: path.right,
    query: query.right.query,
    body: body.right,
    commandId: commandId.right,
    after: request.headers.get('mandate-after') ?? query.right.after,
  });
};
