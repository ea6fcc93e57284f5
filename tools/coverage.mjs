// node tools/coverage.mjs [--write]: checklist items without a test; with --write, makes docs/coverage.md anew.
import { install } from './lib/install.mjs';
import { nodeTs } from './lib/node.mjs';

process.exitCode = install() ? nodeTs('tools/coverage/main.ts', process.argv.slice(2)) : 1;
