import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { evolveCatalogueIn } from '../../src/catalogue/state.js';
import { copies, createDrafts } from '../../src/events/drafts.js';
import type { NewEvent, StoredEvent } from '../../src/events/table.js';
import type { EventStore, Position, RecordedEvent } from '../../src/ports/event-store.js';
import type { StreamName } from '../../src/ports/stream-name.js';
import {
  type AgencyStreamState,
  agencyStreamFold,
  confirmationMemory,
  evolveAgencyStream,
  initialAgencyStream,
} from '../../src/register/agency-stream.js';
import type { EventCodec } from '../../src/register/codec.js';
import { createStreamCaches } from '../../src/register/stream-cache.js';
import { createStreams } from '../../src/register/streams.js';
import { evolveTermsIn } from '../../src/terms/state.js';
import { recorded } from '../../src/testing/index.js';
import { catalogue, cataloguePublished, hex64, oid, policy, seen, terms, uuid } from './fixtures.js';
import { type Action, action, beginning, perform, type World } from './model.js';

const actions = fc.array(action, { minLength: 1, maxLength: 60, size: 'max' });
const stream = 'agency-gepi.10001' as StreamName;
const fold = agencyStreamFold(confirmationMemory(policy));

const print = (state: AgencyStreamState): string =>
  JSON.stringify([
    { ...state.agency, former: 'former' in state.agency ? [...state.agency.former] : [] },
    state.manager,
    [...state.clerks].map(([id, clerk]) => [id, clerk, [...clerk.permissions]]),
    state.reviews,
    [...state.confirmations],
  ]);

const walk = (all: ReadonlyArray<Action>): World =>
  all.reduce((before, done) => perform(before, done).world, beginning);

/** A store of events as they are, in pages of any size; its codec finds them by revision, its hash is the body. */
const streamsOf = (events: ReadonlyArray<StoredEvent>, page: number) => {
  let stored = events.length;
  const records = events.map(({ type, meta }, revision): RecordedEvent => {
    const { id, chain, position } = meta;
    return { id, type, body: chain.hash, hash: chain.hash, stream, revision, position: position as Position };
  });
  const unused = (): never => {
    throw new Error('only streams are read here');
  };
  const store: EventStore = {
    append: unused,
    readStream: (_stream, from, limit) => {
      const end = Math.min(from + Math.min(page, limit), stored);
      return TE.right({ events: records.slice(from, end), end: end === stored });
    },
    readAll: unused,
    subscribeAll: unused,
    head: unused,
    close: unused,
  };
  const codec: EventCodec<StoredEvent> = {
    decode: ({ revision }) => {
      const event = events[revision];
      return event === undefined ? unused() : { _tag: 'Event', event };
    },
    encode: unused,
    encodeForReading: unused,
  };
  const caches = createStreamCaches({ streams: 10, events: 1_000_000 });
  const streams = createStreams({ store, codec, sha256: (body) => body, fold, caches });
  return {
    load: async (): Promise<AgencyStreamState> => {
      const loaded = await streams.load(stream);
      if (E.isLeft(loaded)) throw new Error(JSON.stringify(loaded.left));
      return loaded.right.state;
    },
    /** So many of the events are stored from now on. */
    show: (count: number) => {
      stored = count;
    },
  };
};

/** Stored events of a long life, each under a confirmation and a minute of its own. */
const history = (news: ReadonlyArray<NewEvent>): ReadonlyArray<StoredEvent> =>
  news.flatMap((event, revision) =>
    recorded([event], {
      stream,
      revision,
      confirmation: uuid(0x10_0000 + revision),
      recordedAt: new Date(Date.UTC(2026, 2, 2) + revision * 60_000).toISOString(),
    }),
  );

const authorised = (n: number): NewEvent => ({
  type: 'ClerkAuthorized',
  data: {
    clerk: uuid(n),
    person: hex64(n),
    credential: seen('MOICA', n),
    identityProof: 'full',
    permissions: ['query'],
    catalogueVersion: 1,
  },
  personal: { nationalId: 'A123456789', name: '王小明' },
  subject: hex64(n),
});

const revoked = (n: number): NewEvent => ({
  type: 'ClerkRevoked',
  data: { clerk: uuid(n), cause: 'deleted' },
});

// -------------------------------------------------------------------------------------
const drafts = suite('collections that a fold may change');

drafts('what others hold is copied once, and their copy stays as it was', () => {
  const shared = { map: new Map([[1, 'a']]), set: new Set(['a']), array: ['a'] };
  const own = createDrafts();
  const [map, set, array] = [own.map(shared.map), own.set(shared.set), own.array(shared.array)];
  map.set(2, 'b');
  set.add('b');
  array.push('b');
  assert.is(own.map(map), map);
  assert.is(own.set(set), set);
  assert.is(own.array(array), array);
  assert.equal(shared, { map: new Map([[1, 'a']]), set: new Set(['a']), array: ['a'] });
  // Another fold knows nothing of these.
  assert.is.not(createDrafts().map(map), map);
  assert.is.not(copies.map(map), map);
  assert.is.not(copies.set(set), set);
  assert.is.not(copies.array(array), array);
});

drafts('menus and terms are folded without a copy for each version', () => {
  const one = createDrafts();
  const menus = recorded([cataloguePublished(1), cataloguePublished(2), cataloguePublished(3)]);
  let menu = catalogue.initial;
  const seenMaps = menus.map((event) => {
    menu = evolveCatalogueIn(menu, event, one);
    return menu.versions;
  });
  assert.is(new Set(seenMaps).size, 1);
  assert.equal(menu, menus.reduce(catalogue.evolve, catalogue.initial));
  assert.is(catalogue.initial.versions.size, 0);

  const text = (version: number): NewEvent => ({
    type: 'TermsPublished',
    data: { version, hash: hex64(version), title: 't', text: 'x', english: null },
  });
  const texts = recorded([text(1), text(2)]);
  const folded = texts.reduce((state, event) => evolveTermsIn(state, event, one), terms.initial);
  assert.equal(folded, texts.reduce(terms.evolve, terms.initial));
  assert.is(terms.initial.versions.size, 0);
});

drafts('a fold of many events is the fold of each, whatever the pages', async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.integer({ min: 1, max: 20 }), async (all, page) => {
      const { events, state } = walk(all);
      assert.is(print(await streamsOf(events, page).load()), print(state));
    }),
    { numRuns: 200 },
  );
});

drafts('a state that somebody holds stays as it was while the cache goes on', async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.nat(), fc.integer({ min: 1, max: 20 }), async (all, cut, page) => {
      const { events, state } = walk(all);
      const streams = streamsOf(events, page);
      streams.show(cut % (events.length + 1));
      const held = await streams.load();
      const before = print(held);
      streams.show(events.length);
      assert.is(print(await streams.load()), print(state));
      assert.is(print(held), before);
    }),
    { numRuns: 200 },
  );
});

drafts.run();

// -------------------------------------------------------------------------------------
const size = suite('what is kept of an agency');

size('clerks whose entry ended leave nothing behind', () => {
  const all = history(Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? authorised(n) : revoked(n - 1))));
  assert.is(all.reduce(evolveAgencyStream, initialAgencyStream).clerks.size, 0);
});

size('a confirmation is remembered for longer than it can be presented, and no longer', () => {
  const minutes = 24 * 60;
  const events = history(Array.from({ length: 3 * minutes }, (_, n) => revoked(n)));
  let state = initialAgencyStream;
  for (const event of events) {
    state = evolveAgencyStream(state, event);
    assert.ok(state.confirmations.size <= minutes + 1);
    const presentable = events.slice(Math.max(0, event.meta.revision - minutes), event.meta.revision + 1);
    assert.ok(presentable.every(({ meta }) => state.confirmations.has(meta.confirmation ?? '')));
  }
});

size('it is remembered for a day, and for as long as its cards can be shown where that is longer', () => {
  const minute = 60_000;
  assert.is(confirmationMemory(policy), 24 * 60 * minute);
  const most = Math.max(...policy.purposes.map(({ steps }) => steps.length));
  assert.is(confirmationMemory({ ...policy, sessionMinutes: 2000 }), 2 * most * 2000 * minute);
});

size('a session of many commands is remembered once, from its first on', () => {
  const confirmation = uuid(1);
  const at = (n: number) => `2026-03-02T01:0${n}:00.000Z`;
  const events = [0, 1, 2].flatMap((n) =>
    recorded([authorised(n)], { revision: n, confirmation, recordedAt: at(n) }),
  );
  const state = events.reduce(evolveAgencyStream, initialAgencyStream);
  assert.equal([...state.confirmations], [[confirmation, Date.parse(at(0))]]);
});

size('a time that is none lets nothing be forgotten', () => {
  const [first, second] = history([authorised(1), authorised(2)]);
  assert.ok(first && second);
  const odd = { ...second, meta: { ...second.meta, recordedAt: 'yesterday' } } as StoredEvent;
  assert.is([first, odd].reduce(evolveAgencyStream, initialAgencyStream).confirmations.size, 2);
});

size('whatever is tried is decided as if nothing had been let go', () => {
  let letGo = 0;
  fc.assert(
    fc.property(actions, (all) => {
      let world = beginning;
      for (const done of all) {
        const ever = new Map<string, number>();
        for (const { meta } of world.events) if (meta.confirmation !== null) ever.set(meta.confirmation, 0);
        letGo += ever.size - world.state.confirmations.size;
        const remembering = { ...world, state: { ...world.state, confirmations: ever } };
        const { answer, world: next } = perform(world, done);
        assert.equal(answer, perform(remembering, done).answer);
        world = next;
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(letGo > 0, 'nothing was let go');
});

size.run();

// -------------------------------------------------------------------------------------
const linear = suite('folding a long stream');

/** How often an entry was put into any `Map` or `Set` while something was done, copies included. */
const insertionsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  const { set } = Map.prototype;
  const { add } = Set.prototype;
  let count = 0;
  Map.prototype.set = function (key, value) {
    count += 1;
    return set.call(this, key, value);
  };
  Set.prototype.add = function (value) {
    count += 1;
    return add.call(this, value);
  };
  try {
    await work();
    return count;
  } finally {
    Map.prototype.set = set;
    Set.prototype.add = add;
  }
};

linear(
  '20,000 events of clerks take a fixed number of insertions each, for the first time as from memory',
  async () => {
    const events = history(
      Array.from({ length: 20_000 }, (_, n) => (n % 4 === 3 ? revoked(n - 1) : authorised(n))),
    );
    for (const page of [1, 512]) {
      const streams = streamsOf(events, page);
      const [most, half] = [6 * events.length, events.length / 2];
      streams.show(half);
      const first = await insertionsDuring(streams.load);
      assert.ok(first > half && first < most / 2, `${first} insertions for the first half`);
      streams.show(events.length);
      const second = await insertionsDuring(streams.load);
      assert.ok(second > half && second < most / 2, `${second} insertions for the second half`);
      assert.is((await streams.load()).clerks.size, 10_000);
    }
  },
);

const asked = (n: number): NewEvent => ({
  type: 'RegistrationReviewRequested',
  data: {
    review: uuid(n),
    code: '10001',
    agencyName: '示範機關',
    purpose: 'replace-agency',
    credential: seen('GCA', n),
    presented: oid(2),
    expected: oid(1),
  },
  personal: { name: '黃兼任', phone: '03-9251000', extension: null },
  subject: `review.${uuid(n)}`,
});

const approved = (n: number): NewEvent => ({
  type: 'RegistrationReviewDecided',
  data: { review: uuid(n), outcome: 'approved', validFrom: '2026-03-02T01:00:00.000Z' },
  personal: { note: '' },
  subject: `review.${uuid(n)}`,
});

const replaced = (n: number): NewEvent => ({
  type: 'CertificateReplaced',
  data: {
    holder: 'agency',
    clerk: null,
    previous: seen('GCA', n - 1),
    next: seen('GCA', n),
    identityProof: null,
    cause: 'reissue',
    organisation: null,
    review: uuid(n),
  },
});

const registered: NewEvent = {
  type: 'AgencyRegistered',
  data: { code: '10001', name: '示範機關', organisation: oid(1), credential: seen('GCA', 1), review: null },
};

linear('clerks, reviews, confirmations and former certificates are each one collection throughout', () => {
  const years = Array.from({ length: 100 }, (_, index) => index + 2).flatMap((n) => [
    authorised(n),
    asked(n),
    approved(n),
    replaced(n),
    authorised(n + 200),
    revoked(n - 1),
  ]);
  const events = history([registered, ...years]);
  const one = createDrafts();
  const used = [new Set<unknown>(), new Set<unknown>(), new Set<unknown>(), new Set<unknown>()] as const;
  let state = fold.initial;
  for (const event of events) {
    state = fold.evolve(state, event, one);
    const { agency, clerks, reviews, confirmations } = state;
    const former = 'former' in agency ? agency.former : undefined;
    for (const [index, each] of [clerks, confirmations, reviews, former].entries()) used[index]?.add(each);
  }
  // Besides what all agencies begin with, and is left alone: one.
  assert.equal(
    used.map(({ size }) => size),
    [2, 1, 2, 2],
  );
  assert.ok('former' in state.agency);
  assert.equal([state.clerks.size, state.reviews.length, state.agency.former.size], [101, 100, 100]);
  assert.is(print(state), print(events.reduce(evolveAgencyStream, initialAgencyStream)));
  const { clerks, reviews, confirmations } = initialAgencyStream;
  assert.is(clerks.size + reviews.length + confirmations.size, 0);
});

linear.run();
