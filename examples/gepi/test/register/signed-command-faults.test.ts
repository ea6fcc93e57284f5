import { createTestPki } from '@mandate/certificates/test-pki';
import { storeFault } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { ask } from '../../src/world/counter.js';
import { issuePair } from '../support/counter.js';
import { conflicting, down, failingAt, losingAnswers } from '../support/faults.js';
import { refusal, right } from '../support/office.js';
import { answerOf, challengeFor, newClerk, openSession, sign } from '../support/signing.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const { managerCard } = pair;

const noStore = storeFault('STORE_UNAVAILABLE', 'down for a test');

// -------------------------------------------------------------------------------------
const between = suite('a store that fails between a signature and its command');

between('the events cannot be appended: the same signature serves when they can', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  right(await sign(office.register, visit, command, managerCard));
  const broken = office.reopened({ store: { ...office.settings.store, append: down(noStore) } });
  assert.is(refusal(await ask(broken.register, visit, command)), 'STORE_UNAVAILABLE');
  assert.is(right(await ask(office.register, visit, command)).idempotent, false);
});

between('the answer of the append is lost: the retry is answered, and nothing is done twice', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  right(await sign(office.register, visit, command, managerCard));
  const lossy = office.reopened({ store: losingAnswers(office.settings.store, 1) });
  assert.is(refusal(await ask(lossy.register, visit, command)), 'STORE_UNAVAILABLE');
  const head = right(await office.settings.store.head()());
  assert.is(right(await ask(lossy.register, visit, command)).idempotent, true);
  assert.is(right(await office.settings.store.head()()), head);
});

between('somebody was quicker: the command is decided again with the same signature', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  right(await sign(office.register, visit, command, managerCard));
  const { store, tries } = conflicting(office.settings.store, 2);
  right(await ask(office.reopened({ store }).register, visit, command));
  assert.is(tries(), 3);
});

between(
  'what was signed cannot be looked up: STORE_UNAVAILABLE, and not that nothing was signed',
  async () => {
    const { office, visit } = await openSession(pki, pair);
    const { challenges } = office.settings;
    const command = newClerk();
    right(await sign(office.register, visit, command, managerCard));
    const broken = office.reopened({
      challenges: {
        ...challenges,
        findConfirmation: (key) =>
          key === visit.confirmation.id ? challenges.findConfirmation(key) : TE.left(noStore),
      },
    });
    assert.is(refusal(await ask(broken.register, visit, command)), 'STORE_UNAVAILABLE');
    right(await ask(office.register, visit, command));
  },
);

const records: ReadonlyArray<readonly [what: string, spoil: (text: string, other: string) => string]> = [
  ['nothing', () => ''],
  ['no sealed text', () => '{"command":{}}'],
  ['a sealed text with a letter changed', (text) => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`],
  ['what was signed for another command', (_, other) => other],
];
for (const [what, spoil] of records) {
  between(`where it is kept stands ${what}: nothing is carried out`, async () => {
    const { office, visit } = await openSession(pki, pair);
    const { challenges } = office.settings;
    const [command, other] = [newClerk(), newClerk(people.chen, 'b'.repeat(32))];
    right(await sign(office.register, visit, command, managerCard));
    right(await sign(office.register, visit, other, managerCard));
    const find = async (id: string) =>
      right(await challenges.findConfirmation(`command/${visit.confirmation.id}/${id}`)());
    const kept = await find(command.commandId);
    const foreign = await find(other.commandId);
    assert.ok(kept && foreign);
    const text = spoil(kept.text, foreign.text);
    right(await challenges.saveConfirmation({ ...kept, text }, kept)());
    const head = right(await office.settings.store.head()());
    const code = refusal(await ask(office.reopened().register, visit, command));
    assert.ok(['STORE_CORRUPT', 'COMMAND_NOT_SIGNED'].includes(code), code);
    assert.is(right(await office.settings.store.head()()), head);
  });
}

between(
  'a store that answers with what was signed for another command, key and all, is not believed',
  async () => {
    const { office, visit } = await openSession(pki, pair);
    const { challenges } = office.settings;
    const [signed, unsigned] = [newClerk(), newClerk(people.chen, 'b'.repeat(32))];
    right(await sign(office.register, visit, signed, managerCard));
    const broken = office.reopened({
      challenges: {
        ...challenges,
        findConfirmation: (key) =>
          challenges.findConfirmation(key.replace(unsigned.commandId, signed.commandId)),
      },
    });
    assert.is(refusal(await ask(broken.register, visit, unsigned)), 'STORE_CORRUPT');
  },
);

between.run();

// -------------------------------------------------------------------------------------
const signing = suite('a part of the portal that fails while a command is signed');

for (const part of ['addChallenge', 'consumeChallenge', 'saveConfirmation', 'findConfirmation'] as const) {
  signing(
    `the store of challenges, for ${part}: STORE_UNAVAILABLE, and nothing counts as signed`,
    async () => {
      const { office, visit } = await openSession(pki, pair);
      const { challenges } = office.settings;
      const broken = office.reopened({ challenges: { ...challenges, [part]: down(noStore) } });
      const command = newClerk();
      assert.is(refusal(await sign(broken.register, visit, command, managerCard)), 'STORE_UNAVAILABLE');
      assert.is(refusal(await ask(office.register, visit, command)), 'COMMAND_NOT_SIGNED');
      right(await sign(office.register, visit, command, managerCard));
      right(await ask(office.register, visit, command));
    },
  );
}

signing('evidence that cannot be kept: nothing counts as signed that nothing proves', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { evidence } = office.settings;
  const broken = office.reopened({ evidence: { ...evidence, put: down(noStore) } });
  const command = newClerk();
  const challenge = right(await challengeFor(office.register, visit, command));
  const answer = await answerOf(managerCard, challenge);
  assert.is(refusal(await broken.register.confirmCard(answer)()), 'STORE_UNAVAILABLE');
  assert.is(refusal(await office.register.confirmCard(answer)()), 'CHALLENGE_USED');
  assert.is(refusal(await ask(office.register, visit, command)), 'COMMAND_NOT_SIGNED');
});

signing('the key vault, at each of its calls in turn: nothing half is done', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { vault } = office.settings;
  let refusals = 0;
  for (let failing = 0; ; failing++) {
    const broken = office.reopened({ vault: failingAt(vault, failing) });
    const command = newClerk();
    const answer = await sign(broken.register, visit, command, managerCard);
    if (answer._tag === 'Right') break;
    refusals += 1;
    assert.is(answer.left.code, 'VAULT_UNAVAILABLE');
    assert.is(refusal(await ask(office.register, visit, command)), 'COMMAND_NOT_SIGNED');
  }
  assert.ok(refusals >= 5, `${refusals} calls of the vault were tried`);
});

signing.run();
