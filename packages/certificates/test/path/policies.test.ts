import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Certificate } from '../../src/certificate.js';
import { processPolicies } from '../../src/path/policies.js';
import {
  anyPolicy,
  applyMappings,
  authorityPolicies,
  descend,
  hasPolicies,
  initialGraph,
} from '../../src/path/policy-graph.js';
import type { PolicyDemands } from '../../src/path/request.js';
import { memoise } from '../support.js';
import { treePolicies } from './policy-tree.js';
import { leaf, link } from './support.js';

// What policy processing reads of a certificate is changed in the record: no key has to sign it.
const records = memoise((kind: string) =>
  kind === 'end' ? leaf('issuer') : link({ subject: kind, issuer: kind === 'self' ? 'self' : 'issuer' }),
);

type Fields = Partial<
  Pick<Certificate, 'policies' | 'policyMappings' | 'policyConstraints' | 'inhibitAnyPolicy'>
>;

const [a, b, c] = ['1.2.3.1', '1.2.3.2', '1.2.3.3'] as const;
const maps = (...pairs: ReadonlyArray<readonly [string, string]>) =>
  pairs.map(([issuerDomainPolicy, subjectDomainPolicy]) => ({ issuerDomainPolicy, subjectDomainPolicy }));

type Chain = ReadonlyArray<Fields & { readonly selfIssued?: boolean }>;

/** A path from the anchor's side: CAs, and the end certificate last. */
const pathOf = async (...certificates: Chain): Promise<ReadonlyArray<Certificate>> => {
  const [root, ca, self, end] = await Promise.all(['root', 'ca', 'self', 'end'].map(records));
  if (!root || !ca || !self || !end) throw new Error('no records');
  const last = certificates.length - 1;
  const made = certificates.map(({ selfIssued, ...fields }, i) => ({
    ...(i === last ? end : selfIssued === true ? self : ca),
    ...fields,
  }));
  return [...made.reverse(), root];
};

const outcome = async (demands: PolicyDemands, ...certificates: Chain): Promise<string> => {
  const { accepted, fault } = processPolicies(await pathOf(...certificates), demands);
  return fault?.error.code ?? [...accepted].sort().join(' ');
};

// -------------------------------------------------------------------------------------
// the rules by example
// -------------------------------------------------------------------------------------

const rules = suite('policies along a path');

rules('6.1.3 (d): a policy holds that stands in every certificate, or under anyPolicy', async () => {
  assert.is(await outcome({}, { policies: [a, b] }, { policies: [b, c] }), b);
  assert.is(await outcome({}, { policies: [anyPolicy] }, { policies: [b] }), b);
  assert.is(await outcome({}, { policies: [anyPolicy] }, { policies: [anyPolicy] }), anyPolicy);
  assert.is(await outcome({}, { policies: [a] }, { policies: [anyPolicy] }), a);
});

rules('6.1.3 (e): a certificate without policies ends them all, and that is no fault by itself', async () => {
  assert.is(await outcome({}, { policies: [] }, { policies: [a] }), '');
  assert.is(await outcome({ explicit: true }, { policies: [] }, { policies: [a] }), 'POLICY_NOT_ACCEPTED');
});

rules('6.1.5 (g): of the policies that hold, those that the caller accepts', async () => {
  const chain = [{ policies: [a, b] }, { policies: [a, b] }] as const;
  assert.is(await outcome({ accepted: [b, c] }, ...chain), b);
  assert.is(await outcome({ accepted: [c] }, ...chain), '');
  assert.is(await outcome({ accepted: [c], explicit: true }, ...chain), 'POLICY_NOT_ACCEPTED');
  assert.is(await outcome({ accepted: [], explicit: true }, ...chain), 'POLICY_NOT_ACCEPTED');
  assert.is(await outcome({ accepted: [c, anyPolicy] }, ...chain), `${a} ${b}`);
  assert.is(await outcome({ accepted: [c] }, { policies: [anyPolicy] }, { policies: [anyPolicy] }), c);
});

rules('6.1.4 (b): a mapped policy is told by the name that the anchor knows', async () => {
  const mapped = { policies: [a], policyMappings: maps([a, b]) };
  assert.is(await outcome({ explicit: true }, mapped, { policies: [b] }), a);
  assert.is(
    await outcome({ explicit: true, accepted: [b] }, mapped, { policies: [b] }),
    'POLICY_NOT_ACCEPTED',
  );
  // The old name has ended.
  assert.is(await outcome({ explicit: true }, mapped, { policies: [a] }), 'POLICY_NOT_ACCEPTED');
  // Through two domains, and out of anyPolicy.
  const again = { policies: [b], policyMappings: maps([b, c]) };
  assert.is(await outcome({ explicit: true }, mapped, again, { policies: [c] }), a);
  const fromAny = { policies: [anyPolicy], policyMappings: maps([a, b]) };
  assert.is(await outcome({ explicit: true }, fromAny, { policies: [b] }), a);
});

rules('6.1.4 (b)(2): where mapping is inhibited, a mapped policy ends', async () => {
  const mapped = { policies: [a, c], policyMappings: maps([a, b]) };
  assert.is(await outcome({ inhibitMapping: true }, mapped, { policies: [a, b, c] }), c);
  const inhibiting = { policies: [a, c], policyConstraints: { inhibitPolicyMapping: 0 } };
  assert.is(await outcome({}, inhibiting, mapped, { policies: [a, b, c] }), c);
});

rules('6.1.4 (a): anyPolicy is mapped neither from nor to, even where no policy is asked for', async () => {
  for (const policyMappings of [maps([anyPolicy, a]), maps([a, anyPolicy])]) {
    const code = await outcome({}, { policies: [a], policyMappings }, { policies: [a] });
    assert.is(code, 'POLICY_CONSTRAINT_VIOLATED');
  }
});

rules(
  '6.1.4 (h) (i): requireExplicitPolicy counts down, and self-issued certificates do not count',
  async () => {
    const demanding = (skip: number) => ({
      policies: [a],
      policyConstraints: { requireExplicitPolicy: skip },
    });
    const without = { policies: [] };
    const violated = 'POLICY_CONSTRAINT_VIOLATED';
    assert.is(await outcome({}, demanding(0), without), violated);
    assert.is(await outcome({}, demanding(1), without), violated);
    assert.is(await outcome({}, demanding(2), without), '');
    assert.is(await outcome({}, demanding(2), without, without), violated);
    assert.is(await outcome({}, demanding(2), { ...without, selfIssued: true }, without), '');
    // A later CA may ask for more, never for less.
    assert.is(await outcome({}, demanding(0), demanding(5), without), violated);
  },
);

rules(
  '6.1.5 (b): the end certificate itself may ask for an explicit policy, with 0 and no other number',
  async () => {
    const end = (skip: number) => ({ policies: [], policyConstraints: { requireExplicitPolicy: skip } });
    assert.is(await outcome({}, { policies: [a] }, end(0)), 'POLICY_CONSTRAINT_VIOLATED');
    assert.is(await outcome({}, { policies: [a] }, end(1)), '');
  },
);

rules('6.1.4 (j): anyPolicy counts until it is inhibited; in a self-issued CA it still does', async () => {
  const any = { policies: [anyPolicy] };
  const inhibiting = { policies: [a], inhibitAnyPolicy: 0 };
  assert.is(await outcome({}, inhibiting, any), '');
  assert.is(await outcome({}, { ...inhibiting, inhibitAnyPolicy: 1 }, any), a);
  assert.is(await outcome({}, inhibiting, { ...any, selfIssued: true }, { policies: [a] }), a);
  assert.is(await outcome({}, inhibiting, any, { policies: [a] }), '');
  assert.is(await outcome({ inhibitAny: true }, any, { policies: [a] }), '');
});

rules('whose demand is not met is told: the CAs’, or the caller’s', async () => {
  const demanding = { policies: [a], policyConstraints: { requireExplicitPolicy: 0 } };
  const chain = [demanding, { policies: [a] }] as const;
  assert.is(await outcome({ accepted: [b] }, ...chain), 'POLICY_NOT_ACCEPTED');
  assert.is(await outcome({ explicit: true }, demanding, { policies: [b] }), 'POLICY_CONSTRAINT_VIOLATED');
});

rules.run();

// -------------------------------------------------------------------------------------
// the graph is the tree
// -------------------------------------------------------------------------------------

const properties = suite('the graph of RFC 9618');

const policies = fc.subarray([a, b, c, anyPolicy]);
const mapping = fc
  .tuple(fc.constantFrom(a, b, c), fc.constantFrom(a, b, c))
  .map(([from, to]) => ({ issuerDomainPolicy: from, subjectDomainPolicy: to }));
const rarelySkip = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 1 });

const fields = fc
  .record({
    policies,
    policyMappings: fc.oneof(fc.constant([]), fc.array(mapping, { maxLength: 4 })),
    requireExplicitPolicy: rarelySkip,
    inhibitPolicyMapping: rarelySkip,
    inhibitAnyPolicy: rarelySkip,
    selfIssued: fc.boolean(),
  })
  .map(({ requireExplicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy, ...rest }) => ({
    ...rest,
    policyConstraints: {
      ...(requireExplicitPolicy === undefined ? {} : { requireExplicitPolicy }),
      ...(inhibitPolicyMapping === undefined ? {} : { inhibitPolicyMapping }),
    },
    ...(inhibitAnyPolicy === undefined ? {} : { inhibitAnyPolicy }),
  }));

const demands = fc.record(
  {
    accepted: fc.subarray([a, b, c], { minLength: 1 }),
    explicit: fc.boolean(),
    inhibitMapping: fc.boolean(),
    inhibitAny: fc.boolean(),
  },
  { requiredKeys: [] },
);

properties('RFC 5280 6.1: the tree, written out as the RFC has it, gives the same answers', async () => {
  const counts = { held: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 5 }), demands, async (chain, wanted) => {
      const path = await pathOf(...chain);
      const { accepted, fault } = processPolicies(path, wanted);
      const expected = treePolicies(path, wanted);
      counts[fault === undefined ? 'held' : 'refused'] += 1;
      assert.is(fault === undefined, expected !== undefined);
      if (expected !== undefined) assert.equal([...accepted].sort(), [...expected].sort());
    }),
    { numRuns: 1_000 },
  );
  assert.ok(counts.held > 50 && counts.refused > 50);
});

properties('RFC 9618: mappings from many to many grow with the path, not with the ways through it', () => {
  const many = Array.from({ length: 60 }, (_, i) => `1.2.4.${i}`);
  const everyToEvery = many.flatMap((from) => many.map((to) => [from, to] as const));
  let graph = initialGraph;
  for (let depth = 0; depth < 7; depth += 1) {
    graph = applyMappings(descend(graph, many, true), maps(...everyToEvery), true);
  }
  // The tree would have 60 to the power of 7 leaves.
  assert.is(
    graph.levels.reduce((nodes, level) => nodes + level.size, 0),
    1 + 7 * 60,
  );
  assert.ok(hasPolicies(graph));
  assert.equal([...authorityPolicies(graph)].sort(), [...many].sort());
});

properties.run();
