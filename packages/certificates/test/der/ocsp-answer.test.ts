import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { singleAnswerOf } from '../../src/der/ocsp-answer.js';
import { readDer } from '../../src/der/reader.js';
import * as w from '../../src/der/writer.js';
import { text } from '../support.js';

const answers = suite('one answer of a responder in DER (RFC 6960 4.2.1)');

const certId = w.sequence(
  w.sequence(w.oid('1.3.14.3.2.26'), w.nullValue),
  w.octetString(new Uint8Array(20)),
  w.octetString(new Uint8Array(20)),
  w.smallInteger(5),
);
const generalized = (time: string) => w.element(0x18, text(time));
const thisUpdate = generalized('20260301000000Z');
const good = w.contextPrimitive(0, new Uint8Array(0));

const read = (...fields: ReadonlyArray<Uint8Array>) => {
  const node = readDer(w.sequence(...fields), { maxBytes: 1000, maxDepth: 8, maxNodes: 50 });
  return node._tag === 'Right' ? singleAnswerOf(node.right) : undefined;
};

answers('put together rightly it is read', () => {
  assert.equal(read(certId, good, thisUpdate)?.status, { type: 'good' });
  const next = w.context(0, generalized('20260302000000Z'));
  assert.is(read(certId, good, thisUpdate, next)?.nextUpdate, Date.parse('2026-03-02T00:00:00Z'));
});

answers('good and unknown are nothing but that: a status with content is none', () => {
  for (const status of [0, 2]) {
    assert.ok(read(certId, w.contextPrimitive(status, new Uint8Array(0)), thisUpdate));
    assert.is(read(certId, w.contextPrimitive(status, Uint8Array.of(0)), thisUpdate), undefined);
  }
  assert.is(read(certId, w.context(0), thisUpdate), undefined);
});

answers('an end that cannot be read is not the absence of one', () => {
  for (const next of [
    w.element(0x17, text('260302000000Z')),
    generalized('20260230000000Z'),
    generalized('202603020000Z'),
  ]) {
    assert.is(read(certId, good, thisUpdate, w.context(0, next)), undefined);
  }
  assert.is(read(certId, good, thisUpdate, w.context(0)), undefined);
});

answers.run();
