/**
 * Walks through chapters: does what is not done yet, and holds every outcome against what the story expects.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { isRecord } from '../world/files.js';
import type { World } from '../world/world.js';
import { doneOutcome, meets, type Outcome } from './outcome.js';
import { type Sessions, sceneOf } from './scene.js';
import type { Chapter, Step } from './step.js';

/** A step that is over. */
export interface Told {
  readonly step: Step;
  /** Milliseconds since 1970, when it began. */
  readonly at: number;
  readonly outcome: Outcome;
  readonly asExpected: boolean;
  /** It was done by an earlier start. */
  readonly before: boolean;
}

/** What is told while the story runs. */
export interface Listener {
  readonly chapter: (chapter: Chapter) => void;
  readonly step: (told: Told) => void;
}

const isOutcome = (value: unknown): value is Outcome =>
  isRecord(value) && typeof value['kind'] === 'string' && typeof value['zh'] === 'string';

const tell = (step: Step, at: number, outcome: Outcome, before: boolean): Told => ({
  step,
  at,
  outcome,
  asExpected: meets(step.expect, outcome),
  before,
});

/** What the journal says of a step. */
const toldBefore = (world: World, step: Step): Told | undefined => {
  const done = world.journal.done.get(step.id);
  return done === undefined || !isOutcome(done.outcome) ? undefined : tell(step, done.at, done.outcome, true);
};

/**
 * A command that was under way when the program was killed: sent again to the letter, it is answered as the first time
 * if it had been written, and carried out now if it had not. `undefined` where the step must begin anew.
 */
const resume = async (world: World, step: Step): Promise<Outcome | undefined> => {
  const pending = world.journal.pending();
  if (pending === undefined || pending.step !== step.id || step.expect.kind !== 'done') return undefined;
  const options = pending.staff === null ? {} : { staff: pending.staff };
  const executed = await world.portal.register.execute(pending.command, options)();
  if (E.isLeft(executed)) return undefined;
  const text = { zh: '程式中斷前已送出,接續完成。', en: 'It was sent before the program ended; done now.' };
  return doneOutcome({ ...executed.right, idempotent: step.expect.repeated }, text);
};

const perform = async (world: World, step: Step, sessions: Sessions): Promise<Told> => {
  world.clock.to(step.at);
  const at = world.clock.now();
  const outcome = (await resume(world, step)) ?? (await step.run(sceneOf(world, step.id, sessions)));
  world.journal.finish({ step: step.id, at, outcome }, world.clock.now());
  return tell(step, at, outcome, false);
};

/** Runs chapters in order; answers every step, also those of earlier starts. */
export const runChapters = async (
  world: World,
  chapters: ReadonlyArray<Chapter>,
  listener: Listener,
): Promise<ReadonlyArray<Told>> => {
  const sessions: Sessions = new Map();
  const all: Told[] = [];
  for (const chapter of chapters) {
    listener.chapter(chapter);
    for (const step of chapter.steps) {
      const told = toldBefore(world, step) ?? (await perform(world, step, sessions));
      all.push(told);
      listener.step(told);
    }
  }
  return all;
};
