/**
 * Writes docs/openapi.json: `node tools/openapi.mjs --write`.
 *
 * @packageDocumentation
 */
import { writeFileSync } from 'node:fs';
import { registerOpenApi } from '../../../src/server/openapi/register-openapi.js';

const document = registerOpenApi();

if (!process.argv.includes('--write')) {
  console.error('usage: node tools/openapi.mjs --write');
  process.exitCode = 2;
} else if (document._tag === 'Left') {
  for (const { path, detail } of document.left) console.error(`${path}: ${detail}`);
  process.exitCode = 1;
} else {
  const page = new URL('../../../../../docs/openapi.json', import.meta.url);
  writeFileSync(page, `${JSON.stringify(document.right, null, 2)}\n`);
}
