import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { activeClerks } from '../../src/clerk/state.js';
import { credentialKey } from '../../src/credential/credential.js';
import type { StoredEvent } from '../../src/events/table.js';
import { evolveAgencyStream, initialAgencyStream } from '../../src/register/agency-stream.js';
import { policy } from './fixtures.js';
import { type Action, action, beginning, grantable, perform, type World } from './model.js';

const runs = { numRuns: 300 };
const actions = fc.array(action, { minLength: 1, maxLength: 60, size: 'max' });

/** Performs all, and asks something of each step; `refused` is the code of a refusal. */
const walk = (
  all: ReadonlyArray<Action>,
  ask: (before: World, after: World, done: Action, refused: string | undefined) => void = () => undefined,
): World =>
  all.reduce((before, done) => {
    const { answer, world } = perform(before, done);
    ask(before, world, done, E.isLeft(answer) ? answer.left.code : undefined);
    return world;
  }, beginning);

const replay = (events: ReadonlyArray<StoredEvent>) => events.reduce(evolveAgencyStream, initialAgencyStream);

/** The agency certificate that an event registers, and the review that let it in; `undefined` where it registers none. */
const registers = (event: StoredEvent) => {
  if (event.type === 'AgencyRegistered') {
    return { credential: event.data.credential, id: event.data.review };
  }
  return event.type === 'CertificateReplaced' && event.data.holder === 'agency'
    ? { credential: event.data.next, id: event.data.review }
    : undefined;
};

const invariants = suite('whatever is tried, in whatever order');

invariants('a refused command adds no event and changes nothing', () => {
  fc.assert(
    fc.property(actions, (all) => {
      walk(all, (before, after, _done, refused) => {
        if (!refused) return;
        assert.is(after.events.length, before.events.length);
        assert.is(after.state, before.state);
      });
    }),
    runs,
  );
});

invariants('GEPI-30: a registered agency has one manager; an unregistered or ended one has none', () => {
  fc.assert(
    fc.property(actions, (all) => {
      walk(all, (_before, { state }) => {
        const registered = state.agency.status === 'registered' || state.agency.status === 'suspended';
        assert.is(state.manager !== undefined, registered);
      });
    }),
    runs,
  );
});

invariants('no two active clerks share a person or a certificate', () => {
  fc.assert(
    fc.property(actions, (all) => {
      walk(all, (_before, { state }) => {
        const active = activeClerks(state.clerks);
        assert.is(new Set(active.map(({ person }) => person)).size, active.length);
        assert.is(new Set(active.map(({ credential }) => credentialKey(credential))).size, active.length);
      });
    }),
    runs,
  );
});

invariants('X-6: a clerk is granted only what the menu held then, and holds at least one function', () => {
  fc.assert(
    fc.property(actions, (all) => {
      walk(all, (before, after) => {
        const published = grantable(before);
        for (const clerk of activeClerks(after.state.clerks)) {
          assert.ok(clerk.permissions.size > 0);
          const held = before.state.clerks.get(clerk.id);
          const had = held?.permissions ?? new Set<string>();
          for (const code of clerk.permissions) assert.ok(had.has(code) || published.has(code), code);
        }
      });
    }),
    runs,
  );
});

invariants('X-6: publishing a menu gives nobody anything', () => {
  fc.assert(
    fc.property(actions, (all) => {
      walk(all, (before, after, done) => {
        if (done.kind === 'publish') assert.is(after.state, before.state);
      });
    }),
    runs,
  );
});

invariants(
  'a suspended or ended agency does nothing but by staff, and begins again only by registering',
  () => {
    fc.assert(
      fc.property(actions, (all) => {
        walk(all, (before, _after, done, refused) => {
          if (done.kind !== 'cards' || refused) return;
          const { status } = before.state.agency;
          if (status === 'suspended') assert.unreachable(`${done.type} while suspended`);
          if (status !== 'registered') assert.ok(['RegisterAgency', 'RequestReview'].includes(done.type));
        });
      }),
      runs,
    );
  },
);

invariants(
  'GEPI-25: at most one review of a certificate waits; nothing is open when a card was just registered',
  () => {
    fc.assert(
      fc.property(actions, (all) => {
        walk(all, (before, after) => {
          const pending = after.state.reviews.filter(({ status }) => status === 'pending');
          const cards = new Set(pending.map(({ credential }) => credentialKey(credential)));
          assert.is(cards.size, pending.length);
          assert.ok(pending.length <= policy.review.maxPending);
          for (const event of after.events.slice(before.events.length)) {
            if (!registers(event) && event.type !== 'AgencyDeregistered') continue;
            const open = after.state.reviews.filter(({ status }) => ['pending', 'approved'].includes(status));
            assert.equal(open, []);
          }
        });
      }),
      runs,
    );
  },
);

invariants('GEPI-50: an approval lets in the certificate that it is of, for its purpose, once', () => {
  fc.assert(
    fc.property(actions, (all) => {
      const used = new Set<string>();
      walk(all, (before, after) => {
        const added = after.events.slice(before.events.length);
        const [agreed] = added;
        for (const event of added) {
          const review = registers(event);
          if (review === undefined || review.id === null) continue;
          const asked = before.state.reviews.find(({ id }) => id === review.id);
          assert.is(asked?.status, 'approved');
          assert.is(asked?.purpose, agreed?.type === 'TermsAccepted' && agreed.data.purpose);
          assert.equal(asked?.credential, review.credential);
          assert.not.ok(used.has(review.id), 'used again');
          used.add(review.id);
        }
      });
    }),
    runs,
  );
});

invariants('X-4: an agency certificate that another took the place of is never registered again', () => {
  fc.assert(
    fc.property(actions, (all) => {
      const former = new Set<string>();
      let current: string | undefined;
      for (const event of walk(all).events) {
        const next = registers(event)?.credential;
        if (next === undefined) continue;
        const key = credentialKey(next);
        if (current !== undefined && current !== key) former.add(current);
        assert.not.ok(former.has(key), key);
        current = key;
      }
    }),
    runs,
  );
});

invariants('a confirmation that serves once serves once', () => {
  fc.assert(
    fc.property(actions, (all) => {
      const spent = new Set<string>();
      const world = walk(all);
      let command = '';
      for (const { type, meta } of world.events) {
        if (meta.confirmation === null || meta.commandId === command) continue;
        command = meta.commandId;
        // Each command of a purpose that serves once, the login aside, begins with the terms.
        if (type !== 'TermsAccepted') continue;
        assert.not.ok(spent.has(meta.confirmation), 'used again');
        spent.add(meta.confirmation);
      }
    }),
    runs,
  );
});

invariants('only the people who were confirmed act: delegation is the manager’s alone', () => {
  fc.assert(
    fc.property(actions, (all) => {
      walk(all, (before, _after, done, refused) => {
        if (refused || done.kind !== 'cards' || done.purpose !== 'delegation') return;
        const { manager, agency } = before.state;
        assert.ok(manager !== undefined && agency.status === 'registered');
        // Cards that are not those on record are let in only where they happen to be the same.
        if (!done.right) assert.ok(manager.person.endsWith(`a${done.person}`));
      });
    }),
    runs,
  );
});

invariants('a replay of the events is the live state, from any point on', () => {
  fc.assert(
    fc.property(actions, fc.nat(), (all, cut) => {
      const world = walk(all);
      assert.equal(replay(world.events), world.state);
      // What a cache kept, completed by the tail alone, is the same again.
      const at = cut % (world.events.length + 1);
      const kept = replay(world.events.slice(0, at));
      assert.equal(world.events.slice(at).reduce(evolveAgencyStream, kept), world.state);
    }),
    runs,
  );
});

invariants('folding changes no state that somebody still holds', () => {
  fc.assert(
    fc.property(actions, (all) => {
      const world = walk(all);
      const half = replay(world.events.slice(0, Math.floor(world.events.length / 2)));
      const print = (state: typeof half) =>
        JSON.stringify([
          state.agency,
          state.manager,
          [...state.clerks],
          state.reviews,
          [...state.confirmations],
        ]);
      const before = print(half);
      world.events.slice(Math.floor(world.events.length / 2)).reduce(evolveAgencyStream, half);
      assert.is(print(half), before);
    }),
    { numRuns: 100 },
  );
});

invariants('the walks reach every command and every event (or these properties would be empty)', () => {
  const types = new Set<string>();
  const refused = new Set<string>();
  const codes = new Set<string>();
  const statuses = new Set<string>();
  for (const all of fc.sample(actions, { numRuns: 300, seed: 20260302 })) {
    walk(all, (before, after, done, no) => {
      for (const event of after.events.slice(before.events.length)) types.add(event.type);
      if (no !== undefined && done.kind === 'cards') refused.add(done.type);
      if (no !== undefined) codes.add(no);
      for (const { status } of after.state.reviews) statuses.add(status);
    });
  }
  assert.equal([...types].sort(), [
    'AgencyDeregistered',
    'AgencyRegistered',
    'AgencyReopened',
    'AgencySuspended',
    'CertificateReplaced',
    'ClerkAuthorized',
    'ClerkCredentialProved',
    'ClerkDetailsChanged',
    'ClerkPermissionsChanged',
    'ClerkRevoked',
    'ManagerAppointed',
    'RegistrationReviewDecided',
    'RegistrationReviewRequested',
    'TermsAccepted',
  ]);
  assert.is(refused.size, 9);
  assert.equal([...statuses].sort(), ['approved', 'pending', 'rejected', 'superseded', 'used']);
  assert.ok(codes.has('CERTIFICATE_ALREADY_REPLACED'));
});

invariants.run();
