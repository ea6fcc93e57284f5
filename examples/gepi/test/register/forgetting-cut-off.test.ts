import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import {
  type EventStore,
  type KeyVault,
  type RegisterErrorCode,
  type RegisterSettings,
  vaultFault,
} from '@mandate/domain';
import { clerkList, createProjectionRunner, people as knownPeople } from '@mandate/projections';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { citizenCard } from '../../src/world/drawer.js';
import { type Backing, backings, on } from '../support/backing.js';
import {
  addClerk,
  clerkByCard,
  clerkIdOf,
  confirmed,
  give,
  issuePair,
  registerAgency,
} from '../support/counter.js';
import { down, losingAnswers, unavailable } from '../support/faults.js';
import { readEverything } from '../support/inspect.js';
import { byStaff, type Office, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wang = clerkByCard(people.wang, await citizenCard(pki, people.wang));
const fault = vaultFault('VAULT_UNAVAILABLE', 'down for a test');

// -------------------------------------------------------------------------------------
// where the program is cut off
// -------------------------------------------------------------------------------------

/** Does the work, and is cut off before it can say so. */
const lost =
  (act: KeyVault['retire']): KeyVault['retire'] =>
  (subject, key) =>
    TE.chain(() => TE.left(fault))(act(subject, key));

interface Cut {
  readonly after: string;
  readonly parts: (ports: {
    readonly store: EventStore;
    readonly vault: KeyVault;
  }) => Partial<RegisterSettings>;
  /** The promise is on record, so that a retry keeps it and asks nothing anew. */
  readonly onRecord: boolean;
  /** The old key can open something until the retry. */
  readonly oldOpens: boolean;
}

const cuts: ReadonlyArray<Cut> = [
  {
    after: 'nothing',
    parts: ({ vault }) => ({ vault: { ...vault, retire: down(fault) } }),
    onRecord: false,
    oldOpens: true,
  },
  {
    after: 'taking the key out of use',
    parts: ({ vault }) => ({ vault: { ...vault, retire: lost(vault.retire) } }),
    onRecord: false,
    oldOpens: true,
  },
  {
    after: 'an append that failed',
    parts: ({ store }) => ({ store: { ...store, append: down(unavailable) } }),
    onRecord: false,
    oldOpens: true,
  },
  {
    after: 'the event, whose answer was lost',
    parts: ({ store }) => ({ store: losingAnswers(store, 1) }),
    onRecord: true,
    oldOpens: true,
  },
  {
    after: 'the event',
    parts: ({ vault }) => ({ vault: { ...vault, forget: down(fault) } }),
    onRecord: true,
    oldOpens: true,
  },
  {
    after: 'deleting the key',
    parts: ({ vault }) => ({ vault: { ...vault, forget: lost(vault.forget) } }),
    onRecord: true,
    oldOpens: false,
  },
];

// -------------------------------------------------------------------------------------
// stage
// -------------------------------------------------------------------------------------

/** An office with a clerk who left, read models that follow, and a forgetting that is cut off. */
const stage = async ({ ports }: Backing, cut: Cut) => {
  const active = new Set<string>();
  const isActive: NonNullable<RegisterSettings['isActive']> = (person) => TE.right(active.has(person));
  const office = await openOffice(pki, { ...ports, isActive });
  const { register } = office;
  const person = right(await ports.vault.pseudonym('person', people.wang.nationalId)());
  const directory = mkdtempSync(join(tmpdir(), 'mandate-cut-'));
  const { store, vault } = ports;
  const runner = right(
    await createProjectionRunner({
      file: join(directory, 'lists.db'),
      store,
      vault,
      sha256: nodeSha256,
      projections: [clerkList, knownPeople],
    })(),
  );
  await registerAgency(register, pair);

  const come = async (): Promise<string> => {
    const clerk = clerkIdOf(await addClerk(register, pair, wang, ['premium-edit']));
    active.add(person);
    return clerk;
  };
  const leave = async (clerkId: string): Promise<void> => {
    const session = await confirmed(register, 'delegation', pair);
    right(await give(register, session, { type: 'RevokeClerk', clerkId, confirmed: true }));
    active.delete(person);
  };
  /** As the clerk list of the register shows it. */
  const listedName = async (): Promise<string | null | undefined> => {
    const session = await confirmed(register, 'delegation', pair);
    return right(await register.clerkList(session.confirmation.id)()).clerks[0]?.name;
  };
  /** Names in the person's authorisations, in order. */
  const names = async (): Promise<ReadonlyArray<string | undefined>> => {
    const everything = await readEverything(office);
    return everything.flatMap((event) => (event.type === 'ClerkAuthorized' ? [event.personal?.name] : []));
  };
  /** What follows live has the same rows as what is built anew. */
  const sameWhenRebuilt = async (): Promise<void> => {
    right(await runner.catchUp()());
    for (const projection of [clerkList, knownPeople]) {
      const live = right(runner.read.digest(projection));
      right(await runner.rebuild(projection)());
      assert.is(right(runner.read.digest(projection)), live, projection.name);
    }
  };
  const close = async (): Promise<void> => {
    await runner.close();
    rmSync(directory, { recursive: true, force: true });
  };

  await leave(await come());
  right(await runner.catchUp()());
  const command = {
    type: 'ForgetSubject',
    nationalId: people.wang.nationalId,
    legalBasis: '個資法第11條',
    commandId: randomUUID(),
  };
  const broken: Office = office.reopened(cut.parts(ports));
  const code: RegisterErrorCode = refusal(await byStaff(broken, command));
  assert.ok(code === 'VAULT_UNAVAILABLE' || code === 'STORE_UNAVAILABLE', code);
  right(await runner.catchUp()());
  return { office, person, runner, come, leave, listedName, names, sameWhenRebuilt, close, command };
};

type Stage = Awaited<ReturnType<typeof stage>>;

const onStage = (open: () => Promise<Backing>, cut: Cut, test: (at: Stage) => Promise<void>): Promise<void> =>
  on(open, async (backing) => {
    const at = await stage(backing, cut);
    try {
      await test(at);
    } finally {
      await at.close();
    }
  });

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

const { name } = people.wang;

for (const [where, open] of backings) {
  const cutOff = suite(`a forgetting that was cut off, on ${where}`);

  for (const cut of cuts) {
    cutOff(`after ${cut.after}: a retry ends it`, () =>
      onStage(open, cut, async ({ office, command, names, sameWhenRebuilt }) => {
        assert.equal(await names(), [cut.oldOpens ? name : undefined]);
        const retried = right(await byStaff(office, command));
        assert.is(retried.idempotent, cut.onRecord);
        assert.equal(await names(), [undefined]);
        assert.is(refusal(await byStaff(office, { ...command, commandId: randomUUID() })), 'PERSON_UNKNOWN');
        await sameWhenRebuilt();
      }),
    );

    cutOff(`after ${cut.after}: who came back before a late retry keeps what is new`, () =>
      onStage(open, cut, async (at) => {
        const { office, command, come, names, listedName, runner, sameWhenRebuilt } = at;
        await come();
        right(await runner.catchUp()());
        assert.equal(await names(), [cut.oldOpens ? name : undefined, name]);
        const retried = await byStaff(office, command);
        // What is not on record is decided anew, and a person who is active is not forgotten.
        if (cut.onRecord) assert.ok(right(retried).idempotent);
        else assert.is(refusal(retried), 'PERSON_STILL_ACTIVE');
        assert.is(await listedName(), name);
        assert.equal(await names(), [cut.onRecord ? undefined : name, name]);
        await sameWhenRebuilt();
      }),
    );

    // One backing is enough: what is asked of the vault is in its kit.
    if (where !== 'memory') continue;
    cutOff(`after ${cut.after}: a later forgetting takes every key there is`, () =>
      onStage(open, cut, async ({ office, command, come, leave, names, sameWhenRebuilt }) => {
        await leave(await come());
        right(await byStaff(office, { ...command, commandId: randomUUID() }));
        assert.equal(await names(), [undefined, undefined]);
        const late = await byStaff(office, command);
        if (cut.onRecord) assert.ok(right(late).idempotent);
        else assert.is(refusal(late), 'PERSON_UNKNOWN');
        await sameWhenRebuilt();
      }),
    );
  }

  cutOff.run();
}
