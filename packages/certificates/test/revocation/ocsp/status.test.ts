/** Asking: the request (RFC 6960 4.1, RFC 8954), and what becomes of whatever a responder sends back. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { authorityAccessExtension } from '../../../src/der/encode-certificate.js';
import { ocspRequestOf } from '../../../src/der/ocsp-request.js';
import {
  type MaterialFault,
  type OcspContext,
  type OcspTransport,
  ocspRequest,
  ocspStatus,
} from '../../../src/index.js';
import { leaf } from '../../path/support.js';
import { accepted, codeOf, rightOf } from '../../support.js';
import { answer, answering, entry, nonce, uri, world } from './support.js';

const octets = (length: number): Uint8Array => new Uint8Array(length).fill(7);
const context: OcspContext = { random: octets };

// -------------------------------------------------------------------------------------
// request
// -------------------------------------------------------------------------------------

const requests = suite('an OCSP request');

requests('names the certificate by SHA-1 unless told otherwise (RFC 5019 2.1.1)', async () => {
  const { certificate, issuer } = await world();
  const byDefault = ocspRequestOf(await ocspRequest({ certificate, issuer })());
  assert.is(byDefault._tag === 'Right' && byDefault.right.certId.hashAlgorithm.oid, '1.3.14.3.2.26');
  assert.is(byDefault._tag === 'Right' && byDefault.right.certId.serialNumber, certificate.serialNumber);
  assert.is(byDefault._tag === 'Right' && byDefault.right.nonce, undefined);
  const longer = ocspRequestOf(await ocspRequest({ certificate, issuer, digest: 'SHA-256', nonce })());
  assert.is(longer._tag === 'Right' && longer.right.certId.issuerKeyHash.length, 32);
  assert.equal(longer._tag === 'Right' && longer.right.nonce, nonce);
});

requests('has a new nonce of 32 octets each time, from the randomness that was given', async () => {
  const { question } = await world();
  let drawn = 0;
  const random = (length: number): Uint8Array => {
    drawn += 1;
    return new Uint8Array(length).fill(drawn);
  };
  const asked: (Uint8Array | undefined)[] = [];
  const transport = answering((sent) => {
    asked.push(sent);
    return answer(sent === undefined ? {} : { nonce: sent });
  });
  await accepted(ocspStatus(question, transport, { random }));
  await accepted(ocspStatus(question, transport, { random }));
  assert.equal(asked, [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]);
});

requests('is not sent with fewer octets than were to be random', async () => {
  const { question } = await world();
  let sent = 0;
  const transport = answering(() => {
    sent += 1;
    return answer({ nonce: 'none' });
  });
  const refused = await ocspStatus(question, transport, { random: () => octets(8) })();
  assert.is(codeOf(refused), 'REVOCATION_UNKNOWN');
  assert.is(sent, 0);
});

requests('without randomness has no nonce, and the answer needs none', async () => {
  const { question } = await world();
  const transport = answering((sent) => answer({ nonce: sent ?? 'none' }));
  assert.is((await accepted(ocspStatus(question, transport))).status, 'good');
});

requests.run();

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

const asking = suite('asking a responder');

/** An answer with the nonce of the request. */
const echo = answering((sent) => answer({ nonce: sent ?? 'none' }));

const failing = (fault: MaterialFault): OcspTransport => ({
  ask: () => async () => ({ _tag: 'Left', left: fault }),
});

/** The code of the refusal, or the status; and what stands beside it. */
const outcome = async (
  transport: OcspTransport,
  uris: ReadonlyArray<string> = [uri],
  change: OcspContext = {},
): Promise<readonly [string, string]> => {
  const { question } = await world();
  const answered = await ocspStatus(question, transport, { ...context, uris: () => uris, ...change })();
  return answered._tag === 'Left'
    ? [answered.left.code, answered.left.detail]
    : [answered.right.status, answered.right.source];
};

asking('at the address that the certificate names; the address is told as the source', async () => {
  const { question } = await world();
  const answered = rightOf(await ocspStatus(question, echo, context)());
  assert.is(answered.status, 'good');
  assert.is(answered.source, uri);
});

asking('a certificate that names no responder, or none that can be asked: REVOCATION_UNKNOWN', async () => {
  const { question } = await world();
  for (const address of [undefined, 'ldap://ca.test.invalid/', 'file:///etc/passwd', 'no address']) {
    const extensions = [authorityAccessExtension('http://ca.test.invalid/ca.p7b', address)];
    const certificate = await leaf('ca', { extensions });
    const answered = await ocspStatus({ ...question, certificate }, echo, context)();
    assert.is(codeOf(answered), 'REVOCATION_UNKNOWN', address ?? 'none');
  }
});

asking('fails: REVOCATION_UNKNOWN, with the address and the fault', async () => {
  for (const code of ['UNREACHABLE', 'TIMEOUT', 'REDIRECTED', 'ADDRESS_REFUSED', 'ANSWER_REFUSED'] as const) {
    const [refused, detail] = await outcome(failing({ code, detail: 'by test' }));
    assert.is(refused, 'REVOCATION_UNKNOWN');
    assert.is(detail, `${uri}: ${code} by test`);
  }
  assert.is((await outcome(failing({ code: 'TOO_LARGE', detail: '' })))[0], 'OCSP_TOO_LARGE');
});

asking('a transport or a randomness that throws is no answer: REVOCATION_UNKNOWN', async () => {
  const broken = (): never => {
    throw new Error('on purpose');
  };
  assert.is((await outcome({ ask: broken }))[0], 'REVOCATION_UNKNOWN');
  assert.is((await outcome({ ask: () => () => Promise.reject(new Error()) }))[0], 'REVOCATION_UNKNOWN');
  assert.is((await outcome(echo, [uri], { random: broken }))[0], 'REVOCATION_UNKNOWN');
});

asking('an answer to another request: OCSP_NONCE_MISMATCH', async () => {
  assert.is((await outcome(answering(() => answer({ nonce }))))[0], 'OCSP_NONCE_MISMATCH');
  assert.is((await outcome(answering(() => answer({ nonce: 'none' }))))[0], 'OCSP_NONCE_MISMATCH');
});

asking('the next responder when one does not answer for certain; both are told when none does', async () => {
  const silent = 'http://silent.test.invalid/';
  const later: OcspTransport = {
    ask: (from, request) =>
      from === silent
        ? async () => ({ _tag: 'Left', left: { code: 'TIMEOUT', detail: 'by test' } })
        : echo.ask(from, request),
  };
  assert.equal(await outcome(later, [silent, uri]), ['good', uri]);
  const unknown = answering((sent) => answer({ nonce: sent ?? 'none', single: { status: 'unknown' } }));
  const neither: OcspTransport = {
    ask: (from, request) => (from === silent ? later : unknown).ask(from, request),
  };
  const [code, detail] = await outcome(neither, [silent, uri]);
  assert.is(code, 'OCSP_STATUS_UNKNOWN');
  assert.match(detail, /TIMEOUT/);
  assert.match(detail, /OCSP_STATUS_UNKNOWN http:\/\/ca\.test\.invalid/);
});

asking('no other responder after one that spoke twice of the certificate: OCSP_ANSWER_COUNT', async () => {
  const one = await entry();
  const asked: string[] = [];
  const first = 'http://first.test.invalid/';
  const transport = answering((sent, from) => {
    asked.push(from);
    const twice = { answers: [one, { ...one, status: { revokedAt: one.thisUpdate } }] };
    return answer({ nonce: sent ?? 'none', ...(from === first ? twice : {}) });
  });
  assert.is((await outcome(transport, [first, uri]))[0], 'OCSP_ANSWER_COUNT');
  assert.equal(asked, [first]);
});

asking('three responders at most, however many a certificate names', async () => {
  let asked = 0;
  const silent: OcspTransport = {
    ask: () => async () => {
      asked += 1;
      return { _tag: 'Left', left: { code: 'TIMEOUT', detail: '' } };
    },
  };
  const uris = Array.from({ length: 60 }, (_, i) => `http://r${i}.test.invalid/`);
  assert.is((await outcome(silent, uris))[0], 'REVOCATION_UNKNOWN');
  assert.is(asked, 3);
});

asking.run();
