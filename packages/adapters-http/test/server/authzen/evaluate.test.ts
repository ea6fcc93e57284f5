import { type AuthorityQuestion, type Decision, decodeValue, type Reasons } from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { evaluate, evaluateAll } from '../../../src/server/authzen/evaluate.js';
import {
  EvaluationAnswer,
  EvaluationRequest,
  EvaluationsRequest,
} from '../../../src/server/authzen/model.js';

// -------------------------------------------------------------------------------------
// support
// -------------------------------------------------------------------------------------

const now = '2026-03-02T02:00:00.000Z';

const grant = {
  event: {
    id: '0d0c8d51-5b0a-5c58-9df8-51b1d2b3a001',
    type: 'ClerkAuthorized',
    recordedAt: '2026-03-01T02:00:00.000Z',
    effectiveAt: '2026-03-01T02:00:00.000Z',
    actor: { kind: 'system' },
    evidence: [],
  },
  catalogueVersion: 3,
} as unknown as Reasons['grant'];

/** A register in which the certificate MOICA:AA may read and write for EX001, and MOICA:BB may read. */
const register = () => {
  const asked: AuthorityQuestion[] = [];
  const may = (question: AuthorityQuestion): Decision => {
    asked.push(question);
    const { agency, who, function: fn } = question;
    if (agency !== 'EX001') return { allowed: false, code: 'AGENCY_NOT_REGISTERED', reasons: () => ({}) };
    const serial = who.certificate?.serial;
    const allowed = serial === 'AA' ? ['read', 'write'] : serial === 'BB' ? ['read'] : [];
    return allowed.includes(fn)
      ? { allowed: true, reasons: () => ({ grant }) as Reasons, grantedBy: () => grant }
      : {
          allowed: false,
          code: allowed.length === 0 ? 'NOT_AUTHORIZED' : 'PERMISSION_NOT_GRANTED',
          reasons: () => ({}),
        };
  };
  return { asked, point: { may, now: () => now } };
};

const alice = { type: 'certificate', id: 'MOICA:AA' };
const bob = { type: 'certificate', id: 'MOICA:BB' };
const office = { type: 'agency', id: 'EX001' };
const read = { name: 'read' };
const write = { name: 'write' };

/** As the route does it: what is sent is read by its codec first. */
const asked = (request: unknown) => {
  const read = decodeValue(EvaluationRequest, request);
  return E.isLeft(read) ? read : evaluate(register().point, read.right);
};

const one = (request: unknown): EvaluationAnswer => {
  const answer = asked(request);
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right;
};

const refusedPaths = (request: unknown): ReadonlyArray<string> => {
  const answer = asked(request);
  return E.isLeft(answer) ? answer.left.map(({ path }) => path) : ['answered'];
};

const several = (request: unknown) => {
  const decoded = decodeValue(EvaluationsRequest, request);
  if (E.isLeft(decoded)) return decoded;
  return evaluateAll(register().point, decoded.right);
};

const decisions = (request: unknown): ReadonlyArray<boolean> | boolean | 'refused' => {
  const answer = several(request);
  if (E.isLeft(answer)) return 'refused';
  return 'evaluations' in answer.right
    ? answer.right.evaluations.map(({ decision }) => decision)
    : answer.right.decision;
};

// -------------------------------------------------------------------------------------
// evaluation
// -------------------------------------------------------------------------------------

const single = suite('AuthZEN 1.0: Access Evaluation');

single('a permit and a deny are both answers', () => {
  assert.is(one({ subject: alice, action: read, resource: office }).decision, true);
  assert.is(one({ subject: bob, action: write, resource: office }).decision, false);
});

single('a permit says which event granted it', () => {
  assert.equal(one({ subject: alice, action: read, resource: office }).context, {
    granted: {
      event: '0d0c8d51-5b0a-5c58-9df8-51b1d2b3a001',
      recordedAt: '2026-03-01T02:00:00.000Z',
      effectiveAt: '2026-03-01T02:00:00.000Z',
      catalogueVersion: 3,
    },
  });
});

single('a deny says why, by the code of the one table, for the user in both languages', () => {
  assert.equal(one({ subject: bob, action: write, resource: office }).context, {
    code: 'PERMISSION_NOT_GRANTED',
    reason_admin: { en: 'You do not hold this permission; please ask your manager.' },
    reason_user: {
      'zh-TW': '您沒有此項功能的權限,請洽授權管理者。',
      en: 'You do not hold this permission; please ask your manager.',
    },
  });
});

single('context is optional, and what is not understood in it changes nothing', () => {
  const context = { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' };
  assert.is(one({ subject: alice, action: read, resource: office, context }).decision, true);
});

single(
  'the time of the context is the instant in force, `knownAt` that of knowledge; without them it is now',
  () => {
    const { point, asked } = register();
    evaluate(point, { subject: alice, action: read, resource: office });
    evaluate(point, {
      ...{ subject: alice, action: read, resource: office },
      context: { time: '2026-01-01T08:00+08:00', knownAt: '2026-01-02T00:00:00Z' },
    });
    assert.equal(
      asked.map(({ at, knownAt }) => [at, knownAt]),
      [
        [now, undefined],
        ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
      ],
    );
  },
);

single('a time that is none is told: the answer would be about another instant', () => {
  for (const time of ['yesterday', 1_700_000_000, {}, '2026-02-30T00:00:00Z']) {
    assert.equal(refusedPaths({ subject: alice, action: read, resource: office, context: { time } }), [
      'context.time',
    ]);
  }
});

single('additional properties and fields that are not known are passed over', () => {
  const properties = { department: 'Sales', role: 'manager' };
  const request = {
    subject: { ...alice, properties, extra: 1 },
    action: { ...read, properties: { method: 'GET' } },
    resource: { ...office, properties },
    foo: 'bar',
    futureField: { nested: true },
  };
  assert.is(one(request).decision, true);
});

single('what is missing or of the wrong kind is told by its path', () => {
  const whole = { subject: alice, action: read, resource: office };
  const { subject: _s, ...noSubject } = whole;
  const { action: _a, ...noAction } = whole;
  const { resource: _r, ...noResource } = whole;
  const cases: ReadonlyArray<readonly [unknown, string]> = [
    [noSubject, 'subject'],
    [noAction, 'action'],
    [noResource, 'resource'],
    [{ ...whole, subject: { id: 'MOICA:AA' } }, 'subject.type'],
    [{ ...whole, subject: { type: 'certificate' } }, 'subject.id'],
    [{ ...whole, action: {} }, 'action.name'],
    [{ ...whole, resource: { id: 'EX001' } }, 'resource.type'],
    [{ ...whole, resource: { type: 'agency' } }, 'resource.id'],
    [{ ...whole, subject: 'alice' }, 'subject'],
    [{ ...whole, action: { name: 123 } }, 'action.name'],
    [{ ...whole, context: 'now' }, 'context'],
    [{ ...whole, subject: { ...alice, properties: [] } }, 'subject.properties'],
    [null, ''],
    [[], ''],
    ['x', ''],
  ];
  for (const [request, path] of cases) assert.equal(refusedPaths(request), [path], JSON.stringify(request));
});

single('a subject or resource of another kind is nobody that is known: a deny', () => {
  const codes = [
    { subject: { type: 'user', id: 'alice' }, action: read, resource: office },
    { subject: { type: 'certificate', id: 'AA' }, action: read, resource: office },
    { subject: { type: 'certificate', id: 'CHT:AA' }, action: read, resource: office },
    { subject: { type: 'certificate', id: 'constructor:AA' }, action: read, resource: office },
    { subject: { type: 'certificate', id: 'MOICA:00AA' }, action: read, resource: office },
    { subject: alice, action: read, resource: { type: 'document', id: 'EX001' } },
    { subject: alice, action: read, resource: { type: 'agency', id: 'EX999' } },
    { subject: alice, action: { name: 'constructor' }, resource: office },
  ].map((request) => one(request).context?.code);
  assert.equal(codes, [
    ...Array(5).fill('SUBJECT_UNKNOWN'),
    'RESOURCE_UNKNOWN',
    'AGENCY_NOT_REGISTERED',
    'PERMISSION_NOT_GRANTED',
  ]);
});

single('a person may show a certificate, which then counts', () => {
  const { point, asked } = register();
  const person = 'ab'.repeat(32);
  evaluate(point, { subject: { type: 'person', id: person }, action: read, resource: office });
  evaluate(point, {
    ...{ action: read, resource: office },
    subject: { type: 'person', id: person, properties: { certificate: 'MOICA:AA' } },
  });
  assert.equal(
    asked.map(({ who }) => who),
    [{ person }, { person, certificate: { ca: 'MOICA', serial: 'AA' } }],
  );
  const odd = { type: 'person', id: person, properties: { certificate: 'AA' } };
  assert.equal(refusedPaths({ subject: odd, action: read, resource: office }), [
    'subject.properties.certificate',
  ]);
});

single.run();

// -------------------------------------------------------------------------------------
// evaluations
// -------------------------------------------------------------------------------------

const batch = suite('AuthZEN 1.0: Access Evaluations');

batch('decisions come in the order of the evaluations', () => {
  const evaluations = [{ action: read }, { action: write }];
  assert.equal(decisions({ subject: bob, resource: office, evaluations }), [true, false]);
});

batch('without defaults, each evaluation says everything', () => {
  const evaluations = [
    { subject: alice, action: read, resource: office },
    { subject: bob, action: write, resource: office },
  ];
  assert.equal(decisions({ evaluations }), [true, false]);
});

batch('an entity of an evaluation takes the place of the default as a whole', () => {
  const { point, asked } = register();
  const person = 'ab'.repeat(32);
  const decoded = decodeValue(EvaluationsRequest, {
    subject: { type: 'person', id: person, properties: { certificate: 'MOICA:AA' } },
    ...{
      action: read,
      resource: office,
      context: { time: '2026-01-01T00:00Z', knownAt: '2026-01-02T00:00:00Z' },
    },
    evaluations: [{}, { subject: { type: 'person', id: person }, context: { time: '2026-02-01T00:00Z' } }],
  });
  if (E.isLeft(decoded)) throw new Error('refused');
  evaluateAll(point, decoded.right);
  assert.equal(
    asked.map(({ who, at, knownAt }) => [who.certificate?.serial, at, knownAt]),
    [
      ['AA', '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
      [undefined, '2026-02-01T00:00:00.000Z', undefined],
    ],
  );
});

batch('what identifies an entity falls back on the default where the evaluation leaves it out', () => {
  const evaluations = [{ resource: { id: 'EX001' } }, { resource: { type: 'document', id: 'EX001' } }];
  assert.equal(decisions({ subject: alice, action: write, resource: { type: 'agency' }, evaluations }), [
    true,
    false,
  ]);
});

batch(
  'an evaluation that is not right is refused in its place, with its error; the others are answered',
  () => {
    const answer = several({
      subject: alice,
      action: read,
      evaluations: [{ resource: office }, {}, { resource: 'x' }],
    });
    assert.equal(
      answer,
      E.right({
        evaluations: [
          one({ subject: alice, action: read, resource: office }),
          {
            decision: false,
            context: { error: { status: 400, message: 'resource: This field is required.' } },
          },
          {
            decision: false,
            context: {
              error: { status: 400, message: 'resource: This is not the kind of data that the field takes.' },
            },
          },
        ],
      }),
    );
  },
);

batch('without evaluations, or with none in it, it is a single evaluation', () => {
  assert.is(decisions({ subject: alice, action: read, resource: office }), true);
  assert.is(decisions({ subject: alice, action: read, resource: office, evaluations: [] }), true);
  assert.is(decisions({ subject: alice, action: read }), 'refused');
});

const three = (semantic: string | undefined, ...actions: ReadonlyArray<object>) => ({
  subject: bob,
  resource: office,
  ...(semantic === undefined ? {} : { options: { evaluations_semantic: semantic, another_option: 'value' } }),
  evaluations: actions.map((action) => ({ action })),
});

batch('execute_all is the default: every evaluation is answered', () => {
  assert.equal(decisions(three(undefined, read, write, read)), [true, false, true]);
  assert.equal(decisions(three('execute_all', read, write, read)), [true, false, true]);
  assert.equal(decisions({ ...three(undefined, read, write), options: {} }), [true, false]);
});

batch('deny_on_first_deny ends with the first deny, or failure', () => {
  assert.equal(decisions(three('deny_on_first_deny', read, write, read)), [true, false]);
  assert.equal(decisions(three('deny_on_first_deny', read, {}, read)), [true, false]);
  assert.equal(decisions(three('deny_on_first_deny', read, read)), [true, true]);
});

batch('permit_on_first_permit ends with the first permit', () => {
  assert.equal(decisions(three('permit_on_first_permit', read, write, read)), [true]);
  assert.equal(decisions(three('permit_on_first_permit', write, {}, read, write)), [false, false, true]);
});

batch('a semantic that is not known, and a payload that is not one, are refused as a whole', () => {
  assert.is(decisions(three('deny_sometimes', read)), 'refused');
  assert.is(decisions({ evaluations: 'x' }), 'refused');
  assert.is(decisions({ evaluations: ['x'] }), 'refused');
  assert.is(decisions({ subject: 'alice', evaluations: [{}] }), 'refused');
  assert.is(decisions({ evaluations: Array(1001).fill({}) }), 'refused');
  assert.is(decisions(null), 'refused');
});

batch(
  'properties: as many answers as questions, each as if it were asked alone; those that end early are a beginning',
  () => {
    const entity = fc.option(
      fc.constantFrom<unknown>(alice, bob, office, read, write, {}, 'x', { id: 'EX001' }),
      { nil: undefined },
    );
    const question = fc
      .record({ subject: entity, action: entity, resource: entity })
      .map((q) => JSON.parse(JSON.stringify(q)) as object);
    const semantic = fc.constantFrom('deny_on_first_deny', 'permit_on_first_permit');
    fc.assert(
      fc.property(
        fc.array(question, { minLength: 1, maxLength: 6 }),
        semantic,
        (evaluations, evaluations_semantic) => {
          const all = decisions({ evaluations });
          const alone = evaluations.map((request) => {
            const answer = asked(request);
            return E.isRight(answer) && answer.right.decision;
          });
          assert.equal(all, alone);
          const first = alone.indexOf(evaluations_semantic === 'permit_on_first_permit');
          const expected = first < 0 ? alone : alone.slice(0, first + 1);
          assert.equal(decisions({ evaluations, options: { evaluations_semantic } }), expected);
        },
      ),
    );
  },
);

batch('properties: any JSON at all gets an answer within the codec, or is refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (request) => {
      const answer = several(request);
      if (E.isLeft(answer)) return;
      const given = 'evaluations' in answer.right ? answer.right.evaluations : [answer.right];
      for (const evaluation of given) assert.ok(EvaluationAnswer.is(evaluation));
    }),
  );
});

batch.run();
