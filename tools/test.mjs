// npm test: set-up, then every step. `npm test -- --help` tells how to run a part of it.
import { install } from './lib/install.mjs';
import { nodeTs } from './lib/node.mjs';

if (install()) {
  process.exitCode = nodeTs('tools/steps/main.ts', process.argv.slice(2));
} else {
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
