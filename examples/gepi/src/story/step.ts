/**
 * The shape of the story: chapters of steps, each with what it expects.
 *
 * @packageDocumentation
 */
import type { Text } from '@mandate/domain';
import type { Agency } from '../world/cast.js';
import type { Expectation, Outcome } from './outcome.js';
import type { Scene } from './scene.js';

/**
 * One thing that somebody does. At most one of its commands changes anything, and it is the last: so a step that a kill
 * cut short is either over or can be done from its beginning.
 */
export interface Step {
  /** Unique in the story, and never changed: the journal names it. */
  readonly id: string;
  /** Local time in Taipei, `2026-01-05T09:00`. */
  readonly at: string;
  readonly agency?: Agency;
  readonly text: Text;
  /** Checklist numbers. */
  readonly items: ReadonlyArray<string>;
  readonly expect: Expectation;
  readonly run: (scene: Scene) => Promise<Outcome>;
}

export interface Chapter {
  readonly id: string;
  /** In the manual's words, where the manual has the chapter. */
  readonly title: Text;
  readonly steps: ReadonlyArray<Step>;
}

/** Writes steps down with little around them. */
export const steps =
  (chapter: string, agency?: Agency) =>
  (
    id: string,
    at: string,
    zh: string,
    en: string,
    items: string,
    expect: Expectation,
    run: (scene: Scene) => Promise<Outcome>,
  ): Step => ({
    id: `${chapter}/${id}`,
    at,
    ...(agency === undefined ? {} : { agency }),
    text: { zh, en },
    items: items === '' ? [] : items.split(' '),
    expect,
    run,
  });
