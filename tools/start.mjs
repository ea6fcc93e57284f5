// npm start: set-up, build, and the portal, for a browser. npm run walkthrough: the same before the terminal story, whose
// stdout belongs to it alone.
import { install } from './lib/install.mjs';
import { build } from './lib/node.mjs';
import { runProgram } from './lib/run-program.mjs';

const [example = '', ...args] = process.argv.slice(2);

if (install() && build([`examples/${example}`])) runProgram([`examples/${example}/dist/main.js`, ...args]);
else process.exitCode = 1;
