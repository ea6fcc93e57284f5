/**
 * Reading a form, and not more than there may be of it.
 *
 * @packageDocumentation
 */
import type { IncomingMessage } from 'node:http';
import * as E from 'fp-ts/lib/Either.js';
import { retCodes } from '../hipki/codes.js';
import { maxPackageLetters } from '../hipki/package.js';

/** A package with every letter escaped, and the agent's own fields. */
export const maxBodyBytes = 3 * maxPackageLetters + 4096;

const octetsOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return undefined;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBodyBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** The fields of a form, each of which stands in it once; Left is the `ret_code` to answer. */
export const formOf = async (
  request: IncomingMessage,
): Promise<E.Either<number, ReadonlyMap<string, string>>> => {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return E.left(retCodes.parameter);
  const octets = await octetsOf(request);
  if (octets === undefined) return E.left(retCodes.tooBig);
  const fields = [...new URLSearchParams(octets.toString('utf8'))];
  const form = new Map(fields);
  return form.size === fields.length ? E.right(form) : E.left(retCodes.parameter);
};
