import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../src/server/index.js';
import { createLag } from '../../src/server/telemetry/lag.js';
import { handClock, right } from '../support.js';
import { type Office, openOffice, origin } from './support/office.js';

const test = suite<{ office: Office }>('health and readiness');

test.before(async (context) => {
  context.office = await openOffice();
});

test.after(async ({ office }) => {
  await office.close();
});

const get = (app: Pick<Office['app'], 'fetch'>, path: string): Promise<Response> =>
  app.fetch(new Request(`${origin}${path}`));

const fault = { _tag: 'Left', left: { code: 'DATABASE_UNAVAILABLE', detail: 'disk A123456789' } } as const;

test('a process that answers is alive, whatever else is not', async ({ office }) => {
  const app = office.serve({
    register: { ...office.register, presentTerms: () => async () => E.left({} as never) },
  });
  const answer = await get(app, '/health');
  assert.equal([answer.status, await answer.json()], [200, { status: 'alive' }]);
});

test('ready: store, vault, lists and decision index answer and know what was committed', async ({
  office,
}) => {
  const answer = await get(office.app, '/ready');
  assert.is(answer.status, 200);
  const body = (await answer.json()) as { readModels: ReadonlyArray<{ name: string; caughtUp: boolean }> };
  assert.equal(
    { ...body, readModels: body.readModels.every(({ caughtUp }) => caughtUp) },
    { status: 'ready', lagSeconds: 0, readModels: true, authority: true },
  );
  assert.ok(body.readModels.length >= 7);
});

test('not ready: each of them alone, with a refusal that says nothing of it, and a log that does', async ({
  office,
}) => {
  const lines: LogRecord[] = [];
  const note = (record: LogRecord): void => void lines.push(record);
  const logger = { info: note, warn: note, error: note };
  const { register, reads, authority } = office;
  const unavailable = () => async () => right(E.right(E.left({ code: 'VAULT_UNAVAILABLE' } as never)));
  const timeout = () => async () => E.left({ code: 'WAIT_TIMEOUT', detail: '' });
  const cases = [
    [
      { register: { ...register, presentTerms: unavailable } },
      'UNAVAILABLE',
      'store and vault: VAULT_UNAVAILABLE',
    ],
    [{ reads: { ...reads, waitFor: timeout } }, 'READ_MODEL_BEHIND', 'read models'],
    [
      { reads: { ...reads, waitFor: () => async () => fault } },
      'UNAVAILABLE',
      'read models: DATABASE_UNAVAILABLE',
    ],
    [{ reads: { ...reads, status: () => fault } }, 'UNAVAILABLE', 'read models: DATABASE_UNAVAILABLE'],
    [
      {
        reads: {
          ...reads,
          status: () =>
            E.right([{ name: 'people', position: undefined, fault: { code: 'APPLY_FAILED', detail: 'x' } }]),
        },
      },
      'UNAVAILABLE',
      'people: APPLY_FAILED',
    ],
    [{ authority: { ...authority, waitFor: timeout } }, 'READ_MODEL_BEHIND', 'decision index'],
  ] as const;
  for (const [options, code, detail] of cases) {
    const answer = await get(office.serve({ ...options, logger } as never), '/ready');
    assert.is(answer.status, 503);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    const text = await answer.text();
    assert.is((JSON.parse(text) as { code: string }).code, code);
    assert.not.match(text, /people|read models|decision index|vault:|A123456789|APPLY_FAILED/);
    const line = lines.at(-1);
    assert.equal([line?.route, line?.detail], ['ready', detail]);
  }
});

test('a program that was given no way to ask is ready by what it can tell', async ({ office }) => {
  const { status: _, ...reads } = office.reads;
  const { waitFor: __, ...authority } = office.authority;
  const answer = await get(office.serve({ reads, authority, changes: undefined as never }), '/ready');
  assert.equal(await answer.json(), { status: 'ready', lagSeconds: 0, readModels: null, authority: null });
});

test('lag is the time since which something is missing, not how much', () => {
  const clock = handClock();
  const { observe } = createLag(clock);
  assert.is(observe(undefined, undefined), 0);
  assert.is(observe('b', 'b'), 0);
  assert.is(observe('c', 'b'), 0);
  clock.advance(2000);
  assert.is(observe('c', 'b'), 2);
  clock.advance(1000);
  assert.is(observe('e', 'b'), 3);
  // It knows what was missing first; what came later counts from now.
  assert.is(observe('e', 'c'), 0);
  clock.advance(1000);
  assert.is(observe('e', 'd'), 1);
  assert.is(observe('e', 'e'), 0);
});

test.run();
