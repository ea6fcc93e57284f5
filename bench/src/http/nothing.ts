/** What is compared with: one route of Hono that does nothing, on the starter of the register. */
import { startServer } from '@mandate/adapters-http/node';
import { Hono } from 'hono';
import { right } from '../lib/either.js';
import type { Served } from './served.js';

export const serveNothing = async (): Promise<Served> => {
  const app = new Hono();
  app.get('/', (c) => c.text('ok'));
  const server = right(await startServer({ fetch: (request) => app.fetch(request), port: 0 })());
  return { port: server.port, targets: undefined, alone: undefined, events: undefined, stop: server.stop };
};
