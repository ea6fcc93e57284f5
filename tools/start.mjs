// npm start: set-up, build, and the terminal story. Only the story writes to stdout.
import { install } from './lib/install.mjs';
import { build, node } from './lib/node.mjs';

process.exitCode =
  install() && build(['examples/gepi']) ? node(['examples/gepi/dist/main.js', ...process.argv.slice(2)]) : 1;
