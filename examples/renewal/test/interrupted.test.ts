/** Crashes, lost lines, wrong answers: what a renewal is afterwards. */

import type { TestCard } from '@mandate/certificates/test-pki';
import { type EventStore, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  asked,
  base64,
  citizen,
  codeOf,
  issuing,
  type Milestone,
  right,
  sharedPki,
  stepOn,
  until,
  worldOf,
} from './support.js';

const milestones: ReadonlyArray<Milestone> = ['started', 'agreed', 'signed', 'issued', 'writing'];

// -------------------------------------------------------------------------------------
const crash = suite('a program that dies');

crash(
  'MOICA-10: after every step another program finds it where it was, and goes on to the end',
  async () => {
    for (const milestone of milestones) {
      const world = await worldOf();
      const before = await until(world, milestone);
      const renewals = world.again();
      const found = await right(renewals.resume(world.shown));
      assert.equal(found, before);
      let view = before;
      for (let steps = 0; view.step !== 'completed' && steps < 9; steps += 1) {
        view = await stepOn(world, renewals, view);
      }
      assert.is(view.step, 'completed', milestone);
      assert.is(await right(renewals.resume(world.shown)), null);
    }
  },
);

crash(
  'after the CA has issued and before that was recorded, the very same request is sent again',
  async () => {
    const world = await worldOf();
    const view = await until(world, 'signed');
    const fault = storeFault('STORE_UNAVAILABLE', 'down for a test');
    let appends = 0;
    const dying: EventStore = {
      ...world.store,
      append: (...given) => {
        appends += 1;
        return appends === 1 ? world.store.append(...given) : async () => E.left(fault);
      },
    };
    assert.is(await codeOf(world.again({ store: dying }).submit(asked(view))), 'STORE_UNAVAILABLE');
    const renewals = world.again();
    assert.is((await right(renewals.resume(world.shown)))?.step, 'submitted');
    assert.is((await right(renewals.submit(asked(view)))).renewal.step, 'issued');
    const [first, second] = world.requests();
    assert.is(first, second);
  },
);

crash(
  'a write that was announced, and of which nobody heard, is found out by the card before the next one',
  async () => {
    const world = await worldOf();
    const view = await until(world, 'issued');
    let isLost = true;
    const losing: EventStore = {
      ...world.store,
      append:
        (...given) =>
        async () => {
          const done = await world.store.append(...given)();
          if (!isLost) return done;
          isLost = false;
          return E.left(storeFault('STORE_UNAVAILABLE', 'the answer was lost'));
        },
    };
    const renewals = world.again({ store: losing });
    const input = { ...asked(view), certificate: base64(world.card.certificate) };
    assert.is(await codeOf(renewals.announceWrite(input)), 'STORE_UNAVAILABLE');
    const { renewal } = await right(renewals.announceWrite(input));
    assert.is(renewal.step, 'writing');
    assert.is(renewal.writes, 2);
    const types = await world.types();
    assert.equal(types.slice(-3), [
      'CertificateWriteBegun',
      'CertificateWriteFailed',
      'CertificateWriteBegun',
    ]);
  },
);

crash.run();

// -------------------------------------------------------------------------------------
const ca = suite('a CA that is far away');

ca('MOICA-9: not reached: the request is kept, and sent again', async () => {
  const world = await worldOf();
  const view = await until(world, 'signed');
  const away = { _tag: 'DependencyFault', dependency: 'certificateAuthority', detail: 'away' } as const;
  world.answer(async () => E.left(away));
  assert.is(await codeOf(world.renewals.submit(asked(view))), 'CA_UNAVAILABLE');
  world.answer(issuing(world.next.certificate));
  const { renewal } = await right(world.renewals.submit(asked(view)));
  assert.is(renewal.step, 'issued');
  assert.is(renewal.submissions, 2);
});

ca('MOICA-10: a CA that asks for patience is asked again, and nothing is decided meanwhile', async () => {
  const world = await worldOf();
  const view = await until(world, 'signed');
  world.answer(async () => E.right({ _tag: 'Pending', retryAfterSeconds: 180 }));
  const { renewal, retryAfterSeconds } = await right(world.renewals.submit(asked(view)));
  assert.is(retryAfterSeconds, 180);
  assert.is(renewal.step, 'submitted');
});

ca('a CA that says no ends it; after a lost submission it says that it may have said yes', async () => {
  const refused = async () => E.right({ _tag: 'Refused', detail: 'status 403' } as const);
  const once = await worldOf();
  const view = await until(once, 'signed');
  once.answer(refused);
  const { renewal } = await right(once.renewals.submit(asked(view)));
  assert.equal(renewal.ended, { reason: 'refusedByCa', uncertain: false });

  const twice = await worldOf();
  const second = await until(twice, 'signed');
  twice.answer(async () =>
    E.left({ _tag: 'DependencyFault', dependency: 'certificateAuthority', detail: 'lost' }),
  );
  await codeOf(twice.renewals.submit(asked(second)));
  twice.answer(refused);
  const after = await right(twice.renewals.submit(asked(second)));
  assert.equal(after.renewal.ended, { reason: 'refusedByCa', uncertain: true });
});

ca.run();

// -------------------------------------------------------------------------------------
const wrong = suite('what a CA issues and nobody asked for');

const record = (card: TestCard, change: object): TestCard => ({
  ...card,
  record: { ...card.record, ...change },
});

const issues: Readonly<
  Record<string, readonly [code: string, make: (card: TestCard) => Promise<Uint8Array>]>
> = {
  'for another key': [
    'RENEWAL_ISSUED_OTHER_KEY',
    async (card) =>
      (
        await (
          await sharedPki()
        ).reissue(card, { notAfter: new Date('2029-04-09T15:59:59Z'), voidOld: false })
      ).certificate,
  ],
  'for another name': [
    'RENEWAL_ISSUED_OTHER_SUBJECT',
    async (card) => {
      const identity = { ...card.record.identity, name: '陳別人' };
      return (await (await sharedPki()).renew(record(card, { identity }))).certificate;
    },
  ],
  'for another ID': [
    'RENEWAL_ISSUED_OTHER_SUBJECT',
    async (card) => {
      const identity = { ...card.record.identity, last4: '0000' };
      return (await (await sharedPki()).renew(record(card, { identity }))).certificate;
    },
  ],
  'a year longer': [
    'RENEWAL_ISSUED_OTHER_VALIDITY',
    async (card) =>
      (await (await sharedPki()).renew(card, { notAfter: new Date('2030-04-09T15:59:59Z') })).certificate,
  ],
  'a day shorter': [
    'RENEWAL_ISSUED_OTHER_VALIDITY',
    async (card) =>
      (await (await sharedPki()).renew(card, { notAfter: new Date('2029-04-08T15:59:59Z') })).certificate,
  ],
  'that begins today': [
    'RENEWAL_ISSUED_OTHER_VALIDITY',
    async (card) =>
      (await (await sharedPki()).renew(card, { notBefore: new Date('2026-03-01T16:00:00Z') })).certificate,
  ],
  'for another use': [
    'RENEWAL_ISSUED_OTHER_USE',
    async (card) => {
      const defects = { keyUsage: ['digitalSignature', 'nonRepudiation'] };
      return (await (await sharedPki()).renew(record(card, { defects }))).certificate;
    },
  ],
  'with another alternative name': [
    'RENEWAL_ISSUED_OTHER_SUBJECT',
    async (card) => {
      const value = Uint8Array.of(0x30, 0x03, 0x81, 0x01, 0x61);
      const defects = { extensions: [{ oid: '2.5.29.17', critical: false, value }] };
      return (await (await sharedPki()).renew(record(card, { defects }))).certificate;
    },
  ],
  'the old one': ['RENEWAL_ISSUED_OTHER_VALIDITY', async (card) => card.certificate],
  'of a CA that nobody trusts': [
    'ISSUER_UNKNOWN',
    async (card) => {
      const stranger = await (await sharedPki()).stranger();
      return (await stranger.renew(card)).certificate;
    },
  ],
  'that is none': ['CERTIFICATE_MALFORMED', async () => Uint8Array.of(1, 2, 3)],
};

for (const [words, [code, make]] of Object.entries(issues)) {
  wrong(`a certificate ${words} is refused by name, and no card sees it`, async () => {
    const world = await worldOf(await citizen());
    const view = await until(world, 'signed');
    world.answer(issuing(await make(world.card)));
    const found = await codeOf(world.renewals.submit(asked(view)));
    assert.ok(
      found === code || (code === 'ISSUER_UNKNOWN' && found === 'CERTIFICATE_SIGNATURE_INVALID'),
      found,
    );
    assert.not.ok((await world.types()).includes('CertificateIssued'));
    // It is kept, and a right answer is taken another day.
    world.answer(issuing(world.next.certificate));
    assert.is((await right(world.renewals.submit(asked(view)))).renewal.step, 'issued');
  });
}

wrong.run();
