import { createServer } from 'node:net';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runConnection } from '../src/http/connection.js';
import { type Serve, serveInChild } from '../src/http/server-process.js';
import { answerReader, octetsOf } from '../src/http/wire.js';
import { measureInChild } from '../src/lib/child.js';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { type HttpResults, runHttp } from '../src/run-http.js';
import { httpVerdictsOf } from '../src/table-http.js';
import { measureHere } from './support.js';

// -------------------------------------------------------------------------------------
// the harness
// -------------------------------------------------------------------------------------

const load = suite<{ results: HttpResults }>('the register over HTTP, with tiny numbers');

load.before(async (context) => {
  context.results = await runHttp({
    plan: tiny.http,
    measure: measureHere,
    serve: serveInChild,
    tell: () => undefined,
  });
});

load('every question and every command is answered rightly, however many connections', ({ results }) => {
  assert.equal(
    results.rows.map(({ connections }) => connections),
    tiny.http.connections,
  );
  for (const { kinds } of results.rows) {
    for (const [kind, figures] of Object.entries(kinds)) {
      assert.is(figures.errors, 0, `${kind}: ${figures.firstError}`);
      assert.ok(figures.answers >= tiny.http.leastAnswers, `${kind}: ${figures.answers} answers`);
      for (const value of [figures.perSecond, figures.p50Ms, figures.p99Ms]) assert.ok(value > 0, kind);
    }
  }
});

load('under the mixed load, streams of changes come and go', ({ results }) => {
  const { load: mixed, sizes } = results.memory;
  assert.is(mixed.errors, 0, mixed.firstError);
  assert.ok(mixed.streams > 0);
  assert.is(sizes.length, tiny.http.memorySamples);
  for (const { residentMiB, heapMiB } of sizes) assert.ok(heapMiB > 0 && residentMiB > heapMiB);
});

load('the page has a verdict for every line that must hold', ({ results }) => {
  const verdicts = httpVerdictsOf(results);
  const page = report({ http: results }, tiny, 'a machine');
  assert.is(verdicts.length, 8);
  for (const { line } of verdicts) assert.ok(page.includes(line), line);
  assert.match(page, 'Memory of the server');
});

load('an error in any row is a missed line', ({ results }) => {
  const [row] = results.rows;
  if (row === undefined) throw new Error('no row');
  const failed = { ...row.kinds.commands, errors: 1, firstError: '500' };
  const spoilt = { ...results, rows: [{ ...row, kinds: { ...row.kinds, commands: failed } }] };
  const verdict = httpVerdictsOf(spoilt).find(
    ({ line }) => line === 'every request is answered, and rightly',
  );
  assert.is(verdict?.holds, false);
});

load('where memory alone was measured, the page says nothing of speed', ({ results }) => {
  const memoryAlone = { ...results, rows: [] };
  assert.is(httpVerdictsOf(memoryAlone).length, 4);
  const page = report({ http: memoryAlone }, tiny, 'a machine');
  assert.match(page, 'Memory of the server');
  assert.not.match(page, 'answers /s');
});

load('memory that comes and goes is no leak, and memory that stays is one', ({ results }) => {
  const holds = (sizes: HttpResults['memory']['sizes'], which: string): boolean | undefined =>
    httpVerdictsOf({ ...results, memory: { ...results.memory, sizes } }).find(({ line }) =>
      line.startsWith(which),
    )?.holds;
  const saw = Array.from({ length: 50 }, (_, second) => {
    const heapMiB = 60 + (second % 10) * 10;
    return { residentMiB: 140 + heapMiB, heapMiB };
  });
  const growing = (ofHeap: number) =>
    saw.map(({ residentMiB, heapMiB }, second) => ({
      residentMiB: residentMiB + second * 2,
      heapMiB: heapMiB + second * 2 * ofHeap,
    }));
  assert.ok(holds(saw, 'memory of the server') && holds(saw, '… beside its heap'));
  assert.not(holds(growing(0), 'memory of the server'));
  assert.not(holds(growing(0), '… beside its heap'));
  assert.not(holds(growing(1), 'memory of the server'));
  assert.ok(holds(growing(1), '… beside its heap'));
  const grown = { ...results.memory, liveBeforeMiB: 40, liveAfterMiB: 45, events: 1_000 };
  const verdict = httpVerdictsOf({ ...results, memory: grown }).find(({ line }) =>
    line.includes('collection'),
  );
  assert.is(verdict?.holds, false);
  // What the register keeps of commands on purpose is no leak.
  const kept = { ...grown, events: 25_000 };
  const other = httpVerdictsOf({ ...results, memory: kept }).find(({ line }) => line.includes('collection'));
  assert.is(other?.holds, true);
});

load('a command without HTTP is one of the register', async ({ results }) => {
  for (const { kinds } of results.rows) {
    assert.is(kinds.alone.errors, 0, kinds.alone.firstError);
    assert.ok(kinds.alone.answers >= tiny.http.leastAnswers);
  }
  const server = await serveInChild('nothing', { agencies: 0, eventsPerAgency: 0 });
  const bounds = { warmUpSeconds: 0, seconds: 0, leastAnswers: 0, mostRequests: 1 };
  const told = await server.alone({ width: 1, ...bounds }).then(
    () => 'answered',
    (error: unknown) => String(error),
  );
  await server.stop();
  assert.match(told, 'there is no register in that server');
});

load('a load in a process of its own tells its figures to the run', async () => {
  const serve: Serve = serveInChild;
  const server = await serve('nothing', { agencies: 0, eventsPerAgency: 0 });
  const { port, file } = server;
  const parts = [{ kind: 'nothing', connections: 2 }] as const;
  const bounds = { warmUpSeconds: 0, seconds: 0.1, leastAnswers: 5, mostRequests: 1_000 };
  const figures = await measureInChild('httpLoad', { port, file, parts, ...bounds });
  await server.stop();
  assert.is(figures.errors, 0, figures.firstError);
  assert.ok(figures.answers >= 5);
});

load.run();

// -------------------------------------------------------------------------------------
// the wire
// -------------------------------------------------------------------------------------

const wire = suite('what the load reads of an answer');

const answerOf = (status: number, body: string): string =>
  `HTTP/1.1 ${status} Word\r\nContent-Length: ${Buffer.byteLength(body)}\r\nx: y\r\n\r\n${body}`;

wire('answers are the same in whatever parts they come', () => {
  const answer = fc
    .record({ status: fc.integer({ min: 200, max: 599 }), body: fc.string() })
    .filter(({ status }) => status !== 204 && status !== 304);
  fc.assert(
    fc.property(fc.array(answer), fc.array(fc.nat()), (answers, cuts) => {
      const whole = Buffer.from(answers.map(({ status, body }) => answerOf(status, body)).join(''));
      const places = [...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
      const read = answerReader();
      const found = places.flatMap((to, index) => read(whole.subarray(places[index - 1] ?? 0, to)));
      assert.equal(
        found.map(({ status, body }) => ({ status, body: body.toString() })),
        answers.map(({ status, body }) => ({ status, body: Buffer.from(body).toString() })),
      );
    }),
  );
});

wire('an answer without a length is not guessed at', () => {
  assert.throws(() => answerReader()(Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')));
  assert.throws(() => answerReader()(Buffer.from('SSH-2.0-OpenSSH\r\n\r\n')));
});

wire('an answer without a body ends with its head', () => {
  const [answer] = answerReader()(Buffer.from('HTTP/1.1 304 Not Modified\r\netag: "a"\r\n\r\n'));
  assert.is(answer?.status, 304);
  assert.is(answer?.body.length, 0);
});

wire('a length is in octets', () => {
  const text = octetsOf({ method: 'PUT', path: '/a', headers: {}, body: { name: '王小明' } }).toString();
  assert.match(text, /\r\ncontent-length: 20\r\n/);
});

wire.run();

// -------------------------------------------------------------------------------------
// wrong answers
// -------------------------------------------------------------------------------------

const wrong = suite('what a load takes for an error');

/** What a connection makes of a server that writes this to every request, or hangs up. */
const errorsOf = async (answer: string | undefined, deadlineMilliseconds = 60_000) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => (answer === undefined ? socket.destroy() : socket.write(answer)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const errors: string[] = [];
  let right = 0;
  await runConnection({
    port,
    script: { next: () => Buffer.from('GET / HTTP/1.1\r\n\r\n'), status: 200, mark: Buffer.from('yes') },
    watcher: { onAnswer: () => right++, onError: (what) => errors.push(what) },
    goesOn: () => right < 3,
    deadlineMilliseconds,
  });
  server.close();
  return { right, errors };
};

wrong('nothing, where every answer is right', async () => {
  assert.equal(await errorsOf(answerOf(200, 'yes')), { right: 3, errors: [] });
});

wrong('another status, another answer, one too many, an end, something else, nothing in time', async () => {
  const all = await Promise.all([
    errorsOf(answerOf(503, 'yes')),
    errorsOf(answerOf(200, 'no')),
    errorsOf(answerOf(200, 'yes') + answerOf(200, 'yes')),
    errorsOf(undefined),
    errorsOf('nonsense\r\n\r\n'),
    errorsOf('', 50),
  ]);
  for (const [index, { right, errors }] of all.entries()) {
    assert.is(errors.length, 1, `${index}: ${JSON.stringify(errors)}`);
    assert.is(right, 0, String(index));
  }
});

wrong.run();
