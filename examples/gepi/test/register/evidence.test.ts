import { createHash } from 'node:crypto';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { revocationSource, verifyEvidence } from '@mandate/certificates';
import { createTestPki } from '@mandate/certificates/test-pki';
import { createRegisterCodec, publicEvidence, type RegisterSettings, storeFault } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { citizenCard } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  confirmed,
  give,
  issuePair,
  ofPerson,
  registerAgency,
} from '../support/counter.js';
import { down } from '../support/faults.js';
import { byStaff, type Office, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wangCard = await citizenCard(pki, people.wang);
const wang = clerkByCard(people.wang, wangCard);

const codec = createRegisterCodec(nodeSha256);

/** The hashes that the last event of the store names. */
const namedBy = async ({ settings }: Office): Promise<ReadonlyArray<string>> => {
  const page = right(await settings.store.readAll('start', 1000)());
  const last = page.events.at(-1);
  assert.ok(last);
  const decoded = codec.decode(last);
  assert.ok(decoded._tag === 'Event');
  return decoded.event.meta.evidence;
};

const bundleOf = async ({ register }: Office, hash: string) => {
  const found = right(await register.evidence(hash)());
  if (found._tag !== 'Bundle') throw new Error(found._tag);
  return found.bundle;
};

/** An evidence store that counts what it is given. */
const counted = (settings: RegisterSettings) => {
  const kept: string[] = [];
  const evidence: RegisterSettings['evidence'] = {
    ...settings.evidence,
    put: (hash, subject, sealed) => {
      kept.push(hash);
      return settings.evidence.put(hash, subject, sealed);
    },
  };
  return { kept, evidence };
};

// -------------------------------------------------------------------------------------
const keeps = suite('evidence of cards');

keeps(
  'architecture 4: an event names the answers of both cards, in their order, and each is found by its hash',
  async () => {
    const office = await openOffice(pki);
    const visit = await confirmed(office.register, 'first-registration', pair);
    await registerAgency(office.register, pair);
    const hashes = await namedBy(office);
    assert.is(hashes.length, 2);
    assert.is(visit.confirmation.cards.length, 2);
    for (const [index, hash] of hashes.entries()) {
      const bundle = await bundleOf(office, hash);
      const card = index === 0 ? pair.agencyCard : pair.managerCard;
      assert.is(bundle.kind, 'answer');
      assert.is(bundle.verifiedAt, '2026-03-02T02:00:01.000Z');
      assert.is(bundle.path[0], Buffer.from(card.card.certificate).toString('base64'));
      assert.ok(bundle.path.length >= 3);
      assert.is(JSON.parse(bundle.challenge ?? '').step, index);
      assert.equal(
        bundle.revocation.map(({ status }) => status),
        bundle.revocation.map(() => 'good'),
      );
      assert.ok(bundle.revocation.length > 0);
      // The signed content lies inside the answer, so that the pair can be verified again without this program.
      const cms = Buffer.from(bundle.cms ?? '', 'base64');
      assert.ok(cms.includes(Buffer.from(bundle.challenge ?? '')));
    }
  },
);

keeps('GEPI-34: a card that was read is evidence too, after those of both cards', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  await addClerk(office.register, pair, wang, ['premium-edit']);
  const hashes = await namedBy(office);
  assert.is(hashes.length, 3);
  const bundle = await bundleOf(office, hashes[2] ?? '');
  assert.is(bundle.kind, 'reading');
  assert.is(bundle.challenge, null);
  assert.is(bundle.cms, null);
  assert.is(bundle.path[0], Buffer.from(wangCard.card.certificate).toString('base64'));
});

keeps('it is there before the event: where it cannot be kept, nothing is appended', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const session = await confirmed(office.register, 'delegation', pair);
  const fault = storeFault('STORE_UNAVAILABLE', 'down for a test');
  const broken = office.reopened({ evidence: { ...office.settings.evidence, put: down(fault) } });
  const before = right(await office.settings.store.head()());
  const command = { type: 'AuthorizeClerk', clerk: wang, permissions: ['premium-edit'] };
  assert.is(refusal(await give(broken.register, session, command)), 'STORE_UNAVAILABLE');
  assert.is(
    refusal(await showCards(broken.register, 'delegation', cityOffice.code, pair.shown)),
    'STORE_UNAVAILABLE',
  );
  assert.is(right(await office.settings.store.head()()), before);
});

keeps('nothing is kept of cards that were not accepted, nor of a command that was refused', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const session = await confirmed(office.register, 'delegation', pair);
  const { kept, evidence } = counted(office.settings);
  const watched = office.reopened({ evidence });
  const shown = [...pair.shown.slice(0, 1), ofPerson(wangCard, people.wang)];
  assert.is(
    refusal(await showCards(watched.register, 'delegation', cityOffice.code, shown)),
    'MANAGER_PERSON_DIFFERS',
  );
  const own = kept.splice(0);
  assert.is(own.length, 1, 'the agency’s own card was accepted');
  assert.is(
    refusal(
      await showCards(watched.register, 'login', cityOffice.code, [{ card: wangCard, pin: people.wang.pin }]),
    ),
    'NOT_AUTHORIZED',
  );
  const command = { type: 'AuthorizeClerk', clerk: wang, permissions: ['no-such'] };
  assert.is(refusal(await give(watched.register, session, command)), 'PERMISSION_UNKNOWN');
  assert.equal(kept, []);
  const strangers = right(
    await office.settings.vault.keyOf(
      right(await office.settings.vault.pseudonym('person', people.wang.nationalId)()),
    )(),
  );
  assert.is(strangers, undefined);
});

keeps('it can be judged again with nothing but the anchors: what was signed, when, by whom', async () => {
  const { crls, ocsp } = pki.publish({ at: new Date('2026-03-02T02:00:00Z') });
  const random = (length: number) => new Uint8Array(length).fill(5);
  const revocation = revocationSource({ trust: pki.trust, crls, ocsp, random });
  const office = await openOffice(pki, { revocation });
  await registerAgency(office.register, pair);
  await addClerk(office.register, pair, wang, ['premium-edit']);
  const reports = [];
  for (const hash of await namedBy(office)) {
    const found = right(await office.register.evidence(hash)());
    assert.ok(found._tag === 'Bundle');
    reports.push(await verifyEvidence(found.evidence, { anchors: pki.trustInput.anchors })());
  }
  assert.equal(
    reports.map((report) =>
      report.indication === 'passed' ? [report.proved, report.facts.displayName] : report.error,
    ),
    [
      ['signed', cityOffice.name],
      ['signed', people.lin.name],
      ['read', people.wang.name],
    ],
  );
});

keeps(
  'a revocation list is kept once, unsealed and by its hash, however many cards it speaks of',
  async () => {
    const { crls } = pki.publish();
    const office = await openOffice(pki, { revocation: revocationSource({ trust: pki.trust, crls }) });
    const texts = new Map<string, string>();
    const lists: string[] = [];
    const { evidence } = office.settings;
    const watched = office.reopened({
      evidence: {
        ...evidence,
        put: (hash, subject, sealed) => {
          if (subject === publicEvidence) lists.push(hash);
          texts.set(hash, sealed);
          return evidence.put(hash, subject, sealed);
        },
      },
    });
    await registerAgency(watched.register, pair);
    await confirmed(watched.register, 'delegation', pair);
    // One list of each of two CAs, and one of the root: each put once, though six cards and CAs were asked about.
    assert.is(new Set(lists).size, lists.length);
    assert.is(lists.length, 3);
    for (const hash of lists) {
      const der = Buffer.from(texts.get(hash) ?? '', 'base64');
      assert.is(createHash('sha256').update(der).digest('hex'), hash);
      // A list is no evidence of anybody by itself.
      assert.equal(right(await watched.register.evidence(hash)()), { _tag: 'Missing' });
    }
    const [hash = ''] = await namedBy(watched);
    const bundle = await bundleOf(watched, hash);
    assert.ok(bundle.format === 'mandate-evidence/2');
    assert.equal(
      bundle.revocation.flatMap(({ proofs }) => proofs.map(({ kind, der }) => [kind, der])),
      [
        ['crl', null],
        ['crl', null],
      ],
    );
    assert.ok(bundle.revocation.every(({ proofs }) => lists.includes(proofs[0]?.sha256 ?? '')));
  },
);

keeps(
  'a list that was lost or exchanged leaves the evidence undecided or refused, never proved',
  async () => {
    const { crls } = pki.publish();
    const office = await openOffice(pki, { revocation: revocationSource({ trust: pki.trust, crls }) });
    await registerAgency(office.register, pair);
    const [hash = ''] = await namedBy(office);
    const { evidence } = office.settings;
    const verdictWith = async (change: (sealed: string) => string | undefined) => {
      const get: typeof evidence.get = (asked) =>
        TE.map((found: { readonly subject: string; readonly sealed: string } | undefined) => {
          if (found?.subject !== publicEvidence) return found;
          const sealed = change(found.sealed);
          return sealed === undefined ? undefined : { ...found, sealed };
        })(evidence.get(asked));
      const found = right(
        await office.reopened({ evidence: { ...evidence, get } }).register.evidence(hash)(),
      );
      assert.ok(found._tag === 'Bundle');
      const report = await verifyEvidence(found.evidence, { anchors: pki.trustInput.anchors })();
      return report.indication === 'passed' ? 'passed' : `${report.indication} ${report.error.code}`;
    };
    assert.is(await verdictWith((sealed) => sealed), 'passed');
    assert.is(await verdictWith(() => undefined), 'indeterminate EVIDENCE_INCOMPLETE');
    assert.is(await verdictWith(() => 'no base64!'), 'indeterminate EVIDENCE_INCOMPLETE');
    assert.is(await verdictWith((sealed) => `AAAA${sealed.slice(4)}`), 'failed EVIDENCE_MALFORMED');
  },
);

keeps('where a list cannot be kept, nothing is appended', async () => {
  const { crls } = pki.publish();
  const office = await openOffice(pki, { revocation: revocationSource({ trust: pki.trust, crls }) });
  const { evidence } = office.settings;
  const fault = storeFault('STORE_UNAVAILABLE', 'down for a test');
  const put: typeof evidence.put = (hash, subject, sealed) =>
    subject === publicEvidence ? TE.left(fault) : evidence.put(hash, subject, sealed);
  const broken = office.reopened({ evidence: { ...evidence, put } });
  const answer = await showCards(broken.register, 'first-registration', cityOffice.code, pair.shown);
  assert.is(refusal(answer), 'STORE_UNAVAILABLE');
  await registerAgency(office.register, pair);
});

keeps('forgetting a person closes the bundle and what a responder said of the card; lists stay', async () => {
  const { crls, ocsp } = pki.publish({ at: new Date('2026-03-02T02:00:00Z') });
  const random = (length: number) => new Uint8Array(length).fill(6);
  const office = await openOffice(pki, {
    revocation: revocationSource({ trust: pki.trust, crls, ocsp, random }),
  });
  await registerAgency(office.register, pair);
  const hashes = await namedBy(office);
  const bundle = await bundleOf(office, hashes[1] ?? '');
  assert.ok(bundle.format === 'mandate-evidence/2');
  const said = bundle.revocation[0]?.proofs[0];
  assert.is(said?.kind, 'ocsp');
  assert.ok((said?.der ?? '').length > 100);
  const { nationalId } = people.lin;
  right(await byStaff(office, { type: 'ForgetSubject', nationalId, legalBasis: '個資法第11條' }));
  assert.equal(right(await office.register.evidence(hashes[1] ?? '')()), { _tag: 'Forgotten' });
  assert.is(right(await office.register.evidence(hashes[0] ?? '')())._tag, 'Bundle');
});

keeps('a hash that nobody named is missing, not an error', async () => {
  const { register } = await openOffice(pki);
  for (const hash of ['0'.repeat(64), nodeSha256('nothing')]) {
    assert.equal(right(await register.evidence(hash)()), { _tag: 'Missing' });
  }
});

keeps.run();

// -------------------------------------------------------------------------------------
const asked = suite('what evidence is asked for by');

asked('is a hash; anything else never reaches the store', async () => {
  const office = await openOffice(pki);
  let reached = 0;
  const { register } = office.reopened({
    evidence: {
      ...office.settings.evidence,
      get: (hash) => {
        reached += 1;
        return office.settings.evidence.get(hash);
      },
    },
  });
  const hash = nodeSha256('nothing');
  const wrong = [
    undefined,
    null,
    {},
    7,
    '',
    '\ud800',
    hash.slice(1),
    hash.toUpperCase(),
    `${hash}\n`,
    'x'.repeat(1e6),
  ];
  for (const one of wrong) {
    const answer = await register.evidence(one as string)();
    assert.is(refusal(answer), 'INVALID_INPUT');
    const fields = answer._tag === 'Left' ? (answer.left.fields ?? []) : [];
    assert.equal(
      fields.map(({ path, code }) => [path, code]),
      [['hash', 'WRONG_TYPE']],
    );
  }
  assert.is(reached, 0);
  assert.equal(right(await register.evidence(hash)()), { _tag: 'Missing' });
  assert.is(reached, 1);
});

asked.run();

// -------------------------------------------------------------------------------------
const spoiled = suite('evidence that was tampered with');

/** An office whose evidence store answers something else. */
const answering = async (
  change: (found: { readonly subject: string; readonly sealed: string }) => {
    readonly subject: string;
    readonly sealed: string;
  },
) => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  const { evidence } = office.settings;
  const [hash = ''] = await namedBy(office);
  const broken = office.reopened({
    evidence: {
      ...evidence,
      get: (asked) =>
        TE.map((found: { readonly subject: string; readonly sealed: string } | undefined) =>
          found === undefined ? undefined : change(found),
        )(evidence.get(asked)),
    },
  });
  return { office, broken, hash };
};

spoiled('does not open, and says so', async () => {
  const { broken, hash } = await answering(({ subject, sealed }) => ({
    subject,
    sealed: `${sealed.slice(0, -8)}${sealed.slice(-8, -4) === 'AAAA' ? 'BBBB' : 'AAAA'}${sealed.slice(-4)}`,
  }));
  assert.is(refusal(await broken.register.evidence(hash)()), 'STORE_CORRUPT');
});

spoiled('another bundle under its hash does not open: each is sealed for its own', async () => {
  const { office, hash } = await answering((found) => found);
  const [, second = ''] = await namedBy(office);
  const { evidence } = office.settings;
  const swapped = office.reopened({ evidence: { ...evidence, get: () => evidence.get(second) } });
  assert.is(refusal(await swapped.register.evidence(hash)()), 'STORE_CORRUPT');
});

spoiled('a bundle that is sealed rightly but is another is told by its hash', async () => {
  const { office, hash } = await answering((found) => found);
  const { vault } = office.settings;
  const sealed = right(await vault.seal(`agency.${cityOffice.code}`, `evidence/${hash}`, '{"format":"x"}')());
  const evidence: RegisterSettings['evidence'] = {
    ...office.settings.evidence,
    get: () => TE.right({ subject: `agency.${cityOffice.code}`, sealed }),
  };
  const answer = await office.reopened({ evidence }).register.evidence(hash)();
  assert.is(refusal(answer), 'STORE_CORRUPT');
});

spoiled('a text of the right hash that is no bundle is told too', async () => {
  const office = await openOffice(pki);
  const { vault } = office.settings;
  const text = '{"format":"mandate-evidence/2"}';
  const hash = nodeSha256(text);
  const sealed = right(await vault.seal('agency.DM001', `evidence/${hash}`, text)());
  right(await office.settings.evidence.put(hash, 'agency.DM001', sealed)());
  assert.is(refusal(await office.register.evidence(hash)()), 'STORE_CORRUPT');
});

spoiled('a store or vault that is down is told from one that holds nothing', async () => {
  const { office, hash } = await answering((found) => found);
  const { settings } = office;
  const noStore = office.reopened({
    evidence: { ...settings.evidence, get: down(storeFault('STORE_UNAVAILABLE', 'down')) },
  });
  assert.is(refusal(await noStore.register.evidence(hash)()), 'STORE_UNAVAILABLE');
  const noVault = office.reopened({
    vault: {
      ...settings.vault,
      open: down({ _tag: 'VaultFault', code: 'VAULT_UNAVAILABLE', detail: 'down' } as const),
    },
  });
  assert.is(refusal(await noVault.register.evidence(hash)()), 'VAULT_UNAVAILABLE');
});

spoiled.run();
