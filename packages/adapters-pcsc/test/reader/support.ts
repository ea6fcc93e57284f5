/** Cards of one small PKI in readers of this process, and short ways to what a reader answers. */
import { type CertificateProfile, gpkiPolicies, verifySignedData } from '@mandate/certificates';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import { type CardFault, type SigningOptions, singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type CardReaderOptions, type CardTransport, cardReader } from '../../src/index.js';
import { testPinTransportKey } from '../../src/virtual-card/index.js';

let shared: Promise<TestPki> | undefined;

export const sharedPki = (): Promise<TestPki> => {
  shared ??= createTestPki({ cas: ['MOICA'], keyPool: 2 });
  return shared;
};

export const citizen = async (): Promise<TestCard> =>
  (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });

export const pin = '24681357';
export const wrongPin = '11112222';
export const challenge = new TextEncoder().encode('{"nonce":"Q2hhbGxlbmdl","purpose":"register"}');
export const keys = { pinTransportKey: testPinTransportKey };

export const readerOn = (transport: CardTransport, options: CardReaderOptions = { keys }) =>
  cardReader(transport, options);

export const rightOf = async <A>(task: TaskEither<CardFault, A>): Promise<A> => {
  const either = await task();
  if (E.isLeft(either)) throw new Error(`${either.left.code}: ${either.left.detail ?? ''}`);
  return either.right;
};

export const faultOf = async (task: TaskEither<CardFault, unknown>): Promise<CardFault> => {
  const either = await task();
  if (E.isRight(either)) throw new Error('no fault');
  return either.left;
};

/** Code, and tries where they are told: `PIN_WRONG 2`. */
export const told = async (task: TaskEither<CardFault, unknown>): Promise<string> => {
  const either = await task();
  if (E.isRight(either)) return 'done';
  const { code, triesLeft } = either.left;
  return triesLeft === undefined ? code : `${code} ${triesLeft}`;
};

/** One signature asked for with a PIN. */
export const signing =
  (reader: ReturnType<typeof readerOn>) =>
  (digits: string, options?: SigningOptions): TaskEither<CardFault, Uint8Array> =>
    reader.sign(challenge, singleUsePin(digits), options);

export const profile: CertificateProfile = {
  subjectTypes: ['citizen'],
  cas: ['MOICA'],
  policies: [gpkiPolicies.level3],
  use: 'sign',
  minRsaBits: 2048,
};

/** What the register would say of an answer; throws where it is refused. */
export const verified = async (cms: Uint8Array) => {
  const pki = await sharedPki();
  const either = await verifySignedData({
    cms,
    content: challenge,
    trust: pki.trust,
    at: new Date('2026-03-02T01:00:00Z'),
    revocation: pki.revocation,
    profile,
  })();
  if (E.isLeft(either)) throw new Error(`${either.left.code}: ${either.left.detail}`);
  return either.right;
};
