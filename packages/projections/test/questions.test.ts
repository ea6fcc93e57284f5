import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { all, clerkList, one, orRefuse, projectionFault } from '../src/index.js';
import { answerLater, answerNow, type Question } from '../src/reading/question.js';
import { agency, authorized, registered } from './support/events.js';
import { runnerOf } from './support/runner.js';
import { left, makeWorld, right } from './support/world.js';

const test = suite('questions');

/** A database of numbers: a statement is a number, its rows are all below. */
const below = (sql: string): ReadonlyArray<{ n: number }> =>
  Array.from({ length: Number(sql) }, (_, n) => ({ n }));

function* twice(): Question<string> {
  const first = yield* all<{ n: number }>('3');
  const second = yield* one<{ n: number }>(String(first.length - 1));
  const none = yield* one('0');
  return `${first.length} ${second?.n} ${none}`;
}

test('a question has the same answer at once and later', async () => {
  assert.equal(
    answerNow(twice, ({ sql }) => below(sql)),
    E.right('3 0 undefined'),
  );
  assert.equal(await answerLater(twice, async ({ sql }) => below(sql)), E.right('3 0 undefined'));
});

test('a question that is refused asks nothing more', async () => {
  const fault = projectionFault('TIME_INVALID', 'no time');
  const asked: string[] = [];
  function* refused(): Question<number> {
    yield* all('1');
    yield* orRefuse(E.left(fault));
    return (yield* all('2')).length;
  }
  const rows = (sql: string): ReadonlyArray<unknown> => {
    asked.push(sql);
    return below(sql);
  };
  assert.equal(
    answerNow(refused, ({ sql }) => rows(sql)),
    E.left(fault),
  );
  assert.equal(await answerLater(refused, async ({ sql }) => rows(sql)), E.left(fault));
  assert.equal(asked, ['1', '1']);
});

test('a question is asked of one state of the tables, and its own faults are QUERY_FAILED', async () => {
  const world = makeWorld();
  await world.write(agency('10001'), [registered('10001'), authorized('甲', ['pay'])]);
  const runner = await runnerOf(world, [clerkList]);
  right(await runner.catchUp()());
  const counted = runner.read.ask(clerkList, function* () {
    const clerks = yield* all('SELECT clerk FROM {clerks} WHERE portal = @portal', { portal: 'gepi' });
    const found = yield* one<{ name: string }>('SELECT name FROM {agencies} WHERE agency = ?', '10001');
    return [clerks.length, found?.name];
  });
  assert.equal(right(counted), [1, '機關10001']);
  assert.equal(right(await runner.read.later(counted)()), [1, '機關10001']);
  const thrown = runner.read.ask(clerkList, function* () {
    yield* all('SELECT clerk FROM {clerks}');
    throw new Error('of the question');
  });
  assert.is(left(thrown).code, 'QUERY_FAILED');
  assert.is(left(runner.read.ask(clerkList, () => all('SELECT nothing'))).code, 'QUERY_FAILED');
  await runner.close();
});

test.run();
