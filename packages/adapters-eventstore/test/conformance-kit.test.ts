import type { ChallengeStore, EventStore, RecordedEvent, TransientRecord } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type ConformanceCase,
  casesFor,
  challengeStoreConformance,
  crashWriter,
  eventStoreConformance,
  evidenceStoreConformance,
  keyVaultConformance,
  type StoreHarness,
  type WriterProcess,
} from '../src/conformance/index.js';
import { memoryChallengeStore, memoryEventStore, memoryEvidenceStore, memoryKeyVault } from '../src/index.js';
import { brokenStore, defects } from './support/broken-store.js';
import { right } from './support/right.js';

/** What the case with that name says of the harness; `undefined` when it has nothing to say. */
const complaint = async <Harness>(
  cases: ReadonlyArray<ConformanceCase<Harness>>,
  name: string,
  harness: Harness,
): Promise<string | undefined> => {
  const found = cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`the kit has no case "${name}"`);
  try {
    await found.run(harness);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

// -------------------------------------------------------------------------------------
// event stores
// -------------------------------------------------------------------------------------

const broken = suite('the kit catches a broken event store');

for (const [defect, caughtBy, fix] of defects) {
  broken(defect, async () => {
    const harness = { open: async () => brokenStore(fix), patience: 300 };
    assert.type(await complaint(eventStoreConformance, caughtBy, harness), 'string');
    const sound = { open: async () => memoryEventStore(), patience: 10_000 };
    assert.is(await complaint(eventStoreConformance, caughtBy, sound), undefined);
  });
}

broken.run();

// -------------------------------------------------------------------------------------
// what a store keeps
// -------------------------------------------------------------------------------------

const lasting = suite('the kit catches an event store that does not keep what it acknowledged');

/** Copies events into a new store, batch by batch. */
const restored = async (events: ReadonlyArray<RecordedEvent>): Promise<EventStore> => {
  const store = memoryEventStore();
  for (const event of events) {
    const expected = event.revision === 0 ? 'no-stream' : event.revision - 1;
    await right(store.append(event.stream, expected, [event]));
  }
  return store;
};

/** A "durable" store whose data goes through `damage` whenever it is closed or killed. */
const forgetful = (
  damage: (events: ReadonlyArray<RecordedEvent>) => ReadonlyArray<RecordedEvent>,
): StoreHarness => {
  let kept: ReadonlyArray<RecordedEvent> = [];
  const keeping = (store: EventStore): EventStore => ({
    ...store,
    close: async () => {
      const all = await store.readAll('start', 1_000_000)();
      if (all._tag === 'Right') kept = damage(all.right.events);
      await store.close();
    },
  });
  return {
    patience: 10_000,
    open: async () => keeping(memoryEventStore()),
    reopen: async () => keeping(await restored(kept)),
    spawnWriter: async (tag): Promise<WriterProcess> => {
      const store = keeping(await restored(kept));
      const lines: Array<string> = [];
      let killed = false;
      // A real process gives way to the kit between two appends.
      const slow: EventStore = {
        ...store,
        append:
          (...given) =>
          async () => {
            await new Promise((resolve) => setImmediate(resolve));
            return store.append(...given)();
          },
      };
      crashWriter(slow, tag, (line) => lines.push(line)).catch(() => undefined);
      async function* read(): AsyncGenerator<string> {
        while (!killed || lines.length > 0) {
          const line = lines.shift();
          if (line !== undefined) yield line;
          else await new Promise((resolve) => setImmediate(resolve));
        }
      }
      return {
        lines: read(),
        kill: async () => {
          await store.close();
          killed = true;
        },
      };
    },
  };
};

const afterReopening = 'reopening keeps everything, and goes on from there';
const afterKill = 'after kill -9 every acknowledged event is there and no half batch';

lasting('one that keeps everything passes', async () => {
  for (const name of [afterReopening, afterKill, 'closing waits for the appends that are under way']) {
    assert.is(
      await complaint(
        eventStoreConformance,
        name,
        forgetful((all) => all),
      ),
      undefined,
    );
  }
});

lasting('the last event is lost at closing', async () => {
  const losing = forgetful((all) => all.slice(0, -1));
  assert.type(await complaint(eventStoreConformance, afterReopening, losing), 'string');
});

lasting('the last acknowledged batches are lost when it is killed', async () => {
  const losing = forgetful((all) => all.slice(0, -100));
  assert.match((await complaint(eventStoreConformance, afterKill, losing)) ?? '', /were acknowledged/);
});

lasting('half a batch is left when it is killed', async () => {
  const tearing = forgetful((all) => all.slice(0, -2));
  assert.match((await complaint(eventStoreConformance, afterKill, tearing)) ?? '', /a part of a batch/);
});

lasting('two processes have no common store', async () => {
  const apart: StoreHarness = {
    open: async () => memoryEventStore(),
    openAnother: async () => memoryEventStore(),
    patience: 300,
  };
  for (const name of [
    'of 16 racers in two processes one wins',
    'a subscription sees what another process appends',
    'no reader passes over an event that another process commits late',
  ]) {
    assert.type(await complaint(eventStoreConformance, name, apart), 'string');
  }
});

lasting(
  'a case whose ability the harness lacks fails when it is run, and is left out by casesFor',
  async () => {
    const plain: StoreHarness = { open: async () => memoryEventStore() };
    const needy = eventStoreConformance.filter(({ needs }) => needs.length > 0);
    assert.is(needy.length, 6);
    for (const { name } of needy) {
      assert.match((await complaint(eventStoreConformance, name, plain)) ?? '', /needs a harness/);
    }
    assert.is(casesFor(eventStoreConformance, plain).length, eventStoreConformance.length - needy.length);
    assert.equal(
      casesFor(
        eventStoreConformance,
        forgetful((all) => all),
      ).length,
      eventStoreConformance.length - 3,
    );
  },
);

lasting.run();

// -------------------------------------------------------------------------------------
// vaults, evidence, challenges
// -------------------------------------------------------------------------------------

const others = suite('the kit catches a broken vault, evidence store or challenge store');

const secret = new Uint8Array(32).fill(1);
const vault = () => memoryKeyVault({ secret });

others('a vault that ignores associated data', async () => {
  const harness = {
    open: async () => {
      const inner = vault();
      return {
        ...inner,
        seal: (subject: string, _: string, plain: string) => inner.seal(subject, '', plain),
        open: (subject: string, _: string, sealed: string) => inner.open(subject, '', sealed),
      };
    },
  };
  const name = 'associated data that do not fit are SEALED_TAMPERED';
  assert.type(await complaint(keyVaultConformance, name, harness), 'string');
});

others('a vault with one key for all', async () => {
  const harness = {
    open: async () => {
      const inner = vault();
      return {
        ...inner,
        seal: (_: string, aad: string, plain: string) => inner.seal('all', aad, plain),
        open: (_: string, aad: string, sealed: string) => inner.open('all', aad, sealed),
        keyOf: () => inner.keyOf('all'),
        forget: (_: string, key: string) => inner.forget('all', key),
      };
    },
  };
  assert.type(
    await complaint(keyVaultConformance, 'one subject is not opened as another', harness),
    'string',
  );
  const name = 'a subject who was forgotten is opened no more; others are';
  assert.type(await complaint(keyVaultConformance, name, harness), 'string');
});

others('a vault that only says that it forgets', async () => {
  const name = 'a subject who was forgotten is opened no more; others are';
  const harness = {
    open: async () => ({ ...vault(), forget: () => async () => ({ _tag: 'Right' as const, right: true }) }),
  };
  assert.type(await complaint(keyVaultConformance, name, harness), 'string');
});

others('a vault that goes on sealing with a retired key', async () => {
  const harness = {
    open: async () => ({ ...vault(), retire: () => async () => ({ _tag: 'Right' as const, right: true }) }),
  };
  const name = 'a retired key opens what it sealed; what is sealed from then on has a new key';
  assert.type(await complaint(keyVaultConformance, name, harness), 'string');
});

others('a vault whose retired keys are gone at once', async () => {
  const harness = {
    open: async () => {
      const inner = vault();
      return { ...inner, retire: inner.forget };
    },
  };
  const name = 'several keys of a subject may be retired; each opens and ends by itself';
  assert.type(await complaint(keyVaultConformance, name, harness), 'string');
});

others('a vault that retires and forgets whatever key the subject has now', async () => {
  const harness = {
    open: async () => {
      const inner = vault();
      const current =
        (act: typeof inner.retire): typeof inner.retire =>
        (subject, key) =>
        async () => {
          const used = await inner.keyOf(subject)();
          return act(subject, used._tag === 'Right' ? (used.right ?? key) : key)();
        };
      return { ...inner, retire: current(inner.retire), forget: current(inner.forget) };
    },
  };
  for (const name of [
    'forgetting a retired key takes its texts and leaves those of the key in use',
    'retiring is asked for twice without harm, and is of the key of that id alone',
  ]) {
    assert.type(await complaint(keyVaultConformance, name, harness), 'string');
  }
});

others('a vault whose pseudonyms know no kinds', async () => {
  const harness = {
    open: async () => {
      const inner = vault();
      return { ...inner, pseudonym: (_: unknown, value: string) => inner.pseudonym('person', value) };
    },
  };
  const name = 'a pseudonym is 64 hex digits, the same every time, and of its kind';
  assert.type(await complaint(keyVaultConformance, name, harness), 'string');
});

others('an evidence store that overwrites', async () => {
  const harness = {
    open: async () => {
      let inner = memoryEvidenceStore();
      return {
        put: (hash: string, subject: string, sealed: string) => {
          inner = memoryEvidenceStore();
          return inner.put(hash, subject, sealed);
        },
        get: (hash: string) => inner.get(hash),
      };
    },
  };
  const name = 'putting a hash again succeeds and leaves the first text';
  assert.type(await complaint(evidenceStoreConformance, name, harness), 'string');
});

others('a challenge store whose look and mark are two steps', async () => {
  const harness = {
    open: async () => {
      const inner = memoryChallengeStore();
      return {
        ...inner,
        consumeChallenge: (key: string) => {
          const copy = memoryChallengeStore();
          return async () => {
            await new Promise((resolve) => setImmediate(resolve));
            await copy.addChallenge(
              { key, text: '', expiresAt: '2026-03-02T04:10:00Z' },
              '2026-03-02T04:00:00Z',
            )();
            return copy.consumeChallenge(key)();
          };
        },
      };
    },
  };
  const name = 'of 16 who answer one challenge at once one is fresh';
  assert.type(await complaint(challengeStoreConformance, name, harness), 'string');
});

const replacing = 'a confirmation takes the place of the one that it was made from, and of no other';

others('a challenge store that overwrites whatever stands there', async () => {
  const harness = {
    open: async (): Promise<ChallengeStore> => {
      const standing = new Map<string, TransientRecord>();
      return {
        ...memoryChallengeStore(),
        saveConfirmation: (record) => async () => {
          standing.set(record.key, record);
          return { _tag: 'Right', right: true };
        },
        findConfirmation: (key) => async () => ({ _tag: 'Right', right: standing.get(key) }),
      };
    },
  };
  for (const name of [
    "a first confirmation takes nobody's place",
    replacing,
    'of 16 who replace one confirmation at once one succeeds',
  ]) {
    assert.type(await complaint(challengeStoreConformance, name, harness), 'string');
  }
});

others('a challenge store whose comparison and save are two steps', async () => {
  const harness = {
    open: async (): Promise<ChallengeStore> => {
      const inner = memoryChallengeStore();
      return {
        ...inner,
        saveConfirmation: (record, replaces) => async () => {
          const standing = await right(inner.findConfirmation(record.key));
          if (standing?.text !== replaces?.text) return { _tag: 'Right', right: false };
          await new Promise((resolve) => setImmediate(resolve));
          await inner.removeConfirmation(record.key)();
          return inner.saveConfirmation(record, undefined)();
        },
      };
    },
  };
  assert.is(await complaint(challengeStoreConformance, replacing, harness), undefined);
  const name = 'of 16 who replace one confirmation at once one succeeds';
  assert.type(await complaint(challengeStoreConformance, name, harness), 'string');
});

others('a challenge store that compares nothing but whether one stands there', async () => {
  const harness = {
    open: async (): Promise<ChallengeStore> => {
      const inner = memoryChallengeStore();
      return {
        ...inner,
        saveConfirmation: (record, replaces) => async () => {
          const standing = await right(inner.findConfirmation(record.key));
          return inner.saveConfirmation(record, replaces === undefined ? undefined : standing)();
        },
      };
    },
  };
  assert.type(await complaint(challengeStoreConformance, replacing, harness), 'string');
});

others('two processes whose challenge stores have nothing in common', async () => {
  const harness = {
    open: async () => memoryChallengeStore(),
    openAnother: async () => memoryChallengeStore(),
  };
  for (const name of [
    'of two processes that answer one challenge one is fresh',
    'of two processes that replace one confirmation one succeeds',
  ]) {
    assert.type(await complaint(challengeStoreConformance, name, harness), 'string');
  }
});

others('the sound ones pass, and are asked something', async () => {
  const passing = async <Harness extends object>(
    cases: ReadonlyArray<ConformanceCase<Harness>>,
    harness: Harness,
  ): Promise<number> => {
    const asked = casesFor(cases, harness);
    for (const { run } of asked) await run(harness);
    return asked.length;
  };
  assert.ok((await passing(keyVaultConformance, { open: async () => vault() })) > 10);
  assert.ok((await passing(evidenceStoreConformance, { open: async () => memoryEvidenceStore() })) > 3);
  assert.ok((await passing(challengeStoreConformance, { open: async () => memoryChallengeStore() })) > 10);
});

others.run();
