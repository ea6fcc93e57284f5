/** Starts a server in a process of its own, asks it, and stops it. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { emptyFolder, removeFolder } from '../lib/child.js';
import type { AloneParams } from './alone.js';
import type { LoadFigures } from './gauge.js';

/** `nothing`: a bare route of Hono. `portal`: the register over HTTP. */
export type Subject = 'nothing' | 'portal';

export interface ServeParams {
  /** Of this server alone. */
  readonly folder: string;
  readonly agencies: number;
  readonly eventsPerAgency: number;
}

/** How large a process is. */
export interface Size {
  /** MiB of all of it. */
  readonly residentMiB: number;
  /** MiB that its heap takes of that, garbage and room to grow included. */
  readonly heapMiB: number;
}

/** What it is asked by its parent. */
export type Question = 'size' | 'live' | 'used' | 'events' | 'stop' | { readonly alone: AloneParams };

/** What a server tells its parent: first where it is, then an answer to each question. */
export type Told =
  | { readonly port: number; readonly file: string }
  | Size
  | { readonly MiB: number }
  | { readonly milliseconds: number }
  | { readonly events: number }
  | { readonly figures: LoadFigures | undefined };

export interface ServerProcess {
  readonly port: number;
  /** Where it wrote down what there is to ask for. */
  readonly file: string;
  readonly size: () => Promise<Size>;
  /** MiB that are left after a collection. */
  readonly liveMiB: () => Promise<number>;
  /** Events in its store; 0 where it has none. */
  readonly events: () => Promise<number>;
  /** Processor time that it has taken until now, in milliseconds. */
  readonly usedMilliseconds: () => Promise<number>;
  /** Commands without HTTP, in the process of the server. */
  readonly alone: (params: AloneParams) => Promise<LoadFigures>;
  readonly stop: () => Promise<void>;
}

const program = fileURLToPath(new URL('./serve.ts', import.meta.url));

export type Serve = (subject: Subject, params: Omit<ServeParams, 'folder'>) => Promise<ServerProcess>;

/** Rejects where the server does not start; what it printed is in the message. */
export const serveInChild: Serve = async (subject, params) => {
  const folder = emptyFolder();
  const child = fork(program, [subject, JSON.stringify({ folder, ...params })], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (part: Buffer) => {
    errors = `${errors}${part.toString()}`.slice(-4000);
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });
  const answer = (): Promise<Told> =>
    new Promise((resolve, reject) => {
      child.once('message', (told) => resolve(told as Told));
      void ended.then(() => reject(new Error(`the server has ended: ${errors.trim()}`)));
    });
  const ask = (question: Question): Promise<Told> => {
    const told = answer();
    child.send(question);
    return told;
  };
  const size = async (): Promise<Size> => {
    const heard = await ask('size');
    return 'heapMiB' in heard ? heard : { residentMiB: Number.NaN, heapMiB: Number.NaN };
  };
  const liveMiB = async (): Promise<number> => {
    const heard = await ask('live');
    return 'MiB' in heard ? heard.MiB : Number.NaN;
  };
  const usedMilliseconds = async (): Promise<number> => {
    const heard = await ask('used');
    return 'milliseconds' in heard ? heard.milliseconds : Number.NaN;
  };
  const events = async (): Promise<number> => {
    const heard = await ask('events');
    return 'events' in heard ? heard.events : Number.NaN;
  };
  const alone = async (params: AloneParams): Promise<LoadFigures> => {
    const heard = await ask({ alone: params });
    if ('figures' in heard && heard.figures !== undefined) return heard.figures;
    throw new Error('there is no register in that server');
  };
  const stop = async (): Promise<void> => {
    if (child.connected) child.send('stop');
    await ended;
    removeFolder(folder);
  };
  try {
    const begun = await answer();
    if (!('port' in begun)) throw new Error('the server does not say where it is');
    return {
      ...begun,
      size,
      liveMiB,
      events,
      usedMilliseconds,
      alone,
      stop,
    };
  } catch (error) {
    child.kill();
    await ended;
    removeFolder(folder);
    throw error;
  }
};
