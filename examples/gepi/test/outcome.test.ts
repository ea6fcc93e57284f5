import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { preparation } from '../src/story/chapters/preparation.js';
import {
  answer,
  answered,
  cardSays,
  done,
  type Expectation,
  meets,
  type Outcome,
  refused,
  repeated,
  wouldDo,
} from '../src/story/outcome.js';
import { runChapters } from '../src/story/run.js';
import { steps } from '../src/story/step.js';
import { year } from '../src/story/story.js';
import { openWorld } from '../src/world/world.js';
import { removeFolders, temporaryFolder } from './support.js';

// -------------------------------------------------------------------------------------
// expectations
// -------------------------------------------------------------------------------------

const expectations = suite('expectations');

const carriedOut = {
  kind: 'done',
  zh: '',
  en: '',
  events: ['A', 'B'],
  repeated: false,
  dryRun: false,
} as const;
const field = { path: 'a', code: 'REQUIRED', zh: '', en: '' } as const;

const outcomes: ReadonlyArray<Outcome> = [
  carriedOut,
  { ...carriedOut, events: ['B', 'A'] },
  { ...carriedOut, events: ['A'] },
  { ...carriedOut, repeated: true },
  { ...carriedOut, dryRun: true },
  { kind: 'refused', zh: '', en: '', code: 'X', fields: [] },
  { kind: 'refused', zh: '', en: '', code: 'X', fields: [field] },
  { kind: 'refused', zh: '', en: '', code: 'Y', fields: [] },
  { kind: 'card', zh: '', en: '', code: 'PIN_LOCKED', triesLeft: 0 },
  { kind: 'card', zh: '', en: '', code: 'PIN_WRONG', triesLeft: 1 },
  answer(true, '', ''),
  answer(false, '', ''),
];

/** Each expectation with the one outcome of the list that meets it. */
const met: ReadonlyArray<readonly [Expectation, number]> = [
  [done('A', 'B'), 0],
  [done('B', 'A'), 1],
  [done('A'), 2],
  [repeated('A', 'B'), 3],
  [wouldDo('A', 'B'), 4],
  [refused('X'), 5],
  [refused('X', 'REQUIRED'), 6],
  [refused('Y'), 7],
  [cardSays('PIN_LOCKED'), 8],
  [cardSays('PIN_WRONG'), 9],
  [answered, 10],
];

expectations('each is met by its own outcome and by no other', () => {
  for (const [expected, index] of met) {
    const meeting = outcomes.flatMap((outcome, at) => (meets(expected, outcome) ? [at] : []));
    assert.equal(meeting, [index], JSON.stringify(expected));
  }
});

expectations('every step of the year has an id of its own and time that goes on', () => {
  const all = year.flatMap((chapter) => chapter.steps);
  assert.is(new Set(all.map((step) => step.id)).size, all.length);
  const times = all.map((step) => step.at);
  assert.equal(times, [...times].sort());
  for (const chapter of year) {
    for (const step of chapter.steps) assert.ok(step.id.startsWith(`${chapter.id}/`), step.id);
  }
});

expectations('a step that goes otherwise is told as not expected, on later starts too', async () => {
  const folder = temporaryFolder();
  const step = steps('odd');
  const chapter = {
    id: 'odd',
    title: { zh: '', en: '' },
    steps: [step('one', '2026-01-05T09:00', '', '', '', refused('X'), async () => answer(true, '', ''))],
  };
  const listener = { chapter: () => undefined, step: () => undefined };
  for (const before of [false, true]) {
    const world = await openWorld(folder);
    if (world._tag === 'Left') throw new Error(world.left.detail);
    const told = await runChapters(world.right, [preparation, chapter], listener);
    await world.right.close();
    assert.equal(
      told.map((each) => [each.asExpected, each.before]),
      [...preparation.steps.map(() => [true, before]), [false, before]],
    );
  }
});

expectations.after(removeFolders);
expectations.run();
