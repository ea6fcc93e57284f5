import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  activationState,
  activationWindow,
  gpkiCaRules,
  type LifeState,
  lifeStateAt,
  mayRenew,
  outFrom,
  renewalOf,
} from '../../src/renewal/index.js';
import type { Instant } from '../../src/values/index.js';
import { anyInstant, certificate, codeOf, instant, later, rightOf } from './support.js';

const original = certificate('101/04/09', '106/04/09');
const renewed = certificate('101/04/09', '109/04/09', { serial: 'AB' });
const taipei = (text: string): Instant => instant(`${text}+08:00`);

// -------------------------------------------------------------------------------------
// may it be renewed
// -------------------------------------------------------------------------------------

const renewal = suite('whether a certificate can be renewed');

renewal('MOICA-6: 60 days before its last day it can, and not a moment earlier', () => {
  assert.is(codeOf(mayRenew(original, taipei('2017-02-07T23:59:59'))), 'RENEWAL_TOO_EARLY');
  assert.is(codeOf(mayRenew(original, taipei('2017-02-08T00:00:00'))), 'accepted');
});

renewal('MOICA-7, MOICA-8: after its end it can, to the last moment of the day three years later', () => {
  assert.is(codeOf(mayRenew(original, taipei('2017-04-10T00:00:00'))), 'accepted');
  assert.is(codeOf(mayRenew(original, instant('2020-04-09T15:59:59.999Z'))), 'accepted');
  assert.is(codeOf(mayRenew(original, instant('2020-04-09T16:00:00.000Z'))), 'RENEWAL_TOO_LATE');
});

renewal('MOICA-7: asked for on the last day, it ends no later than asked for on the first', () => {
  const ends = ['2017-02-08T00:00:00', '2017-04-09T23:59:59', '2020-04-09T23:59:59'].map(
    (at) => rightOf(mayRenew(original, taipei(at))).extended.to,
  );
  assert.equal(ends, ['2020-04-09', '2020-04-09', '2020-04-09']);
});

renewal('MOICA-6: once only: a card that was extended is replaced the next time', () => {
  const within = taipei('2020-03-01T12:00:00');
  assert.is(codeOf(mayRenew(renewed, within)), 'RENEWAL_MAXIMUM_REACHED');
  assert.is(codeOf(mayRenew(renewed, within, { renewals: 1 })), 'RENEWAL_ALREADY_USED');
  const short = certificate('2020-01-01', '2022-01-01');
  assert.is(codeOf(renewalOf(short)), 'accepted');
  assert.is(codeOf(renewalOf(short, { renewals: 1 })), 'RENEWAL_ALREADY_USED');
});

renewal('X-4: a CA that offers none says so, with whom to ask', () => {
  for (const ca of ['GCA', 'XCA', 'MOEACA', 'HCA'] as const) {
    const answer = mayRenew(certificate('2020-01-01', '2025-01-01', { ca }), taipei('2025-01-01T00:00:00'));
    assert.is(codeOf(answer), 'RENEWAL_NOT_OFFERED');
    assert.equal(answer._tag === 'Left' && [answer.left.ca, answer.left.helper], [ca, 'issuingCa']);
  }
});

renewal('a certificate shorter than 60 days is not extended before it begins', () => {
  const month = certificate('2026-03-01', '2026-03-31');
  assert.is(codeOf(mayRenew(month, taipei('2026-02-28T12:00:00'))), 'RENEWAL_TOO_EARLY');
  assert.is(codeOf(mayRenew(month, taipei('2026-03-01T00:00:00'))), 'accepted');
});

renewal('a portal that knows the rules of a CA hands them in', () => {
  const { renewal: rule } = gpkiCaRules.MOICA;
  const rules = { ...gpkiCaRules, HCA: { ...gpkiCaRules.HCA, renewal: rule } };
  const doctor = { ...original, ca: 'HCA' } as const;
  assert.is(codeOf(mayRenew(doctor, taipei('2017-03-01T00:00:00'), { rules })), 'accepted');
});

renewal.run();

// -------------------------------------------------------------------------------------
// opening a card
// -------------------------------------------------------------------------------------

const activation = suite('開卡');
const issuedAt = taipei('2026-01-15T10:00:00');
const stateAt = (at: Instant, activatedAt: Instant | null = null) =>
  activationState({ issuedAt, activatedAt }, at, gpkiCaRules.GCA);

activation('X-4: a GCA card is opened within 90 days of its issue; the day of issue does not count', () => {
  const window = activationWindow({ issuedAt, activatedAt: null }, gpkiCaRules.GCA);
  assert.equal([window?.opens, window?.closes], ['2026-01-15', '2026-04-15']);
  assert.is(stateAt(taipei('2026-04-15T23:59:59')), 'notActivated');
  assert.is(stateAt(taipei('2026-04-16T00:00:00')), 'activationOverdue');
});

activation('X-4: once it is opened it stays open, and was not before', () => {
  const opened = taipei('2026-02-01T09:00:00');
  assert.is(stateAt(taipei('2026-01-31T09:00:00'), opened), 'notActivated');
  assert.is(stateAt(opened, opened), 'activated');
  assert.is(stateAt(taipei('2027-01-01T00:00:00'), opened), 'activated');
});

activation('a CA of which no such rule is known has none', () => {
  assert.is(activationWindow({ issuedAt, activatedAt: null }, gpkiCaRules.MOICA), null);
  assert.is(activationState({ issuedAt, activatedAt: null }, issuedAt, gpkiCaRules.MOICA), 'activated');
});

activation.run();

// -------------------------------------------------------------------------------------
// states
// -------------------------------------------------------------------------------------

const life = suite('the state of a certificate');

const statesOf = (subject: typeof original, times: ReadonlyArray<string>): ReadonlyArray<LifeState> =>
  times.map((at) => lifeStateAt(subject, taipei(at)));

life('MOICA-8: not yet valid, valid, expired and renewable, dead', () => {
  assert.equal(
    statesOf(original, [
      '2012-04-08T23:59:59',
      '2012-04-09T00:00:00',
      '2017-04-09T23:59:59',
      '2017-04-10T00:00:00',
      '2020-04-09T23:59:59',
      '2020-04-10T00:00:00',
    ]),
    ['notYetValid', 'valid', 'valid', 'expiredRenewable', 'expiredRenewable', 'dead'],
  );
});

life('MOICA-6: a certificate that was extended is dead when it ends', () => {
  assert.equal(statesOf(renewed, ['2020-04-09T23:59:59', '2020-04-10T00:00:00']), ['valid', 'dead']);
});

life('X-4: an agency card is dead when it ends: a new one is applied for on paper', () => {
  const card = certificate('2020-01-01', '2025-01-01', { ca: 'GCA' });
  assert.equal(statesOf(card, ['2025-01-01T23:59:59', '2025-01-02T00:00:00']), ['valid', 'dead']);
});

life('X-4: a card within its period that was not opened, and one that was not opened in time', () => {
  const card = certificate('2026-01-15', '2031-01-15', { ca: 'GCA' });
  const facts = { activation: { issuedAt, activatedAt: null } };
  assert.is(lifeStateAt(card, taipei('2026-02-01T00:00:00'), facts), 'notActivated');
  assert.is(lifeStateAt(card, taipei('2026-05-01T00:00:00'), facts), 'activationOverdue');
  assert.is(lifeStateAt(card, taipei('2031-01-16T00:00:00'), facts), 'dead');
  assert.is(lifeStateAt(card, taipei('2026-02-01T00:00:00'), { activation: null }), 'valid');
});

const order: ReadonlyArray<LifeState> = ['notYetValid', 'valid', 'expiredRenewable', 'dead'];

life('MOICA-8: a life goes one way, and its states change at the ends of its periods alone', () => {
  fc.assert(
    fc.property(anyInstant, fc.nat(4_000), anyInstant, anyInstant, (notBefore, lasts, a, b) => {
      const one = { ...original, notBefore, notAfter: later(notBefore, lasts * 86_400_000) };
      const [first, second] = [a, b].sort().map((at) => order.indexOf(lifeStateAt(one, at as Instant)));
      assert.ok(first !== undefined && second !== undefined && 0 <= first && first <= second);
      const end = outFrom(one.notAfter);
      assert.is(lifeStateAt(one, later(end, -1)), 'valid');
      assert.not(lifeStateAt(one, end) === 'valid');
      assert.is(lifeStateAt(one, notBefore), 'valid');
      assert.is(lifeStateAt(one, later(notBefore, -1)), 'notYetValid');
    }),
  );
});

life.run();
