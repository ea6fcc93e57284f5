import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Office, openOffice, origin } from './support/office.js';
import { clientPort } from './support/staff.js';

const test = suite<{ office: Office }>('streams of changes that come and go');

test.before(async (context) => {
  context.office = await openOffice({ app: { clients: clientPort } });
});

test.after(async ({ office }) => {
  await office.close();
});

/** What is left of the heap after a collection. */
const live = async (): Promise<number> => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
};

/** Asks, hears the beginning of the answer and goes away: by itself, or with the connection. */
const comeAndGo = async ({ app }: Office, path: string, index: number): Promise<number> => {
  const gone = new AbortController();
  const headers = { authorization: 'Bearer mirror' };
  const answer = await app.fetch(new Request(`${origin}${path}`, { headers, signal: gone.signal }));
  const reader = answer.body?.getReader();
  await reader?.read();
  if (index % 2 === 0) await reader?.cancel();
  else gone.abort();
  return answer.status;
};

/** So many that what the engine lays down for itself, some hundred kilobytes at any time, is little beside what each would leave. */
const count = 30_000;

/** Octets that each of so many leaves on the heap; what the first ones leave is not counted. */
const leftBy = async (office: Office, path: string, status: number): Promise<number> => {
  const many = async (times: number): Promise<void> => {
    for (let index = 0; index < times; index++) {
      assert.is(await comeAndGo(office, path, index), status);
    }
  };
  await many(5_000);
  const before = await live();
  await many(count);
  return ((await live()) - before) / count;
};

test('tens of thousands of them leave no more behind than requests that open none', async ({ office }) => {
  // A client may have four open, so one that were not given back would soon refuse the next.
  const streams = await leftBy(office, '/changes', 200);
  const others = await leftBy(office, '/serial', 401);
  assert.ok(streams - others < 50, `${Math.round(streams)} octets of each, of others ${Math.round(others)}`);
});

test.run();
