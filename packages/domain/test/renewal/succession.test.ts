import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gpkiCaRules, type HeldCard, successionOf, supersededBy, usableAt } from '../../src/renewal/index.js';
import type { Instant } from '../../src/values/index.js';
import { anyInstant, certificate, held, instant } from './support.js';

const original = certificate('101/04/09', '106/04/09', { serial: '1A', card: 'TP03120111098939' });
const renewed = certificate('101/04/09', '109/04/09', { serial: '2B', card: 'TP03120111098939' });
const reissued = certificate('105/06/01', '110/06/01', { serial: '3C', card: 'TP03160111000017' });

// -------------------------------------------------------------------------------------
// renewal or reissue
// -------------------------------------------------------------------------------------

const succession = suite('展期 and 換卡');

succession('MOICA-16, X-2: the same card number with a new serial is 展期', () => {
  assert.equal(successionOf(original, renewed), {
    kind: 'renewal',
    newer: 'second',
    reasons: ['CARD_SAME', 'BEGINNING_KEPT', 'END_LATER'],
  });
});

succession('X-2: a new card is 換卡, and which is the later card is not told by dates', () => {
  assert.equal(successionOf(original, reissued), { kind: 'reissue', newer: null, reasons: ['CARD_DIFFERS'] });
});

succession('X-2: the same serial of one CA is the same certificate, of two CAs it is not', () => {
  assert.is(successionOf(original, { ...original, card: null }).kind, 'same');
  assert.equal(successionOf(original, { ...original, ca: 'HCA' }), {
    kind: 'unknown',
    newer: null,
    reasons: ['CA_DIFFERS'],
  });
});

succession('X-2: where a card did not tell its number, nobody knows', () => {
  for (const [a, b] of [
    [original, { ...renewed, card: null }],
    [{ ...original, card: null }, renewed],
    [
      { ...original, card: null },
      { ...renewed, card: null },
    ],
  ] as const) {
    assert.equal(successionOf(a, b), { kind: 'unknown', newer: null, reasons: ['CARD_NOT_TOLD'] });
  }
});

succession(
  'never by notBefore: a renewed certificate with the original beginning is the newer one, in either order',
  () => {
    assert.is(original.notBefore, renewed.notBefore);
    assert.is(successionOf(original, renewed).newer, 'second');
    assert.is(successionOf(renewed, original).newer, 'first');
  },
);

succession('never by notBefore: a card that begins later is not for that the later card', () => {
  assert.ok(reissued.notBefore > renewed.notBefore);
  assert.is(successionOf(renewed, reissued).newer, null);
});

succession(
  'DOC-6: the two certificates of a card, for signing and for encryption, do not follow each other',
  () => {
    const encryption = { ...original, serial: '1B' };
    assert.equal(successionOf(original, encryption), {
      kind: 'unknown',
      newer: null,
      reasons: ['CARD_SAME', 'BEGINNING_KEPT', 'END_SAME'],
    });
  },
);

succession('whatever the dates are: the card decides the kind, and the two orders agree', () => {
  const any = fc.record({
    ca: fc.constantFrom('MOICA' as const, 'GCA' as const),
    serial: fc.constantFrom('1', '2', '3'),
    card: fc.constantFrom('a', 'b', null),
    notBefore: anyInstant,
    notAfter: anyInstant,
  });
  const mirrored = { first: 'second', second: 'first' } as const;
  fc.assert(
    fc.property(any, any, anyInstant, (a, b, moved) => {
      const [ab, ba] = [successionOf(a, b), successionOf(b, a)];
      assert.equal([ba.kind, ba.newer], [ab.kind, ab.newer === null ? null : mirrored[ab.newer]]);
      const elsewhere = successionOf({ ...a, notBefore: moved }, b);
      assert.equal([elsewhere.kind, elsewhere.newer], [ab.kind, ab.newer]);
    }),
  );
});

succession.run();

// -------------------------------------------------------------------------------------
// which can be used
// -------------------------------------------------------------------------------------

const usable = suite('which certificates of a holder can be used');

const answers = (cards: ReadonlyArray<HeldCard>, at: string, rules = gpkiCaRules) =>
  usableAt(cards, instant(at), rules).map(({ code }) => code);

const twoCards = (ca: HeldCard['ca'], second: Partial<HeldCard> = {}): ReadonlyArray<HeldCard> => [
  held('2021-03-01', '2026-03-01', '2021-03-02T00:00:00Z', { ca, serial: 'A', card: 'old' }),
  held('2026-01-10', '2031-01-10', '2026-01-12T00:00:00Z', { ca, serial: 'B', card: 'new', ...second }),
];

usable('X-4: GCA: the old card stays usable to its own end beside the new one', () => {
  assert.equal(answers(twoCards('GCA'), '2026-02-01T00:00:00Z'), [null, null]);
  assert.equal(answers(twoCards('GCA'), '2026-03-01T15:59:59.999Z'), [null, null]);
  assert.equal(answers(twoCards('GCA'), '2026-03-01T16:00:00Z'), ['CERTIFICATE_EXPIRED', null]);
});

usable('X-4: MOICA: a new card voids the old one at once', () => {
  assert.equal(answers(twoCards('MOICA'), '2026-01-11T00:00:00Z'), [null, null]);
  assert.equal(answers(twoCards('MOICA'), '2026-01-12T00:00:00Z'), ['CERTIFICATE_SUPERSEDED', null]);
  const [old] = usableAt(twoCards('MOICA'), instant('2026-02-01T00:00:00Z'));
  assert.equal([old?.supersededBy?.serial, old?.uncertain], ['B', false]);
});

usable(
  'X-4: where nothing is known of a CA, the old card is taken to end, and it says that this is a guess',
  () => {
    for (const ca of ['XCA', 'MOEACA', 'HCA'] as const) {
      const [old, next] = usableAt(twoCards(ca), instant('2026-02-01T00:00:00Z'));
      assert.equal([old?.code, old?.uncertain], ['CERTIFICATE_SUPERSEDED', true]);
      assert.equal([next?.code, next?.uncertain], [null, false]);
      const known = { ...gpkiCaRules, [ca]: { ...gpkiCaRules[ca], oldCard: 'untilItsEnd' as const } };
      assert.equal(answers(twoCards(ca), '2026-02-01T00:00:00Z', known), [null, null]);
    }
  },
);

usable('never by notBefore: the card that was shown later is the later one, though it begins earlier', () => {
  const cards = twoCards('MOICA', { notBefore: instant('2010-01-01T00:00:00Z') });
  assert.equal(answers(cards, '2026-02-01T00:00:00Z'), ['CERTIFICATE_SUPERSEDED', null]);
});

usable(
  'MOICA-16: after 展期 the renewed certificate counts and the one before it does not, whichever was shown first',
  () => {
    const before = held('2021-03-01', '2026-03-01', '2021-03-02T00:00:00Z', { serial: 'A' });
    const after = held('2021-03-01', '2029-03-01', '2026-01-20T00:00:00Z', { serial: 'B' });
    assert.equal(answers([before, after], '2026-02-01T00:00:00Z'), ['CERTIFICATE_SUPERSEDED', null]);
    const shownFirst = { ...after, knownFrom: instant('2020-01-01T00:00:00Z') };
    assert.equal(answers([before, shownFirst], '2026-02-01T00:00:00Z'), ['CERTIFICATE_SUPERSEDED', null]);
  },
);

usable('DOC-6: the certificates for signing and for encryption of one card do not end each other', () => {
  const sign = held('2021-03-01', '2026-03-01', '2021-03-02T00:00:00Z', { serial: 'A' });
  const encrypt = { ...sign, serial: 'B', knownFrom: instant('2021-03-03T00:00:00Z') };
  assert.equal(answers([sign, encrypt], '2026-02-01T00:00:00Z'), [null, null]);
});

usable('X-4: a card that is not valid yet, not opened, or was not opened in time', () => {
  const issued = { issuedAt: instant('2026-01-10T02:00:00Z'), activatedAt: null };
  const cards = twoCards('GCA', { activation: issued }).slice(1);
  assert.equal(answers(cards, '2026-01-01T00:00:00Z'), ['CERTIFICATE_NOT_YET_VALID']);
  assert.equal(answers(cards, '2026-02-01T00:00:00Z'), ['CERTIFICATE_NOT_ACTIVATED']);
  assert.equal(answers(cards, '2026-04-10T16:00:00Z'), ['CARD_ACTIVATION_OVERDUE']);
});

usable('of two cards at one instant neither ended the other', () => {
  const [a, b] = twoCards('MOICA');
  assert.ok(a !== undefined && b !== undefined);
  const together = { ...b, knownFrom: a.knownFrom };
  assert.is(supersededBy(a, [together], gpkiCaRules), null);
  assert.is(supersededBy(together, [a], gpkiCaRules), null);
});

const anyHeld: fc.Arbitrary<HeldCard> = fc.record({
  ca: fc.constantFrom('MOICA', 'GCA', 'XCA'),
  serial: fc.constantFrom('1', '2', '3', '4', '5'),
  card: fc.constantFrom('a', 'b', 'c', null),
  notBefore: anyInstant,
  notAfter: anyInstant,
  knownFrom: anyInstant,
});

const named = (cards: ReadonlyArray<HeldCard>, at: Instant) =>
  usableAt(cards, at)
    .map(({ certificate: { ca, serial }, code, supersededBy: by }) => `${ca} ${serial} ${code} ${by?.serial}`)
    .sort();

usable('the order of the cards decides nothing', () => {
  const lists = fc.uniqueArray(anyHeld, { selector: ({ ca, serial }) => `${ca} ${serial}`, maxLength: 8 });
  fc.assert(
    fc.property(
      lists.chain((cards) =>
        fc.tuple(fc.constant(cards), fc.shuffledSubarray(cards, { minLength: cards.length })),
      ),
      anyInstant,
      ([cards, shuffled], at) => assert.equal(named(shuffled, at), named(cards, at)),
    ),
  );
});

usable('one card more never makes another one usable', () => {
  fc.assert(
    fc.property(fc.array(anyHeld, { minLength: 1, maxLength: 6 }), anyHeld, anyInstant, (cards, more, at) => {
      const [alone, together] = [usableAt(cards, at), usableAt([...cards, more], at)];
      for (const [index, { code }] of alone.entries()) {
        if (code !== null) assert.not(together[index]?.code === null);
      }
    }),
  );
});

usable.run();
