import { programs, show } from '../lib/command.js';
import { nothing, type Outcome, oneFailed, onePassed } from '../lib/outcome.js';

const shown = (args: ReadonlyArray<string>): Outcome => (show(args) ? onePassed : oneFailed);

export const formatAndLint = async (): Promise<Outcome> => shown([programs.biome, 'check', '.']);

export const typesAndBuild = async (): Promise<Outcome> => shown([programs.tsc, '-b']);
export const boundaries = async (): Promise<Outcome> => nothing;
export const docExamples = async (): Promise<Outcome> => nothing;
export const publishable = async (): Promise<Outcome> => nothing;
