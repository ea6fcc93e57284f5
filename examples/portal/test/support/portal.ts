/** A portal of its own, with the drawer, on a port of this computer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '@mandate/adapters-http/node';
import type { Clock } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { openBox } from '../../src/cards/box.js';
import type { DrawerCard } from '../../src/cards/deck.js';
import { openPortal, type Portal } from '../../src/portal.js';
import type { Scene } from '../../src/world/scene.js';
import { openWorld, type World } from '../../src/world/world.js';

export interface Running {
  readonly origin: string;
  readonly folder: string;
  readonly world: World;
  readonly portal: Portal;
  /** What nobody foresaw. */
  readonly faults: ReadonlyArray<unknown>;
  readonly stop: () => Promise<void>;
}

/** The cards of a portal's drawer, with what signs in them. */
export const deckOf = async ({ folder }: Running): Promise<ReadonlyArray<DrawerCard>> => {
  const box = await openBox(join(folder, 'cards.json'));
  if (E.isLeft(box)) throw new Error(box.left.detail);
  return box.right.deck;
};

export interface RunOptions {
  readonly anyHour?: boolean;
  readonly clock?: Clock;
  /** Which portal. @defaultValue GEPI */
  readonly scene?: Scene;
  /** A card in a reader comes first, and each card of the drawer lies in a file: `npm start -- --reader`. */
  readonly reader?: boolean;
  /** Whose requests are counted. */
  readonly addressOf?: (request: Request) => string | undefined;
  /** Where the card component of a portal at `origin` listens. */
  readonly component?: (origin: string) => Promise<string>;
}

export const runPortal = async (options: RunOptions = {}): Promise<Running> => {
  const base = mkdtempSync(join(tmpdir(), 'mandate-portal-'));
  const faults: Array<unknown> = [];
  let answer = async (_: Request): Promise<Response> => new Response(null, { status: 503 });
  const started = await startServer({ fetch: (request) => answer(request), port: 0 })();
  if (E.isLeft(started)) throw new Error(`${started.left.code}: ${started.left.detail}`);
  const server = started.right;
  const origin = `http://localhost:${server.port}`;
  const { anyHour = true, clock, component, addressOf, scene, reader = false } = options;
  const more = component === undefined ? {} : { component: await component(origin) };
  const opened = await openWorld({
    folder: join(base, 'portal'),
    origin,
    anyHour,
    cardFiles: reader,
    ...(clock === undefined ? {} : { clock }),
    ...(scene === undefined ? {} : { scene }),
  });
  if (E.isLeft(opened)) throw new Error(`${opened.left.code}: ${opened.left.detail}`);
  const world = opened.right;
  const portal = await openPortal(world, {
    onFault: ({ error }) => faults.push(error),
    readerFirst: reader,
    ...(addressOf === undefined ? {} : { addressOf }),
    ...more,
  });
  answer = portal.fetch;
  return {
    origin,
    folder: join(base, 'portal'),
    world,
    portal,
    faults,
    stop: async () => {
      await portal.close();
      await server.stop();
      await world.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
};
