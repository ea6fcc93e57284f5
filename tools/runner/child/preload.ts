// Loaded before a test file: brings in the watched uvu, deals keys, and notes how the process ends.
import { register } from 'node:module';
import { inspect } from 'node:util';
import { dealKeys } from './deal-keys.js';
import { record, watched } from './record.js';

const watchProcess = (): void => {
  register('./hooks.mjs', import.meta.url, {
    data: { watched: new URL('./watched-uvu.ts', import.meta.url).href },
  });
  const exit = process.exit;
  process.exit = (code) => {
    record({ kind: 'exit-called', code: String(code ?? ''), where: new Error('process.exit').stack ?? '' });
    return exit(code);
  };
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    record({ kind: 'uncaught', origin, error: inspect(error) });
  });
  process.on('exit', (code) => {
    record({ kind: 'end', code });
  });
};

if (watched) {
  watchProcess();
  dealKeys();
}
