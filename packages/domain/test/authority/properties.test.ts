import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StoredEvent } from '../../src/events/table.js';
import type { AuthorityIndex, AuthorityQuestion, Who } from '../../src/index.js';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import { naive, naiveUnassigned } from './reference.js';
import {
  agreed,
  appointed,
  authorized,
  changed,
  deregistered,
  hash,
  indexOf,
  proved,
  published,
  registered,
  reopened,
  replaced,
  revoked,
  seen,
  suspended,
  typed,
  type When,
} from './support.js';

// -------------------------------------------------------------------------------------
// what may happen: few names and few days, so that all of it meets
// -------------------------------------------------------------------------------------

const functions = ['a', 'b', 'c'];
const days = Array.from({ length: 8 }, (_, n) => `2022-03-0${n + 1}`);
const day = fc.constantFrom(...days);
const agencies = ['11111', '22222'];
/** Mostly one, so that its history is long. */
const agency = fc.constantFrom('11111', '11111', '11111', '22222');
const persons = ['Wang', 'Chen'];
/** Each entry is one person's for ever. */
const clerkPersons = { 'Wang 1': 'Wang', 'Wang 2': 'Wang', 'Chen 1': 'Chen' } as const;
const clerk = fc.constantFrom(...(Object.keys(clerkPersons) as Array<keyof typeof clerkPersons>));
const serials = ['C1', 'C2', 'C3'];
const serial = fc.constantFrom(...serials);
const late = { from: '2022-03-04T00:00:00.000Z', to: '2022-03-06T00:00:00.000Z' };
const card = fc.oneof(
  serial.map((text) => seen(text)),
  serial.map((text) => seen(text, late)),
);
const credential = fc.oneof(
  card,
  serial.map((text) => typed(text)),
);
const some = fc.subarray(functions);
/** Of a replacement, whatever an event may say. */
const proof = fc.constantFrom('full', 'last4', 'typed', null);

const kinds: Record<string, (when: When) => fc.Arbitrary<StoredEvent>> = {
  agreed: (when) => fc.integer({ min: 1, max: 3 }).map((version) => agreed(when, version)),
  registered: (when) => card.map((c) => registered(when, c)),
  appointed: (when) => fc.tuple(fc.constantFrom(...persons), card).map(([p, c]) => appointed(when, p, c)),
  suspended: (when) => fc.constant(null).map(() => suspended(when)),
  reopened: (when) => fc.constant(null).map(() => reopened(when)),
  deregistered: (when) => fc.constant(null).map(() => deregistered(when)),
  replaced: (when) =>
    fc
      .tuple(fc.constantFrom('agency' as const, 'manager' as const), credential, proof)
      .map(([holder, next, shown]) => replaced(when, holder, next, next, null, shown)),
  clerkReplaced: (when) =>
    fc
      .tuple(clerk, credential, proof)
      .map(([id, next, shown]) => replaced(when, 'clerk', next, next, id, shown)),
  authorized: (when) =>
    fc
      .tuple(clerk, some, credential)
      .map(([id, held, c]) => authorized(when, id, held, { person: clerkPersons[id], credential: c })),
  changed: (when) =>
    fc
      .tuple(clerk, some, some)
      // What is granted and withdrawn at once is neither: the deciders write no such event.
      .map(([id, granted, taken]) =>
        changed(
          when,
          id,
          granted,
          taken.filter((fn) => !granted.includes(fn)),
        ),
      ),
  revoked: (when) => clerk.map((id) => revoked(when, id)),
  proved: (when) => fc.tuple(clerk, card).map(([id, c]) => proved(when, id, c)),
  published: (when) =>
    some.map((menu) => published({ on: when.on, effective: when.effective ?? when.on }, 1, menu)),
};

/** Mostly what keeps an agency open and is about clerks, so that not every question ends at the door. */
const kind = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(kinds)) },
  { weight: 2, arbitrary: fc.constantFrom('authorized', 'authorized', 'registered', 'appointed', 'changed') },
);

const happening = (time: fc.Arbitrary<{ readonly on: string; readonly effective: string }>) =>
  fc
    .tuple(kind, time, agency)
    .chain(([name, when, of]) => kinds[name]?.({ ...when, agency: of }) ?? fc.constant(agreed(when)));

const anyTime = fc.oneof(
  fc.record({ on: day, effective: day }),
  day.map((on) => ({ on, effective: on })),
);
/** Time goes on, but what is written today may take effect on any day. */
const histories = fc
  .array(happening(anyTime), { minLength: 10, maxLength: 40 })
  .map((events) => [
    ...agencies.flatMap((of) => [
      registered({ on: '2022-03-01', agency: of }),
      appointed({ on: '2022-03-01', agency: of }),
    ]),
    ...events,
  ]);
const orderly = fc
  .array(happening(day.map((on) => ({ on, effective: on }))), { minLength: 10, maxLength: 40 })
  .map((events) => [...events].sort((a, b) => (a.meta.recordedAt < b.meta.recordedAt ? -1 : 1)));

const certificate = serial.map((text) => ({ ca: 'MOICA' as const, serial: text }));
const person = fc.constantFrom(...persons.map(hash));
const who: fc.Arbitrary<Who> = fc.oneof(
  person.map((p) => ({ person: p })),
  certificate.map((c) => ({ certificate: c })),
  fc.tuple(person, certificate).map(([p, c]) => ({ person: p, certificate: c })),
);
const midnight = day.map((text) => `${text}T00:00:00.000Z`);
const question: fc.Arbitrary<AuthorityQuestion> = fc.record({
  agency: fc.constantFrom('11111', '11111', '11111', '11111', '11111', '11111', '22222', '33333'),
  function: fc.constantFrom(...functions),
  who,
  at: midnight,
  knownAt: fc.option(midnight, { nil: undefined }),
});
const locks = fc.record({ agency: fc.boolean(), manager: fc.boolean(), clerk: fc.boolean() });

/** What the index says, in the reference's words. */
const found = (index: AuthorityIndex, asked: AuthorityQuestion): object => {
  const decision = index.may(asked);
  if (!decision.allowed) return { code: decision.code };
  const { agency: of, manager, clerk: entry, terms, grant } = decision.reasons();
  const rest = index.functionsOf(asked);
  return {
    code: 'ALLOWED',
    clerk: entry.id,
    registered: of?.registered.id,
    appointed: manager?.appointed.id,
    proofs: [manager?.identityProof, entry.identityProof],
    terms: terms?.accepted.id,
    functions: rest.allowed ? rest.functions : [],
    grant: grant.event.id,
  };
};

// -------------------------------------------------------------------------------------
// properties
// -------------------------------------------------------------------------------------

const properties = suite('may, any history');
const runs = { numRuns: 400 };

properties(
  'architecture 6: answers as the aggregates do, folded over the events that count, at any two times',
  () => {
    const seenCodes = new Set<string>();

    fc.assert(
      fc.property(
        histories,
        locks,
        fc.array(question, { minLength: 1, maxLength: 10 }),
        (events, expiryLocksOut, asked) => {
          const rules = { ...gepiPolicy, expiryLocksOut };
          const index = indexOf(events, rules);
          for (const each of asked) {
            const expected = naive(events, rules, each);
            assert.equal(found(index, each), { ...expected });
            seenCodes.add(expected.code);
          }
        },
      ),
      runs,
    );
    // The histories reach every answer, or the property would say little.
    assert.is(seenCodes.size, 11);
  },
);

properties('architecture 6: as-of at now is the current state', () => {
  fc.assert(
    fc.property(orderly, question, (events, asked) => {
      const index = indexOf(events);
      const now = `${days.at(-1)}T00:00:00.000Z`;
      const current = found(index, { ...asked, at: now, knownAt: undefined });
      assert.equal(found(index, { ...asked, at: now, knownAt: now }), current);
      assert.equal(current, { ...naive(events, gepiPolicy, { ...asked, at: now, knownAt: undefined }) });
    }),
    runs,
  );
});

properties('architecture 6: what was known at a time is what the index said when it knew no more', () => {
  fc.assert(
    fc.property(orderly, question, midnight, (events, asked, knownAt) => {
      const then = indexOf(events.filter((event) => event.meta.recordedAt <= knownAt));
      assert.equal(
        found(indexOf(events), { ...asked, knownAt }),
        found(then, { ...asked, knownAt: undefined }),
      );
    }),
    runs,
  );
});

properties('reasons asked for later are those of the time of the answer', () => {
  fc.assert(
    fc.property(histories, histories, question, (before, after, asked) => {
      const index = indexOf(before);
      const decision = index.may(asked);
      const reasons = decision.reasons();
      for (const event of after) index.apply(event);
      assert.equal(decision.reasons(), reasons);
    }),
    runs,
  );
});

properties('the grant alone is the one of the whole chain, whatever happens afterwards', () => {
  fc.assert(
    fc.property(histories, histories, question, (before, after, asked) => {
      const index = indexOf(before);
      const decision = index.may(asked);
      if (!decision.allowed) return;
      for (const event of after) index.apply(event);
      const { event, catalogueVersion } = decision.reasons().grant;
      assert.equal(decision.grantedBy(), { event, catalogueVersion });
    }),
    runs,
  );
});

properties('GEPI-30: the holders of a function are those who may do it', () => {
  fc.assert(
    fc.property(histories, question, (events, asked) => {
      const index = indexOf(events);
      const holders = index.holders(asked.agency, asked.function, asked);
      const expected = persons
        .map(hash)
        .filter((each) => index.may({ ...asked, who: { person: each } }).allowed);
      assert.equal(holders.map((holder) => holder.person).sort(), expected.sort());
      for (const holder of holders) {
        assert.is(holder.reasons().clerk.id, holder.clerk);
        assert.is(holder.reasons().clerk.person, holder.person);
      }
    }),
    runs,
  );
});

properties('X-6: unassigned are the functions of the menu that no clerk holds', () => {
  fc.assert(
    fc.property(histories, question, some, (events, asked, menu) => {
      const index = indexOf([
        published({ on: '2022-01-01' }, 1, []),
        ...events,
        published({ on: '2022-01-01', effective: '2022-03-09' }, 2, menu),
      ]);
      const at = '2022-03-09T00:00:00.000Z';
      assert.equal(
        index.unassignedFunctions(asked.agency, { at }),
        naiveUnassigned(events, gepiPolicy, asked.agency, { at }, menu),
      );
    }),
    runs,
  );
});

properties.run();
