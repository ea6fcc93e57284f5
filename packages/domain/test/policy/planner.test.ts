import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { definePack, docPolicy, gepiPolicy, nhiPolicy } from '../../src/policy/packs/index.js';
import { type Changed, othersNeeded, type Plan, planReplacement } from '../../src/policy/planner.js';
import { type PortalPolicy, purposeOf, type Role } from '../../src/policy/policy.js';

const nobody: Changed = { agency: false, manager: false, clerk: false, managerIsClerk: false };
const plan = (changed: Partial<Changed>): Plan | undefined =>
  planReplacement(gepiPolicy, { ...nobody, ...changed });

const operations = (it: Plan | undefined): ReadonlyArray<string> =>
  it?.operations.map((operation) => `${operation.order}.${operation.purpose.label.zh}`) ?? [];
const cards = (it: Plan | undefined): ReadonlyArray<string> =>
  it?.cards.map((card) => `${card.which} ${card.role}`) ?? [];

// -------------------------------------------------------------------------------------
// the manual's table
// -------------------------------------------------------------------------------------

const others = (policy: PortalPolicy, id: string, own: ReadonlyArray<Role>) =>
  othersNeeded(purposeOf(policy, id) ?? { steps: [] }, own);

const table = suite('the planner: the table of the manual');

table('GEPI-45: 僅授權管理者 → 機關憑證+授權管理者自然人憑證 → 更換授權管理者自然人憑證', () => {
  const it = plan({ manager: true });
  assert.equal(operations(it), ['1.更換授權管理者自然人憑證']);
  assert.equal(cards(it), ['current agency', 'new manager']);
});

table('GEPI-45: 僅經辦人 → 機關憑證+授權管理者自然人憑證+經辦人自然人憑證 → 授權指派', () => {
  const it = plan({ clerk: true });
  assert.equal(operations(it), ['1.授權指派']);
  assert.equal(cards(it), ['current agency', 'current manager', 'new clerk']);
});

table('GEPI-45: 授權管理者及經辦人 → all three → 1.更換授權管理者自然人憑證 2.授權指派', () => {
  const it = plan({ manager: true, clerk: true });
  assert.equal(operations(it), ['1.更換授權管理者自然人憑證', '2.授權指派']);
  assert.equal(cards(it), ['current agency', 'new manager', 'new clerk']);
});

table('GEPI-43: a manager who is also a clerk needs both operations in order', () => {
  const both = plan({ manager: true, clerk: true });
  assert.equal(plan({ manager: true, managerIsClerk: true }), both);
  assert.equal(plan({ clerk: true, managerIsClerk: true }), both);
  assert.equal(plan({ manager: true, clerk: true, managerIsClerk: true }), both);
});

table('GEPI-43: after the first operation, delegation asks for the new card of the manager', () => {
  const [first, second] = plan({ manager: true, managerIsClerk: true })?.operations ?? [];
  assert.equal(first?.cards, [
    { role: 'agency', which: 'current' },
    { role: 'manager', which: 'new' },
  ]);
  assert.equal(second?.cards, [
    { role: 'agency', which: 'current' },
    { role: 'manager', which: 'new' },
    { role: 'clerk', which: 'new' },
  ]);
});

table(
  'GEPI-42, GEPI-47, NHI-13, DOC-3: who must come besides the holder of a renewed card is what the pack says',
  () => {
    assert.equal(others(gepiPolicy, 'delegation', ['clerk']), ['agency', 'manager']);
    assert.equal(others(gepiPolicy, 'delegation', ['manager', 'clerk']), ['agency']);
    assert.equal(others(gepiPolicy, 'replace-manager', ['manager']), ['agency']);
    assert.equal(others(nhiPolicy, 'managers', ['clerk']), ['agency']);
    assert.equal(others(docPolicy, 'credentials', ['clerk']), []);
  },
);

table.run();

// -------------------------------------------------------------------------------------
// with an agency certificate
// -------------------------------------------------------------------------------------

const agency = suite('the planner: agency certificates');

agency('GEPI-44: 機關憑證更換或展期 → 更換機關憑證, with the manager card on record', () => {
  const it = plan({ agency: true });
  assert.equal(operations(it), ['1.更換機關憑證']);
  assert.equal(cards(it), ['new agency', 'current manager']);
});

agency('GEPI-48: both certificates new → one operation that replaces both', () => {
  const it = plan({ agency: true, manager: true });
  assert.equal(operations(it), ['1.更換機關憑證和更換授權管理者自然人憑證']);
  assert.equal(cards(it), ['new agency', 'new manager']);
});

agency('GEPI-44: agency and clerk → the agency certificate first, then delegation with it', () => {
  const it = plan({ agency: true, clerk: true });
  assert.equal(operations(it), ['1.更換機關憑證', '2.授權指派']);
  assert.equal(cards(it), ['new agency', 'current manager', 'new clerk']);
});

agency('GEPI-48: everybody, or agency and a manager who is a clerk → both at once, then delegation', () => {
  const it = plan({ agency: true, manager: true, clerk: true });
  assert.equal(operations(it), ['1.更換機關憑證和更換授權管理者自然人憑證', '2.授權指派']);
  assert.equal(cards(it), ['new agency', 'new manager', 'new clerk']);
  assert.equal(plan({ agency: true, manager: true, managerIsClerk: true }), it);
});

agency('GEPI-44: nothing changed → there is nothing to do', () => {
  assert.is(plan({}), undefined);
  assert.is(plan({ managerIsClerk: true }), undefined);
});

agency.run();

// -------------------------------------------------------------------------------------
// properties and other packs
// -------------------------------------------------------------------------------------

const properties = suite('the planner: what always holds');

const anyChanged: fc.Arbitrary<Changed> = fc.record({
  agency: fc.boolean(),
  manager: fc.boolean(),
  clerk: fc.boolean(),
  managerIsClerk: fc.boolean(),
});

properties(
  'GEPI-44: whoever changed, the plan brings every new card and replaces each certificate once',
  () => {
    fc.assert(
      fc.property(anyChanged, (changed) => {
        const it = planReplacement(gepiPolicy, changed);
        if (!changed.agency && !changed.manager && !changed.clerk) {
          assert.is(it, undefined);
          return;
        }
        assert.ok(it);
        for (const role of ['agency', 'manager', 'clerk'] as const) {
          if (changed[role]) {
            assert.ok(
              it.cards.some((card) => card.role === role && card.which === 'new'),
              role,
            );
          }
        }
        assert.equal(
          it.operations.map((operation) => operation.order),
          it.operations.map((_, index) => index + 1),
        );
        const replaced = it.operations.flatMap((operation) =>
          operation.purpose.steps.filter((step) => step.card === 'next').map((step) => step.role),
        );
        assert.is(new Set(replaced).size, replaced.length);
        assert.is(new Set(it.cards.map((card) => card.role)).size, it.cards.length);
      }),
    );
  },
);

properties(
  'GEPI-45: a registered card is asked for as new only after the operation that registered it',
  () => {
    fc.assert(
      fc.property(anyChanged, (changed) => {
        const registered = new Set<string>();
        for (const operation of planReplacement(gepiPolicy, changed)?.operations ?? []) {
          for (const step of operation.purpose.steps) {
            const card = operation.cards.find((candidate) => candidate.role === step.role);
            if (step.card === 'registered') {
              assert.is(card?.which === 'new', registered.has(step.role), operation.purpose.id);
            }
          }
          for (const step of operation.purpose.steps) if (step.card === 'next') registered.add(step.role);
        }
      }),
    );
  },
);

properties('X-1: a pack without a row for what changed has no plan for it', () => {
  const clerkless = definePack({
    ...gepiPolicy,
    planner: [{ changed: ['agency'], operations: ['replace-agency'] }],
  });
  assert.is(planReplacement(clerkless, { ...nobody, clerk: true }), undefined);
  assert.ok(planReplacement(clerkless, { ...nobody, agency: true }));
});

properties.run();
