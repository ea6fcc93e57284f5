// npm run bench: set-up, build, and the measurements against the built packages, as a user gets them.
import { install } from './lib/install.mjs';
import { build, node, packages } from './lib/node.mjs';

process.exitCode =
  install() && build(packages())
    ? node(['--expose-gc', '--import', 'tsx', 'bench/src/main.ts', ...process.argv.slice(2)])
    : 1;
