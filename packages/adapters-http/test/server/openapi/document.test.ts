import { readFile } from 'node:fs/promises';
import { type SchemaObject, validate } from '@hyperjump/json-schema/openapi-3-1';
import { strict, t } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { describe } from '../../../src/server/description.js';
import { statusesOf } from '../../../src/server/openapi/common-codes.js';
import { openApiDocument } from '../../../src/server/openapi/document.js';
import { registerOpenApi } from '../../../src/server/openapi/register-openapi.js';
import { registerRoutes } from '../../../src/server/routes/index.js';
import { right } from '../../support.js';
import { openOffice, origin } from '../support/office.js';

const descriptions = registerRoutes.map(({ description }) => description);
const terms = { descriptions, basePath: '', cookieName: '__Host-mandate' };

const test = suite('OpenAPI from the list of routes');

test('every codec of every route has a schema', () => {
  assert.equal(E.isRight(openApiDocument(terms)), true, JSON.stringify(openApiDocument(terms)));
});

test('the document is OpenAPI 3.1, by an independent validator', async () => {
  const valid = await validate(
    'https://spec.openapis.org/oas/3.1/schema-base',
    right(openApiDocument(terms)) as unknown as SchemaObject,
  );
  assert.is(valid.valid, true);
});

test('every route stands in it once, with each status that it can answer', () => {
  const { paths } = right(openApiDocument(terms)) as unknown as {
    readonly paths: Record<
      string,
      Record<string, { operationId: string; responses: Record<string, unknown> }>
    >;
  };
  for (const description of descriptions) {
    const operation = paths[description.path]?.[description.method.toLowerCase()];
    assert.is(operation?.operationId, description.id);
    assert.equal(Object.keys(operation?.responses ?? {}).map(Number), statusesOf(description));
  }
  const ids = descriptions.map(({ id }) => id);
  assert.is(new Set(ids).size, ids.length);
});

test('fields of a path are described, and all of them', () => {
  for (const { path, params } of descriptions) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assert.equal(Object.keys(params?.required ?? {}), named, path);
  }
});

test('a codec that cannot be told is a fault with its place, and no document', () => {
  const untold = describe({
    ...{ id: 'odd', method: 'POST', path: '/odd', tag: 'odd', summary: { zh: '', en: '' } },
    ...{ access: ['public'], status: 200, errors: [], answer: t.string },
    body: strict({ anything: t.unknown }),
  } as const);
  const document = openApiDocument({ ...terms, descriptions: [untold] });
  assert.equal(E.isLeft(document) && document.left.map(({ code, path }) => [code, path]), [
    ['NOT_EXPRESSIBLE', 'odd body.anything'],
  ]);
});

test('docs/openapi.json is the document of these routes; node tools/openapi.mjs --write makes it anew', async () => {
  const kept = await readFile(new URL('../../../../../docs/openapi.json', import.meta.url), 'utf8');
  assert.ok(
    kept === `${JSON.stringify(right(registerOpenApi()), null, 2)}\n`,
    'docs/openapi.json is out of date: node tools/openapi.mjs --write',
  );
});

test('it is served, with the base path of the program', async () => {
  const office = await openOffice({ app: { basePath: '/api' } });
  const answer = await office.app.fetch(new Request(`${origin}/api/openapi.json`));
  assert.is(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  const document = (await answer.json()) as { servers: unknown; paths: Record<string, unknown> };
  assert.equal(document.servers, [{ url: '/api' }]);
  assert.ok('/history' in document.paths);
  await office.close();
});

test.run();
