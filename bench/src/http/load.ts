/** The load, in a process of its own: so many connections for so long. Ends by itself. */
import { readFileSync } from 'node:fs';
import { runConnection } from './connection.js';
import { type Bounds, type LoadFigures, startGauge } from './gauge.js';
import { runStreams } from './streams.js';
import { type Kind, scriptOf, type Targets } from './targets.js';

/** Connections of one kind. `streams`: each opens a stream of changes, hears its beginning, and goes away, again and again. */
export interface Part {
  readonly kind: Kind | 'streams';
  readonly connections: number;
}

export interface LoadParams extends Bounds {
  readonly port: number;
  /** Of {@link Targets}, as JSON. */
  readonly file: string;
  readonly parts: ReadonlyArray<Part>;
}

const deadlineMilliseconds = 10_000;

export const httpLoad = async (_folder: string, params: LoadParams): Promise<LoadFigures> => {
  const { port, file, parts } = params;
  const targets = JSON.parse(readFileSync(file, 'utf8')) as Targets;
  const { goesOn, onAnswer, onStream, onError, figures } = startGauge(params);
  const around = { port, goesOn, deadlineMilliseconds };
  const ofKind = (kind: Part['kind'], index: number, connections: number): Promise<void> =>
    kind === 'streams'
      ? runStreams({ ...around, targets, watcher: { onAnswer: onStream, onError } })
      : runConnection({
          ...around,
          script: scriptOf(kind, targets, index, connections),
          watcher: { onAnswer, onError },
        });
  await Promise.all(
    parts.flatMap(({ kind, connections }) =>
      Array.from({ length: connections }, (_, index) => ofKind(kind, index, connections)),
    ),
  );
  return figures();
};
