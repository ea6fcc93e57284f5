/**
 * What one start does: the year, or what is left of it, or one day more; then the lists and the proof.
 *
 * @packageDocumentation
 */
import { nextDay } from '../story/day.js';
import { clerkIdOf } from '../story/ids.js';
import { type Listener, runChapters } from '../story/run.js';
import type { Chapter } from '../story/step.js';
import { year } from '../story/story.js';
import type { World } from '../world/world.js';
import type { Run } from './document.js';
import { askHistory } from './history.js';
import { listsOf } from './lists.js';
import { replay } from './replay.js';

export const silent: Listener = { chapter: () => undefined, step: () => undefined };

const isOver = (world: World): boolean =>
  year.every((chapter) => chapter.steps.every((step) => world.journal.done.has(step.id)));

/** How this start finds the data folder. */
export const startOf = (world: World): Run['start'] =>
  isOver(world) ? 'continued' : world.journal.done.size === 0 ? 'new' : 'resumed';

/** Runs a start to its end; the listener hears of every step. */
export const runStory = async (world: World, listener: Listener): Promise<Run> => {
  const start = startOf(world);
  const chapters: ReadonlyArray<Chapter> = start === 'continued' ? [nextDay(world)] : year;
  const began = world.clock.now();
  const told = await runChapters(world, chapters, listener);
  const lists = await listsOf(world.portal.reading, world.clock.now());
  const former = clerkIdOf(world.journal.story, 'delegation/liu-added');
  const history = await askHistory(world, former, start === 'continued' ? began : undefined);
  const proof = await replay(world.portal);
  const holds = proof.holds && history.holds && told.every((step) => step.asExpected);
  return { data: world.folder, start, chapters, told, lists, history, replay: proof, holds };
};
