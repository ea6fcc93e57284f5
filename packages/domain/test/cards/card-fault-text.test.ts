import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type CardFault,
  cardFault,
  cardFaultText,
  gepiPolicy,
  type HeldCard,
  type PortalPolicy,
} from '../../src/index.js';

const citizen: HeldCard = { kind: 'citizen' };
const agency: HeldCard = { kind: 'agency', ca: 'GCA' };
/** A portal that has no words of its own for cards. */
const silent: PortalPolicy = { ...gepiPolicy, texts: {} };

const texts = suite('what a person is told of a card');

texts("GEPI-17: a locked agency card, in the manual's words, with the desk of the CA that issued it", () => {
  const { zh, desk } = cardFaultText(cardFault('PIN_LOCKED', { triesLeft: 0 }), agency, gepiPolicy);
  assert.is(zh, 'IC卡PIN碼(即密碼)輸入三次以上錯誤,即造成IC卡鎖卡,請至所屬憑證管理中心進行鎖卡解碼。');
  assert.is(desk?.ca, 'GCA');
  assert.is(
    cardFaultText(cardFault('PIN_LOCKED'), { kind: 'agency', ca: 'MOEACA' }, gepiPolicy).desk?.ca,
    'MOEACA',
  );
});

texts('GEPI-17: whose desk an agency card needs is not guessed where its CA is not known', () => {
  assert.is(cardFaultText(cardFault('PIN_LOCKED'), { kind: 'agency' }, gepiPolicy).desk, undefined);
});

texts('GEPI-19: a locked citizen card is unlocked at MOICA', () => {
  const { zh, desk } = cardFaultText(cardFault('PIN_LOCKED'), citizen, gepiPolicy);
  assert.match(zh, '『憑證作業』\\『鎖卡解碼』');
  assert.is(desk?.ca, 'MOICA');
});

texts('NHI-20: three ways to unlock a citizen card: in person, on the web, by phone', () => {
  const { ways } = cardFaultText(cardFault('PIN_LOCKED'), citizen, silent);
  assert.is(ways.length, 3);
  assert.match(ways[0]?.zh ?? '', '戶政事務所');
  assert.match(ways[1]?.zh ?? '', 'http://moica.nat.gov.tw/html/rac.htm');
  assert.match(ways[2]?.zh ?? '', '0800-080-117');
});

texts('NHI-21: a locked unit card goes to whoever issued it', () => {
  const { zh, ways, desk } = cardFaultText(cardFault('PIN_LOCKED'), { kind: 'agency', ca: 'MOEACA' }, silent);
  assert.match(zh, '請向各發卡之管理中心詢問');
  assert.equal(ways, []);
  assert.is(desk?.ca, 'MOEACA');
});

texts('GEPI-19, NHI-20, NHI-21: without a portal each kind of card is sent to who unlocks it', () => {
  const said = (held: HeldCard) => cardFaultText(cardFault('PIN_LOCKED'), held);
  assert.match(said(citizen).zh, '內政部憑證管理中心『憑證作業』『鎖卡解碼』或各戶政事務所');
  assert.match(said(citizen).en, 'household registration office');
  assert.is(said(citizen).ways.length, 3);
  assert.match(said(agency).zh, '請向各發卡之管理中心詢問');
  assert.is(said(agency).desk, undefined);
});

texts('GEPI-17: a wrong PIN says how many tries are left; the last one warns and names the desk', () => {
  const said = (triesLeft?: number) =>
    cardFaultText(cardFault('PIN_WRONG', { triesLeft }), citizen, gepiPolicy);
  assert.equal([said(2).zh, said(2).en], ['PIN碼錯誤,尚可再試2次。', 'Wrong PIN; two tries left.']);
  assert.is(said(2).desk, undefined);
  assert.match(said(1).zh, '再輸入錯誤即鎖卡');
  assert.is(said(1).desk?.ca, 'MOICA');
  assert.is(said().zh, 'PIN碼錯誤。');
  assert.is(said(0).zh, cardFaultText(cardFault('PIN_LOCKED'), citizen, gepiPolicy).zh);
});

texts('a PIN of the wrong form says that no try was used', () => {
  assert.match(cardFaultText(cardFault('PIN_FORMAT'), citizen, gepiPolicy).zh, '不計入錯誤次數');
});

const codes: ReadonlyArray<CardFault['code']> = [
  'NO_PCSC',
  'NO_READER',
  'NO_CARD',
  'PIN_FORMAT',
  'PIN_WRONG',
  'PIN_LAST_TRY',
  'PIN_LOCKED',
  'CARD_REMOVED',
  'CARD_BUSY',
  'CARD_UNKNOWN',
  'SIGNING_UNSUPPORTED',
  'TIMEOUT',
  'CARD_FAULT',
  'CANCELLED',
];

texts('every code has its own text in both languages, and nothing technical is in it', () => {
  const seen = new Set<string>();
  for (const code of codes) {
    const { zh, en } = cardFaultText(cardFault(code, { detail: 'SW 6f00' }), citizen, gepiPolicy);
    assert.ok(zh.length > 0 && en.length > 0);
    assert.not.match(`${zh}${en}`, '6f00');
    seen.add(zh).add(en);
  }
  assert.is(seen.size, 2 * codes.length);
});

texts('any number of tries that a card may claim gives a text', () => {
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.integer({ min: 0, max: 15 }), (code, triesLeft) => {
      const { zh, en } = cardFaultText(cardFault(code, { triesLeft }), agency, gepiPolicy);
      assert.ok(zh.length > 0 && en.length > 0 && !zh.includes('undefined'));
    }),
  );
});

texts.run();
