/**
 * All routes, in the order in which they are documented.
 *
 * @packageDocumentation
 */
import type { Route } from '../route.js';
import { changeHandlers } from './changes.js';
import { credentialHandlers } from './credentials.js';
import { decisionHandlers } from './decisions.js';
import { historyHandlers } from './history.js';
import { holderHandlers } from './holder.js';
import { publicHandlers } from './public.js';
import { sessionHandlers } from './session.js';
import { signingHandlers } from './signing.js';
import { staffHandlers } from './staff.js';
import { systemHandlers } from './system.js';

export const registerRoutes: ReadonlyArray<Route> = [
  ...publicHandlers,
  ...sessionHandlers,
  ...signingHandlers,
  ...holderHandlers,
  ...credentialHandlers,
  ...historyHandlers,
  ...staffHandlers,
  ...changeHandlers,
  ...decisionHandlers,
  ...systemHandlers,
];
