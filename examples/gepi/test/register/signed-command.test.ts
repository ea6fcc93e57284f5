import { randomUUID } from 'node:crypto';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { type CardConfirmed, commandDigest, confirmationHash, gepiPolicy } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people, school } from '../../src/world/cast.js';
import { agreeToTerms, ask, showCard, showCards } from '../../src/world/counter.js';
import { citizenCard } from '../../src/world/drawer.js';
import { backings, on } from '../support/backing.js';
import {
  addClerk,
  clerkByCard,
  confirmed,
  contactOf,
  issuePair,
  ofPerson,
  registerAgency,
  withoutId,
} from '../support/counter.js';
import { byStaff, type Office, openOffice, refusal, right, typesOf } from '../support/office.js';
import {
  answerOf,
  challengeFor,
  newClerk,
  openSession,
  type SignableCommand,
  sign,
  signAndGive,
  signingPolicy,
} from '../support/signing.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'XCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const { managerCard } = pair;
const wangCard = await citizenCard(pki, people.wang);

/** Nothing was appended by what `work` does. */
const unchanged = async ({ settings }: Office, work: () => Promise<void>): Promise<void> => {
  const before = right(await settings.store.head()());
  await work();
  assert.is(right(await settings.store.head()()), before);
};

// -------------------------------------------------------------------------------------
const text = suite('what a card signs of a command');

text('architecture 4: canonical JSON that names the command’s type, id and digest besides', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  const challenge = right(await challengeFor(office.register, visit, command));
  const content = JSON.parse(challenge.text);
  assert.equal(content, {
    agencyCode: cityOffice.code,
    command: {
      digest: commandDigest(nodeSha256, challenge.command ?? {}),
      id: command.commandId,
      type: 'AuthorizeClerk',
    },
    confirmation: confirmationHash(nodeSha256, visit.confirmation.id),
    expiresAt: '2026-03-02T02:10:01.000Z',
    nonce: challenge.nonce,
    origin: 'https://gepi.example',
    person: visit.confirmation.cards[1]?.person,
    portal: 'gepi',
    purpose: 'delegation',
    step: 1,
    type: 'mandate-command/1',
  });
  assert.is(challenge.text, JSON.stringify(content));
  assert.equal(challenge.step, { role: 'manager', card: 'registered' });
  assert.is(challenge.confirmation, visit.confirmation.id);
});

text('nothing personal, and no secret: not the ID, the name, or the confirmation’s id', async () => {
  const { office, visit } = await openSession(pki, pair);
  const challenge = right(await challengeFor(office.register, visit, newClerk()));
  for (const personal of [people.wang.nationalId, people.wang.name, people.lin.nationalId, people.lin.name]) {
    assert.not.match(challenge.text, personal);
  }
  assert.not.match(challenge.text, visit.confirmation.id);
});

text(
  'the digest is of the command as the register reads it, which it shows: however it was spelt',
  async () => {
    const { office, visit } = await openSession(pki, pair);
    const command = newClerk(people.wang, 'A'.repeat(32));
    const shown = right(await challengeFor(office.register, visit, command)).command;
    assert.equal(shown, { ...command, agencyCode: cityOffice.code });
    const spelt = {
      ...command,
      clerk: { ...(command['clerk'] as object), nationalId: people.wang.nationalId.toLowerCase() },
    };
    const digestOf = async (said: SignableCommand): Promise<string> =>
      JSON.parse(right(await challengeFor(office.register, visit, said)).text).command.digest;
    assert.is(await digestOf(spelt), await digestOf(command));
  },
);

text.run();

// -------------------------------------------------------------------------------------
for (const [name, open] of backings) {
  const signed = suite(`a command under a purpose that has commands signed, on ${name}`);

  signed('without a signature is COMMAND_NOT_SIGNED, and nothing is changed', () =>
    on(open, async ({ ports }) => {
      const { office, visit } = await openSession(pki, pair, ports);
      await unchanged(office, async () => {
        assert.is(refusal(await ask(office.register, visit, newClerk())), 'COMMAND_NOT_SIGNED');
      });
    }),
  );

  signed('with the signature of the card in the reader it is carried out, in another program too', () =>
    on(open, async ({ ports }) => {
      const { office, visit } = await openSession(pki, pair, ports);
      const elsewhere = office.reopened();
      const command = newClerk(people.wang, 'A'.repeat(32));
      const answer = right(await sign(office.register, visit, command, managerCard));
      assert.equal(answer.signed, {
        type: 'AuthorizeClerk',
        id: command.commandId,
        digest: commandDigest(nodeSha256, { ...command, agencyCode: cityOffice.code }),
      });
      assert.is(answer.next, undefined);
      assert.equal(answer.confirmation, visit.confirmation);
      const done = right(await ask(elsewhere.register, visit, command));
      assert.equal(typesOf(done), ['ClerkAuthorized']);
    }),
  );

  signed('one signature serves one command: the next one is signed too', () =>
    on(open, async ({ ports }) => {
      const { office, visit } = await openSession(pki, pair, ports);
      right(await signAndGive(office.register, visit, newClerk(), managerCard));
      const next = newClerk(people.chen, 'b'.repeat(32));
      assert.is(refusal(await ask(office.register, visit, next)), 'COMMAND_NOT_SIGNED');
      right(await signAndGive(office.register, visit, next, managerCard));
    }),
  );

  signed('two requests with one signature at once, in two programs: one is carried out', () =>
    on(open, async ({ ports }) => {
      const { office, visit } = await openSession(pki, pair, ports);
      const programs = [office, office.reopened(), office, office.reopened()];
      const command = newClerk();
      right(await sign(office.register, visit, command, managerCard));
      const before = right(await ports.store.readAll('start', 1000)()).events.length;
      const answers = await Promise.all(programs.map(({ register }) => ask(register, visit, command)));
      const done = answers.map(right);
      assert.is(done.filter(({ idempotent }) => !idempotent).length, 1);
      for (const { events } of done) assert.equal(events, done[0]?.events);
      assert.is(right(await ports.store.readAll('start', 1000)()).events.length, before + 1);
    }),
  );

  signed('two commands under one id and one signature at once: the one that was signed wins', () =>
    on(open, async ({ ports }) => {
      const { office, visit } = await openSession(pki, pair, ports);
      const command = newClerk();
      const other = { ...command, permissions: ['premium-edit', 'premium-send'] };
      right(await sign(office.register, visit, command, managerCard));
      const [one, two] = await Promise.all([
        ask(office.reopened().register, visit, other),
        ask(office.register, visit, command),
      ]);
      right(two);
      assert.is(refusal(one), 'COMMAND_SIGNATURE_OTHER');
      assert.is(refusal(await ask(office.register, visit, other)), 'COMMAND_ID_REUSED');
    }),
  );

  signed('of two contents signed under one id at once, one stands, and only that one is carried out', () =>
    on(open, async ({ ports }) => {
      const { office, visit } = await openSession(pki, pair, ports);
      const command = newClerk();
      const both = [command, { ...command, permissions: ['premium-edit', 'premium-send'] }];
      const answers = [];
      for (const one of both) {
        const challenge = right(await challengeFor(office.register, visit, one));
        answers.push(await answerOf(managerCard, challenge));
      }
      const said = await Promise.all(answers.map((answer) => office.register.confirmCard(answer)()));
      for (const one of said) if (one._tag === 'Left') assert.is(refusal(one), 'COMMAND_SIGNATURE_OTHER');
      assert.ok(said.some((one) => one._tag === 'Right'));
      const given = await Promise.all(both.map((one) => ask(office.register, visit, one)));
      assert.is(given.filter((one) => one._tag === 'Right').length, 1);
    }),
  );

  signed.run();
}

// -------------------------------------------------------------------------------------
const retry = suite('a signed command that is sent again');

retry(
  'has the same answer as ever: when the signature has expired, and when it never was in this program',
  async () => {
    const { office, visit } = await openSession(pki, pair);
    const command = newClerk();
    const done = right(await signAndGive(office.register, visit, command, managerCard));
    assert.is(done.idempotent, false);
    office.clock.advance(3_600_000);
    const again = right(await ask(office.reopened().register, visit, command));
    assert.is(again.idempotent, true);
    assert.equal(again.events, done.events);
  },
);

retry('with something else in it is another command under the same id', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  right(await signAndGive(office.register, visit, command, managerCard));
  const other = { ...command, permissions: ['premium-send'] };
  assert.is(refusal(await ask(office.register, visit, other)), 'COMMAND_ID_REUSED');
});

retry('a refused one has not used its signature up', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { register } = office;
  const agencyCode = cityOffice.code;
  const command = newClerk();
  right(await sign(register, visit, command, managerCard));
  right(await byStaff(office, { type: 'SuspendAgency', agencyCode, reason: 'audit' }));
  assert.is(refusal(await ask(register, visit, command)), 'AGENCY_SUSPENDED');
  right(await byStaff(office, { type: 'ReopenAgency', agencyCode, reason: 'audit' }));
  right(await ask(register, visit, command));
});

retry(
  'one that leaves no event is answered the same twice, and asks for its signature both times',
  async () => {
    const office = await openOffice(pki, { policy: signingPolicy('login') });
    const { register } = office;
    await registerAgency(register, pair);
    await addClerk(register, pair, clerkByCard(people.wang, wangCard), ['premium-edit']);
    // The first log-in records that the card was proved.
    for (const events of [['ClerkCredentialProved'], []]) {
      const visit = right(
        await showCards(register, 'login', cityOffice.code, [withoutId(wangCard, people.wang)]),
      );
      const command = { type: 'LogIn', commandId: randomUUID() };
      assert.is(refusal(await ask(register, visit, command)), 'COMMAND_NOT_SIGNED');
      right(await sign(register, visit, command, wangCard));
      assert.equal(typesOf(right(await ask(register, visit, command))), events);
      assert.equal(typesOf(right(await ask(register, visit, command))), events);
      const other = { type: 'LogIn', commandId: randomUUID() };
      assert.is(refusal(await ask(register, visit, other)), 'CONFIRMATION_USED');
      assert.is(refusal(await challengeFor(register, visit, other)), 'CONFIRMATION_USED');
    }
  },
);

retry.run();

// -------------------------------------------------------------------------------------
const time = suite('a signature has its time');

time('it holds until its challenge would have expired, to the last millisecond', async () => {
  const { office, visit } = await openSession(pki, pair);
  const [one, two] = [newClerk(), newClerk(people.chen, 'b'.repeat(32))];
  right(await sign(office.register, visit, one, managerCard));
  right(await sign(office.register, visit, two, managerCard));
  office.clock.set('2026-03-02T02:10:00.999Z');
  right(await ask(office.register, visit, one));
  office.clock.set('2026-03-02T02:10:01.000Z');
  assert.is(refusal(await ask(office.register, visit, two)), 'COMMAND_NOT_SIGNED');
  // Signed anew it is right: what has expired takes nobody's place.
  right(await signAndGive(office.register, visit, two, managerCard));
});

time('it does not make the session longer', async () => {
  const { office, visit } = await openSession(pki, pair);
  office.clock.set('2026-03-02T02:20:00.999Z');
  const command = newClerk();
  right(await sign(office.register, visit, command, managerCard));
  office.clock.set('2026-03-02T02:20:01.000Z');
  assert.is(refusal(await ask(office.register, visit, command)), 'CONFIRMATION_EXPIRED');
});

time('a clock that was put back does not make it longer either', async () => {
  const { office, visit } = await openSession(pki, pair);
  office.clock.set('2026-03-02T02:08:00.000Z');
  const command = newClerk();
  right(await sign(office.register, visit, command, managerCard));
  office.clock.set('2026-03-02T02:01:00.000Z');
  assert.is(refusal(await ask(office.register, visit, command)), 'COMMAND_NOT_SIGNED');
});

time('a dry run needs none: what is wrong is told before the card is asked', async () => {
  const { office, visit } = await openSession(pki, pair);
  const whole = (command: SignableCommand) => ({
    ...command,
    agencyCode: cityOffice.code,
    confirmation: visit.confirmation.id,
  });
  await unchanged(office, async () => {
    const tried = await office.register.execute(whole(newClerk()), { dryRun: true })();
    assert.equal(typesOf(right(tried)), ['ClerkAuthorized']);
    const empty = whole({ ...newClerk(), permissions: [] });
    assert.is(refusal(await office.register.execute(empty, { dryRun: true })()), 'PERMISSION_REQUIRED');
  });
});

time.run();

// -------------------------------------------------------------------------------------
const card = suite('the card that signs');

card('is the one that was confirmed: another person’s is COMMAND_SIGNED_BY_OTHER_CARD', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  assert.is(refusal(await sign(office.register, visit, command, wangCard)), 'COMMAND_SIGNED_BY_OTHER_CARD');
  assert.is(refusal(await ask(office.register, visit, command)), 'COMMAND_NOT_SIGNED');
});

card('is the one that was confirmed: so is another card of the same person', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  const second = await citizenCard(pki, people.lin);
  assert.is(refusal(await sign(office.register, visit, command, second)), 'COMMAND_SIGNED_BY_OTHER_CARD');
  assert.is(refusal(await ask(office.register, visit, command)), 'COMMAND_NOT_SIGNED');
});

card('is a person’s: the agency’s does not sign for its manager', async () => {
  const { office, visit } = await openSession(pki, pair);
  const answer = await sign(office.register, visit, newClerk(), pair.agencyCard);
  assert.is(refusal(answer), 'ISSUER_NOT_ACCEPTED');
});

card('is judged when it signs: one revoked since signs nothing', async () => {
  const own = await issuePair(pki, cityOffice, people.lin);
  const { office, visit } = await openSession(pki, own);
  const command = newClerk();
  const challenge = right(await challengeFor(office.register, visit, command));
  const answer = await answerOf(own.managerCard, challenge);
  pki.revoke(own.managerCard.card, new Date(office.clock.now()));
  assert.is(refusal(await office.register.confirmCard(answer)()), 'CERTIFICATE_REVOKED');
  assert.is(refusal(await ask(office.register, visit, command)), 'COMMAND_NOT_SIGNED');
});

card('is asked about when it signs, and not once more right after for the command', async () => {
  const asked: string[] = [];
  const { office, visit } = await openSession(pki, pair, {
    revocation: {
      status: (question) => {
        asked.push(question.certificate.serialNumber);
        return pki.revocation.status(question);
      },
    },
  });
  office.clock.advance(2 * gepiPolicy.revocationSeconds * 1000);
  const command = newClerk();
  right(await sign(office.register, visit, command, managerCard));
  assert.ok(asked.includes(managerCard.card.serial));
  asked.length = 0;
  right(await ask(office.register, visit, command));
  assert.ok(asked.includes(pair.agencyCard.card.serial));
  assert.not.ok(asked.includes(managerCard.card.serial));
});

card(
  'is the last one: when another was confirmed meanwhile, the earlier one signs nothing more',
  async () => {
    const applying = await issuePair(pki, school, people.huang);
    const policy = signingPolicy('first-registration');
    const office = await openOffice(pki, {
      policy: { ...policy, review: { ...policy.review, validFrom: 'atOnce' } },
    });
    const { register } = office;
    const visit = await confirmed(register, 'first-registration', applying);
    const terms = right(await agreeToTerms(register));
    const form = { type: 'RequestReview', terms, applicant: { name: '黃兼任', phone: '03-9251000' } };
    const [first, second] = [randomUUID(), randomUUID()];
    const early = right(await challengeFor(register, visit, { ...form, commandId: second }));
    const asked = right(
      await signAndGive(register, visit, { ...form, commandId: first }, applying.agencyCard),
    );
    const { review } = JSON.parse(JSON.stringify(asked.events[1]?.data));
    const decide = { type: 'DecideReview', agencyCode: school.code, review, outcome: 'approved' };
    right(await byStaff(office, decide));
    const again = await confirmed(register, 'first-registration', applying, applying.shown.slice(0, 1));
    assert.is(again.reviewNeeded, undefined);
    const whole = right(
      await showCard(
        register,
        { purpose: 'first-registration', confirmation: visit.confirmation.id },
        ofPerson(applying.managerCard, people.huang),
      ),
    );
    assert.is(whole.confirmation.id, visit.confirmation.id);
    const late = await register.confirmCard(await answerOf(applying.agencyCard, early))();
    assert.is(refusal(late), 'STEP_OUT_OF_ORDER');
  },
);

card(
  'signs an application for review where it is the agency’s card alone that was shown (GEPI-23)',
  async () => {
    const applying = await issuePair(pki, school, people.huang);
    const office = await openOffice(pki, { policy: signingPolicy('first-registration') });
    const { register } = office;
    const visit = await confirmed(register, 'first-registration', applying);
    assert.ok(visit.reviewNeeded);
    const terms = right(await agreeToTerms(register));
    const applicant = { name: '黃兼任', phone: '03-9251000' };
    const command = { type: 'RequestReview', commandId: randomUUID(), terms, applicant };
    assert.is(refusal(await ask(register, visit, command)), 'COMMAND_NOT_SIGNED');
    const stranger = await sign(register, visit, command, pair.agencyCard);
    assert.is(refusal(stranger), 'COMMAND_SIGNED_BY_OTHER_CARD');
    right(await signAndGive(register, visit, command, applying.agencyCard));
  },
);

card.run();

// -------------------------------------------------------------------------------------
const bound = suite('a signature is bound');

bound('to its session: the same command under another one is not signed', async () => {
  const { office, visit } = await openSession(pki, pair);
  const other = await confirmed(office.register, 'delegation', pair);
  const command = newClerk();
  right(await sign(office.register, visit, command, managerCard));
  assert.is(refusal(await ask(office.register, other, command)), 'COMMAND_NOT_SIGNED');
});

bound('to its session: when that was ended, nothing is left to give it under', async () => {
  const { office, visit } = await openSession(pki, pair);
  const command = newClerk();
  const challenge = right(await challengeFor(office.register, visit, newClerk()));
  right(await sign(office.register, visit, command, managerCard));
  right(await office.register.endConfirmation(visit.confirmation.id)());
  assert.is(refusal(await ask(office.register, visit, command)), 'CONFIRMATION_UNKNOWN');
  assert.is(refusal(await challengeFor(office.register, visit, command)), 'CONFIRMATION_UNKNOWN');
  const late = await office.register.confirmCard(await answerOf(managerCard, challenge))();
  assert.is(refusal(late), 'CONFIRMATION_UNKNOWN');
});

bound('to its challenge: once, and to no other', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { register } = office;
  const [one, two] = [newClerk(), newClerk(people.chen, 'b'.repeat(32))];
  const first = right(await challengeFor(register, visit, one));
  const second = right(await challengeFor(register, visit, two));
  const answer = await answerOf(managerCard, first);
  assert.is(refusal(await register.confirmCard({ ...answer, nonce: second.nonce })()), 'CONTENT_MISMATCH');
  right(await register.confirmCard(answer)());
  assert.is(refusal(await register.confirmCard(answer)()), 'CHALLENGE_USED');
  assert.is(refusal(await ask(register, visit, two)), 'COMMAND_NOT_SIGNED');
});

bound(
  'to being a command: no card was shown with it, and a card that was shown signed no command',
  async () => {
    const { office, visit } = await openSession(pki, pair);
    const { register } = office;
    const begun = await confirmed(register, 'delegation', pair, pair.shown.slice(0, 1));
    const request = { purpose: 'delegation', confirmation: begun.confirmation.id };
    const { nationalId } = people.lin;
    const shown = right(await register.issueChallenge({ ...request, nationalId })());
    const command = right(await challengeFor(register, visit, newClerk()));
    const ofCommand = await answerOf(managerCard, command);
    const ofCard = await answerOf(managerCard, shown);
    assert.is(
      refusal(await register.confirmCard({ ...ofCommand, nonce: shown.nonce })()),
      'CONTENT_MISMATCH',
    );
    assert.is(refusal(await register.confirmCard({ ...ofCard, nonce: command.nonce })()), 'CONTENT_MISMATCH');
  },
);

bound('to what it says: changed and signed again, the last content counts', async () => {
  const { office, visit } = await openSession(pki, pair);
  const first = newClerk();
  const last = { ...first, permissions: ['premium-send'] };
  right(await sign(office.register, visit, first, managerCard));
  right(await sign(office.register, visit, last, managerCard));
  assert.is(refusal(await ask(office.register, visit, first)), 'COMMAND_SIGNATURE_OTHER');
  right(await ask(office.register, visit, last));
});

bound.run();

// -------------------------------------------------------------------------------------
const asked = suite('a challenge for a command');

const fieldsOf = async (register: Office['register'], request: unknown): Promise<ReadonlyArray<string>> => {
  const answer = await register.issueChallenge(request)();
  assert.ok(answer._tag === 'Left' && answer.left.code === 'INVALID_INPUT');
  return (answer.left.fields ?? []).map(({ path, code }) => `${path} ${code}`).sort();
};

asked('is decoded strictly, the command without its confirmation', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { register } = office;
  const confirmation = visit.confirmation.id;
  const command = { ...newClerk(), agencyCode: cityOffice.code };
  const request = { confirmation, command };
  assert.equal(await fieldsOf(register, { ...request, purpose: 'delegation' }), ['* UNKNOWN_FIELD']);
  assert.equal(await fieldsOf(register, { command }), ['confirmation REQUIRED']);
  assert.equal(await fieldsOf(register, { confirmation, command: null }), ['command REQUIRED']);
  assert.equal(await fieldsOf(register, { confirmation, command: 'AuthorizeClerk' }), ['command WRONG_TYPE']);
  assert.equal(await fieldsOf(register, { confirmation, command: { ...command, confirmation } }), [
    'command.* UNKNOWN_FIELD',
  ]);
  const byStaffAlone = {
    type: 'SuspendAgency',
    commandId: randomUUID(),
    agencyCode: cityOffice.code,
    reason: 'x',
  };
  assert.equal(await fieldsOf(register, { confirmation, command: byStaffAlone }), [
    'command.type UNKNOWN_KIND',
  ]);
  const without = { ...command, permissions: undefined };
  assert.equal(await fieldsOf(register, { confirmation, command: without }), [
    'command.permissions REQUIRED',
  ]);
});

asked('is not to be had where sessions are evidence enough', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const visit = await confirmed(office.register, 'delegation', pair);
  const request = {
    confirmation: visit.confirmation.id,
    command: { ...newClerk(), agencyCode: cityOffice.code },
  };
  assert.equal(await fieldsOf(office.register, request), ['command UNKNOWN_FIELD']);
});

const codeOf = async (
  register: Office['register'],
  visit: CardConfirmed,
  command: SignableCommand,
): Promise<string> => refusal(await challengeFor(register, visit, command));

asked('says before the card is asked what the command would be refused for', async () => {
  const { office, visit } = await openSession(pki, pair);
  const { register } = office;
  const unknown = { ...visit, confirmation: { ...visit.confirmation, id: randomUUID() } };
  assert.is(await codeOf(register, unknown, newClerk()), 'CONFIRMATION_UNKNOWN');
  const logIn = { type: 'LogIn', commandId: randomUUID() };
  assert.is(await codeOf(register, visit, logIn), 'CONFIRMATION_OTHER_PURPOSE');
  const elsewhere = { ...newClerk(), agencyCode: hospital.code };
  assert.is(await codeOf(register, visit, elsewhere), 'CONFIRMATION_OTHER_AGENCY');
  const begun = await confirmed(register, 'delegation', pair, pair.shown.slice(0, 1));
  assert.is(await codeOf(register, begun, newClerk()), 'CONFIRMATION_INCOMPLETE');
  const reason = 'audit';
  right(await byStaff(office, { type: 'SuspendAgency', agencyCode: cityOffice.code, reason }));
  assert.is(await codeOf(register, visit, newClerk()), 'AGENCY_SUSPENDED');
  office.clock.set('2026-03-02T02:20:01.000Z');
  assert.is(await codeOf(register, visit, newClerk()), 'CONFIRMATION_EXPIRED');
  office.clock.set('2026-03-02T20:00:00.000Z');
  assert.is(await codeOf(register, visit, newClerk()), 'OUTSIDE_OPENING_HOURS');
});

asked('of a purpose that serves once: after its one command there is nothing more to sign', async () => {
  const office = await openOffice(pki, { policy: signingPolicy('first-registration') });
  const { register } = office;
  const visit = await confirmed(register, 'first-registration', pair);
  const terms = right(await agreeToTerms(register));
  const form = { type: 'RegisterAgency', terms, contact: contactOf(people.lin) };
  right(await signAndGive(register, visit, { ...form, commandId: randomUUID() }, managerCard));
  const next = { ...form, commandId: randomUUID() };
  assert.is(await codeOf(register, visit, next), 'CONFIRMATION_USED');
  assert.is(refusal(await ask(register, visit, next)), 'CONFIRMATION_USED');
});

asked.run();
