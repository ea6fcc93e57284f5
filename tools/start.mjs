// npm start: set-up, build, and the portal, for a browser. npm run walkthrough: the same before the terminal story, whose
// stdout belongs to it alone.
import { spawn } from 'node:child_process';
import { install, repository } from './lib/install.mjs';
import { build } from './lib/node.mjs';

const [example = '', ...args] = process.argv.slice(2);

const start = () => {
  const program = [`examples/${example}/dist/main.js`, ...args];
  const child = spawn(process.execPath, program, { cwd: repository, stdio: 'inherit' });
  // A terminal sends Ctrl-C to both: the program ends in its own time, and this one after it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
};

if (install() && build([`examples/${example}`])) start();
else process.exitCode = 1;
