/**
 * The interface as an OpenAPI 3.1 document, made from the list of routes and their codecs.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Description } from '../description.js';
import { collectSchemas, type Json, type SchemaFault } from './json-schema.js';
import { operationOf, refusalResponses } from './operation.js';

export interface DocumentTerms {
  readonly descriptions: ReadonlyArray<Description>;
  readonly basePath: string;
  readonly cookieName: string;
}

export type OpenApiDocument = { readonly [name: string]: Json };

const introduction = [
  'The register of who may act for an agency.',
  'Texts are described in their normal form; what a person types beside it (spaces, full width, lower case) is put into it.',
  'Objects of a request take no field that is not described. Answers may grow new fields.',
  'Refusals are application/problem+json; docs/errors.md and docs/http.md have every code.',
].join('\n\n');

const securitySchemes = (cookieName: string): Json => ({
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName,
    description: 'Cards that were confirmed: POST /challenges, POST /confirmations.',
  },
  staff: {
    type: 'http',
    scheme: 'bearer',
    description: "The portal's own staff, or however it lets them sign in.",
  },
  client: { type: 'http', scheme: 'bearer', description: 'Another system.' },
});

/** `Left` where a codec has no schema: a mistake of whoever wrote it, which the tests find. */
export const openApiDocument = ({
  descriptions,
  basePath,
  cookieName,
}: DocumentTerms): E.Either<ReadonlyArray<SchemaFault>, OpenApiDocument> => {
  const schemas = collectSchemas();
  const paths = new Map<string, { [method: string]: Json }>();
  for (const description of descriptions) {
    const at = paths.get(description.path) ?? {};
    at[description.method.toLowerCase()] = operationOf(description, schemas);
    paths.set(description.path, at);
  }
  const refusals = refusalResponses(schemas);
  const faults = schemas.faults();
  if (faults.length > 0) return E.left(faults);
  // Faults are the only way to a `false`.
  const components = schemas.components() as { readonly [name: string]: Json };
  return E.right({
    openapi: '3.1.0',
    info: {
      title: 'Mandate',
      version: '0.1.0',
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    paths: Object.fromEntries(paths),
    components: { schemas: components, responses: refusals, securitySchemes: securitySchemes(cookieName) },
  });
};
