/** What follows from several answers about one certificate, whoever gave them. */

import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificateError } from '../../src/errors.js';
import type { CertificateErrorCode, RevocationAnswer } from '../../src/index.js';
import {
  type Answered,
  type Ask,
  firstConclusive,
  guarded,
  worstOfAll,
} from '../../src/revocation/answers.js';

const at = new Date('2026-03-02T01:00:00Z');

type Said = RevocationAnswer['status'] | CertificateErrorCode;

const statuses: ReadonlyArray<string> = ['good', 'revoked', 'hold', 'unknown'];
const isStatus = (said: Said): said is RevocationAnswer['status'] => statuses.includes(said);

const proofOf = (said: string) => ({ kind: 'crl', fingerprint: said, der: new Uint8Array(0) }) as const;

const answered = (said: Said): Answered =>
  isStatus(said)
    ? E.right({ status: said, at, source: said, proofs: [proofOf(said)] })
    : E.left(certificateError(said, 'by test'));

const asks = (said: ReadonlyArray<Said>): ReadonlyArray<Ask> => said.map((one) => async () => answered(one));

const outcome = (result: Answered): string => (E.isRight(result) ? result.right.status : result.left.code);

const first = async (...said: ReadonlyArray<Said>) => outcome(await firstConclusive(asks(said)));
const worst = async (...said: ReadonlyArray<Said>) => outcome(await worstOfAll(asks(said)));

// -------------------------------------------------------------------------------------
// one after the other
// -------------------------------------------------------------------------------------

const inOrder = suite('one after the other');

inOrder('who does not know, and who is not believed, leave it to the next', async () => {
  for (const nothing of ['unknown', 'OCSP_STATUS_UNKNOWN', 'OCSP_STALE', 'REVOCATION_UNKNOWN'] as const) {
    assert.is(await first(nothing, 'good'), 'good', nothing);
    assert.is(await first(nothing, 'revoked'), 'revoked', nothing);
  }
});

inOrder('who says revoked, hold or good is not asked past', async () => {
  for (const said of ['revoked', 'hold', 'good'] as const) {
    let asked = 0;
    const second: Ask = async () => {
      asked += 1;
      return answered('revoked');
    };
    assert.is(outcome(await firstConclusive([...asks([said]), second])), said);
    assert.is(asked, 0);
  }
});

inOrder('an answer that contradicts itself is not mended by another: OCSP_ANSWER_COUNT', async () => {
  assert.is(await first('OCSP_ANSWER_COUNT', 'good'), 'OCSP_ANSWER_COUNT');
  assert.is(await first('CRL_STALE', 'OCSP_ANSWER_COUNT', 'good'), 'OCSP_ANSWER_COUNT');
});

inOrder('nobody to ask is no answer: REVOCATION_UNKNOWN', async () => {
  assert.is(await first(), 'REVOCATION_UNKNOWN');
  assert.is(await worst(), 'REVOCATION_UNKNOWN');
});

inOrder('the refusal is the most telling of all, with each in its detail', async () => {
  assert.is(await first('REVOCATION_UNKNOWN', 'CRL_STALE'), 'CRL_STALE');
  assert.is(await first('OCSP_NOT_SUCCESSFUL', 'CRL_STALE'), 'CRL_STALE');
  assert.is(await first('OCSP_STATUS_UNKNOWN', 'REVOCATION_UNKNOWN'), 'OCSP_STATUS_UNKNOWN');
  assert.is(await first('OCSP_SIGNATURE_INVALID', 'CRL_STALE'), 'OCSP_SIGNATURE_INVALID');
  const refused = await firstConclusive(asks(['unknown', 'CRL_STALE']));
  assert.is(E.isLeft(refused) && refused.left.detail, 'REVOCATION_UNKNOWN unknown; CRL_STALE by test');
});

inOrder('an exception is no answer', async () => {
  const throwing = guarded(() => Promise.reject(new Error('on purpose')));
  assert.is(outcome(await firstConclusive([throwing, ...asks(['good'])])), 'good');
  assert.is(outcome(await worstOfAll([throwing, ...asks(['good'])])), 'good');
  assert.is(outcome(await firstConclusive([throwing])), 'REVOCATION_UNKNOWN');
});

inOrder.run();

// -------------------------------------------------------------------------------------
// all at once
// -------------------------------------------------------------------------------------

const all = suite('all at once');

all('the worst wins: revoked, hold, unknown, good', async () => {
  const order: ReadonlyArray<Said> = ['revoked', 'hold', 'unknown', 'good'];
  for (const [i, one] of order.entries()) {
    for (const other of order.slice(i)) {
      const expected = one === 'unknown' ? 'REVOCATION_UNKNOWN' : one;
      assert.is(await worst(one, other), expected, `${one} ${other}`);
      assert.is(await worst(other, one), expected, `${other} ${one}`);
    }
  }
});

all('a responder that does not know the certificate outweighs a list that has no entry', async () => {
  assert.is(await worst('OCSP_STATUS_UNKNOWN', 'good'), 'OCSP_STATUS_UNKNOWN');
  assert.is(await worst('OCSP_STATUS_UNKNOWN', 'revoked'), 'revoked');
});

all('an answer that contradicts itself outweighs good, and nothing worse', async () => {
  assert.is(await worst('good', 'OCSP_ANSWER_COUNT'), 'OCSP_ANSWER_COUNT');
  assert.is(await worst('hold', 'OCSP_ANSWER_COUNT'), 'hold');
});

all('who is not reached or not believed has not answered', async () => {
  assert.is(await worst('REVOCATION_UNKNOWN', 'good'), 'good');
  assert.is(await worst('good', 'OCSP_SIGNATURE_INVALID'), 'good');
  assert.is(await worst('OCSP_SIGNATURE_INVALID', 'CRL_STALE'), 'OCSP_SIGNATURE_INVALID');
});

all('what every answer rests on is kept, the deciding one first', async () => {
  const result = await worstOfAll(asks(['good', 'CRL_STALE', 'hold']));
  assert.equal(E.isRight(result) && result.right.proofs?.map(({ fingerprint }) => fingerprint), [
    'hold',
    'good',
  ]);
});

const anything = fc.constantFrom<Said>(
  'good',
  'revoked',
  'hold',
  'unknown',
  'REVOCATION_UNKNOWN',
  'OCSP_STALE',
  'OCSP_STATUS_UNKNOWN',
  'OCSP_ANSWER_COUNT',
  'CRL_STALE',
);

all('good only where somebody says good, and nobody revoked, on hold or that they do not know', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 4 }), async (said) => {
      const worseThanGood = ['revoked', 'hold', 'unknown', 'OCSP_STATUS_UNKNOWN', 'OCSP_ANSWER_COUNT'];
      const good = said.includes('good') && !said.some((one) => worseThanGood.includes(one));
      assert.is((await worst(...said)) === 'good', good);
      if (said[0] === 'revoked') assert.is(await first(...said), 'revoked');
    }),
  );
});

all.run();
