/** The steps of a renewal, as a program meets them. */
import { memoryKeyVault } from '@mandate/adapters-eventstore';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  asked,
  base64,
  citizen,
  codeOf,
  commandId,
  decoded,
  holder,
  right,
  sharedPki,
  signedBy,
  stepOn,
  until,
  worldOf,
} from './support.js';

// -------------------------------------------------------------------------------------
const reading = suite('步驟一 and 步驟二');

reading('MOICA-5: the confirmation names card, holder, window, and both periods', async () => {
  const { renewals, shown, card } = await worldOf();
  const { previous, ...offer } = await right(renewals.offer({ ...shown, ...holder }));
  assert.equal(offer, {
    name: '王小明',
    cardNumber: card.cardNumber,
    window: { from: '2026-02-08', to: '2029-04-09' },
    original: { from: '2021-04-09', to: '2026-04-09' },
    extended: { from: '2021-04-09', to: '2029-04-09' },
  });
  assert.is(previous.serial, card.serial);
});

reading('MOICA-3: looking leaves nothing behind', async () => {
  const { renewals, shown, types } = await worldOf();
  assert.is(await right(renewals.resume(shown)), null);
  await right(renewals.offer({ ...shown, ...holder }));
  assert.equal(await types(), []);
});

reading(
  'MOICA-4: the letter of the ID is taken in either case, and must be the holder’s by its last four characters',
  async () => {
    const { renewals, shown } = await worldOf();
    assert.is(await codeOf(renewals.offer({ ...shown, ...holder, nationalId: 'a123456789' })), 'done');
    assert.is(
      await codeOf(renewals.offer({ ...shown, ...holder, nationalId: 'A223456781' })),
      'IDENTITY_MISMATCH',
    );
    assert.is(
      await codeOf(renewals.offer({ ...shown, ...holder, nationalId: 'A123456788' })),
      'INVALID_INPUT',
    );
  },
);

reading(
  'MOICA-4: a date of birth may lie before the Republic, and not after the certificate or in another century',
  async () => {
    const { renewals, shown } = await worldOf();
    const on = (birthDate: string) => codeOf(renewals.offer({ ...shown, ...holder, birthDate }));
    assert.is(await on('民國前2年3月4日'), 'done');
    assert.is(await on('民國元年1月1日'), 'done');
    assert.is(await on('民國110年4月8日'), 'done');
    assert.is(await on('民國110年4月9日'), 'BIRTH_DATE_IMPOSSIBLE');
    assert.is(await on('民國前200年1月1日'), 'BIRTH_DATE_IMPOSSIBLE');
    assert.is(await on('民國69年2月30日'), 'INVALID_INPUT');
    assert.is(await on('1980/2/29'), 'INVALID_INPUT');
  },
);

reading('MOICA-6, MOICA-8: too early, within the window, expired within it, too late', async () => {
  const { renewals, shown, setTime } = await worldOf();
  const at = (time: string) => {
    setTime(time);
    return codeOf(renewals.offer({ ...shown, ...holder }));
  };
  assert.is(await at('2026-02-07T15:59:59.000Z'), 'RENEWAL_TOO_EARLY');
  assert.is(await at('2026-02-07T16:00:00.000Z'), 'done');
  assert.is(await at('2028-01-01T00:00:00.000Z'), 'done');
  assert.is(await at('2029-04-09T16:00:00.000Z'), 'RENEWAL_TOO_LATE');
});

reading('MOICA-8: an expired certificate is extended, and ends where it would have ended', async () => {
  const world = await worldOf();
  world.setTime('2027-06-01T00:00:00.000Z');
  const { extended, step } = await until(world, 'completed');
  assert.is(step, 'completed');
  assert.equal(extended, { from: '2021-04-09', to: '2029-04-09' });
});

reading('cards that are revoked, forged, an agency’s or no certificate are refused', async () => {
  const pki = await sharedPki();
  const revoked = await citizen();
  pki.revoke(revoked, new Date('2026-01-01T00:00:00Z'), 'keyCompromise');
  const forged = await (await pki.stranger()).issueCitizen({ name: '王小明', last4: '6789' });
  const agency = await pki.issueAgency({
    ca: 'GCA',
    name: '示範機關',
    organisationOid: '2.16.886.101.90003.1',
  });
  const { renewals } = await worldOf();
  const offering = (certificate: Uint8Array) =>
    codeOf(renewals.offer({ certificate: base64(certificate), cardNumber: 'TP00000000000001', ...holder }));
  assert.is(await offering(revoked.certificate), 'CERTIFICATE_REVOKED');
  assert.is(await offering(forged.certificate), 'CERTIFICATE_SIGNATURE_INVALID');
  assert.is(await offering(agency.certificate), 'ISSUER_NOT_ACCEPTED');
  assert.is(await offering((await citizen()).encryptionCertificate), 'KEY_USAGE_NOT_ACCEPTED');
  assert.is(await offering(Uint8Array.of(1, 2, 3)), 'CERTIFICATE_MALFORMED');
});

reading.run();

// -------------------------------------------------------------------------------------
const going = suite('from 申請展期 to 完成展期');

going('MOICA-14…16: all the way: another serial, the same card, and the receipt’s facts', async () => {
  const world = await worldOf();
  const done = await until(world, 'completed');
  assert.is(done.next?.serial, world.next.serial);
  assert.is.not(done.next?.serial, done.previous.serial);
  assert.is(done.next?.card, done.previous.card);
  assert.is(done.nationalId.includes('23456'), false);
  assert.equal(await world.types(), [
    'RenewalStarted',
    'RenewalTermsAccepted',
    'RenewalRequestSigned',
    'RenewalRequestSubmitted',
    'CertificateIssued',
    'CertificateWriteBegun',
    'CertificateWritten',
    'RenewalCompleted',
  ]);
});

going('MOICA-11: another text than that of the pack is not agreed to', async () => {
  const world = await worldOf();
  const view = await until(world, 'started');
  const { presentedAt } = world.renewals.presentTerms();
  const hash = 'a'.repeat(64);
  assert.is(
    await codeOf(world.renewals.acceptTerms({ ...asked(view), hash, presentedAt })),
    'TERMS_OUTDATED',
  );
});

going('MOICA-12: what another card signed, and a signature over something else, are not taken', async () => {
  const world = await worldOf();
  const view = await until(world, 'agreed');
  const { info, certificate } = await right(world.renewals.toSign({ card: view.card, renewal: view.id }));
  const other = await citizen('陳別人');
  const signature = await signedBy(world.card, info);
  const forged = await signedBy(world.card, base64(new Uint8Array(40)));
  const give = (change: object) =>
    codeOf(world.renewals.sign({ ...asked(view), signature, certificate, ...change }));
  assert.is(await give({ certificate: base64(other.certificate) }), 'RENEWAL_OTHER_CARD');
  assert.is(await give({ signature: forged }), 'SIGNATURE_INVALID');
  assert.is(await give({}), 'done');
});

going('RFC 7030 4.2.2: what is signed asks for the same subject and key', async () => {
  const world = await worldOf();
  await until(world, 'issued');
  const [request = ''] = world.requests();
  const { subject, publicKeyInfo } = await decoded(world.card.certificate);
  const sent = Buffer.from(request, 'base64');
  assert.ok(sent.includes(Buffer.from(subject.der)));
  assert.ok(sent.includes(Buffer.from(publicKeyInfo.der)));
});

going('the pull of another card into the reader writes nothing', async () => {
  const world = await worldOf();
  const view = await until(world, 'issued');
  const other = await citizen('陳別人');
  const certificate = base64(other.certificate);
  assert.is(
    await codeOf(world.renewals.announceWrite({ ...asked(view), certificate })),
    'RENEWAL_OTHER_CARD',
  );
  assert.not.ok((await world.types()).includes('CertificateWriteBegun'));
});

going(
  'MOICA-14: a card that holds the old certificate, nothing or rubbish after a write is told apart',
  async () => {
    for (const [certificate, step, found] of [
      ['old', 'issued', 'previous'],
      [null, 'unreadable', 'nothing'],
      [base64(Uint8Array.of(0x30, 0x00)), 'unreadable', 'other'],
    ] as const) {
      const world = await worldOf();
      const view = await until(world, 'writing');
      const shown = certificate === 'old' ? base64(world.card.certificate) : certificate;
      const read = await right(world.renewals.confirmWrite({ ...asked(view), certificate: shown }));
      assert.is(read.step, step);
      assert.is(read.found, found);
      const again = await stepOn(world, world.renewals, read);
      assert.is(again.step, 'writing');
      assert.is((await stepOn(world, world.renewals, again)).step, 'completed');
    }
  },
);

going('a card that has the new certificate already is confirmed and not written again', async () => {
  const world = await worldOf();
  const view = await until(world, 'writing');
  const certificate = base64(world.next.certificate);
  const { renewal, certificate: toWrite } = await right(
    world.renewals.announceWrite({ ...asked(view), certificate }),
  );
  assert.is(toWrite, null);
  assert.is(renewal.step, 'completed');
});

going('MOICA-9: what cannot be ended here is referred to the counter', async () => {
  const world = await worldOf();
  const view = await until(world, 'issued');
  assert.is(
    await codeOf(world.renewals.cancel({ ...asked(view), reason: 'cancelled' })),
    'RENEWAL_SUBMITTED',
  );
  assert.is((await right(world.renewals.refer(asked(view)))).step, 'referred');
});

going.run();

// -------------------------------------------------------------------------------------
const safe = suite('whoever asks, however often');

safe('the same command again changes nothing, and another one under its id is refused', async () => {
  const { renewals, shown, types } = await worldOf();
  const input = { ...shown, ...holder, commandId: commandId() };
  const first = await right(renewals.start(input));
  assert.equal(await right(renewals.start(input)), first);
  assert.is(await codeOf(renewals.start({ ...input, birthDate: '民國70年1月1日' })), 'COMMAND_ID_REUSED');
  assert.equal(await types(), ['RenewalStarted']);
});

safe('two who send the request at once have one certificate', async () => {
  const world = await worldOf();
  const view = await until(world, 'signed');
  const [one, two] = await Promise.all([
    right(world.renewals.submit(asked(view))),
    right(world.renewals.submit(asked(view))),
  ]);
  assert.is(one.renewal.next?.serial, two.renewal.next?.serial);
  assert.is((await world.types()).filter((type) => type === 'CertificateIssued').length, 1);
});

safe('garbage is refused and never throws, whichever step it is for', async () => {
  const { renewals, types, vault } = await worldOf();
  const { pack: _pack, presentTerms: _terms, personIn, ...asking } = renewals;
  const steps = { ...asking, personIn: personIn(vault) };
  const inputs: unknown[] = [
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { card: 'x' },
    { certificate: 'A', cardNumber: '1' },
  ];
  for (const step of Object.values(steps)) {
    for (const input of inputs) assert.is(await codeOf(step(input)), 'INVALID_INPUT');
  }
  assert.equal(await types(), []);
});

safe('a renewal that is not there is not found', async () => {
  const { renewals } = await worldOf();
  const which = { card: 'a'.repeat(64), renewal: commandId() };
  assert.is(await codeOf(renewals.find(which)), 'RENEWAL_NOT_FOUND');
  assert.is(await codeOf(renewals.submit({ ...which, commandId: commandId() })), 'RENEWAL_NOT_FOUND');
});

safe('somebody who says another’s card number does not hold up the renewal of that card', async () => {
  const world = await worldOf();
  const intruder = await citizen('陳別人');
  const claimed = { certificate: base64(intruder.certificate), cardNumber: world.card.cardNumber };
  await right(world.renewals.start({ ...claimed, ...holder, commandId: commandId() }));
  assert.is((await until(world, 'completed')).step, 'completed');
});

safe('no name, number, date or certificate of a person stands in clear', async () => {
  const world = await worldOf();
  await until(world, 'completed');
  const text = (await world.bodies()).join('\n');
  for (const personal of [
    '王小明',
    'A123456789',
    '1980-02-29',
    world.card.cardNumber,
    base64(world.card.certificate).slice(0, 400),
    base64(world.next.certificate).slice(200, 400),
  ]) {
    assert.not.ok(text.includes(personal), personal.slice(0, 20));
  }
});

safe('a holder who was forgotten has no renewal any more', async () => {
  const world = await worldOf();
  const view = await until(world, 'signed');
  const key = await world.vault.keyOf(view.person)();
  assert.ok(E.isRight(key) && key.right !== undefined);
  await world.vault.forget(view.person, key.right)();
  assert.is(await codeOf(world.renewals.find({ card: view.card, renewal: view.id })), 'RENEWAL_NOT_FOUND');
});

safe(
  'MOICA-16: another portal’s name of the holder is told to who has the renewal, and the ID number to nobody',
  async () => {
    const world = await worldOf();
    const { card, id, person } = await until(world, 'completed');
    const { renewals, vault } = world;
    const which = { card, renewal: id };
    assert.is(await right(renewals.personIn(vault)(which)), person);
    const theirs = memoryKeyVault({ secret: new Uint8Array(32).fill(9) });
    const there = await right(renewals.personIn(theirs)(which));
    assert.equal(E.right(there), await theirs.pseudonym('person', holder.nationalId)());
    assert.is.not(there, person);
    assert.is(
      await codeOf(renewals.personIn(theirs)({ ...which, renewal: commandId() })),
      'RENEWAL_NOT_FOUND',
    );
  },
);

safe.run();
