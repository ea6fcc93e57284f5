/**
 * Ids that follow from the story and a step: a retry has the same.
 *
 * @packageDocumentation
 */
import { derivedId } from '@mandate/domain';

/** The id of the command that a step sends. */
export const commandIdOf = (story: string, stepId: string): string => derivedId(story, stepId);

/** The id of the clerk whom a step added: it follows from its command's. */
export const clerkIdOf = (story: string, stepId: string): string =>
  derivedId(commandIdOf(story, stepId), 'clerk');
