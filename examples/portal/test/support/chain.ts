/** Everything between the page and a card, as it is on a person's machine: agent, card service, reader, cards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mischief, testPinTransportKey } from '@mandate/adapters-pcsc/virtual-card';
import type { Need } from '@mandate/testing';
import * as beds from '@mandate/testing/card-service';
import { browserNeed } from './browser.js';

const bed = beds.bedNeed('opensc-tool');

/** A browser, pcscd with vpcd, and the right to make namespaces. */
export const chainNeed: Need = browserNeed.available ? bed : browserNeed;

const fileOf = (specifier: string): string => fileURLToPath(import.meta.resolve(specifier));

export type Service = beds.Bed<'t7s', Mischief>;
export type Card = beds.BedCard<Mischief>;

export const startService = (): Promise<Service> =>
  beds.startBed(() => ({ main: fileOf('@mandate/adapters-pcsc/virtual-card/main') }));

export interface Agent {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** The card agent as a program on that card service; with the port of one that was stopped, in its place. */
export const startAgent = async (
  { env, folder }: Service,
  origin: string,
  address = 'http://localhost:0',
): Promise<Agent> => {
  const key = join(folder, 'pin-transport.key');
  writeFileSync(key, testPinTransportKey);
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...['--conditions=mandate-source', '--import', import.meta.resolve('tsx')],
      fileOf('@mandate/example-card-agent/src/main.ts'),
      ...['--origin', origin, '--port', new URL(address).port, '--pin-transport-key', key],
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  let said = '';
  const listening = new Promise<string>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      said += part.toString('utf8');
      const [found] = /http:\/\/localhost:\d+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void ended.then(() => reject(new Error(`the agent ended: ${said}`)));
  });
  return {
    address: await beds.within(() => `the agent listening; it said ${said}`, listening),
    stop: async () => {
      child.kill('SIGTERM');
      await beds.within(() => 'the end of the agent', ended);
    },
  };
};

/** The one reader before the person, and the cards beside it. */
export interface Desk {
  /** Takes out what is in, and puts that card in; resolves when the card service has seen both. */
  readonly putIn: (id: string) => Promise<Card>;
  readonly takeOut: () => Promise<void>;
}

/** Cards by id and PIN, from the files of a portal that was started with `--reader`. */
export const layOut = async (
  service: Service,
  folder: string,
  pins: Readonly<Record<string, string>>,
): Promise<Desk> => {
  const cards = new Map<string, Card>();
  for (const [id, pin] of Object.entries(pins)) {
    const contents = JSON.parse(readFileSync(join(folder, 'cards', `${id}.json`), 'utf8'));
    cards.set(id, await service.startCard({ kind: 't7s', contents, pin, out: true }));
  }
  let inside: Card | undefined;
  const takeOut = async (): Promise<void> => {
    await inside?.pull();
    inside = undefined;
    await beds.until(
      async () => !(await service.seesCard(0)),
      () => 'an empty reader',
    );
  };
  return {
    takeOut,
    putIn: async (id) => {
      await takeOut();
      const card = cards.get(id);
      if (card === undefined) throw new Error(`no card ${id}`);
      await card.insert();
      inside = card;
      await beds.until(
        () => service.seesCard(0),
        () => `the card ${id} in the reader`,
      );
      return card;
    },
  };
};
