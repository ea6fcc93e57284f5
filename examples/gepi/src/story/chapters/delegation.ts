/**
 * 五、授權指派: the manager lets clerks act (GEPI-30…43).
 *
 * @packageDocumentation
 */
import type { Chapter } from '../step.js';
import { adding } from './delegation-adding.js';
import { cards, whoOpens } from './delegation-list.js';
import { lockedOut } from './delegation-locked-out.js';
import { otherAgencies } from './delegation-others.js';
import { typedSerials } from './delegation-typed.js';
import { leaving, working } from './delegation-working.js';

export const delegation: Chapter = {
  id: 'delegation',
  title: { zh: '五、授權指派', en: 'Delegation' },
  steps: [
    cards,
    ...whoOpens,
    ...adding,
    ...typedSerials,
    ...otherAgencies,
    ...working,
    ...leaving,
    ...lockedOut,
  ],
};
