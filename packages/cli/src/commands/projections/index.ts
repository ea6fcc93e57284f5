/**
 * `mandate projections list|status|rebuild|swap`.
 *
 * @packageDocumentation
 */
import type { Command } from '../../command.js';
import { listCommand } from './list.js';
import { rebuildCommand } from './rebuild.js';
import { statusCommand } from './status.js';
import { swapCommand } from './swap.js';

export const projectionsCommands: ReadonlyArray<Command> = [
  listCommand,
  statusCommand,
  rebuildCommand,
  swapCommand,
];
