/**
 * The program: reads its arguments, answers with an exit code.
 *
 * @packageDocumentation
 */
import { runCommandLine } from './run.js';
import { processTerminal } from './terminal/terminal.js';

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal());
