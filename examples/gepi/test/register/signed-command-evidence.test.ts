import { nodeSha256 } from '@mandate/adapters-eventstore';
import { revocationSource, verifyEvidence } from '@mandate/certificates';
import { createTestPki } from '@mandate/certificates/test-pki';
import { commandDigest, createRegisterCodec, recordedDigest, signedCommandOf } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { citizenCard } from '../../src/world/drawer.js';
import { clerkByCard, issuePair } from '../support/counter.js';
import { openSettings } from '../support/inspect.js';
import { byStaff, type Office, right } from '../support/office.js';
import { challengeFor, newClerk, openSession, sign, signAndGive } from '../support/signing.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const { managerCard } = pair;
// With something to show for what they say, so that evidence can be judged again.
const revocation = revocationSource({ trust: pki.trust, crls: pki.publish().crls });
const { anchors } = pki.trustInput;

const codec = createRegisterCodec(nodeSha256);

const lastEvent = async ({ settings }: Office) => {
  const recorded = right(await settings.store.readAll('start', 1000)()).events.at(-1);
  assert.ok(recorded);
  const decoded = codec.decode(recorded);
  assert.ok(decoded._tag === 'Event');
  return decoded.event;
};

/** What each bundle of an event was signed for, in the event's order. */
const signedFor = async (office: Office, hashes: ReadonlyArray<string>) => {
  const reports = [];
  for (const hash of hashes) {
    const found = right(await office.register.evidence(hash)());
    assert.ok(found._tag === 'Bundle');
    const report = await verifyEvidence(found.evidence, { anchors })();
    assert.ok(report.indication === 'passed');
    reports.push({
      proved: report.proved,
      by: report.facts.displayName,
      command: signedCommandOf(report.content),
    });
  }
  return reports;
};

// -------------------------------------------------------------------------------------
const evidence = suite('the evidence of a command that was signed');

evidence(
  'stands in its events after that of the cards, and proves years later which command it was',
  async () => {
    const { office, visit } = await openSession(pki, pair, { revocation });
    const command = newClerk();
    right(await signAndGive(office.register, visit, command, managerCard));
    const { meta } = await lastEvent(office);
    assert.equal(
      meta.evidence.slice(0, 2),
      visit.confirmation.cards.map((card) => card.evidence),
    );
    office.clock.set('2046-03-02T02:00:00.000Z');
    const reports = await signedFor(office, meta.evidence);
    const digest = commandDigest(nodeSha256, { ...command, agencyCode: cityOffice.code });
    assert.equal(reports, [
      { proved: 'signed', by: cityOffice.name, command: undefined },
      { proved: 'signed', by: people.lin.name, command: undefined },
      {
        proved: 'signed',
        by: people.lin.name,
        command: { type: 'AuthorizeClerk', id: command.commandId, digest },
      },
    ]);
  },
);

evidence('stands before that of a card that was only read', async () => {
  const wangCard = await citizenCard(pki, people.wang);
  const { office, visit } = await openSession(pki, pair, { revocation });
  const command = { ...newClerk(), clerk: clerkByCard(people.wang, wangCard) };
  right(await signAndGive(office.register, visit, command, managerCard));
  const reports = await signedFor(office, (await lastEvent(office)).meta.evidence);
  assert.equal(
    reports.map(({ proved, command: signed }) => `${proved} ${signed?.type ?? '-'}`),
    ['signed -', 'signed -', 'signed AuthorizeClerk', 'read -'],
  );
});

evidence(
  'its digest is that of the event: the auditor computes one from the other, in the vault',
  async () => {
    const { office, visit } = await openSession(pki, pair, { revocation });
    const command = newClerk();
    right(await signAndGive(office.register, visit, command, managerCard));
    const { meta } = await lastEvent(office);
    const [, , signed] = await signedFor(office, meta.evidence);
    assert.ok(signed?.command);
    assert.is(signed.command.id, meta.commandId);
    const { vault } = office.settings;
    const recorded = right(await recordedDigest(vault, signed.command.digest, meta.confirmation)());
    assert.is(recorded, meta.commandDigest);
    // Another content, or another sitting, is another digest.
    const other = commandDigest(nodeSha256, { ...command, agencyCode: cityOffice.code, permissions: [] });
    assert.is.not(right(await recordedDigest(vault, other, meta.confirmation)()), meta.commandDigest);
    assert.is.not(right(await recordedDigest(vault, signed.command.digest, null)()), meta.commandDigest);
  },
);

evidence('of a command that was signed and never given, or refused, is named by no event', async () => {
  const { office, visit } = await openSession(pki, pair, { revocation });
  right(await sign(office.register, visit, newClerk(), managerCard));
  const command = newClerk(people.chen, 'b'.repeat(32));
  right(await signAndGive(office.register, visit, command, managerCard));
  const { meta } = await lastEvent(office);
  assert.is(meta.evidence.length, 3);
});

evidence('is forgotten with the person who signed', async () => {
  const { office, visit } = await openSession(pki, pair, { revocation });
  right(await signAndGive(office.register, visit, newClerk(), managerCard));
  const { meta } = await lastEvent(office);
  const { nationalId } = people.lin;
  right(await byStaff(office, { type: 'ForgetSubject', nationalId, legalBasis: '個資法第11條' }));
  const found = [];
  for (const hash of meta.evidence) found.push(right(await office.register.evidence(hash)())._tag);
  assert.equal(found, ['Bundle', 'Forgotten', 'Forgotten']);
});

evidence.run();

// -------------------------------------------------------------------------------------
const privacy = suite('what is stored of a command that was signed');

privacy(
  'neither what was typed nor its digest, by which a guess could be tried, stands anywhere in clear',
  async () => {
    const inspected = openSettings();
    const { office, visit } = await openSession(pki, pair, inspected.overrides);
    const command = newClerk();
    const challenge = right(await challengeFor(office.register, visit, command));
    right(await signAndGive(office.register, visit, command, managerCard));
    const digest = commandDigest(nodeSha256, challenge.command ?? {});
    assert.match(challenge.text, digest);
    const everything = await inspected.everything();
    assert.match(everything, command.commandId);
    for (const secret of [digest, people.wang.nationalId, people.wang.name]) {
      assert.not.match(everything, secret);
    }
  },
);

privacy.run();
