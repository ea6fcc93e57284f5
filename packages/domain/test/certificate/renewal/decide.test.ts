import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  acceptRenewalTerms,
  cancelRenewal,
  type Decision,
  referRenewal,
  takeRefusal,
} from '../../../src/certificate/renewal/decide.js';
import type { RenewalState, RenewalStep } from '../../../src/certificate/renewal/state.js';
import { isUnderWay } from '../../../src/certificate/renewal/state.js';
import { recorded } from '../../../src/testing/index.js';
import type { Instant } from '../../../src/values/index.js';
import { hex64, people, uuid } from '../../register/fixtures.js';
import {
  agreed,
  agreeing,
  beginning,
  begun,
  completed,
  holder,
  id,
  issued,
  issuing,
  next,
  now,
  previous,
  reading,
  renewals,
  shown,
  signed,
  signing,
  starting,
  submitted,
  submitting,
  text,
  unreadable,
  writing,
} from './support.js';

const instant = (value: string): Instant => value as Instant;
const cancelling = (reason: 'cancelled' | 'termsRefused') => (state: RenewalState) =>
  cancelRenewal(state, id, reason);
const refusing = (state: RenewalState) => takeRefusal(state, id);
const referring = (state: RenewalState) => referRenewal(state, id);

const voided = begun.when(cancelling('cancelled')).givesTypes('RenewalVoided');
const referred = issued.when(referring).givesTypes('RenewalReferred');

/** A renewal at each of its steps. */
const steps = {
  started: begun,
  agreed,
  signed,
  submitted,
  issued,
  writing,
  unreadable,
  completed,
  voided,
  referred,
} as const satisfies Readonly<Record<RenewalStep, typeof begun>>;

const stepNames = Object.keys(steps) as ReadonlyArray<RenewalStep>;

// -------------------------------------------------------------------------------------
const starts = suite('申請展期');

starts('MOICA-5, MOICA-6: it is begun with the window and the new end that the manual prints', () => {
  assert.equal(starting()({ last: null, completed: 0 }), {
    _tag: 'Right',
    right: [
      {
        type: 'RenewalStarted',
        data: {
          renewal: id,
          person: people.wang,
          previous,
          identityProof: 'last4',
          opens: '2017-02-08',
          closes: '2020-04-09',
          until: '2020-04-09',
        },
        personal: holder,
        subject: people.wang,
      },
    ],
  });
});

starts('MOICA-6, MOICA-8: outside the window it is not begun, and after expiry within it it is', () => {
  const at = (time: string) => starting({ at: instant(time) })({ last: null, completed: 0 });
  const code = (decision: Decision) => (decision._tag === 'Left' ? decision.left.code : 'begun');
  assert.is(code(at('2017-02-07T15:59:59.000Z')), 'RENEWAL_TOO_EARLY');
  assert.is(code(at('2017-02-07T16:00:00.000Z')), 'begun');
  assert.is(code(at('2019-12-31T00:00:00.000Z')), 'begun');
  assert.is(code(at('2020-04-09T15:59:59.999Z')), 'begun');
  assert.is(code(at('2020-04-09T16:00:00.000Z')), 'RENEWAL_TOO_LATE');
});

starts('MOICA-7: the new end is anchored on the old one, whenever it is asked for', () => {
  for (const time of ['2017-02-08T00:00:00.000Z', '2018-06-01T00:00:00.000Z', '2020-04-09T00:00:00.000Z']) {
    const decision = starting({ at: instant(time) })({ last: null, completed: 0 });
    assert.ok(decision._tag === 'Right');
    const [event] = decision.right;
    assert.is(event?.type === 'RenewalStarted' && event.data.until, '2020-04-09');
  }
});

starts('MOICA-6: once for a card; one that was extended is told so, by its events and by its length', () => {
  completed.when(starting({ id: uuid(8) })).refuses('RENEWAL_ALREADY_USED');
  begun
    .when(cancelling('cancelled'))
    .givesTypes('RenewalVoided')
    .when(starting({ id: uuid(8), previous: next, at: instant('2020-03-01T00:00:00.000Z') }))
    .refuses('RENEWAL_MAXIMUM_REACHED');
});

starts('who begins anew leaves what was not signed, and takes up what was', () => {
  for (const step of stepNames) {
    const again = steps[step].when(starting({ id: uuid(8) }));
    if (step === 'started' || step === 'agreed') again.givesTypes('RenewalVoided', 'RenewalStarted');
    else if (step === 'completed') again.refuses('RENEWAL_ALREADY_USED');
    else if (step === 'voided' || step === 'referred') again.givesTypes('RenewalStarted');
    else again.refuses('RENEWAL_UNDER_WAY');
  }
});

starts.run();

// -------------------------------------------------------------------------------------
const agrees = suite('同意 and 用戶簽章');

agrees('MOICA-11: the text that was shown, and when, is recorded', () => {
  begun.when(agreeing).gives({
    type: 'RenewalTermsAccepted',
    data: { renewal: id, version: 1, hash: hex64(5), presentedAt: shown.presentedAt, acceptedAt: now },
  });
});

agrees('MOICA-11: another text than that of today, and one from the future, are not agreed to', () => {
  begun
    .when((state) => acceptRenewalTerms(state, id, { ...text, hash: hex64(6) }, shown, now))
    .refuses('TERMS_OUTDATED');
  begun
    .when((state) =>
      acceptRenewalTerms(state, id, text, { ...shown, presentedAt: '2017-03-01T02:01:00.001Z' }, now),
    )
    .refuses('TERMS_NOT_ACCEPTED');
});

agrees('MOICA-11: 不同意 ends it, and the card is as it was', () => {
  const { state } = begun.when(cancelling('termsRefused')).gives({
    type: 'RenewalVoided',
    data: { renewal: id, reason: 'termsRefused', uncertain: false },
  });
  assert.is(state.last?.step, 'voided');
});

agrees('MOICA-12: what is signed comes after the terms, and once', () => {
  begun.when(signing).refuses('RENEWAL_OUT_OF_STEP');
  signed.when(signing).refuses('RENEWAL_OUT_OF_STEP');
  assert.is(signed.state.last?.request?.subject, people.wang);
});

agrees.run();

// -------------------------------------------------------------------------------------
const asks = suite('the CA');

asks('that it is asked is recorded first, each time', () => {
  const again = submitted.when(submitting).gives({
    type: 'RenewalRequestSubmitted',
    data: { renewal: id, submission: 2 },
  });
  assert.is(again.state.last?.submissions, 2);
  agreed.when(submitting).refuses('RENEWAL_OUT_OF_STEP');
});

asks('once it was asked nothing is cancelled: nobody here knows whether it issued', () => {
  for (const step of ['submitted', 'issued', 'writing', 'unreadable'] as const) {
    steps[step].when(cancelling('cancelled')).refuses('RENEWAL_SUBMITTED');
  }
  for (const step of ['completed', 'voided', 'referred'] as const) {
    steps[step].when(cancelling('cancelled')).refuses('RENEWAL_OUT_OF_STEP');
  }
});

asks(
  'a refusal ends it; after a submission that was never answered it says that it may have been granted',
  () => {
    submitted.when(refusing).gives({
      type: 'RenewalVoided',
      data: { renewal: id, reason: 'refusedByCa', uncertain: false },
    });
    submitted
      .when(submitting)
      .givesTypes('RenewalRequestSubmitted')
      .when(refusing)
      .gives({ type: 'RenewalVoided', data: { renewal: id, reason: 'refusedByCa', uncertain: true } });
    issued.when(refusing).refuses('RENEWAL_OUT_OF_STEP');
  },
);

asks('who comes second with the same answer changes nothing', () => {
  for (const step of ['issued', 'writing', 'unreadable', 'completed'] as const) {
    steps[step].when(issuing).gives();
  }
  voided.when(issuing).refuses('RENEWAL_OUT_OF_STEP');
});

asks.run();

// -------------------------------------------------------------------------------------
const writes = suite('展期新憑證寫入IC卡');

writes('MOICA-14: a write is announced, and the card that was read completes it', () => {
  issued.when(beginning).gives({ type: 'CertificateWriteBegun', data: { renewal: id, write: 1 } });
  writing
    .when(reading(next.fingerprint))
    .gives(
      { type: 'CertificateWritten', data: { renewal: id, fingerprint: next.fingerprint } },
      { type: 'RenewalCompleted', data: { renewal: id } },
    );
  assert.is(completed.state.completed, 1);
});

writes(
  'MOICA-14: a write that was begun and not confirmed is a state of its own, and is not begun again',
  () => {
    assert.is(writing.state.last?.step, 'writing');
    writing.when(beginning).refuses('RENEWAL_WRITE_UNCONFIRMED');
  },
);

writes('MOICA-14: a card that still holds the old certificate is written again', () => {
  const back = writing
    .when(reading(previous.fingerprint))
    .gives({ type: 'CertificateWriteFailed', data: { renewal: id, found: 'previous' } });
  assert.is(back.state.last?.step, 'issued');
  assert.is(back.state.last?.found, 'previous');
  back.when(beginning).gives({ type: 'CertificateWriteBegun', data: { renewal: id, write: 2 } });
});

writes('MOICA-14: a card that holds neither says so, and is written again or taken to a counter', () => {
  for (const [fingerprint, found] of [
    [null, 'nothing'],
    ['', 'other'],
    [hex64(99), 'other'],
  ] as const) {
    const { state, when } = writing
      .when(reading(fingerprint))
      .gives({ type: 'CertificateWriteFailed', data: { renewal: id, found } });
    assert.is(state.last?.step, 'unreadable');
    when(beginning).givesTypes('CertificateWriteBegun');
    when(referring).gives({ type: 'RenewalReferred', data: { renewal: id, found } });
  }
});

writes(
  'a card that has the new certificate is renewed, whoever wrote it; one that was not written is left alone',
  () => {
    issued.when(reading(next.fingerprint)).givesTypes('CertificateWritten', 'RenewalCompleted');
    issued.when(reading(previous.fingerprint)).gives();
    unreadable.when(reading(next.fingerprint)).givesTypes('CertificateWritten', 'RenewalCompleted');
    unreadable.when(reading(null)).gives();
    submitted.when(reading(next.fingerprint)).refuses('RENEWAL_OUT_OF_STEP');
  },
);

writes(
  'MOICA-9: to the counter goes what the CA was asked for, and nothing that can still be cancelled',
  () => {
    for (const step of stepNames) {
      const outcome = steps[step].when(referring);
      if (['submitted', 'issued', 'writing', 'unreadable'].includes(step))
        outcome.givesTypes('RenewalReferred');
      else outcome.refuses('RENEWAL_OUT_OF_STEP');
    }
  },
);

writes.run();

// -------------------------------------------------------------------------------------
const always = suite('at every step');

always('another renewal of the card is not found', () => {
  const decisions: ReadonlyArray<(state: RenewalState) => Decision> = [
    (state) => acceptRenewalTerms(state, uuid(8), text, shown, now),
    (state) => cancelRenewal(state, uuid(8), 'cancelled'),
    (state) => takeRefusal(state, uuid(8)),
    (state) => referRenewal(state, uuid(8)),
  ];
  for (const decide of decisions) {
    begun.when(decide).refuses('RENEWAL_NOT_FOUND');
    assert.is(decide({ last: null, completed: 0 })._tag, 'Left');
  }
});

always('MOICA-10: it is under way, or it is over; there is nothing between', () => {
  const over = stepNames.filter((step) => {
    const { last } = steps[step].state;
    return last !== null && !isUnderWay(last);
  });
  assert.equal(over, ['completed', 'voided', 'referred']);
});

always('events of others leave it as it is', () => {
  const [suspended] = recorded([{ type: 'AgencySuspended', data: { reason: 'audit' } }]);
  assert.ok(suspended !== undefined);
  assert.equal(renewals.evolve(writing.state, suspended), writing.state);
  assert.is(renewals.evolve(renewals.initial, suspended), renewals.initial);
});

always.run();
