import { nothing, type Outcome } from '../lib/outcome.js';

export const coverageOfChecklist = async (): Promise<Outcome> => nothing;
