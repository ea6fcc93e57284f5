import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { right } from '../support.js';
import { refusalOf } from './support/counter.js';
import { type Filled, filled } from './support/filled.js';
import { type Office, openOffice, origin } from './support/office.js';
import { as, ports } from './support/staff.js';

const test = suite<{ office: Office; past: Filled }>('decisions over HTTP');

test.before(async (context) => {
  context.office = await openOffice({ app: { ...ports, basePath: '/api' } });
  context.past = await filled(context.office);
});

test.after(async ({ office }) => {
  await office.close();
});

const base = `${origin}/api`;
const gateOf = ({ app }: Office) => as('gate', app, base);
const serialOf = ({ wang }: Filled): string => wang.card.serial;

test('GEPI-41: who may, and why: the event, the manager, the cards, menu and terms', async ({
  office,
  past,
}) => {
  const certificate = { ca: 'MOICA', serial: serialOf(past) } as const;
  const answer = right(
    await gateOf(office).decide(
      { body: { agency: 'EX001', who: { certificate }, function: 'premium-query' } },
      { after: past.last },
    ),
  );
  assert.is(answer.allowed, true);
  const { agency, manager, clerk, grant, terms } = answer.reasons;
  assert.equal(
    [
      agency?.code,
      clerk?.id,
      grant?.event.type,
      grant?.catalogueVersion,
      terms?.version,
      manager?.credential.ca,
    ],
    ['EX001', past.wangId, 'ClerkPermissionsChanged', 1, 1, 'MOICA'],
  );
  assert.not.match(JSON.stringify(answer), /王小明|林示範|A123456789/);
});

test('who may not is told why, by the code of the one table', async ({ office, past }) => {
  const certificate = { ca: 'MOICA', serial: serialOf(past) } as const;
  const ask = (body: Parameters<ReturnType<typeof gateOf>['decide']>[0]['body']) =>
    gateOf(office).decide({ body }, { after: past.last });
  const codes = [
    await ask({ agency: 'EX001', who: { certificate }, function: 'premium-send' }),
    await ask({ agency: 'EX003', who: { certificate }, function: 'premium-edit' }),
    await ask({ agency: 'EX002', who: { certificate }, function: 'premium-edit' }),
    await ask({ agency: 'EX001', who: { person: '0'.repeat(64) }, function: 'premium-edit' }),
  ].map((answer) => (E.isRight(answer) ? answer.right.code : 'refused'));
  assert.equal(codes, [
    'PERMISSION_NOT_GRANTED',
    'AGENCY_NOT_REGISTERED',
    'NOT_AUTHORIZED',
    'NOT_AUTHORIZED',
  ]);
});

test('whoever wants no reasons is given the same answer without them', async ({ office, past }) => {
  const certificate = { ca: 'MOICA', serial: serialOf(past) } as const;
  const questions = [
    { agency: 'EX001', who: { certificate }, function: 'premium-query' },
    { agency: 'EX001', who: { certificate }, function: 'premium-send' },
    { agency: 'EX001', who: { certificate } },
    { agency: 'EX002', who: { certificate } },
  ];
  for (const body of questions) {
    const whole = right(await gateOf(office).decide({ body }, { after: past.last }));
    const asked = right(await gateOf(office).decide({ body: { ...body, reasons: 'whole' } }));
    const short = right(await gateOf(office).decide({ body: { ...body, reasons: 'none' } }));
    assert.equal(asked, whole);
    assert.equal(short, { ...whole, reasons: {} });
  }
});

test('GEPI-2: without a function, what may be done at all; at another instant, what could', async ({
  office,
  past,
}) => {
  const certificate = { ca: 'MOICA', serial: serialOf(past) } as const;
  const question = { agency: 'EX001', who: { certificate } };
  const now = right(await gateOf(office).decide({ body: question }, { after: past.last }));
  const then = right(await gateOf(office).decide({ body: { ...question, at: past.between } }));
  assert.equal(
    [now.functions, then.functions],
    [
      ['premium-edit', 'premium-query'],
      ['premium-edit', 'premium-send'],
    ],
  );
});

test('a question about nobody is none', async ({ office }) => {
  assert.is(refusalOf(await gateOf(office).decide({ body: { agency: 'EX001', who: {} } })), 'INVALID_INPUT');
});

test('only clients that may decide, and staff, are answered', async ({ office, past }) => {
  const question = { body: { agency: 'EX001', who: { person: '0'.repeat(64) } } };
  assert.is(refusalOf(await as('mirror', office.app, base).decide(question)), 'FORBIDDEN');
  assert.is(refusalOf(await as('', office.app, base).decide(question)), 'SIGN_IN_REQUIRED');
  assert.ok(E.isRight(await as('aud-1', office.app, base).decide(question, { after: past.last })));
});

test('who brings no bearer token is no client, whatever else they bring', async ({ office }) => {
  const app = office.serve({
    ...{ basePath: '/api' },
    clients: { authenticate: () => TE.right({ id: 'gate', scopes: ['decide'] }) },
  });
  for (const headers of [{}, { cookie: 'gate=1' }, { authorization: 'Basic Z2F0ZTo=' }]) {
    const answer = await app.fetch(
      new Request(`${base}/access/v1/evaluation`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      }),
    );
    assert.is(answer.status, 401, JSON.stringify(headers));
  }
});

test('a position that the index never comes to is told', async ({ office }) => {
  const app = office.serve({ basePath: '/api', limits: { waitMilliseconds: 20 } });
  const answer = await app.fetch(
    new Request(`${base}/decisions`, {
      method: 'POST',
      headers: { authorization: 'Bearer gate', 'content-type': 'application/json', 'mandate-after': 'zzzz' },
      body: JSON.stringify({ agency: 'EX001', who: { person: '0'.repeat(64) } }),
    }),
  );
  assert.equal([answer.status, answer.headers.get('retry-after')], [503, '1']);
});

test.run();

// -------------------------------------------------------------------------------------
// AuthZEN
// -------------------------------------------------------------------------------------

const authzen = suite<{ office: Office; past: Filled }>('AuthZEN 1.0: HTTPS binding');

authzen.before(async (context) => {
  context.office = await openOffice({ app: { ...ports, basePath: '/api' } });
  context.past = await filled(context.office);
  await context.office.authority.catchUp()();
});

authzen.after(async ({ office }) => {
  await office.close();
});

const post = (
  office: Office,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> =>
  office.app.fetch(
    new Request(`${base}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer gate', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

const questionOf = (past: Filled, fn = 'premium-edit') => ({
  subject: { type: 'certificate', id: `MOICA:${serialOf(past)}` },
  action: { name: fn },
  resource: { type: 'agency', id: 'EX001' },
});

authzen('an evaluation is answered with 200 and JSON, whatever is decided', async ({ office, past }) => {
  for (const [fn, decision] of [
    ['premium-edit', true],
    ['premium-send', false],
  ] as const) {
    const answer = await post(office, '/access/v1/evaluation', questionOf(past, fn));
    assert.is(answer.status, 200);
    assert.is(answer.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.is(((await answer.json()) as { decision: boolean }).decision, decision);
  }
});

authzen('the same question gets the same decision', async ({ office, past }) => {
  const answers = await Promise.all(
    [1, 2, 3].map(async () => (await post(office, '/access/v1/evaluation', questionOf(past))).text()),
  );
  assert.is(new Set(answers).size, 1);
});

authzen('evaluations come back in their order', async ({ office, past }) => {
  const { subject, resource } = questionOf(past);
  const evaluations = ['premium-edit', 'premium-send', 'premium-query'].map((name) => ({ action: { name } }));
  const answer = await post(office, '/access/v1/evaluations', { subject, resource, evaluations });
  const { evaluations: decided } = (await answer.json()) as {
    evaluations: ReadonlyArray<{ decision: boolean }>;
  };
  assert.equal(
    decided.map(({ decision }) => decision),
    [true, false, true],
  );
});

authzen(
  'an evaluation that is none is refused in its place, the payload is answered',
  async ({ office, past }) => {
    const { subject, action, resource } = questionOf(past);
    const answer = await post(office, '/access/v1/evaluations', {
      subject,
      action,
      evaluations: [{ resource }, {}],
    });
    assert.is(answer.status, 200);
    const { evaluations } = (await answer.json()) as {
      evaluations: ReadonlyArray<{ decision: boolean; context?: { error?: { status: number } } }>;
    };
    assert.equal(
      evaluations.map(({ decision, context }) => [decision, context?.error?.status]),
      [
        [true, undefined],
        [false, 400],
      ],
    );
  },
);

authzen(
  '400 with a line of text: fields missing, malformed JSON, no body, another content type',
  async ({ office, past }) => {
    const { subject, ...without } = questionOf(past);
    const json = JSON.stringify({ subject, ...without });
    for (const answer of [
      await post(office, '/access/v1/evaluation', without),
      await post(office, '/access/v1/evaluation', '{'),
      await post(office, '/access/v1/evaluation', ''),
      await post(office, '/access/v1/evaluation', json, { 'content-type': 'text/plain' }),
      await post(office, '/access/v1/evaluation', { ...without, subject: 'alice' }),
      await post(office, '/access/v1/evaluations', { evaluations: 'x' }),
      await post(office, '/access/v1/evaluations', { options: { evaluations_semantic: 'sometimes' } }),
    ]) {
      assert.is(answer.status, 400);
      assert.is(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
      assert.match(await answer.text(), /^[A-Z_]+: /);
    }
  },
);

authzen('401 without a token that is known, 403 with one that may not ask', async ({ office, past }) => {
  for (const [token, status] of [
    ['nobody', 401],
    ['mirror', 403],
  ] as const) {
    const answer = await post(office, '/access/v1/evaluation', questionOf(past), {
      authorization: `Bearer ${token}`,
    });
    assert.is(answer.status, status);
    assert.is(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
  }
});

authzen(
  'X-Request-ID of the caller goes back to it, of an answer and of an error; without one it has ours',
  async ({ office, past }) => {
    const id = 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716';
    for (const body of [questionOf(past), '{']) {
      const answer = await post(office, '/access/v1/evaluation', body, { 'x-request-id': id });
      assert.is(answer.headers.get('x-request-id'), id);
    }
    const own = await post(office, '/access/v1/evaluation', questionOf(past));
    assert.match(own.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    const elsewhere = await office.app.fetch(
      new Request(`${base}/policy`, { headers: { 'x-request-id': id } }),
    );
    assert.is.not(elsewhere.headers.get('x-request-id'), id);
  },
);

authzen(
  'the metadata name the portal and its endpoints, whatever host they were asked by',
  async ({ office }) => {
    // Between host and path, as the standard has it; and under the base path, for programs that are mounted there alone.
    const [answer, under] = await Promise.all(
      ['/.well-known/authzen-configuration/api', '/api/.well-known/authzen-configuration'].map((path) =>
        office.app.fetch(new Request(`https://elsewhere.example${path}`)),
      ),
    );
    if (answer === undefined) throw new Error('no answer');
    assert.is(under?.headers.get('etag'), answer.headers.get('etag'));
    assert.is(answer.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.equal(await answer.json(), {
      policy_decision_point: base,
      access_evaluation_endpoint: `${base}/access/v1/evaluation`,
      access_evaluations_endpoint: `${base}/access/v1/evaluations`,
    });
  },
);

authzen.run();
