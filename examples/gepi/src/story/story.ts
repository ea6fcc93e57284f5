/**
 * The year of the story: chapter 3 of the manual, and what a register must do besides.
 *
 * @packageDocumentation
 */
import { closing, forgetting } from './chapters/closing.js';
import { delegation } from './chapters/delegation.js';
import { newFunction } from './chapters/new-function.js';
import { preparation } from './chapters/preparation.js';
import { queries } from './chapters/queries.js';
import { registration } from './chapters/registration.js';
import { replacement } from './chapters/replacement.js';
import type { Chapter } from './step.js';

export const year: ReadonlyArray<Chapter> = [
  preparation,
  registration,
  delegation,
  replacement,
  queries,
  newFunction,
  closing,
  forgetting,
];
