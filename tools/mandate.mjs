// npm run mandate: the command line from a clone, set up and built first. Paths are those of the folder where it was called.
import { join } from 'node:path';
import { install, repository } from './lib/install.mjs';
import { build } from './lib/node.mjs';
import { runProgram } from './lib/run-program.mjs';

const program = join(repository, 'packages', 'cli', 'bin', 'mandate.mjs');

if (install() && build(['packages/cli'])) {
  runProgram([program, ...process.argv.slice(2)], process.env['INIT_CWD'] ?? repository);
} else process.exitCode = 4;
