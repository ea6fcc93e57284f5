// npm run soak: set-up, and an hour in which one thing after another breaks; `--minutes N`, `--seed N`.
import { install } from './lib/install.mjs';
import { nodeTs } from './lib/node.mjs';

process.exitCode = install() ? nodeTs('packages/projections/test/soak/main.ts', process.argv.slice(2)) : 1;
