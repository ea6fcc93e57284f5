import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  decodeReply,
  decodeRequest,
  decodeSealed,
  encodeReply,
  encodeRequest,
  encodeSealed,
} from '../../src/identity-match/codec.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (octets: Uint8Array): string => new TextDecoder().decode(octets);

const request = {
  clientId: 'ab12',
  nonce: 'n-1',
  at: Date.parse('2026-03-02T02:00:00Z'),
  pairs: [{ subjectSerialNumber: '1010000000000001', nationalId: 'A123456789' }],
};

const codec = suite('the wire of an identity service');

codec('a question has the names that are known of the service', () => {
  assert.equal(JSON.parse(textOf(encodeRequest(request))), {
    ClientID: 'ab12',
    Nonce: 'n-1',
    ReqTime: '2026-03-02T02:00:00.000Z',
    Records: [{ SerialNumber: '1010000000000001', ID: 'A123456789' }],
  });
  assert.equal(decodeRequest(encodeRequest(request)), request);
});

codec('an answer has its nonce, its error and a number for each record', () => {
  const reply = { nonce: 'n-1', question: 'ab', error: 0, results: [0, 1, 2, 999] };
  assert.is(textOf(encodeReply(reply)), '{"Nonce":"n-1","Question":"ab","Error":0,"Results":[0,1,2,999]}');
  assert.equal(decodeReply(encodeReply(reply)), reply);
});

codec('what is signed comes out as the octets that went in', () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.option(fc.string(), { nil: undefined }),
      fc.uint8Array(),
      (payload, algorithm, signature) => {
        assert.equal(decodeSealed(encodeSealed({ payload, algorithm, signature })), {
          payload,
          algorithm,
          signature,
        });
      },
    ),
  );
});

codec('an answer that is nearly one is none', () => {
  for (const text of [
    '',
    'null',
    '[]',
    '0',
    '{}',
    '{"Nonce":"n","Question":"q","Error":0}',
    '{"Nonce":"n","Question":"q","Results":[0]}',
    '{"Question":"q","Error":0,"Results":[0]}',
    '{"Nonce":"n","Error":0,"Results":[0]}',
    '{"Nonce":"n","Question":1,"Error":0,"Results":[0]}',
    '{"Nonce":1,"Question":"q","Error":0,"Results":[0]}',
    '{"Nonce":"n","Question":"q","Error":"0","Results":[0]}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":["0"]}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":[null]}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":[0.5]}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":[false]}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":[1e400]}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":{"0":0,"length":1}}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":0}',
    '{"__proto__":{"Nonce":"n","Question":"q","Error":0,"Results":[0]}}',
    '{"Nonce":"n","Question":"q","Error":0,"Results":[0]} ,',
    '\ufeff{"Nonce":"n","Question":"q","Error":0,"Results":[0]}]',
  ]) {
    assert.is(decodeReply(utf8(text)), undefined, text);
  }
  assert.ok(decodeReply(utf8('{"Nonce":"n","Question":"q","Error":0,"Results":[0]}')) !== undefined);
  assert.is(decodeReply(Uint8Array.of(0x7b, 0xff, 0x7d)), undefined, 'not UTF-8');
});

codec('an envelope that is nearly one is none', () => {
  for (const text of [
    '',
    '{}',
    '{"Payload":1}',
    '{"Payload":"***="}',
    '{"Payload":"abc"}',
    '{"Payload":"YQ==","Signature":1}',
    '{"Payload":"YQ==","Signature":"*"}',
    '{"Payload":"YQ==","Algorithm":null}',
  ]) {
    assert.is(decodeSealed(utf8(text)), undefined, text);
  }
});

codec('any octets get an answer and no exception', () => {
  const texts = fc.oneof(fc.uint8Array(), fc.json().map(utf8), fc.string().map(utf8));
  fc.assert(
    fc.property(texts, (octets) => {
      for (const decode of [decodeSealed, decodeRequest, decodeReply]) decode(octets);
    }),
  );
  const deep = utf8('['.repeat(30_000) + ']'.repeat(30_000));
  for (const decode of [decodeSealed, decodeRequest, decodeReply]) assert.is(decode(deep), undefined);
});

codec.run();
