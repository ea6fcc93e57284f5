/**
 * 六、更換憑證作業: who changed → which cards → what to do, in which order (GEPI-44, GEPI-45).
 *
 * @packageDocumentation
 */
import { type Changed, gepiPolicy, type PlannedCard, planReplacement, type Text } from '@mandate/domain';
import { cityOffice } from '../../world/cast.js';
import { answer, answered, type Fact } from '../outcome.js';
import { type Step, steps } from '../step.js';
import { say } from './shared.js';

const step = steps('replacement', cityOffice);

const cardName: Readonly<Record<PlannedCard['role'], Text>> = {
  agency: say('planner.card.agency'),
  manager: say('planner.card.manager'),
  clerk: say('planner.card.clerk'),
};

const printCard = ({ role, which }: PlannedCard): string =>
  `${cardName[role].zh}(${say(which === 'new' ? 'planner.new' : 'planner.current').zh})`;

/** A row of the table: cards to bring, then operations in order. */
export const planFact = (label: Text, changed: Partial<Changed>): Fact => {
  const plan = planReplacement(gepiPolicy, {
    agency: false,
    manager: false,
    clerk: false,
    managerIsClerk: false,
    ...changed,
  });
  const operations = plan?.operations.map(({ order, purpose }) => `${order}.${purpose.label.zh}`) ?? [];
  return { label, value: `${plan?.cards.map(printCard).join('、') ?? ''} → ${operations.join(' ')}` };
};

const rows: ReadonlyArray<Fact> = [
  planFact(say('planner.managerOnly'), { manager: true }),
  planFact(say('planner.clerkOnly'), { clerk: true }),
  planFact(
    { zh: '授權管理者兼經辦人', en: 'A manager who is a clerk' },
    { manager: true, managerIsClerk: true },
  ),
  planFact({ zh: '僅機關', en: 'The agency only' }, { agency: true }),
  planFact({ zh: '機關及授權管理者', en: 'Agency and manager' }, { agency: true, manager: true }),
];

export const planning: ReadonlyArray<Step> = [
  step(
    'plan',
    '2026-03-31T09:00',
    '所需憑證及應辦理作業之情形表',
    'Who changed: which cards to bring, what to do, in which order',
    'GEPI-44 GEPI-45',
    answered,
    async () =>
      answer(
        rows.every((row) => row.value.includes('1.')),
        '依換發對象辦理:',
        'By whose card changed:',
        rows,
      ),
  ),
];
