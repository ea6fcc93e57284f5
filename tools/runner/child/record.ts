import { openSync, writeSync } from 'node:fs';
import { type ReportEvent, reportVariable } from '../events.js';

// Taken once: what a test forks or starts as a worker inherits the loader, not the report.
const path = process.env[reportVariable];
delete process.env[reportVariable];
const file = path === undefined ? undefined : openSync(path, 'a');

/** Whether this process is the one the runner started. */
export const watched = file !== undefined;

/** Written at once and in order: what was recorded stays, however the process ends. */
export const record = (event: ReportEvent): void => {
  if (file !== undefined) writeSync(file, `${JSON.stringify(event)}\n`);
};
