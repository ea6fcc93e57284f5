/**
 * Every command, in the order of the help.
 *
 * @packageDocumentation
 */
import type { Command } from '../command.js';
import { backupCommand } from './backup.js';
import { checkClerksCommand } from './check-clerks.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { importClerksCommand } from './import-clerks.js';
import { projectionsCommands } from './projections/index.js';
import { reapplyForgettingsCommand } from './reapply-forgettings.js';
import { replayCommand } from './replay.js';
import { restoreCommand } from './restore.js';
import { statsCommand } from './stats.js';
import { verifyCommand } from './verify.js';

export const commands: ReadonlyArray<Command> = [
  exportCommand,
  importCommand,
  verifyCommand,
  replayCommand,
  statsCommand,
  backupCommand,
  restoreCommand,
  reapplyForgettingsCommand,
  ...projectionsCommands,
  checkClerksCommand,
  importClerksCommand,
];
