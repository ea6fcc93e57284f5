/**
 * The document of the register's own routes, as it is kept in docs/openapi.json.
 *
 * @packageDocumentation
 */
import type * as E from 'fp-ts/lib/Either.js';
import { registerRoutes } from '../routes/index.js';
import { type OpenApiDocument, openApiDocument } from './document.js';
import type { SchemaFault } from './json-schema.js';

/** The interface at the root of an origin; a program serves its own, with its base path, as `/openapi.json`. */
export const registerOpenApi = (): E.Either<ReadonlyArray<SchemaFault>, OpenApiDocument> =>
  openApiDocument({
    descriptions: registerRoutes.map(({ description }) => description),
    basePath: '',
    cookieName: '__Host-mandate',
  });
