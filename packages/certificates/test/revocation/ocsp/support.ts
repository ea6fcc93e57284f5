/** A CA with a certificate and two responders, and answers of any shape about that certificate. */
import {
  authorityAccessExtension,
  encodeName,
  extKeyUsageExtension,
  keyUsageExtension,
} from '../../../src/der/encode-certificate.js';
import { ocspRequestOf } from '../../../src/der/ocsp-request.js';
import {
  type Certificate,
  judgeOcsp,
  type OcspJudgement,
  type OcspTransport,
  type RevocationAnswer,
  type RevocationQuestion,
} from '../../../src/index.js';
import {
  makeCertId,
  makeOcspResponse,
  noCheckExtension,
  type OcspResponseSpec,
  type SingleSpec,
} from '../../../src/test-pki/index.js';
import { keyNamed, type Link, link } from '../../path/support.js';
import { accepted, refusal } from '../../support.js';

export const at = new Date('2026-03-02T01:00:00Z');

/** So many minutes after the time asked about. */
export const minutes = (count: number): Date => new Date(at.getTime() + count * 60_000);

export const ocspSigning = '1.3.6.1.5.5.7.3.9';

export const uri = 'http://ca.test.invalid/OCSP/ocsp';

export const nonce = Uint8Array.from({ length: 32 }, (_, i) => i);

/** A responder that the CA has named, as it should be. */
export const responder = (change: Partial<Link> = {}): Promise<Certificate> =>
  link({
    subject: 'responder',
    issuer: 'ca',
    extensions: [
      keyUsageExtension(['digitalSignature']),
      extKeyUsageExtension([ocspSigning]),
      noCheckExtension,
    ],
    ...change,
  });

export interface World {
  readonly anchor: Certificate;
  readonly issuer: Certificate;
  readonly certificate: Certificate;
  readonly responder: Certificate;
  readonly question: RevocationQuestion;
}

let made: Promise<World> | undefined;

/** Longer than any clock that an outside command goes by. */
const change = { notAfter: new Date('2049-12-31T15:59:59Z') };

const makeWorld = async (): Promise<World> => {
  const anchor = await link({ subject: 'root', issuer: 'root', change });
  const issuer = await link({ subject: 'ca', issuer: 'root', change });
  const certificate = await link({
    subject: 'holder',
    issuer: 'ca',
    change,
    extensions: [
      keyUsageExtension(['digitalSignature']),
      authorityAccessExtension('http://ca.test.invalid/ca.p7b', uri),
    ],
  });
  const question = { certificate, issuer, anchor, at };
  return { anchor, issuer, certificate, responder: await responder(), question };
};

export const world = (): Promise<World> => {
  made ??= makeWorld();
  return made;
};

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

export interface AnswerSpec extends Partial<Omit<OcspResponseSpec, 'signer' | 'answers' | 'nonce'>> {
  /** Name of the key that signs. Default that of the responder. */
  readonly signer?: string;
  /** Default that of the question. */
  readonly nonce?: Uint8Array | 'none';
  readonly single?: Partial<SingleSpec>;
  readonly answers?: ReadonlyArray<SingleSpec>;
}

/** The entry for the certificate: good, known a minute ago, for an hour. */
export const entry = async (change: Partial<SingleSpec> = {}): Promise<SingleSpec> => {
  const { certificate, issuer } = await world();
  return {
    certId: await makeCertId(certificate, issuer),
    status: 'good',
    thisUpdate: minutes(-1),
    nextUpdate: minutes(60),
    ...change,
  };
};

/** DER of an answer; the defaults are one as it should be. */
export const answer = async (spec: AnswerSpec = {}): Promise<Uint8Array> => {
  const { responder: named } = await world();
  const { signer = 'responder', single, nonce: echoed = nonce, ...rest } = spec;
  return makeOcspResponse({
    responderId: { byName: nameOf('responder') },
    producedAt: minutes(-1),
    ...(echoed === 'none' ? {} : { nonce: echoed }),
    answers: [await entry(single)],
    certificates: [named.der],
    ...rest,
    signer: await keyNamed(signer),
  });
};

export const nameOf = (unit: string): Uint8Array =>
  encodeName([
    { type: '2.5.4.6', value: 'TW' },
    { type: '2.5.4.11', value: unit },
  ]);

// -------------------------------------------------------------------------------------
// verdicts
// -------------------------------------------------------------------------------------

type Change = Partial<Omit<OcspJudgement, 'response'>>;

const judgementOf = async (response: Uint8Array, change: Change): Promise<OcspJudgement> => ({
  question: (await world()).question,
  asked: nonce,
  response,
  ...change,
});

/** The code of the refusal, or `accepted` whatever the status is. */
export const verdict = async (response: Uint8Array, change: Change = {}): Promise<string> =>
  refusal(judgeOcsp(await judgementOf(response, change)));

/** What an answer that is accepted says. */
export const said = async (response: Uint8Array, change: Change = {}): Promise<RevocationAnswer> =>
  accepted(judgeOcsp(await judgementOf(response, change)));

/** A transport whose answers are made from the nonce that was asked with. */
export const answering = (
  make: (asked: Uint8Array | undefined, from: string) => Promise<Uint8Array>,
): OcspTransport => ({
  ask: (from, request) => async () => {
    const read = ocspRequestOf(request);
    if (read._tag === 'Left') throw new Error(`not a request: ${read.left}`);
    return { _tag: 'Right', right: await make(read.right.nonce, from) };
  },
});
