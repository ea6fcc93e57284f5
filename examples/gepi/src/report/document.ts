/**
 * The whole run as one JSON document.
 *
 * @packageDocumentation
 */
import type { Told } from '../story/run.js';
import type { Chapter } from '../story/step.js';
import type { HistoryReport } from './history.js';
import type { Lists } from './lists.js';
import type { ReplayReport } from './replay.js';

export interface Run {
  readonly data: string;
  /** `new`: nothing was there. `resumed`: the year was cut short. `continued`: the year was over, one day more. */
  readonly start: 'new' | 'resumed' | 'continued';
  readonly chapters: ReadonlyArray<Chapter>;
  readonly told: ReadonlyArray<Told>;
  readonly lists: Lists;
  readonly history: HistoryReport;
  readonly replay: ReplayReport;
  readonly holds: boolean;
}

const taipei = (epochMs: number): string =>
  `${new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

const stepOf = ({ asExpected, at, before, outcome, step }: Told) => ({
  id: step.id,
  at: taipei(at),
  agency: step.agency?.code ?? null,
  zh: step.text.zh,
  en: step.text.en,
  items: step.items,
  expected: step.expect,
  outcome,
  asExpected,
  before,
});

/** Format `mandate-gepi-run/1`. */
export const toDocument = (run: Run): unknown => ({
  format: 'mandate-gepi-run/1',
  holds: run.holds,
  data: run.data,
  start: run.start,
  chapters: run.chapters.map(({ id, title }) => ({
    id,
    title,
    steps: run.told.filter(({ step }) => step.id.startsWith(`${id}/`)).map(stepOf),
  })),
  lists: run.lists,
  history: run.history,
  replay: run.replay,
});
