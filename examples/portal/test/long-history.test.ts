import { gepiPolicyFor } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { everyChange, historyLimits } from '../src/history/every-change.js';
import type { HistoryPlace } from '../src/history/place.js';
import { type Change, type History, telling } from '../src/history/telling.js';
import { timeLine } from '../src/history/timeline.js';
import { render } from '../src/site/html.js';
import type { View } from '../src/site/view.js';
import { wordsOf } from '../src/site/words.js';
import { origin } from './support/site.js';

const test = suite('portal: histories that are too long for a page');

/** An agency with so many changes, and how often its history was asked for. */
const agencyWith = (count: number) => {
  let asked = 0;
  const list: HistoryPlace['list'] = async ({ limit, cursor = '0' }) => {
    asked += 1;
    const from = Number(cursor);
    const to = Math.min(count, from + Number(limit));
    const items = Array.from(
      { length: to - from },
      (_, at) => ({ revision: from + at }) as unknown as Change,
    );
    const person = { person: 'p', name: '曹承辦' };
    const right = { items, next: to < count ? String(to) : null, people: [person] } as unknown as History;
    return { _tag: 'Right', right };
  };
  return { list, asked: () => asked };
};

const read = async (count: number) => {
  const agency = agencyWith(count);
  const found = await everyChange(agency);
  if (found._tag === 'Left') throw new Error('refused');
  const { changes, people, leftOut } = found.right;
  const revisions = changes.map(({ revision }) => revision);
  return { first: revisions.at(0), last: revisions.at(-1), leftOut, people, asked: agency.asked() };
};

test('a history is whole up to 10,000 changes; beyond, the latest are shown and not the first', async () => {
  const { kept, lookedAt } = historyLimits;
  assert.equal(await read(0), {
    first: undefined,
    last: undefined,
    leftOut: 'nothing',
    people: [{ person: 'p', name: '曹承辦' }],
    asked: 1,
  });
  const { people, ...whole } = await read(kept);
  assert.equal(whole, { first: 0, last: kept - 1, leftOut: 'nothing', asked: 10 });
  assert.is(people.length, 1);
  const longer = await read(kept + 1);
  assert.equal([longer.first, longer.last, longer.leftOut], [1, kept, 'older']);
  const most = await read(lookedAt);
  assert.equal([most.last, most.leftOut], [lookedAt - 1, 'older']);
  const tooLong = await read(lookedAt * 100);
  assert.equal([tooLong.last, tooLong.leftOut, tooLong.asked], [lookedAt - 1, 'newer', 50]);
});

test('the page says what it leaves out, and where it stands', () => {
  const pack = gepiPolicyFor(origin);
  const place = { base: '/history', exports: { csv: '/api/history.csv', jsonLines: '' } } as HistoryPlace;
  const pageOf = (leftOut: 'nothing' | 'older' | 'newer', lang: 'zh' | 'en'): string => {
    const view = { pack, words: wordsOf(pack, lang) } as unknown as View;
    return render(
      timeLine(telling(view, [], []), place, { changes: [], leftOut, clerk: undefined, page: 1 }),
    );
  };
  assert.match(pageOf('older', 'zh'), /只顯示最近 10,000 筆異動[\s\S]*\/api\/history\.csv/);
  assert.match(pageOf('newer', 'en'), /more than 50,000 changes/);
  assert.not.match(pageOf('nothing', 'zh'), /class="notice/);
});

test.run();
