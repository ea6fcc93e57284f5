import { gepiPolicy, nhiPolicy, registerError, registerErrors } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { httpErrors } from '../../src/server/http-errors.js';
import { httpRefusal, languageOf, passing, problemOf, statusOf } from '../../src/server/problem.js';

const test = suite('refusals as problems (RFC 9457)');

const context = { policy: gepiPolicy, language: 'zh' as const, requestId: 'r' };

test('a refusal has its type, both texts and the title of the language that was asked for', () => {
  const refusal = registerError('ALREADY_PENDING');
  const problem = problemOf(refusal, context);
  assert.is(problem.type, 'urn:mandate:error:ALREADY_PENDING');
  assert.is(problem.title, refusal.zh);
  assert.is(problemOf(refusal, { ...context, language: 'en' }).title, refusal.en);
  assert.equal(problem.texts, { zh: refusal.zh, en: refusal.en });
  assert.is(problem.status, refusal.status);
});

test('GEPI-17, GEPI-19: who helps is named: the CA of the card, that of citizens’ cards, or the portal', () => {
  const desk = (refusal: Parameters<typeof problemOf>[0]) => problemOf(refusal, context).helpdesk?.name.zh;
  const ofCa = (ca: string | null) => gepiPolicy.helpdesks.find((one) => one.ca === ca)?.name.zh;
  assert.is(desk(registerError('CERTIFICATE_REVOKED', { ca: 'XCA' })), ofCa('XCA'));
  assert.is(desk(registerError('CREDENTIAL_EXPIRED')), ofCa('MOICA'));
  assert.is(desk(registerError('REVIEW_REJECTED')), ofCa(null));
  assert.is(desk(registerError('CERTIFICATE_REVOKED')), undefined);
  assert.is(desk(registerError('CERTIFICATE_UNCHANGED')), undefined);
});

test('what is for operators stands in no problem', () => {
  const told = JSON.stringify([
    problemOf(registerError('STORE_CORRUPT', { detail: 'event 7 of A123456789' }), context),
    problemOf(httpRefusal('UNAVAILABLE', { detail: 'database 203.0.113.7' }), context),
  ]);
  assert.not.match(told, /A123456789|203\.0\.113/);
});

test('no code is in both tables, and every status is an error’s', () => {
  for (const [code, { status, zh, en }] of Object.entries(httpErrors)) {
    assert.not.ok(Object.hasOwn(registerErrors, code), code);
    assert.ok(status >= 400 && status < 600, code);
    assert.ok(zh.length > 0 && en.length > 0, code);
    assert.is(statusOf(code as keyof typeof httpErrors), status);
  }
  assert.is(statusOf('AGENCY_UNKNOWN'), 404);
});

test('what passes by itself says when to come again, at least a second from now', () => {
  assert.equal(passing('TOO_MANY_REQUESTS', 0.2).headers, { 'retry-after': '1' });
  assert.equal(passing('TOO_MANY_REQUESTS', 2.1).headers, { 'retry-after': '3' });
});

test('English is for those who prefer it to Chinese (RFC 9110 12.5.4)', () => {
  for (const [wanted, language] of [
    [null, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh'],
    ['en;q=0.5, zh;q=0.4', 'en'],
    ['en;q=0.5, zh;q=0.5', 'zh'],
    ['de, en;q=0.7', 'en'],
    ['*', 'zh'],
    ['en;q=0', 'zh'],
    ['EN', 'en'],
  ] as const) {
    assert.is(languageOf(wanted), language, String(wanted));
  }
});

test('whatever stands in Accept-Language, there is a language', () => {
  fc.assert(fc.property(fc.string(), (wanted) => ['zh', 'en'].includes(languageOf(wanted))));
});

test('NHI-18: a refusal has the words of the portal where its pack has some, and those of the table otherwise', () => {
  const fixed = registerError('AGENCY_CERTIFICATE_NOT_REGISTERED');
  const ofNhi = { ...context, policy: nhiPolicy };
  assert.match(problemOf(fixed, ofNhi).title, /需註銷原多憑證帳號再重新註冊/);
  assert.match(problemOf(fixed, { ...ofNhi, language: 'en' }).title, /registered anew/);
  assert.is(problemOf(fixed, context).title, fixed.zh);
  const other = registerError('TERMS_MISSING');
  assert.is(problemOf(other, ofNhi).title, other.zh);
});

test.run();
