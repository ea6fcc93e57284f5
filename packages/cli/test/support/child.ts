/** A command in a process of its own that says when it begins, to be killed. */
import { writeSync } from 'node:fs';
import { runCommandLine } from '../../src/index.js';
import { processTerminal } from '../../src/terminal/terminal.js';

writeSync(1, 'begin\n');
process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal());
