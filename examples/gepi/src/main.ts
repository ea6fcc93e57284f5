/**
 * The terminal story: the whole certificate chapter of GEPI on the embedded store, with a year's time.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { readArguments, usage } from './arguments.js';
import { printFault, printUsageFault } from './print/fault.js';
import { type Page, pageWidth } from './print/page.js';
import { tellRun } from './print/run.js';
import { styleFor } from './print/style.js';
import { toDocument } from './report/document.js';
import { runStory, silent } from './report/run-story.js';
import { type FolderFault, faultOf } from './world/fault.js';
import { openWorld } from './world/world.js';

const write = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const pageOn = (stream: NodeJS.WriteStream): Page => ({
  style: styleFor(stream.isTTY === true, process.env),
  width: pageWidth(stream.columns),
  line: (text = '') => stream.write(`${text}\n`),
});

/** Answers the exit code: 0 where everything went as the story expects, 1 where not, 2 for a wrong command line. */
const main = async (): Promise<number> => {
  const read = readArguments(process.argv.slice(2));
  if (E.isLeft(read)) {
    printUsageFault(pageOn(process.stderr), read.left);
    return 2;
  }
  const { data, help, json } = read.right;
  if (help) {
    write(usage.trimEnd());
    return 0;
  }
  const fail = (fault: FolderFault): number => {
    if (json) write(JSON.stringify({ format: 'mandate-gepi-run/1', holds: false, data, fault }, null, 2));
    else printFault(pageOn(process.stderr), data, fault);
    return 1;
  };
  const world = await openWorld(data);
  if (E.isLeft(world)) return fail(world.left);
  try {
    const page = pageOn(process.stdout);
    const run = json ? await runStory(world.right, silent) : await tellRun(world.right, page);
    if (json) write(JSON.stringify(toDocument(run), null, 2));
    return run.holds ? 0 : 1;
  } catch (error) {
    return fail(faultOf(error));
  } finally {
    await world.right.close();
  }
};

// Who reads the first lines only (`| head`) has seen enough; a later start goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main();
