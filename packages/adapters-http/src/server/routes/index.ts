/**
 * All routes, in the order in which they are documented.
 *
 * @packageDocumentation
 */
import type { Route } from '../route.js';
import { publicHandlers } from './public.js';
import { sessionHandlers } from './session.js';

export const registerRoutes: ReadonlyArray<Route> = [...publicHandlers, ...sessionHandlers];
