import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { definePack, gepiPolicy, gepiPolicyFor, packProblems } from '../../src/policy/packs/index.js';
import { PortalPolicy } from '../../src/policy/policy.js';

const codec = suite('the GEPI pack as data');

codec('X-1: the pack is data: its codec takes it back from JSON with nothing lost', () => {
  const decoded = PortalPolicy.decode(JSON.parse(JSON.stringify(gepiPolicy)));
  assert.ok(E.isRight(decoded));
  assert.equal(decoded.right, gepiPolicy);
  assert.equal(JSON.stringify(PortalPolicy.encode(decoded.right)), JSON.stringify(gepiPolicy));
});

codec('X-1: a pack that lacks a part, or has a role that nobody knows, is refused', () => {
  const { planner: _, ...withoutPlanner } = gepiPolicy;
  assert.ok(E.isLeft(PortalPolicy.decode(withoutPlanner)));
  assert.ok(
    E.isLeft(PortalPolicy.decode({ ...gepiPolicy, planner: [{ changed: ['owner'], operations: [] }] })),
  );
  assert.ok(E.isLeft(PortalPolicy.decode({ ...gepiPolicy, sessionMinutes: 0.5 })));
});

codec('X-1: the parts of the pack fit each other', () => {
  assert.equal(packProblems(gepiPolicy), []);
});

codec('an embedding portal names its own origin and changes nothing else', () => {
  const own = gepiPolicyFor('https://portal.example');
  assert.is(own.origin, 'https://portal.example');
  assert.equal({ ...own, origin: gepiPolicy.origin }, gepiPolicy);
  assert.is(gepiPolicy.origin, 'https://gepi.example');
});

const notOrigins: ReadonlyArray<readonly [what: string, origin: unknown]> = [
  ['missing', undefined],
  ['empty', ''],
  ['no URL', 'portal.example'],
  ['not https', 'http://portal.example'],
  ['of another scheme', 'ftp://portal.example'],
  ['with a path', 'https://portal.example/login'],
  ['with a slash at its end', 'https://portal.example/'],
  ['with a query', 'https://portal.example?a=b'],
  ['with a fragment', 'https://portal.example#a'],
  ['with a user', 'https://me@portal.example'],
  ['with a dot at its end', 'https://portal.example.'],
  ['with upper case', 'https://Portal.example'],
  ['with letters that are not ASCII', 'https://pоrtal.example'],
  ['with the usual port written out', 'https://portal.example:443'],
  ['with a port that is none', 'https://portal.example:65536'],
  ['with a port that begins with zero', 'https://portal.example:08443'],
  ['with a space', ' https://portal.example'],
  ['with a line after it', 'https://portal.example\n'],
  ['of two', 'https://portal.example,https://other.example'],
  ['of no valid syntax', 'https:///portal'],
  ['with a label of 64 letters', `https://${'a'.repeat(64)}.example`],
  ['of 300 letters', `https://${'a.'.repeat(140)}example`],
  ['http on another machine that begins alike', 'http://localhost.example'],
];
for (const [what, origin] of notOrigins) {
  codec(`an origin that is ${what} is refused by the codec of the pack`, () => {
    const source = { ...gepiPolicy, origin };
    assert.ok(E.isLeft(PortalPolicy.decode(source)));
    if (typeof origin !== 'string') return;
    assert.equal(packProblems(definePack({ ...gepiPolicy, origin })), [
      'origin: not https://host in its usual spelling',
    ]);
  });
}

codec(
  'an origin may have a port, be an address or a name in another script, or a developer’s own machine',
  () => {
    for (const origin of [
      'https://portal.example:8443',
      'https://192.0.2.1',
      'https://xn--fiq228c.example',
      'https://intranet',
      'http://localhost:3000',
      'http://localhost',
    ]) {
      assert.ok(E.isRight(PortalPolicy.decode({ ...gepiPolicy, origin })), origin);
    }
  },
);

codec('packProblems names every reference that leads nowhere and everything that stands twice', () => {
  const [desk, ...desks] = gepiPolicy.helpdesks;
  const [purpose] = gepiPolicy.purposes;
  const [row] = gepiPolicy.planner;
  assert.ok(desk && purpose && row);
  const broken = definePack({
    ...gepiPolicy,
    purposes: [
      ...gepiPolicy.purposes,
      purpose,
      { ...purpose, id: 'idle', steps: [], commands: ['AuthoriseClerk', 'toString'] },
    ],
    planner: [...gepiPolicy.planner, row, { changed: [], operations: ['nowhere'] }],
    review: { ...gepiPolicy.review, purposes: ['unheard-of'], maxPending: 0 },
    menu: [
      ...gepiPolicy.menu,
      {
        label: gepiPolicy.name,
        items: [
          { id: 'login', label: gepiPolicy.name, purpose: 'log-in' },
          { id: 'login', label: gepiPolicy.name, purpose: null },
        ],
      },
    ],
    helpdesks: [desk, desk, ...desks],
    openingHours: { from: '7:00', to: '24:00' },
  });
  const problems = packProblems(broken);
  for (const expected of [
    'menu: no purpose log-in',
    'planner: no purpose nowhere',
    'review: no purpose unheard-of',
    'review: none may wait',
    'purposes: idle asks for no card',
    'purposes: idle allows AuthoriseClerk, which is no command',
    'purposes: idle allows toString, which is no command',
    'purposes: first-registration stands twice',
    'menu: login stands twice',
    'planner: manager stands twice',
    'helpdesks: portal stands twice',
    'helpdesks: 宜蘭 stands twice',
    'openingHours: not HH:mm to HH:mm',
  ]) {
    assert.ok(problems.includes(expected), `${expected} in ${problems.join('; ')}`);
  }
});

codec('packProblems asks for room for a review only where there are reviews', () => {
  const faults = (purposes: string[], maxPending: number) =>
    packProblems(definePack({ ...gepiPolicy, review: { ...gepiPolicy.review, purposes, maxPending } }));
  assert.equal(faults([], 0), []);
  assert.equal(faults(['replace-agency'], 1), []);
  assert.equal(faults(['replace-agency'], 0), ['review: none may wait']);
});

codec(
  'what shows that a command was wanted is data: in GEPI a session, elsewhere perhaps each command signed',
  () => {
    for (const purpose of gepiPolicy.purposes) assert.is(purpose.evidence, 'session', purpose.id);
    const first = (evidence: unknown) => ({
      ...gepiPolicy,
      purposes: gepiPolicy.purposes.map((purpose) => ({ ...purpose, evidence })),
    });
    assert.ok(E.isRight(PortalPolicy.decode(first('command'))));
    for (const other of ['none', '', null, undefined]) {
      assert.ok(E.isLeft(PortalPolicy.decode(first(other))), String(other));
    }
  },
);

codec('packProblems: where commands are signed there are some, and the last card is a person’s', () => {
  const [purpose] = gepiPolicy.purposes;
  assert.ok(purpose);
  const faults = (changes: Partial<typeof purpose>) =>
    packProblems(
      definePack({
        ...gepiPolicy,
        purposes: [...gepiPolicy.purposes, { ...purpose, id: 'signed', evidence: 'command', ...changes }],
      }),
    );
  const agency = { role: 'agency', card: 'registered' } as const;
  const manager = { role: 'manager', card: 'registered' } as const;
  const clerk = { role: 'clerk', card: 'presented' } as const;
  assert.equal(faults({}), []);
  assert.equal(faults({ steps: [clerk], commands: ['LogIn'] }), []);
  assert.equal(faults({ steps: [manager, agency] }), ['purposes: signed has no person sign its commands']);
  assert.equal(faults({ steps: [agency] }), ['purposes: signed has no person sign its commands']);
  assert.equal(faults({ commands: [] }), ['purposes: signed has no command to sign']);
  assert.equal(faults({ evidence: 'session', steps: [agency], commands: [] }), []);
});

codec('packProblems knows opening hours: up to 24:00, from before to, or none at all', () => {
  const faults = (openingHours: { from: string; to: string } | null) =>
    packProblems(definePack({ ...gepiPolicy, openingHours })).length;
  assert.is(faults(null), 0);
  assert.is(faults({ from: '00:00', to: '24:00' }), 0);
  assert.is(faults({ from: '07:00', to: '23:30' }), 0);
  assert.is(faults({ from: '18:00', to: '07:00' }), 1);
  assert.is(faults({ from: '07:00', to: '24:01' }), 1);
  assert.is(faults({ from: '24:00', to: '24:00' }), 1);
});

codec.run();
