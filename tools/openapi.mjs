// node tools/openapi.mjs --write: makes docs/openapi.json anew from the routes. A test compares the two.
import { install } from './lib/install.mjs';
import { nodeTs } from './lib/node.mjs';

process.exitCode = install()
  ? nodeTs('packages/adapters-http/test/server/openapi/write.ts', process.argv.slice(2))
  : 1;
